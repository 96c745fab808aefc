"""How near a record comes to what a person read: counts that add up over releases, and every difference.

A figure is found when its characters overlap those annotated; it is right when number, unit, kind and direction are;
its record is right when everything that an annotation tells of it is.  Texts are compared without punctuation and
width, and are close from a ratio of 0.8 on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from extractor.gold import Entry, Gold, entries, recorded
from extractor.model import Span

RELATIONS = ("completion", "target", "margin", "previous")
FIELDS = ("value", "value_max", "unit", "kind", "direction", "approx", "promised", *RELATIONS, "project", "indicator")
_OF_A_FIGURE = {"value", "value_max", "unit", "kind", "direction"}
_HEADER = ("title", "region", "year", "published", "declared_projects")
_CLOSE = 0.8
_LONGEST = 400  # characters of a text that are compared: the ratio takes time by their product
# Spellings of one unit.  The rules' own table of units is no measure for what the rules make of a text.
_SAME_UNIT = {
    "千米": "公里", "km": "公里", "平米": "平方米", "m2": "平方米", "㎡": "平方米", "方": "立方米", "m3": "立方米",
    "个百分点": "百分点", "度": "千瓦时", "元人民币": "元", "人民币": "元",
}  # fmt: skip


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


def score(gold: Gold, text: str, record: Mapping[str, Any]) -> Score:
    """How near a record comes to the annotation of its release.

    gold: an annotation; text: the release; record: as Release.to_dict() gives it.
    Raises GoldError naming an annotated figure that does not stand in the text.
    """
    counts: Counter[str] = Counter(releases=1)
    aligned = _align([p["title"] for p in gold["projects"]], [p["title"] for p in record["projects"]])
    differences = [
        *_score_projects(gold, record, aligned, counts),
        *_score_header(gold, record, counts),
        *_score_figures(entries(gold, text), recorded(record), aligned, text, counts),
        *_score_numerals(record, counts),
    ]
    return Score(counts, tuple(differences))


def failure(gold: Gold, text: str) -> Score:
    """The score of a release of which there is no record at all."""
    nothing: dict[str, Any] = {"projects": [], "figures": [], "numerals": []} | dict.fromkeys(_HEADER)
    return score(gold, text, nothing) + Score(Counter(failed=1))


def same(a: str | None, b: str | None) -> bool:
    """Whether two texts say the same but for punctuation and width."""
    return _plain(a) == _plain(b)


def close(a: str | None, b: str | None) -> bool:
    """Whether two texts say nearly the same."""
    return same(a, b) or SequenceMatcher(None, _plain(a), _plain(b)).ratio() >= _CLOSE


def _align(gold: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Position of a found project -> position in gold: the longest list of close titles in the order of both."""
    near = [[close(a, b) for b in found] for a in gold]
    best = [[0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for i in reversed(range(len(gold))):
        for j in reversed(range(len(found))):
            best[i][j] = best[i + 1][j + 1] + 1 if near[i][j] else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < len(gold) and j < len(found):
        if near[i][j]:
            pairs[j] = i
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _score_projects(
    gold: Gold, record: Mapping[str, Any], aligned: Mapping[int, int], counts: Counter[str]
) -> Iterator[Difference]:
    wanted, found = gold["projects"], record["projects"]
    counts.update({"projects.gold": len(wanted), "projects.found": len(found), "projects.right": len(aligned)})
    for at, project in enumerate(wanted):
        if at not in aligned.values():
            yield Difference("project missed", project["title"])
    for at, project in enumerate(found):
        if at not in aligned:
            yield Difference("project that is none", project["title"], span=Span(*project["title_span"]))
        elif (level := wanted[aligned[at]].get("level") or None) == project["level"]:
            counts["levels.right"] += 1
        else:
            yield Difference("project", project["title"], "level", level, project["level"])


def _score_header(gold: Gold, record: Mapping[str, Any], counts: Counter[str]) -> Iterator[Difference]:
    region = record["region"]
    for name in _HEADER:
        wanted, found = gold.get(name), region["text"] if name == "region" and region else record[name]
        right = same(str(wanted or ""), str(found or ""))
        counts.update({"header.gold": 1, "header.right": right})
        if not right:
            yield Difference("header", "", name, wanted, found)


def _score_figures(
    gold: Sequence[Entry], found: Sequence[Entry], aligned: Mapping[int, int], text: str, counts: Counter[str]
) -> Iterator[Difference]:
    # a project that gold does not know has a position that no annotated project has
    found = [f._replace(project=f.project if f.project is None else aligned.get(f.project, -1)) for f in found]
    counts.update({"figures.gold": len(gold), "figures.found": len(found)})
    counts["spans.true"] += sum(text[slice(*entry.span)] == entry.surface for entry in found)
    for side, figures in (("gold", gold), ("found", found)):
        for name in RELATIONS:
            stated = sum(getattr(entry, name) is not None for entry in figures)
            counts.update({f"{name}.{side}": stated, f"relations.{side}": stated})
    matched = _match(gold, found)
    for at, entry in enumerate(gold):
        if at in matched:
            yield from _score_figure(entry, found[matched[at]], text, counts)
        else:
            yield Difference("figure missed", _place(entry, text), span=entry.span)
    for at in sorted({*range(len(found))} - {*matched.values()}):
        yield Difference("figure that is none", _place(found[at], text), span=found[at].span)


def _match(gold: Sequence[Entry], found: Sequence[Entry]) -> dict[int, int]:
    """Position in gold -> position of the found figure on the same characters that differs least."""
    matched: dict[int, int] = {}
    first = 0
    for at, entry in enumerate(gold):
        while first < len(found) and found[first].span.end <= entry.span.start:
            first += 1
        over = [i for i in range(first, len(found)) if found[i].span.start < entry.span.end]
        if free := [i for i in over if i not in matched.values() and entry.span.start < found[i].span.end]:
            matched[at] = min(free, key=lambda i: len(_differing(entry, found[i])))
    return matched


def _score_figure(gold: Entry, found: Entry, text: str, counts: Counter[str]) -> Iterator[Difference]:
    differing = _differing(gold, found)
    counts.update({f"fields.{name}": name not in differing for name in FIELDS})
    counts.update(
        {
            "figures.matched": 1,
            "figures.right": not _OF_A_FIGURE & {*differing},
            "records.right": not differing,
            "indicators.exact": same(gold.indicator, found.indicator),
            "indicators.close": "indicator" not in differing,
            "actions.right": same(gold.action, found.action),
        }
    )
    for name in RELATIONS:
        right = getattr(gold, name) is not None and name not in differing
        counts.update({f"{name}.right": right, "relations.right": right})
    for name in differing:
        yield Difference("figure", _place(gold, text), name, getattr(gold, name), getattr(found, name), gold.span)


def _score_numerals(record: Mapping[str, Any], counts: Counter[str]) -> Iterator[Difference]:
    counts["numerals"] += len(record["numerals"])
    for numeral in record["numerals"]:
        if numeral["role"] == "unexplained":
            counts["unexplained"] += 1
            yield Difference("numeral unexplained", numeral["text"], span=Span(*numeral["span"]))


def _differing(gold: Entry, found: Entry) -> list[str]:
    return [name for name in FIELDS if not _agree(name, getattr(gold, name), getattr(found, name))]


def _agree(name: str, gold: Any, found: Any) -> bool:
    if name == "indicator":
        return close(gold, found)
    return bool(_unit(gold) == _unit(found) if name == "unit" else gold == found)


def _unit(text: str | None) -> str | None:
    plain = normalize("NFKC", text) if text else None
    return _SAME_UNIT.get(plain, plain) if plain else None


@lru_cache(maxsize=4096)
def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", normalize("NFKC", (text or "")[:_LONGEST]))


def _place(entry: Entry, text: str) -> str:
    start, end = entry.span
    before = text[max(0, start - 10) : start].rpartition("\n")[2]
    return f"{before}[{text[start:end]}] {entry.indicator or ''}".rstrip()


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _shown(value: object) -> str:
    return "–" if value is None else str(value)
