"""A record measured by the annotation of its release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.gold import Entry, Gold, entries, recorded
from extractor.model import Span
from extractor.score.likeness import agree, close, same
from extractor.score.total import FIELDS, RELATIONS, Difference, Score

_OF_A_FIGURE = {"value", "value_max", "unit", "kind", "direction"}
_HEADER = ("title", "region", "year", "published", "declared_projects")


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
    return [name for name in FIELDS if not agree(name, getattr(gold, name), getattr(found, name))]


def _place(entry: Entry, text: str) -> str:
    start, end = entry.span
    before = text[max(0, start - 10) : start].rpartition("\n")[2]
    return f"{before}[{text[start:end]}] {entry.indicator or ''}".rstrip()
