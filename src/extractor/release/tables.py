"""Tables of a release, however they were flattened: pipes, tabs, columns of blanks, one cell a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.model import Span
from extractor.release.cells import LONGEST_HEAD, cell_table
from extractor.release.columns import (
    GROUP,
    LONGEST_GROUP,
    LONGEST_UNIT,
    Cell,
    Column,
    Row,
    Table,
    columns_of,
    row_of,
    table_of,
    total_row,
)
from extractor.release.lines import Line

__all__ = ["Row", "Table", "find_tables"]

_BAR = plain(r"\|")
_BLANKS = plain(r" {2,}")
_RULE = plain(r"^[|\s:+-]+$")
_TOTAL_LINE = plain(r"(?:合 ?计|总 ?计)(?=[ |])")
_NUMBER = plain(r"\d[\d,.]*")
_WHOLE = plain(r"\d{1,3}")
_VALUE = plain(r"(?=\D{0,4}\d)[\d,.%/ ]+|[—–-]+")  # what stands under 目标, 完成 and 比例
_OF_VALUES = frozenset(("target", "result", "rate", "previous", "money", "measure", "margin"))
_OF_PROSE = plain(r"[\d,。;!?]")  # what stands in no name of a table's part: 绿灯:快于序时
_NOTE = plain(r"[(]?(?:[\u4e00-\u9fff]{0,4}(?:说明|备注|原因|情况)|注):")
_LONGEST_REST = 40  # characters of a line that is the rest of a cell
_RESTS = 2  # lines, at most, on which a cell goes on
_FIRST_WIDE = 0x2E80  # from this character on, each takes two columns of a page

Split = Callable[[str, Line], list[Span]]


def find_tables(folded: str, lines: Sequence[Line], lists: WordLists) -> list[Table]:
    """Every table that has a head naming its columns."""
    found = []
    index = 0
    while index < len(lines):
        table, following = None, index + 1
        if _may_head(folded, lines[index]):
            table, following = cell_table(folded, lines, index, lists) or _row_table(folded, lines, index, lists)
        if table:
            found.append(table)
        index = following if table else index + 1
    return found


def _may_head(folded: str, line: Line) -> bool:
    """Whether a line can be the head of a table: it is short enough for one column's, or has several cells."""
    return (
        line.end - line.start <= LONGEST_HEAD
        or folded.find("|", line.start, line.end) >= 0
        or folded.find("  ", line.start, line.end) >= 0
    )


def _row_table(folded: str, lines: Sequence[Line], index: int, lists: WordLists) -> tuple[Table | None, int]:
    """The table whose head is one line, and the index of the line behind it."""
    framed = folded[lines[index].start] == "|"
    for split in (_by_frame if framed else _by_bar, _by_blanks):
        head = split(folded, lines[index])
        if len(head) < 3 or index + 2 >= len(lines):
            continue
        columns = columns_of(folded, head, lists)
        first = index + 2 if _heads_group(folded, lines, index + 1, split) else index + 1
        if columns and len(split(folded, lines[first])) >= 2:
            rows, following = _rows(folded, lines, index, columns, split, lists)
            return table_of(folded, columns, rows, lines[index].start), following
    return None, index + 1


def _by_frame(folded: str, line: Line) -> list[Span]:
    """Cells of | a | b |."""
    cells = _by_bar(folded, line)[1:]
    return cells[:-1] if folded[line.end - 1] == "|" else cells


def _by_bar(folded: str, line: Line) -> list[Span]:
    """Cells of a | b, or what tabs part."""
    start, end = line.start, line.end
    while start > 0 and folded[start - 1] == "|":  # empty cells at the edges
        start -= 1
    bars = [bar.start() for bar in _BAR.finditer(folded, start, end)]
    if len(bars) < 2:
        return []
    return [_stripped(folded, left + 1, right) for left, right in pairwise([start - 1, *bars, end])]


def _by_blanks(folded: str, line: Line) -> list[Span]:
    """Cells with two blanks or more between them."""
    gaps = list(_BLANKS.finditer(folded, line.start, line.end))
    if len(gaps) < 2:
        return []
    edges = [line.start, *(edge for gap in gaps for edge in gap.span()), line.end]
    return [Span(*edges[place : place + 2]) for place in range(0, len(edges), 2)]


def _stripped(folded: str, start: int, end: int) -> Span:
    while start < end and folded[start] in " *":
        start += 1
    while end > start and folded[end - 1] in " *":
        end -= 1
    return Span(start, end)


def _rows(
    folded: str, lines: Sequence[Line], index: int, columns: Sequence[Column], split: Split, lists: WordLists
) -> tuple[list[Row], int]:
    """The rows below the head at ``index``, and the index of the line behind them."""
    rows: list[Row] = []
    group = None
    for at in range(index + 1, len(lines)):
        line = lines[at]
        span = Span(line.start, line.end)
        if _RULE.match(folded[line.start : line.end]):
            continue
        if rows and _begins_anew(folded, lines, at, split, lists):
            return rows, at
        if numbers := _sums(folded, line, split):
            rows.append(total_row(columns, numbers[1:], span))
        elif cells := _cells(folded, line, columns, lines[index], split):
            rows.append(row_of(folded, columns, cells, span, group))
        elif _heads_group(folded, lines, at, split):
            group = span
        elif rows and not rows[-1].total and _goes_on(folded, lines, at, columns, lines[index], split):
            rows[-1] = _noted(rows[-1], span) if _NOTE.match(folded, *span) else _lengthened(rows[-1], span)
        else:
            return rows, at
    return rows, len(lines)


def _begins_anew(folded: str, lines: Sequence[Line], at: int, split: Split, lists: WordLists) -> bool:
    """Whether a line behind a gap is the head of another table."""
    if folded.count("\n", lines[at - 1].end, lines[at].start) < 2:
        return False
    cells = split(folded, lines[at])
    return (
        len(cells) > 2
        and not any(_VALUE.fullmatch(folded, *cell) for cell in cells)
        and bool(columns_of(folded, cells, lists))
    )


def _sums(folded: str, line: Line, split: Split) -> list[Span]:
    """The word 合计 and the numbers behind it, of a line of sums that has no cells."""
    word = _TOTAL_LINE.match(folded, line.start, line.end)
    if word is None or split(folded, line):
        return []
    return [Span(*word.span()), *(Span(*number.span()) for number in _NUMBER.finditer(folded, word.end(), line.end))]


def _cells(folded: str, line: Line, columns: Sequence[Column], head: Line, split: Split) -> list[Span]:
    """The cells of a row, none where they are too few or too many for the columns."""
    cells = split(folded, line)
    if not 2 <= len(cells) <= len(columns) + 1:
        return []
    if len(cells) >= len(columns):
        return cells
    return _aligned(folded, cells, columns, head) if split is _by_blanks else _moved(folded, cells, columns)


def _moved(folded: str, cells: list[Span], columns: Sequence[Column]) -> list[Span]:
    """Cells of a row whose first ones are merged with the row above: 新增学位|个|5400 under 序号|项目|指标|单位.

    Those of a department may be merged, too: of all places the one at which the most cells suit their columns.
    """
    place = next((place for place, column in enumerate(columns) if column.role == "number"), None)
    if place is None:
        return cells
    if cells[0].start == cells[0].end:  # a cell that is there, and empty
        return cells
    if not _WHOLE.fullmatch(folded[slice(*cells[0])]):
        places = range(len(columns) - len(cells) + 1)
        place = max(places, key=lambda first: (_suiting(folded, cells, columns[first:]), first))
    return [Span(cells[0].start, cells[0].start)] * place + cells


def _suiting(folded: str, cells: Sequence[Span], columns: Sequence[Column]) -> int:
    """How many cells could stand in these columns: numbers under 目标 and 完成, short words under 单位."""
    return sum(
        1
        for cell, column in zip(cells, columns, strict=False)
        if (_VALUE.fullmatch(folded, *cell) is not None) == (column.role in _OF_VALUES)
        and (column.role != "unit" or cell.end - cell.start <= LONGEST_UNIT)
    )


def _heads_group(folded: str, lines: Sequence[Line], at: int, split: Split) -> bool:
    """Whether a line names the part of the table that follows: 一、市级项目."""
    words = folded[lines[at].start : lines[at].end]
    return (
        len(words) < LONGEST_GROUP
        and bool(GROUP.match(words) or "级" in words or not _OF_PROSE.search(words))
        and at + 1 < len(lines)
        and len(split(folded, lines[at])) <= 1
        and len(split(folded, lines[at + 1])) >= 2
    )


def _goes_on(folded: str, lines: Sequence[Line], at: int, columns: Sequence[Column], head: Line, split: Split) -> bool:
    """Whether a line is the rest of the last cell above: it has no cells, and the table goes on below."""
    line = lines[at]
    apart = folded.count("\n", lines[at - 1].end, line.start) > 1
    is_long = line.end - line.start > _LONGEST_REST and not _NOTE.match(folded, line.start, line.end)
    if apart or is_long or split(folded, line):
        return False
    return any(_cells(folded, following, columns, head, split) for following in lines[at + 1 : at + 2 + _RESTS])


def _noted(row: Row, note: Span) -> Row:
    """The row with a remark on it that stands on a line of its own: 滞后原因:复工5座."""
    cell = Cell(Column("note", Span(note.start, note.start), None), note)
    return row._replace(cells=(*row.cells, cell), span=Span(row.span.start, note.end))


def _lengthened(row: Row, rest: Span) -> Row:
    """The row whose last cell goes on to the end of the next line."""
    last = row.cells[-1]._replace(span=Span(row.cells[-1].span.start, rest.end))
    return row._replace(cells=(*row.cells[:-1], last), span=Span(row.span.start, rest.end))


def _aligned(folded: str, cells: Sequence[Span], columns: Sequence[Column], head: Line) -> list[Span]:
    """Cells of a row with empty columns, put under the heads that they overlap or stand nearest to."""
    base = folded.rfind("\n", 0, head.start) + 1
    heads = [_printed(folded, base, column.head) for column in columns]
    base = folded.rfind("\n", 0, cells[0].start) + 1
    placed = [Span(cells[0].start, cells[0].start)] * len(columns)
    for cell in cells:
        start, end = _printed(folded, base, cell)
        overlaps = [min(end, right) - max(start, left) for left, right in heads]
        placed[overlaps.index(max(overlaps))] = cell
    return placed


def _printed(folded: str, base: int, span: Span) -> tuple[int, int]:
    """From where to where a span reaches on the page, in columns from ``base``."""
    start = _width(folded[base : span.start])
    return start, start + _width(folded[span.start : span.end])


def _width(text: str) -> int:
    return sum(2 if ord(c) > _FIRST_WIDE else 1 for c in text)
