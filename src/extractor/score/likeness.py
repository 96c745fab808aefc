"""Whether two values of a field are the same: texts without punctuation and width, units whatever they are called."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any
from unicodedata import normalize

_CLOSE = 0.8
_LONGEST = 400  # characters of a text that are compared: the ratio takes time by their product
# Spellings of one unit.  The rules' own table of units is no measure for what the rules make of a text.
_SAME_UNIT = {
    "千米": "公里", "km": "公里", "平米": "平方米", "m2": "平方米", "㎡": "平方米", "方": "立方米", "m3": "立方米",
    "个百分点": "百分点", "度": "千瓦时", "元人民币": "元", "人民币": "元",
}  # fmt: skip


def same(a: str | None, b: str | None) -> bool:
    """Whether two texts say the same but for punctuation and width."""
    return _plain(a) == _plain(b)


def close(a: str | None, b: str | None) -> bool:
    """Whether two texts say nearly the same."""
    return same(a, b) or SequenceMatcher(None, _plain(a), _plain(b)).ratio() >= _CLOSE


def agree(name: str, gold: Any, found: Any) -> bool:
    """Whether a field of two figures is the same; indicators may be nearly so."""
    if name == "indicator":
        return close(gold, found)
    return bool(_unit(gold) == _unit(found) if name == "unit" else gold == found)


def _unit(text: str | None) -> str | None:
    plain = normalize("NFKC", text) if text else None
    return _SAME_UNIT.get(plain, plain) if plain else None


@lru_cache(maxsize=4096)
def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", normalize("NFKC", (text or "")[:_LONGEST]))
