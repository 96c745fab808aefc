"""Tables of a release, however they were flattened: pipes, tabs, columns of blanks, one cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.model import Span
from extractor.release.lines import Line

# What a column holds, by the words of its head; the first that fits.
_ROLES = (
    ("number", regex.compile(r"^(?:序号|编号|序|项次|号)$")),
    ("department", regex.compile(r"(?:责任|牵头|主管|承办|实施|负责|配合|落实|主办|建设)(?:单位|部门|处室|主体|科室)|^部门$|责任人")),
    ("unit", regex.compile(r"^(?:计量|计算)?单位$")),
    ("rate", regex.compile(r"完成率|完成比例|完成进度|完成占比|占(?:任务|计划|目标)|比例|^进度|完成 ?\(%\)|完成.{0,3}%|达成率|完成百分比")),
    ("money", regex.compile(r"(?:资金|投资|支出|投入|经费|金额|预算|补助)")),
    ("deadline", regex.compile(r"时限|时间|期限|进度安排|完成时")),
    ("note", regex.compile(r"备注|说明")),
    ("target", regex.compile(r"目标|任务|计划|应完成|要求|指标值")),
    ("result", regex.compile(r"完成|进展|实绩|实际|结果|落实|成效|推进|办理|情况|累计")),
    ("title", regex.compile(r"项目名称|实事名称|实事项目|民生实事|^项目$|^实事$|^名称$|事项|^项目内容$|工程名称|类别|^项 目$")),
    ("indicator", regex.compile(r"内容|指标|项目|名称|任务名|实事|工程")),
)  # fmt: skip
_HEAD_UNIT = regex.compile(r"\( ?(?P<unit>[^()]{1,8}) ?\)")
_CELL_HEAD = regex.compile(r"^(?:序号|编号)$")
_BLANKS = regex.compile(r" {2,}")
_RULE = regex.compile(r"^[|\s:+-]+$")
_TOTAL = regex.compile(r"^(?:合 ?计|总 ?计|小计)$")
_TOTAL_LINE = regex.compile(r"(?:合 ?计|总 ?计)(?=[ |])")
_GROUP = regex.compile(r"^(?:\(?[一二三四五六七八九十]+[)、.]|[★◆■●])")
_NAME_OF_OFFICE = regex.compile(r"(?:局|委|办|中心|部|会|府|镇|街道|公司|集团|院|所|单位|办公室|大队|支队|联|社)$")


class Column(NamedTuple):
    """One column: what it holds, its head, and the unit that the head names for its numbers."""

    role: str
    head: Span
    unit: Span | None
    parts: tuple[str, ...] = ()  # roles of the numbers in each cell of a column such as 目标/完成/比例


class Cell(NamedTuple):
    column: Column
    span: Span


class Row(NamedTuple):
    """One row: its cells that are not empty; total: it adds the others up; group: the line that heads its part."""

    cells: tuple[Cell, ...]
    span: Span
    total: bool
    group: Span | None

    def cell(self, role: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.column.role == role), None)


class Table(NamedTuple):
    """A table: span covers head and rows."""

    span: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def find_tables(folded: str, lines: Sequence[Line]) -> list[Table]:
    """Every table that has a head naming its columns."""
    found = []
    index = 0
    while index < len(lines):
        table, following = _table_at(folded, lines, index)
        if table:
            found.append(table)
        index = following if table else index + 1
    return found


def _table_at(folded: str, lines: Sequence[Line], index: int) -> tuple[Table | None, int]:
    if _CELL_HEAD.match(folded[lines[index].start : lines[index].end]):
        return _cells_in_lines(folded, lines, index)
    if len(heads := _bare_heads(folded, lines, index)) >= 3 and (columns := _columns(folded, heads)):
        return _unnumbered(folded, lines, index, columns)
    framed = folded[lines[index].start] == "|"
    for split in (_by_frame if framed else _by_bar, _by_blanks):
        head = split(folded, lines[index])
        if len(head) >= 3 and index + 2 < len(lines):
            columns = _columns(folded, head)
            if columns and len(split(folded, lines[index + 1])) >= 2:
                return _rows(folded, lines, index, columns, split)
    return None, index + 1


def _by_frame(folded: str, line: Line) -> list[Span]:
    """Cells of | a | b |."""
    return _by_bar(folded, line)[1:-1] if folded[line.end - 1] == "|" else _by_bar(folded, line)[1:]


def _by_bar(folded: str, line: Line) -> list[Span]:
    """A | b, or what tabs part"""
    start, end = line.start, line.end
    while start > 0 and folded[start - 1] == "|":  # empty cells at the edges
        start -= 1
    if folded.count("|", start, end) < 2:
        return []
    edges = [start - 1, *(m.start() for m in regex.finditer(r"\|", folded[start:end], pos=0)), end]
    edges[1:-1] = [start + cut for cut in edges[1:-1]]
    return [_stripped(folded, left + 1, right) for left, right in zip(edges, edges[1:], strict=False)]


def _by_blanks(folded: str, line: Line) -> list[Span]:
    gaps = list(_BLANKS.finditer(folded, line.start, line.end))
    if len(gaps) < 2:
        return []
    edges = [line.start, *(edge for gap in gaps for edge in gap.span()), line.end]
    return [Span(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


def _stripped(folded: str, start: int, end: int) -> Span:
    while start < end and folded[start] in " *":
        start += 1
    while end > start and folded[end - 1] in " *":
        end -= 1
    return Span(start, end)


def _role_of(words: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.search(words)), "")


def _columns(folded: str, heads: Sequence[Span]) -> tuple[Column, ...]:
    columns: list[Column] = []
    taken: set[str] = set()
    for head in heads:
        words = folded[head.start : head.end]
        unit = _HEAD_UNIT.search(words)
        role = next(
            (
                role
                for role, pattern in _ROLES
                if pattern.search(words) and not (role in taken and role in ("number", "title", "unit"))
            ),
            "note",
        )
        if role in ("target", "result") and regex.search(r"资金|投资", words):
            role = "money"
        parts = tuple(_role_of(piece) for piece in words.split("/"))
        if len(parts) > 1 and set(parts) <= {"target", "result", "rate"}:
            columns.append(Column("combined", head, None, parts))
            taken |= set(parts)
            continue
        taken.add(role)
        columns.append(
            Column(role, head, Span(head.start + unit.start("unit"), head.start + unit.end("unit")) if unit else None)
        )
    if "title" not in taken:
        for place, column in enumerate(columns):
            if column.role == "indicator":
                columns[place] = column._replace(role="title")
                taken.add("title")
                break
    if any(column.parts for column in columns):  # 具体任务(单位) | 目标/完成/比例
        columns = [column._replace(role="indicator") if column.role == "target" else column for column in columns]
    known = taken & {"target", "result", "rate", "money"}
    return tuple(columns) if "title" in taken and known else ()


def _rows(
    folded: str, lines: Sequence[Line], index: int, columns: tuple[Column, ...], split
) -> tuple[Table | None, int]:  # type: ignore[no-untyped-def]
    rows = []
    group = None
    at = index + 1
    while at < len(lines):
        line = lines[at]
        words = folded[line.start : line.end]
        if _RULE.match(words):
            at += 1
            continue
        if (total := _TOTAL_LINE.match(words)) and not split(folded, line):
            rows.append(
                _total_row(
                    folded, columns, line, [m.span() for m in regex.finditer(r"\d[\d,.]*", words[total.end() :])]
                )
            )
            at += 1
            continue
        cells = split(folded, line)
        if split is _by_blanks and len(cells) >= 2 and len(cells) < len(columns):
            cells = _aligned(folded, cells, columns, lines[index])
        if len(cells) < 2 or len(cells) > len(columns) + 1:
            if (
                len(cells) <= 1
                and (_GROUP.match(words) or "级" in words)
                and len(words) < 30
                and at + 1 < len(lines)
                and len(split(folded, lines[at + 1])) >= 2
            ):
                group = Span(line.start, line.end)
                at += 1
                continue
            break
        rows.append(_row(folded, columns, cells, Span(line.start, line.end), group))
        at += 1
    if len(rows) < 2:
        return None, index + 1
    return Table(Span(lines[index].start, rows[-1].span.end), columns, tuple(rows)), at


def _aligned(folded: str, cells: list[Span], columns: Sequence[Column], head: Line) -> list[Span]:
    """Cells of a row with empty columns, put under the heads that they overlap or stand nearest to."""
    base = folded.rfind("\n", 0, head.start) + 1
    places = [
        (_display(folded, base, column.head.start), _display(folded, base, column.head.end)) for column in columns
    ]
    placed: list[Span] = [Span(cells[0].start, cells[0].start)] * len(columns)
    row_base = folded.rfind("\n", 0, cells[0].start) + 1
    for cell in cells:
        start, end = _display(folded, row_base, cell.start), _display(folded, row_base, cell.end)
        best = min(range(len(columns)), key=lambda i: -(min(end, places[i][1]) - max(start, places[i][0])))
        placed[best] = cell
    return placed


def _display(folded: str, base: int, at: int) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in folded[base:at])


def _row(folded: str, columns: Sequence[Column], cells: Sequence[Span], span: Span, group: Span | None) -> Row:
    kept = tuple(Cell(column, cell) for column, cell in zip(columns, cells, strict=False) if cell.start < cell.end)
    total = any(_TOTAL.match(folded[cell.span.start : cell.span.end]) for cell in kept[:3])
    return Row(kept, span, total, group)


def _cells_in_lines(folded: str, lines: Sequence[Line], index: int) -> tuple[Table | None, int]:
    """序号 / 项目名称 / 目标任务 … each on a line of its own, and so the rows."""
    heads: list[Span] = []
    at = index
    while at < len(lines) and at - index < 14:
        words = folded[lines[at].start : lines[at].end]
        if words == "1" or _GROUP.match(words) or len(words) > 14:
            break
        if words[0] == "(" and heads:
            heads[-1] = Span(heads[-1].start, lines[at].end)
        else:
            heads.append(Span(lines[at].start, lines[at].end))
        at += 1
    columns = _columns(folded, heads) if len(heads) >= 3 else ()
    if not columns:
        return None, index + 1
    rows: list[Row] = []
    group = None
    expected = 1
    while at < len(lines):
        line = lines[at]
        words = folded[line.start : line.end]
        if _TOTAL.match(words):
            stop = at + 1
            while stop < len(lines) and regex.fullmatch(r"[\d,. ]+", folded[lines[stop].start : lines[stop].end]):
                stop += 1
            spans = [(line.start - lines[at].start, line.end - lines[at].start) for line in lines[at + 1 : stop]]
            rows.append(_total_row(folded, columns, lines[at]._replace(end=lines[stop - 1].end), spans, 0))
            at = stop
            break
        if words == str(expected):
            stop = at + 1
            while stop < len(lines) and not _opens_row(folded, lines, stop, expected + 1):
                stop += 1
            row, used = _line_row(folded, columns, lines[at:stop], group)
            rows.append(row)
            expected += 1
            at = at + used if used < stop - at and stop >= len(lines) else stop
            if used < stop - at + used and stop >= len(lines):
                break
        elif _GROUP.match(words) and len(words) < 30:
            group = Span(line.start, line.end)
            at += 1
        else:
            break
    if len(rows) < 2:
        return None, index + 1
    return Table(Span(lines[index].start, rows[-1].span.end), columns, tuple(rows)), max(at, index + 1)


def _bare_heads(folded: str, lines: Sequence[Line], index: int) -> list[Span]:
    """Heads of columns on lines of their own where no 序号 is among them."""
    heads: list[Span] = []
    roles: set[str] = set()
    for line in lines[index : index + 8]:
        words = folded[line.start : line.end]
        role = _role_of(words)
        if len(words) > 8 or role in ("", "note", *roles) or regex.search(r"[\d,。:]", words) or (not heads and role not in ("title", "indicator")):
            break
        roles.add(role)
        heads.append(Span(line.start, line.end))
    return heads if roles & {"target", "result"} else []


def _unnumbered(folded: str, lines: Sequence[Line], index: int, columns: tuple[Column, ...]) -> tuple[Table | None, int]:
    """Rows whose cells stand on lines of their own, without a number to tell where each begins."""
    rows: list[Row] = []
    group = None
    at = index + len(columns)
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
        while columns[-1].role == "department" and at < len(lines) and _is_office(folded, lines, at):
            spans[-1] = Span(spans[-1].start, lines[at].end)
            at += 1
        rows.append(_row(folded, columns, spans, Span(spans[0].start, spans[-1].end), group))
    if len(rows) < 2:
        return None, index + 1
    return Table(Span(lines[index].start, rows[-1].span.end), columns, tuple(rows)), at


def _is_name(folded: str, line: Line) -> bool:
    words = folded[line.start : line.end]
    return len(words) <= 24 and not regex.search(r"[\d,。;:]", words)


def _is_office(folded: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a line is one more office of the row before, and not the name of the next row."""
    words = folded[lines[at].start : lines[at].end]
    return bool(_NAME_OF_OFFICE.search(words)) and len(words) < 16 and _is_name(folded, lines[at])


def _opens_row(folded: str, lines: Sequence[Line], at: int, number: int) -> bool:
    words = folded[lines[at].start : lines[at].end]
    return words == str(number) or bool(_TOTAL.match(words)) or bool(_GROUP.match(words) and len(words) < 30)


def _line_row(folded: str, columns: Sequence[Column], lines: Sequence[Line], group: Span | None) -> tuple[Row, int]:
    """The cells of one row, and how many of the lines they take: an office's name may stand on several."""
    spans = [Span(line.start, line.end) for line in lines]
    cells: list[Span] = []
    at = 0
    for place, column in enumerate(columns):
        if at >= len(spans):
            break
        missing = len(columns) - place
        take = 1
        if column.role == "department":
            spare = len(spans) - at - missing
            while (
                take <= spare + 0
                and at + take < len(spans)
                and _continues(folded, spans[at + take - 1], spans[at + take], columns[place + 1 :])
            ):
                take += 1
        cells.append(Span(spans[at].start, spans[at + take - 1].end))
        at += take
    return _row(folded, columns, cells, Span(spans[0].start, spans[max(at, 1) - 1].end), group), at


def _continues(folded: str, this: Span, following: Span, later: Sequence[Column]) -> bool:
    words = folded[following.start : following.end]
    return len(words) < 20 and not regex.search(r"[\d。]", words) and (bool(_NAME_OF_OFFICE.search(words)) or not later)


def _total_row(
    folded: str, columns: Sequence[Column], line: Line, spans: Sequence[tuple[int, int]], skip: int | None = None
) -> Row:
    """A row of sums; spans: its numbers, from the beginning of the line, or from behind its first word if skip is None."""
    money = [column for column in columns if column.role == "money"] or [
        column for column in columns if column.role in ("target", "result")
    ]
    base = line.start + (_TOTAL_LINE.match(folded, line.start).end() - line.start if skip is None else skip)  # type: ignore[union-attr]
    cells = [Cell(column, Span(base + start, base + end)) for column, (start, end) in zip(money, spans, strict=False)]
    return Row(tuple(cells), Span(line.start, line.end), True, None)
