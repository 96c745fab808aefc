"""One small picture for each indicator that several releases have: lines over years, or bars within one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from extractor.compare import Comparison, Head, Row
from extractor.compare.change import Factors, converted, exact
from extractor.report.release_view import amount

WIDTH, HEIGHT = 220, 84
_BARS = 8  # bars that a picture has room for
_LETTER, _LINE = 3, 10  # half the width of a digit, height of a line
_PLACES = Decimal("0.1")


class Point(NamedTuple):
    """One release's value: where it is drawn, what it is; labelled: whether there is room to write it."""

    x: Decimal
    y: Decimal
    series: int
    place: str
    year: int | None
    value: str
    release: int
    labelled: bool = True


class Chart(NamedTuple):
    """The picture of one indicator: kind "lines" or "bars", where x is a length and y a row.

    lines: (series, "x,y x,y …") of the places that have several years; years: the first and the last with their x.
    """

    indicator: str
    unit: str
    kind: str
    points: tuple[Point, ...]
    lines: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, Decimal], ...]


class _Value(NamedTuple):
    head: Head
    value: Fraction
    release: int


def places(heads: Sequence[Head]) -> list[str]:
    """The places of releases in their order: their positions are their series."""
    return list(dict.fromkeys(_place(head) for head in heads))


def charts(comparison: Comparison, factors: Factors) -> list[Chart]:
    """A picture of every indicator that two releases or more have, those of most releases first."""
    series = {place: at for at, place in enumerate(places(comparison.releases))}
    rows = sorted(comparison.shared(), key=lambda row: -len(row.present))
    return [chart for row in rows if (chart := _chart(row, comparison.releases, series, factors))]


def _chart(row: Row, heads: Sequence[Head], series: dict[str, int], factors: Factors) -> Chart | None:
    unit = next(cell.figure["unit"] for cell in row.cells if cell)
    values = [found for at, cell in enumerate(row.cells) if cell and (found := _value(cell, heads, at, unit, factors))]
    if len(values) < 2:
        return None
    years = sorted({value.head.year for value in values if value.head.year is not None})
    lined = len(years) > 1 and all(value.head.year is not None for value in values)
    points = _labelled(_lined(values, years, series)) if lined else _barred(values, series)
    return Chart(
        row.indicator or "—",
        unit["text"] if unit else "",
        "lines" if lined else "bars",
        points,
        tuple(_lines(points)) if lined else (),
        tuple((year, _x(year, years)) for year in (years[0], years[-1])) if lined else (),
    )


def _value(cell: Any, heads: Sequence[Head], at: int, unit: Any, factors: Factors) -> _Value | None:
    value = converted(cell.figure, unit, factors)
    return None if value is None else _Value(heads[at], value, at)


def _lined(values: Sequence[_Value], years: Sequence[int], series: dict[str, int]) -> tuple[Point, ...]:
    low = min(Fraction(0), *(value.value for value in values))
    high = max(value.value for value in values)
    return tuple(
        _point(
            value,
            series,
            _x(value.head.year or 0, years),
            _scaled(HEIGHT - (value.value - low) / (high - low or 1) * HEIGHT),
        )
        for value in sorted(values, key=lambda value: (series[_place(value.head)], value.head.year))
    )


def _barred(values: Sequence[_Value], series: dict[str, int]) -> tuple[Point, ...]:
    highest = max((abs(value.value) for value in values), default=Fraction(0)) or Fraction(1)
    largest = sorted(values, key=lambda value: -value.value)[:_BARS]
    return tuple(
        _point(value, series, _scaled(abs(value.value) / highest * 100), Decimal(at))
        for at, value in enumerate(largest)
    )


def _labelled(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points, those without a label whose label would cover another's; years of one place come first."""
    series = [point.series for point in points]
    boxes: list[tuple[Decimal, Decimal, Decimal]] = []
    labelled = {}
    for point in sorted(points, key=lambda point: -series.count(point.series)):
        left, right = point.x - _LETTER * len(point.value), point.x + _LETTER * len(point.value)
        free = all(abs(point.y - y) > _LINE or right < start or left > end for start, end, y in boxes)
        labelled[point] = free
        if free:
            boxes.append((left, right, point.y))
    return tuple(point._replace(labelled=labelled[point]) for point in points)


def _lines(points: Sequence[Point]) -> list[tuple[int, str]]:
    by_series: dict[int, list[str]] = {}
    for point in points:
        by_series.setdefault(point.series, []).append(f"{point.x},{point.y}")
    return [(series, " ".join(of)) for series, of in by_series.items() if len(of) > 1]


def _point(value: _Value, series: dict[str, int], x: Decimal, y: Decimal) -> Point:
    place = _place(value.head)
    return Point(x, y, series[place], place, value.head.year, amount(exact(value.value)), value.release)


def _x(year: int, years: Sequence[int]) -> Decimal:
    return _scaled(Fraction(year - years[0], years[-1] - years[0]) * WIDTH)


def _scaled(value: Fraction) -> Decimal:
    return Decimal(round(value * 10)) * _PLACES


def _place(head: Head) -> str:
    return head.region or head.name
