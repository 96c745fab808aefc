"""Releases side by side: one row for each indicator, one cell for each release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.compare.change import Change, Factors, change
from extractor.compare.likeness import Item, Likeness, items
from extractor.compare.pairing import pair
from extractor.language.pack import load_pack

Record = Mapping[str, Any]


class Head(NamedTuple):
    """What names a release: place is its region's code, else its name as written."""

    name: str
    title: str | None
    region: str | None
    place: str | None
    year: int | None

    @property
    def label(self) -> str:
        """As short as a column needs it: 南阳市 2023, or the name of its source."""
        return " ".join(str(part) for part in (self.region, self.year) if part) or self.name


class Cell(NamedTuple):
    """A figure in its release.  change: from the release before it of the same place, None without one."""

    figure: Mapping[str, Any]
    project: str | None
    change: Change | None


class Row(NamedTuple):
    """One indicator, named as most of its releases name it.  project: the first one's; cells: one for each release."""

    indicator: str | None
    project: str | None
    kind: str
    cells: tuple[Cell | None, ...]

    @property
    def present(self) -> tuple[int, ...]:
        """Positions of the releases that have it."""
        return tuple(at for at, cell in enumerate(self.cells) if cell)


class Comparison(NamedTuple):
    """Releases and their indicators, in the order of the releases and of their texts."""

    releases: tuple[Head, ...]
    rows: tuple[Row, ...]

    def shared(self) -> tuple[Row, ...]:
        """The rows that two releases or more have."""
        return tuple(row for row in self.rows if len(row.present) > 1)


def compare(records: Sequence[Record], *, factors: Factors | None = None) -> Comparison:
    """The figures of releases, those that measure the same in one row, each in one row only.

    records: as Release.to_dict() gives them, in the order of the columns; factors: of units, the built-in ones when
    None.  A figure is paired with the latest release before it that has its indicator; a change is taken from the
    release before it of the same place.
    """
    figures = [items(record) for record in records]
    heads = tuple(_head(record) for record in records)
    rows = _aligned(figures, Likeness(figures))
    factors = load_pack().factors if factors is None else factors
    told = (row for row in rows if not _is_said_of_another(row, figures))
    return Comparison(heads, tuple(_row(row, heads, figures, factors) for row in told))


def _aligned(figures: Sequence[Sequence[Item]], likeness: Likeness) -> list[list[Item | None]]:
    """Rows of items, one for each release."""
    rows: list[list[Item | None]] = []
    for at, release in enumerate(figures):
        latest = [next(item for item in reversed(row) if item) for row in rows]
        paired = pair(latest, release, likeness)
        found = {second: first for first, second in paired.items()}
        for row in rows:
            row.append(None)
        for position, item in enumerate(release):
            if position in found:
                rows[found[position]][at] = item
            else:
                rows.append([*[None] * at, item])
    return rows


def _is_said_of_another(row: Sequence[Item | None], figures: Sequence[Sequence[Item]]) -> bool:
    """Whether all that a row holds is one release's word on how another of its figures changed."""
    found = [(at, item) for at, item in enumerate(row) if item]
    at, only = found[0]
    return len(found) == 1 and any(only.figure in _stated(item, figures[at]) for item in figures[at])


def _row(row: Sequence[Item | None], heads: Sequence[Head], figures: Sequence[Sequence[Item]], factors: Factors) -> Row:
    first = next(item for item in row if item)
    cells = tuple(item and Cell(item.figure, item.project, _change(row, at, heads, figures[at], factors))
                  for at, item in enumerate(row))  # fmt: skip
    names = [item.figure["indicator"] for item in row if item]
    return Row(max(names, key=names.count), first.project, first.figure["kind"], cells)


def _change(
    row: Sequence[Item | None], at: int, heads: Sequence[Head], release: Sequence[Item], factors: Factors
) -> Change | None:
    later = row[at]
    before = [item for item, head in zip(row[:at], heads, strict=False) if item and head.place == heads[at].place]
    if later is None or not before or before[-1].figure["promised"] or later.figure["promised"]:
        return None
    return change(before[-1].figure, later.figure, next(_stated(later, release), None), factors)


def _stated(later: Item, release: Sequence[Item]) -> Iterator[Mapping[str, Any]]:
    """The figures in which a release tells the change of another: of its indicator, in its project."""
    for item in release if later.figure["kind"] != "change" else ():
        told = item.figure
        if (
            told["kind"] == "change"
            and told["indicator"] == later.figure["indicator"]
            and item.project == later.project
        ):
            yield told


def _head(record: Record) -> Head:
    region = record["region"]
    name = region and (region["name"] or region["text"])
    return Head(record["source"]["name"], record["title"], name, region and (region["code"] or name), record["year"])
