"""What the index of many releases shows: a row for each, totals, pictures of what they share, years side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from extractor.compare import Cell, Comparison, compare
from extractor.language.pack import load_pack
from extractor.report.charts import Chart, charts, places
from extractor.report.release_view import Summary, amount, shown_value

Record = Mapping[str, Any]
_PICTURED = 60  # pictures on a page
_COMPARED = 200  # releases that are compared: their figures, each with all others, take time by the square


class Page(NamedTuple):
    """A release with the numbers of its own page.  record needs no numerals, checks or traces any more."""

    href: str
    record: Record
    summary: Summary


class Side(NamedTuple):
    """One indicator over the years of a place: values as they are shown, None in a year without it.

    points: whether the change is one of percentage points.
    """

    indicator: str
    project: str | None
    values: tuple[str | None, ...]
    change: str | None
    points: bool
    percent: str | None
    origin: str | None
    contradiction: str | None
    state: str


class Years(NamedTuple):
    """The releases of one place over its years."""

    place: str
    years: tuple[str, ...]
    sides: tuple[Side, ...]


class BatchView(NamedTuple):
    """All that the template of an index needs."""

    pages: tuple[Page, ...]
    total: Summary
    charts: tuple[Chart, ...]
    more: int
    places: tuple[str, ...]
    years: tuple[Years, ...]


def batch_view(pages: Sequence[Page]) -> BatchView:
    """The view of an index.  Beyond 200 releases nothing is compared."""
    ordered = sorted(pages, key=lambda page: (_place(page.record), page.record["year"] or 0, page.href))
    compared = [page.record for page in ordered] if len(ordered) <= _COMPARED else []
    comparison = compare(compared)
    drawn = charts(comparison, load_pack().factors)
    return BatchView(
        pages=tuple(ordered),
        total=_total([page.summary for page in ordered]),
        charts=tuple(drawn[:_PICTURED]),
        more=max(0, len(drawn) - _PICTURED),
        places=tuple(places(comparison.releases)),
        years=tuple(_years(comparison)),
    )


def slim(record: Record) -> Record:
    """A record without what an index does not show."""
    kept = {name: record[name] for name in ("source", "title", "published", "year", "region")}
    projects = [{"title": project["title"], "figures": _untraced(project["figures"])} for project in record["projects"]]
    return {**kept, "projects": projects, "figures": _untraced(record["figures"])}


def _untraced(figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in figure.items() if name != "trace"} for figure in figures]


def _total(summaries: Sequence[Summary]) -> Summary:
    declared = [summary.declared for summary in summaries if summary.declared is not None]
    counts = [sum(column) for column in zip(*(summary[2:] for summary in summaries), strict=True)] or [0] * 7
    return Summary(sum(summary.projects for summary in summaries), sum(declared) if declared else None, *counts)


def _years(comparison: Comparison) -> Iterator[Years]:
    """The places that have releases of several years, with all their indicators."""
    by_place: dict[str, list[int]] = {}
    for at, head in enumerate(comparison.releases):
        if head.place and head.year:
            by_place.setdefault(head.place, []).append(at)
    for columns in by_place.values():
        heads = [comparison.releases[at] for at in columns]
        if len({head.year for head in heads}) > 1:
            sides = [side for row in comparison.rows if (side := _side([row.cells[at] for at in columns]))]
            order = {"both": 0, "appears": 1, "disappears": 2}
            yield Years(heads[0].region or heads[0].name, tuple(str(head.year) for head in heads),
                        tuple(sorted(sides, key=lambda side: order[side.state])))  # fmt: skip


def _side(cells: Sequence[Cell | None]) -> Side | None:
    found = [cell for cell in cells if cell]
    if not found:
        return None
    change = found[-1].change
    state = "both" if cells[0] and cells[-1] else "disappears" if cells[-1] is None else "appears"
    return Side(
        found[0].figure["indicator"] or "—",
        found[0].project,
        tuple(cell and _value(cell) for cell in cells),
        change and _signed(change.difference),
        found[-1].figure["kind"] == "rate",
        None if change is None or change.percent is None else f"{_signed(change.percent)}%",
        change and change.origin,
        None if change is None or change.contradiction is None else amount(change.contradiction),
        state,
    )


def _value(cell: Cell) -> str:
    unit = cell.figure["unit"]
    return f"{shown_value(cell.figure)} {unit['text'] if unit else ''}".strip()


def _signed(number: Decimal) -> str:
    sign = "+" if number > 0 else "−" if number < 0 else "±"
    return f"{sign}{amount(abs(number))}"


def _place(record: Record) -> str:
    region = record["region"]
    return str((region and (region["code"] or region["text"])) or "~")
