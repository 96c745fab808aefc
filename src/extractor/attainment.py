"""How far a figure is from its target: as the text says, or as its own numbers give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

_TENTH = Decimal("0.1")
_FULL = Decimal(100)
# A target that is not to be passed: 控制在5%以内, 不超过30天.
_LIMIT_BEFORE = re.compile(r"(?:控制在|不超过|不高于|低于|小于|少于)[^，,。；;]{0,4}$")
_LIMIT_BEHIND = re.compile(r"\s{0,2}(?:以内|以下|之内)")
_AROUND = 12


class Attainment(NamedTuple):
    """How much of a target was reached.

    percent: of the target, None where the text only tells the margin; stated: whether the text gives it, else it is
    value / target to a tenth; met: whether the target was reached.
    """

    percent: Decimal | None
    stated: bool
    met: bool


def attainment(figure: Mapping[str, Any], text: str = "") -> Attainment | None:
    """How far a record's figure; None where it has no target, or one that cannot be compared.

    text: the release, which tells an upper limit from a goal.
    """
    if figure["promised"]:
        return None
    if figure["completion"]:
        percent = number(figure["completion"]["value"])
        return Attainment(percent, True, percent >= _FULL)
    target, margin = figure["target"], figure["margin"]
    if target and target["origin"] == "stated" and figure["value_max"] is None and target["value"] > 0:
        return _compared(figure, number(target["value"]), _is_limit(target["span"], text))
    return Attainment(None, True, number(margin["value"]) >= 0) if margin else None


def number(value: Any) -> Decimal:
    """A record's number, exact."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _compared(figure: Mapping[str, Any], target: Decimal, limit: bool) -> Attainment:
    value, margin = number(figure["value"]), figure["margin"]
    percent = (value / target * _FULL).quantize(_TENTH, ROUND_HALF_EVEN)
    if margin:
        return Attainment(percent, False, number(margin["value"]) >= 0)
    return Attainment(percent, False, value <= target if limit else value >= target)


def _is_limit(span: tuple[int, int] | None, text: str) -> bool:
    if span is None:
        return False
    before = text[max(0, span[0] - _AROUND) : span[0]]
    return bool(_LIMIT_BEFORE.search(before) or _LIMIT_BEHIND.match(text, span[1]))
