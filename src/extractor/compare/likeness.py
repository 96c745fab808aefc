"""How alike two figures of different releases are: by what they count, in what unit, and for which project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from math import fsum, log
from typing import Any, NamedTuple
from unicodedata import normalize

ENOUGH = 0.5  # likeness from which two figures measure the same
_LEAST = 0.55  # likeness of indicators below which no project makes them the same (开工率, 完工率)
_LONGEST = 200  # characters of a text that are looked at
# What the likeness of the project counts, by the characters of the shorter indicator: 覆盖率 says nothing without its
# project, 特殊困难老年人家庭适老化改造 hardly needs one.
_OF_PROJECT = {0: 1.0, 1: 0.6, 2: 0.6, 3: 0.55, 4: 0.35, 5: 0.25, 6: 0.2}
_OF_LONG = 0.15
_OTHER_ACTION, _OTHER_UNIT, _OTHER_PROMISE = 0.06, 0.06, 0.12
# What a number is divided by: 人均民生支出 is not 民生支出, 每千人口 not 每万人口.
_BASE = re.compile(r"[人户日次年]均|每?[百千万]人口?|每[\u4e00-\u9fff]")

Weights = Mapping[str, float]


class Item(NamedTuple):
    """A figure of a release with the project that it stands in."""

    figure: Mapping[str, Any]
    project: str | None


def items(record: Mapping[str, Any]) -> list[Item]:
    """The figures of a record in the order of its projects, those outside every one last."""
    found = [Item(figure, project["title"]) for project in record["projects"] for figure in project["figures"]]
    return found + [Item(figure, None) for figure in record["figures"]]


def weigh(texts: Iterable[str | None]) -> Weights:
    """The weight of every pair of characters: the rarer among the texts, the more it tells."""
    counts = Counter(pair for text in texts for pair in pairs(text))
    total = sum(counts.values())
    return {pair: log(1 + total / count) for pair, count in counts.items()}


@lru_cache(maxsize=65536)
def pairs(text: str | None) -> frozenset[str]:
    """The pairs of neighbouring characters of a text without punctuation; of a single one, itself."""
    plain = re.sub(r"[\W_]+", "", normalize("NFKC", (text or "")[:_LONGEST]))
    return frozenset(a + b for a, b in pairwise(plain)) or frozenset(plain)


class Likeness:
    """Likeness of figures, with weights from all the releases that are compared."""

    def __init__(self, releases: Iterable[Iterable[Item]]) -> None:
        everything = [item for release in releases for item in release]
        self._indicators = weigh(item.figure["indicator"] for item in everything)
        self._projects = weigh({item.project for item in everything})

    def __call__(self, a: Item, b: Item) -> float:
        """Between 0 and 1; 0 for figures that cannot measure the same."""
        if not comparable(a.figure, b.figure):
            return 0.0
        share = _share_of_project(a.figure["indicator"], b.figure["indicator"])
        indicator = _overlap(a.figure["indicator"], b.figure["indicator"], self._indicators)
        if indicator < _LEAST and a.figure["indicator"] and b.figure["indicator"]:
            return 0.0
        project = _overlap(a.project, b.project, self._projects)
        apart = _OTHER_ACTION * _differ(a.figure["action"], b.figure["action"])
        apart += _OTHER_UNIT * (
            _unit(a.figure, "code") != _unit(b.figure, "code") and _unit(a.figure, "dimension") == "count"
        )
        apart += _OTHER_PROMISE * bool(a.figure["promised"] != b.figure["promised"])
        return max(0.0, (1 - share) * indicator + share * project - apart)


def comparable(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two figures are of one kind, their units of one dimension, their numbers divided by the same."""
    alike: bool = a["kind"] == b["kind"] and _unit(a, "dimension") == _unit(b, "dimension")
    return alike and bool(a["per"] == b["per"]) and _base(a["indicator"]) == _base(b["indicator"])


def _unit(figure: Mapping[str, Any], name: str) -> str | None:
    return figure["unit"][name] if figure["unit"] else None


def _base(indicator: str | None) -> str:
    found = _BASE.search(indicator or "")
    return found[0].removeprefix("每") if found else ""


def _share_of_project(a: str | None, b: str | None) -> float:
    return _OF_PROJECT.get(min(len(pairs(a)), len(pairs(b))) + 1, _OF_LONG) if a and b else _OF_PROJECT[0]


def _overlap(a: str | None, b: str | None, weights: Weights) -> float:
    """Weight of the common pairs: half by both texts together, half by the one that has fewer."""
    of_a, of_b = pairs(a), pairs(b)
    common, one, other = (fsum(weights[pair] for pair in some) for some in (of_a & of_b, of_a, of_b))
    return common / (one + other) + common / min(one, other) / 2 if one and other else 0.0


def _differ(a: str | None, b: str | None) -> bool:
    return bool(a and b and not pairs(a) & pairs(b) and not set(a) & set(b))
