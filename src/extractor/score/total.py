"""A score: counts of one or more releases, what follows from them, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from extractor.model import Span

RELATIONS = ("completion", "target", "margin", "previous")
FIELDS = ("value", "value_max", "unit", "kind", "direction", "approx", "promised", *RELATIONS, "project", "indicator")


class Difference(NamedTuple):
    """One thing that record and annotation tell differently.

    what: "project missed", "project that is none", "header", "figure missed", "figure that is none", "figure" or
    "numeral unexplained"; field: which one of a figure or header differs; about: what it is about, as a reader
    recognises it; span: where it stands, None for what has no place.
    """

    what: str
    about: str
    field: str | None = None
    gold: object = None
    found: object = None
    span: Span | None = None

    def __str__(self) -> str:
        told = f"{self.what}: {self.about}"
        return f"{told}: {self.field}: gold {_shown(self.gold)}, found {_shown(self.found)}" if self.field else told


class Score(NamedTuple):
    """Counts of one or more releases; scores add up.

    counts: how many there are in gold, in the record (found) and right, by dotted names; differences: what differs.
    """

    counts: Counter[str]
    differences: tuple[Difference, ...] = ()

    @classmethod
    def nothing(cls) -> Score:
        """The score of no release, to which others are added."""
        return cls(Counter())

    def __add__(self, other: object) -> Score:
        if not isinstance(other, Score):
            return NotImplemented
        return Score(Counter({**self.counts}) + other.counts, self.differences + other.differences)

    def totals(self) -> dict[str, float | int | None]:
        """Shares between 0 and 1 rounded to four places, None where there was nothing to get right, and counts."""
        c = self.counts
        return {
            "records_f1": self._f1("records.right", "figures"),
            "figures_f1": self._f1("figures.right", "figures"),
            "figures_recall": _share(c["figures.right"], c["figures.gold"]),
            "figures_precision": _share(c["figures.right"], c["figures.found"]),
            "relations_f1": self._f1("relations.right", "relations"),
            "indicators_f1": self._f1("indicators.close", "figures"),
            "indicators_exact": _share(c["indicators.exact"], c["figures.matched"]),
            "indicators_close": _share(c["indicators.close"], c["figures.matched"]),
            "actions": _share(c["actions.right"], c["figures.matched"]),
            "projects_f1": self._f1("projects.right", "projects"),
            "levels": _share(c["levels.right"], c["projects.right"]),
            "header": _share(c["header.right"], c["header.gold"]),
            "spans_true": _share(c["spans.true"], c["figures.found"]),
            **{name: c[name] for name in ("unexplained", "numerals", "releases", "failed")},
            "figures": c["figures.gold"],
        }

    def fields(self) -> dict[str, float | None]:
        """For every field, the share of matched figures whose field is right; F1 for relations, which most lack."""
        c = self.counts
        shares = {name: _share(c[f"fields.{name}"], c["figures.matched"]) for name in FIELDS if name not in RELATIONS}
        return shares | {name: self._f1(f"{name}.right", name) for name in RELATIONS}

    def below(self, floors: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """The totals that sank below their floor: name -> (total, floor)."""
        totals = self.totals()
        reached = {name: 1.0 if (value := totals[name]) is None else value for name in floors}
        return {name: (reached[name], floor) for name, floor in floors.items() if reached[name] < floor}

    def _f1(self, right: str, of: str) -> float:
        among = self.counts[f"{of}.gold"] + self.counts[f"{of}.found"]
        return round(2 * self.counts[right] / among, 4) if among else 1.0


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _shown(value: object) -> str:
    return "–" if value is None else str(value)
