"""Tables that are drawn with lines on a page: where their cells are, and the text in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.reading.geometry import Run, page_lines
from extractor.reading.paragraphs import Item, paragraphs
from extractor.reading.tables import Cell, Grid, table_grid

_SNAP = 3.0  # points between lines that are drawn as one
_MOST = 40_000  # fields of the lattice; a page with more of them is a map or a chart


_MOST_PLACINGS = 5_000_000  # runs of text times cells


class Edge(NamedTuple):
    """A straight line along one axis, from the lower coordinates to the higher."""

    x0: float
    top: float
    x1: float
    bottom: float


class Box(NamedTuple):
    """Where a cell or a table stands."""

    x0: float
    top: float
    x1: float
    bottom: float


class Table(NamedTuple):
    """Where a table stands and the boxes of its cells."""

    box: Box
    cells: tuple[Box, ...]


Field = tuple[int, int]  # column and row in the lattice that all lines of a page make


def find_tables(edges: Sequence[Edge]) -> list[Table]:
    """The tables of two columns or more that the edges draw, from the top of the page downwards."""
    upright = [edge for edge in edges if edge.bottom - edge.top > max(_SNAP, edge.x1 - edge.x0)]
    level = [edge for edge in edges if edge.x1 - edge.x0 > max(_SNAP, edge.bottom - edge.top)]
    xs, ys = _snapped(edge.x0 for edge in upright), _snapped(edge.top for edge in level)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST:
        return []
    left = {(_at(edge.x0, xs), row) for edge in upright for row in _covered(edge.top, edge.bottom, ys)}
    above = {(column, _at(edge.top, ys)) for edge in level for column in _covered(edge.x0, edge.x1, xs)}
    cells = _cells(left, above, len(xs) - 1, len(ys) - 1)
    tables = [_table(group, xs, ys) for group in _connected(cells)]
    several = [table for table in tables if len({cell.x0 for cell in table.cells}) > 1]
    return sorted(several, key=lambda table: table.box.top)


def page_items(runs: Sequence[Run], tables: Sequence[Table]) -> list[Item]:
    """The lines and tables of a page from the top downwards."""
    items: list[Item] = []
    if len(runs) * sum(len(table.cells) for table in tables) > _MOST_PLACINGS:
        tables = []
    waiting = list(tables)
    for line in page_lines(run for run in runs if not any(is_inside(run, table.box) for table in tables)):
        while waiting and waiting[0].box.top < line.top:
            items.append(grid_of(waiting.pop(0), runs))
        items.append(line)
    items += [grid_of(table, runs) for table in waiting]
    return [item for item in items if item]


def grid_of(table: Table, runs: Sequence[Run]) -> Grid:
    """The texts of the table's cells, each run of text in the cell where its middle is."""
    content: dict[Box, list[Run]] = defaultdict(list)
    for run in runs:
        cell = next((cell for cell in table.cells if is_inside(run, cell)), None)
        if cell:
            content[cell].append(run)
    tops = sorted({cell.top for cell in table.cells})
    lefts = sorted({cell.x0 for cell in table.cells})
    rows: list[list[Cell]] = [[] for _ in tops]
    for cell in sorted(table.cells):
        spanned_rows = sum(cell.top <= top < cell.bottom for top in tops)
        spanned_columns = sum(cell.x0 <= left < cell.x1 for left in lefts)
        rows[tops.index(cell.top)].append(Cell(_paragraphs(content[cell], cell), spanned_rows, spanned_columns))
    return table_grid(rows)


def is_inside(run: Run, box: Box) -> bool:
    """Whether the middle of run is in box."""
    return box.x0 <= (run.x0 + run.x1) / 2 < box.x1 and box.top <= (run.top + run.bottom) / 2 < box.bottom


def _paragraphs(runs: Sequence[Run], cell: Box) -> list[str]:
    """What stands in a cell, its wrapped lines joined; each line is measured from the left, centred ones too."""
    lines = page_lines(runs)
    if not lines:
        return []
    padding = min(min(line.x0 for line in lines) - cell.x0, lines[0].em)
    right = cell.x1 - cell.x0 - 2 * padding
    return paragraphs([line._replace(x0=0.0, x1=line.x1 - line.x0, left=0.0, right=right) for line in lines])


def _snapped(places: Iterable[float]) -> list[float]:
    """The places in order, those next to each other as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _SNAP:
            kept.append(place)
    return kept


def _at(place: float, places: list[float]) -> int:
    """Index of the place nearest to place."""
    after = bisect_left(places, place)
    if after == len(places) or (after and place - places[after - 1] < places[after] - place):
        return after - 1
    return after


def _covered(start: float, end: float, places: list[float]) -> range:
    """Which of the fields between places a line from start to end covers."""
    return range(bisect_left(places, start - _SNAP), bisect_right(places, end + _SNAP) - 1)


def _cells(left: set[Field], above: set[Field], columns: int, rows: int) -> list[tuple[Field, Field]]:
    """First and last field of each cell: from a corner to the next line on the right and the next below."""
    cells = []
    for column in range(columns):
        for row in range(rows):
            if (column, row) not in left or (column, row) not in above:
                continue
            last = next((x for x in range(column, columns) if (x + 1, row) in left), None)
            low = next((y for y in range(row, rows) if (column, y + 1) in above), None)
            if last is not None and low is not None:
                cells.append(((column, row), (last, low)))
    return cells


def _connected(cells: list[tuple[Field, Field]]) -> list[list[tuple[Field, Field]]]:
    """The cells in groups that touch."""
    groups: list[tuple[set[Field], list[tuple[Field, Field]]]] = []
    for cell in cells:
        (column, row), (last, low) = cell
        corners = {(column, row), (last + 1, row), (column, low + 1), (last + 1, low + 1)}
        touching = [group for group in groups if group[0] & corners]
        groups = [group for group in groups if not group[0] & corners]
        members = [member for _, others in touching for member in others]
        groups.append((corners.union(*(known for known, _ in touching)), [*members, cell]))
    return [members for _, members in groups]


def _table(cells: list[tuple[Field, Field]], xs: list[float], ys: list[float]) -> Table:
    boxes = tuple(Box(xs[column], ys[row], xs[last + 1], ys[low + 1]) for (column, row), (last, low) in cells)
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return Table(Box(min(x0s), min(tops), max(x1s), max(bottoms)), boxes)
