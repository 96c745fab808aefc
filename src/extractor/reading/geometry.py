"""Pieces of text with their places on a page -> its lines in reading order, column after column.

Coordinates grow to the right and downwards, in any unit; em is the width of a Han character in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

_TAB = 1.5  # em; a wider gap separates columns of a list, a narrower one words
_BLANK = 0.2
_MIXED_BLANK = 0.5
_SPACED = 1.5  # characters of a run in letters that are set apart
_WIDER = 1.8
_GUTTER = 1.0  # em between two columns of prose
_COLUMN_ROWS = 6  # fewer rows side by side are a list or a signature
_LEVEL = 0.3  # share of a row's height from its foot up that a run must reach
_SEVERAL = 0.15  # share of a column's lines that make an edge
_PROSE = 0.75  # how full of text the rows of a column are; cells of a list are not


class Run(NamedTuple):
    """Text that goes on without a gap."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    em: float


class Line(NamedTuple):
    """One line of text and the left and right edge of the column that it stands in."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    em: float
    left: float
    right: float


Row = list[Run]


def page_lines(runs: Iterable[Run]) -> list[Line]:
    """The lines of a page, top to bottom, columns of prose one after the other."""
    return _lines(_rows(runs))


def _rows(runs: Iterable[Run]) -> list[Row]:
    """Runs that stand at one height, each row from left to right."""
    rows: list[Row] = []
    top = bottom = 0.0  # of the last row
    for run in sorted(runs, key=lambda run: (run.top + run.bottom) / 2):
        middle = (run.top + run.bottom) / 2
        if rows and top < middle < bottom and bottom - (bottom - top) * _LEVEL <= run.bottom:
            rows[-1].append(run)
            top, bottom = min(top, run.top), max(bottom, run.bottom)
        else:
            rows.append([run])
            top, bottom = run.top, run.bottom
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def _lines(rows: list[Row]) -> list[Line]:
    gutter = _gutter(rows)
    if gutter is None:
        return _column_lines(rows)
    lines: list[Line] = []
    for is_split, band in groupby(rows, key=lambda row: not any(run.x0 < gutter < run.x1 for run in row)):
        part = list(band)
        left = [side for row in part if (side := [run for run in row if run.x1 <= gutter])]
        right = [side for row in part if (side := [run for run in row if run.x0 >= gutter])]
        if is_split and _is_prose(left) and _is_prose(right):
            lines += _lines(left) + _lines(right)
        else:
            lines += _column_lines(part)
    return lines


def _gutter(rows: list[Row]) -> float | None:
    """The place where most rows have a gap; None where few have."""
    edges: list[tuple[float, int]] = []
    for row in rows:
        for before, after in pairwise(row):
            if after.x0 - before.x1 > _GUTTER * before.em:
                edges += [(before.x1, 1), (after.x0, -1)]
    best, depth, place = 0, 0, None
    for (x, step), (following, _) in pairwise(sorted(edges)):
        depth += step
        if depth > best:
            best, place = depth, (x + following) / 2
    return place if best >= _COLUMN_ROWS else None


def _is_prose(rows: list[Row]) -> bool:
    if len(rows) < _COLUMN_ROWS:
        return False
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    filled = sum(run.x1 - run.x0 for row in rows for run in row)
    return filled >= _PROSE * len(rows) * (right - left)


def _column_lines(rows: list[Row]) -> list[Line]:
    if not rows:
        return []
    em = median(run.em for row in rows for run in row)
    left = -_edge([-row[0].x0 for row in rows], em)
    right = _edge([row[-1].x1 for row in rows], em)
    return [_line(row, left, right) for row in rows]


def _edge(ends: list[float], em: float) -> float:
    """The furthest place where several lines end: one that alone sticks out is no edge."""
    enough = max(2, _SEVERAL * len(ends))
    ends = sorted(ends)
    counts = ((end, bisect_right(ends, end) - bisect_left(ends, end - em)) for end in reversed(ends))
    return next((end for end, count in counts if count >= enough), ends[-1])


def _line(row: Row, left: float, right: float) -> Line:
    blank = _blank(row)
    text = row[0].text
    for before, after in pairwise(row):
        text += _separator(before, after, blank) + after.text
    return Line(
        text,
        row[0].x0,
        row[-1].x1,
        min(run.top for run in row),
        max(run.bottom for run in row),
        max(run.em for run in row),
        left,
        right,
    )


def _blank(row: Row) -> float:
    """Width of a blank in em: in letters set apart, as in 公　　告, it is wider than the usual gap."""
    gaps = [_gap(before, after) for before, after in pairwise(row)]
    is_spaced = len(row) > 2 and sum(len(run.text) for run in row) < _SPACED * len(row)
    return max(_BLANK, _WIDER * median(gaps)) if is_spaced else _BLANK


def _gap(before: Run, after: Run) -> float:
    return (after.x0 - before.x1) / before.em


def _separator(before: Run, after: Run, blank: float) -> str:
    """What stands between two runs: a tab where columns are apart, a blank where words are, else nothing."""
    gap = _gap(before, after)
    if gap > max(_TAB, blank):
        return "\t"
    if before.text.endswith(" ") or after.text.startswith(" "):
        return ""
    # Between Han and Latin characters word processors leave a quarter of a character by themselves.
    is_mixed = before.text[-1:].isascii() != after.text[:1].isascii()
    return " " if gap > (max(_MIXED_BLANK, blank) if is_mixed else blank) else ""
