"""Tables flattened to one cell a line, with a number at the beginning of each row, or without."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.model import Span
from extractor.release.columns import (
    GROUP,
    LONGEST_GROUP,
    LONGEST_UNIT,
    TOTAL,
    Column,
    Row,
    Table,
    columns_of,
    role_of,
    row_of,
    table_of,
    total_row,
)
from extractor.release.lines import Line

_FIRST_HEAD = plain(r"^(?:序号|编号)$")
_SUM = plain(r"[\d,. ]+")
_OF_TEXT = plain(r"[\d,。:]")  # what stands in no head of a column
_OF_VALUE = plain(r"[\d,。;:]")  # what stands in no name
_OF_RESULT = plain(r"[\d。]")  # what stands in no list of offices
_NOTE = plain(r"(?:说明|备注|注|附件)")
_PROSE = plain(r"\d.*[,;。]|[,;。].*\d|^\d[\d,.]*[\u4e00-\u9fff]|[\u4e00-\u9fff]{2}.*\d")
_OFFICE = "(?:%offices%|%bodies%|府|镇|街道|单位|所|社)$"
_VALUE = plain(r"[\d,.%/ ]+|[—\-–]+|达标|完成|未?达到")  # what stands under 目标, 完成 and 比例
_OF_THE_PROJECT = frozenset(("money", "measure", "note"))
LONGEST_HEAD = 8  # characters of a column's head that stands on a line of its own
_MOST_COLUMNS = 14


def cell_table(folded: str, lines: Sequence[Line], index: int, lists: WordLists) -> tuple[Table | None, int] | None:
    """The table whose first head stands on a line of its own, and the index of the line behind it.

    None where no such head stands; no table where what follows the heads is none.
    """
    if _FIRST_HEAD.match(_words(folded, lines[index])):
        heads, at = _heads(folded, lines, index)
        columns = columns_of(folded, heads, lists) if len(heads) >= 3 else ()
        rows, following = _numbered(folded, lines, at, columns, lists) if columns else ([], at)
    elif len(heads := _bare_heads(folded, lines, index, lists)) >= 3 and (columns := columns_of(folded, heads, lists)):
        rows, following = _unnumbered(folded, lines, index + len(columns), columns, lists)
    else:
        return None
    return table_of(folded, columns, rows, lines[index].start), following


def _words(folded: str, line: Line) -> str:
    return folded[line.start : line.end]


def _heads(folded: str, lines: Sequence[Line], index: int) -> tuple[list[Span], int]:
    """序号 / 项目名称 / 目标任务 …, each on a line of its own, and the index of the line behind them."""
    heads: list[Span] = []
    at = index
    while at < min(len(lines), index + _MOST_COLUMNS):
        words = _words(folded, lines[at])
        if words == "1" or GROUP.match(words) or len(words) > 14:
            break
        if words[0] == "(" and heads:  # 总投资 / (万元)
            heads[-1] = Span(heads[-1].start, lines[at].end)
        else:
            heads.append(Span(lines[at].start, lines[at].end))
        at += 1
    return heads, at


def _numbered(
    folded: str, lines: Sequence[Line], at: int, columns: Sequence[Column], lists: WordLists
) -> tuple[list[Row], int]:
    """Rows that begin with 1, 2, 3 … on a line of its own, and the index of the line behind them."""
    rows: list[Row] = []
    group = None
    expected = 1
    while at < len(lines):
        line = lines[at]
        words = _words(folded, line)
        if TOTAL.match(words):
            numbers = _sums(folded, lines, at + 1)
            end = numbers[-1].end if numbers else line.end
            rows.append(total_row(columns, numbers, Span(line.start, end)))
            return rows, at + 1 + len(numbers)
        if words == str(expected):
            stop = _end_of_row(folded, lines, at + 1, expected + 1)
            row, used = _line_row(folded, columns, lines[at:stop], group, lists)
            further, more = _further_rows(folded, columns, lines[at + used : stop], group, lists)
            rows += [row, *further]
            used += more
            expected += 1
            if stop == len(lines):  # what is behind the last row's cells is no part of it
                return rows, at + used
            at = stop
        elif _heads_group(words):
            group = Span(line.start, line.end)
            at += 1
        else:
            break
    return rows, at


def _sums(folded: str, lines: Sequence[Line], at: int) -> list[Span]:
    """The lines from ``at`` on that are nothing but numbers."""
    found = []
    while at < len(lines) and _SUM.fullmatch(_words(folded, lines[at])):
        found.append(Span(lines[at].start, lines[at].end))
        at += 1
    return found


def _heads_group(words: str) -> bool:
    """Whether a line names the part of the table that follows: 一、市级项目."""
    return len(words) < LONGEST_GROUP and GROUP.match(words) is not None


def _end_of_row(folded: str, lines: Sequence[Line], at: int, number: int) -> int:
    """Index of the line that opens the next row, the row of sums or the next part."""
    while at < len(lines):
        words = _words(folded, lines[at])
        if words == str(number) and not _is_value(folded, lines, at + 1):  # a cell may hold that number too
            break
        if TOTAL.match(words) or _heads_group(words):
            break
        at += 1
    return at


def _is_value(folded: str, lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and _VALUE.fullmatch(_words(folded, lines[at])) is not None


def _line_row(
    folded: str, columns: Sequence[Column], lines: Sequence[Line], group: Span | None, lists: WordLists
) -> tuple[Row, int]:
    """The cells of one row, and how many of the lines they take: prose and offices may stand on several."""
    cells: list[Span] = []
    at = 0
    for place, column in enumerate(columns[: len(lines)]):
        last = at
        if column.role == "department":
            later = len(columns) - place - 1
            while last + 1 < len(lines) - later and _is_more_offices(folded, lines[last + 1], later, lists):
                if _further_cells(folded, columns, lines, last + 1, lists):
                    break
                last += 1
        elif place + 1 < len(columns) and columns[place + 1].role == "department":
            later = len(columns) - place - 1
            while last + 1 < len(lines) - later and _is_rest(folded, lines[last + 1], lists):
                last += 1  # the rest of a cell of prose
        cells.append(Span(lines[at].start, lines[last].end))
        at = last + 1
    return row_of(folded, columns, cells, Span(lines[0].start, lines[at - 1].end), group), at


def _ends_as_office(words: str, lists: WordLists) -> bool:
    return lists.plain(_OFFICE).search(words) is not None


def _is_rest(folded: str, line: Line, lists: WordLists) -> bool:
    """Whether a line goes on with the prose of the cell above instead of naming offices."""
    words = _words(folded, line)
    return (
        not (line.furniture or _ends_as_office(words, lists) or _NOTE.match(words)) and _PROSE.search(words) is not None
    )


def _further_rows(
    folded: str, columns: Sequence[Column], lines: Sequence[Line], group: Span | None, lists: WordLists
) -> tuple[list[Row], int]:
    """Rows that go on with the project of the row before from its indicator on, and how many lines they take."""
    rows: list[Row] = []
    at = 0
    while cells := _further_cells(folded, columns, lines, at, lists):
        first = next(place for place, column in enumerate(columns) if column.role == "indicator")
        rows.append(row_of(folded, columns[first:], cells, Span(cells[0].start, cells[-1].end), group))
        at = next((place for place, line in enumerate(lines) if line.start >= cells[-1].end), len(lines))
    return rows, at


def _further_cells(
    folded: str, columns: Sequence[Column], lines: Sequence[Line], at: int, lists: WordLists
) -> list[Span]:
    """The cells of a further indicator, its unit and its numbers; the indicator may stand on two lines."""
    roles = [column.role for column in columns]
    if "indicator" not in roles or roles.index("indicator") + 1 != next(
        (place for place, role in enumerate(roles) if role == "unit"), -1
    ):
        return []
    numbers = [role for role in roles[roles.index("indicator") :] if role != "department"]
    own = [role for role in numbers if role not in _OF_THE_PROJECT]  # the others may be merged with the row above
    names = (1, 2) if at < len(lines) and not _ends_as_office(_words(folded, lines[at]), lists) else (1,)
    for width, name in product(sorted({len(numbers), len(own)}, reverse=True), names):
        cells = lines[at : at + name + width - 1]
        if len(cells) == name + width - 1 and all(_VALUE.fullmatch(_words(folded, cell)) for cell in cells[name + 1 :]):
            unit = _words(folded, cells[name])
            if len(unit) <= LONGEST_UNIT and (unit == "%" or not _VALUE.fullmatch(unit)):
                spans = [Span(cell.start, cell.end) for cell in cells[name:]]
                return [Span(cells[0].start, cells[name - 1].end), *spans]
    return []


def _is_more_offices(folded: str, line: Line, later: int, lists: WordLists) -> bool:
    """Whether a line goes on with a list of offices; later: how many columns follow, behind none anything may."""
    words = _words(folded, line)
    return (
        not line.furniture
        and len(words) < 20
        and not _OF_RESULT.search(words)
        and (not later or _ends_as_office(words, lists))
    )


def _bare_heads(folded: str, lines: Sequence[Line], index: int, lists: WordLists) -> list[Span]:
    """Heads of columns on lines of their own where no 序号 is among them."""
    heads: list[Span] = []
    roles: set[str] = set()
    for line in lines[index : index + 8]:
        words = _words(folded, line)
        role = role_of(words, lists) if len(words) <= LONGEST_HEAD else ""
        opens = bool(heads) or role in ("title", "indicator")
        again = role in roles and role not in ("money", "rate")  # 计划投资, 完成投资
        note = role == "note" and not _NOTE.fullmatch(words)
        if not opens or not role or again or note or _OF_TEXT.search(words):
            break
        roles.add(role)
        heads.append(Span(line.start, line.end))
    return heads if roles & {"target", "result"} else []


def _unnumbered(
    folded: str, lines: Sequence[Line], at: int, columns: Sequence[Column], lists: WordLists
) -> tuple[list[Row], int]:
    """Rows whose cells stand on lines of their own, without a number to tell where each begins."""
    rows: list[Row] = []
    group = None
    while at + len(columns) <= len(lines):
        if _is_name(folded, lines[at]) and _is_name(folded, lines[at + 1]):
            group = Span(lines[at].start, lines[at].end)
            at += 1
            continue
        cells = lines[at : at + len(columns)]
        if not _is_name(folded, cells[0]) or any(line.furniture for line in cells):
            break
        at += len(columns)
        spans = [Span(line.start, line.end) for line in cells]
        while columns[-1].role == "department" and at < len(lines) and _is_office(folded, lines[at], lists):
            spans[-1] = Span(spans[-1].start, lines[at].end)
            at += 1
        rows.append(row_of(folded, columns, spans, Span(spans[0].start, spans[-1].end), group))
    return rows, at


def _is_name(folded: str, line: Line) -> bool:
    words = _words(folded, line)
    return len(words) <= 24 and not _OF_VALUE.search(words)


def _is_office(folded: str, line: Line, lists: WordLists) -> bool:
    """Whether a line is one more office of the row before, and not the name of the next row."""
    words = _words(folded, line)
    return len(words) < 16 and _ends_as_office(words, lists) and _is_name(folded, line)
