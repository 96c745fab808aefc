"""What a table is made of, and what its columns hold, by the words of their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.model import Span

# What a column holds, by the words of its head; the first that fits.
_ROLES = (
    ("number", r"^(?:序号|编号|序|项次|号)$"),
    ("department", r"(?:%responsible%|建设)(?:单位|部门|处室|主体|科室)|^部门$|责任人"),
    ("unit", r"^(?:计量|计算)?单位$"),
    ("rate", r"%heads-of-rates%|占(?:任务|计划|目标)|^占比|^进度|完成 ?\(%\)|完成.{0,3}%"),
    ("change", r"^(?:同比|增幅|增长|增减|变化|升降|(?:比|较)(?:上年|去年))"),
    ("margin", r"^(?:比|较|与)(?:时序|序时|计划|目标|任务|进度)|±|差距|超欠|^超额?(?:目标|任务|计划)"),
    ("money", "%money%"),
    ("deadline", "%heads-of-deadlines%"),
    ("note", "备注|说明"),
    (
        "previous",
        r"^(?:上一?年|去年|上年同期|去年同期|同期|基期|20\d\d ?年)(?:度|底|末)?(?:完成|实绩|实际)?"
        r"(?:数|值|实绩|实际|水平)? *(?:[(][^()]*[)])?$",
    ),
    ("target", "%heads-of-targets%"),
    ("result", "%heads-of-results%"),
    ("title", r"%heads-of-projects%|^项 ?目$|^实事$|^名称$|^项目内容$"),
    ("indicator", "%heads-of-indicators%"),
)
_ANY_ROLE = "|".join(pattern for _, pattern in _ROLES)
_PROJECTS = plain(r"^(?:实事|民生实事)?项目(?:名称)?$|^实事(?:名称)?$")
_CLASSES = plain(r"^(?:类别|类型|分类|领域|板块)$")
_ONCE = frozenset({"number", "title", "unit"})  # what only one column of a table holds
_OF_VALUES = frozenset({"target", "result", "rate"})
_UNIT = plain(r"\( ?(?P<unit>[^()]{1,8}) ?\)")
_MEASURE = plain(r"(?:人|户|个|件|总)数$|数量$|面积$|里程$|率$")  # 受益人数: what else a table tells of each project
_UNIT_ABOVE = plain(r"单位: ?(?P<unit>[万亿]?元)")  # of all money in the table: 金额单位:万元
_ABOVE = 40  # characters above a table in which that stands
TOTAL = plain(r"^(?:合 ?计|总 ?计|小计)$")
GROUP = plain(r"\(?[一二三四五六七八九十]+[)、.]|[★◆■●]")  # opens a line that heads a part of a table
LONGEST_GROUP = 30  # characters of such a line
LONGEST_UNIT = 6  # characters of a cell that is a unit

_GROUPS = "一二三四五六七八九十"  # numbers of groups, where the rows are 1, 2, 3


class Column(NamedTuple):
    """One column: what it holds, its head, and the unit that the head names for its numbers."""

    role: str
    head: Span
    unit: Span | None
    parts: tuple[str, ...] = ()  # roles of the numbers in each cell of a column such as 目标/完成/比例


class Cell(NamedTuple):
    """What stands in one column of a row."""

    column: Column
    span: Span


class Row(NamedTuple):
    """One row: its cells that are not empty; total: it adds the others up; group: the line that heads its part."""

    cells: tuple[Cell, ...]
    span: Span
    total: bool
    group: Span | None

    def cell(self, role: str) -> Cell | None:
        """The first cell whose column holds that."""
        return next((cell for cell in self.cells if cell.column.role == role), None)


class Table(NamedTuple):
    """A table: span covers head and rows."""

    span: Span
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def role_of(words: str, lists: WordLists) -> str:
    """What a column with such a head holds, "" for nothing known."""
    return next(_roles(words, lists), "")


def _roles(words: str, lists: WordLists) -> Iterator[str]:
    if lists.plain(_ANY_ROLE).search(words):
        yield from (role for role, pattern in _ROLES if lists.plain(pattern).search(words))


def columns_of(folded: str, heads: Sequence[Span], lists: WordLists) -> tuple[Column, ...]:
    """The columns under these heads; none where they do not name projects and a value for each."""
    columns: list[Column] = []
    names_projects = any(_PROJECTS.match(folded[slice(*head)]) for head in heads)
    taken: set[str] = set()
    for head in heads:
        if names_projects and _CLASSES.match(folded[slice(*head)]):  # 类别 beside 项目
            columns.append(Column("class", head, None))
            continue
        columns.append(_column(folded, head, taken, lists))
        taken |= set(columns[-1].parts) or {columns[-1].role}
    if "title" not in taken:
        place = next((place for place, column in enumerate(columns) if column.role == "indicator"), None)
        if place is None:
            return ()
        columns[place] = columns[place]._replace(role="title")
    if "previous" in taken and "result" not in taken:  # 2022年 | 2023年
        place = max(place for place, column in enumerate(columns) if column.role == "previous")
        columns[place] = columns[place]._replace(role="result")
        taken.add("result")
    if "result" in taken and "target" not in taken:  # 主要内容 | 进展情况: what was to be done, and what was
        columns = [_as_target(column, folded) for column in columns]
    if any(column.parts for column in columns):  # 具体任务(单位) | 目标/完成/比例
        columns = [column._replace(role="indicator") if column.role == "target" else column for column in columns]
    if above := _UNIT_ABOVE.search(folded, max(0, heads[0].start - _ABOVE), heads[0].start):
        unit = Span(*above.span("unit"))
        columns = [
            column._replace(unit=column.unit or (unit if column.role == "money" else None)) for column in columns
        ]
    return tuple(columns) if taken & (_OF_VALUES | {"money"}) else ()


def _as_target(column: Column, folded: str) -> Column:
    says_what = column.role == "indicator" and "内容" in folded[slice(*column.head)]
    return column._replace(role="target") if says_what else column


def _column(folded: str, head: Span, taken: set[str], lists: WordLists) -> Column:
    words = folded[head.start : head.end]
    parts = tuple(role_of(piece, lists) for piece in words.split("/"))
    if len(parts) > 1 and _OF_VALUES.issuperset(parts):
        return Column("combined", head, None, parts)
    fitting = (role for role in _roles(words, lists) if role not in taken & _ONCE)
    unit = _UNIT.search(folded, *head)
    role = next(fitting, "measure" if unit or _MEASURE.search(words) else "note")
    if role in ("target", "result") and lists.plain("%money%").search(words):
        role = "money"
    return Column(role, head, Span(*unit.span("unit")) if unit else None)


def row_of(folded: str, columns: Sequence[Column], cells: Sequence[Span], span: Span, group: Span | None) -> Row:
    """The row of such cells, one a column, empty ones among them."""
    kept = tuple(Cell(column, cell) for column, cell in zip(columns, cells, strict=False) if cell.start < cell.end)
    total = any(TOTAL.match(folded[cell.span.start : cell.span.end]) for cell in kept[:3])
    return Row(kept, span, total, group)


def total_row(columns: Sequence[Column], numbers: Sequence[Span], span: Span) -> Row:
    """A row of sums, which stand in the columns of money, or in those of targets and results."""
    summed = [column for column in columns if column.role == "money"] or [
        column for column in columns if column.role in ("target", "result")
    ]
    return Row(tuple(Cell(column, number) for column, number in zip(summed, numbers, strict=False)), span, True, None)


def table_of(folded: str, columns: tuple[Column, ...], rows: Sequence[Row], start: int) -> Table | None:
    """The table of these rows whose head begins there; one row makes none."""
    rows = _with_groups(folded, rows)
    return Table(Span(start, rows[-1].span.end), columns, tuple(rows)) if len(rows) > 1 else None


def _with_groups(folded: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows, those of a group (一 | 教育卫生 | 12600 above 1 | … and 2 | …) as sums of what is below."""
    marks = {at: cell.span.start for at, row in enumerate(rows) if (cell := row.cell("number"))}
    groups = {at for at, start in marks.items() if folded[start] in _GROUPS}
    if not groups or len(groups) * 2 > len(marks):
        return rows
    return [row._replace(total=True) if at in groups else row for at, row in enumerate(rows)]
