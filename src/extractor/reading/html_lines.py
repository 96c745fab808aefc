"""A piece of an HTML page as the lines a reader sees: paragraphs, headings, list items with numbers, table rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from extractor.reading.counters import counter
from extractor.reading.tables import Cell, table_grid, table_lines

Skip = Callable[[LexborNode], bool]

_NOT_SHOWN = """
    -comment script style noscript template head title iframe object embed svg canvas audio video map datalist
    select option textarea button input math
"""
_OWN_LINE = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    ucapcontent ucaptitle
"""
UNSEEN = frozenset(_NOT_SHOWN.split())
_BLOCKS = frozenset(_OWN_LINE.split())
LINE_ENDS = _BLOCKS | {"br"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef]"
# Between two Han characters a line end of the source is no blank: 完成投资\n三亿元.
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r\f]*+\n[ \t\r\n\f]*+(?={_WIDE})")
_FRAME = 400  # a cell with more characters, most of the table's, frames a page rather than holds data
_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS = {
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "none": "none",
}
_CSS_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_NUMBERED = re.compile(r"\s*[（(【]?(?:\d{1,3}[.．、)）】]|[一二三四五六七八九十]{1,3}[、)）]|[①-⑳])")
_INTEGER = re.compile(r"\s*(-?\d{1,5})\s*")


def lines_of(root: LexborNode, skip: Skip) -> list[str]:
    """The lines of root and all in it, without what skip or a browser leaves out."""
    walk = _Walk(skip)
    path: list[LexborNode] = []
    node = root
    while True:
        entered = walk.enter(node)
        if entered and (child := node.child) is not None:
            path.append(node)
            node = child
            continue
        if entered:
            walk.leave(node)
        while path and node.next is None:
            node = path.pop()
            walk.leave(node)
        if not path:
            return walk.finished()
        node = node.next  # type: ignore[assignment]


class _Walk:
    """The lines so far: text flows into one line until a block or a break ends it."""

    def __init__(self, skip: Skip) -> None:
        self._skip = skip
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._lists: list[Iterator[str]] = []
        self._mark = ""
        self._verbatim = 0

    def enter(self, node: LexborNode) -> bool:
        """Take node in; whether what is in it is to be walked and left again."""
        tag = node.tag
        if tag == "-text":
            self._add(node.text_content or "")
            return False
        if tag is None or tag in UNSEEN or self._skip(node):
            return False
        if tag in LINE_ENDS:
            self._end_line()
            return self._enter_block(node, tag)
        return True

    def leave(self, node: LexborNode) -> None:
        """After all in node has been walked."""
        tag = node.tag
        if tag in _BLOCKS:
            self._end_line()
        if tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "pre":
            self._verbatim -= 1

    def finished(self) -> list[str]:
        """All lines."""
        self._end_line()
        return self._lines

    def _enter_block(self, node: LexborNode, tag: str) -> bool:
        if tag == "table":
            rows = data_rows(node, self._skip)
            self._lines += rows
            return not rows
        if tag in ("ol", "ul"):
            self._lists.append(_numbers(node, ordered=tag == "ol"))
        elif tag == "li" and self._lists:
            self._mark = next(self._lists[-1])
        elif tag == "pre":
            self._verbatim += 1
        return tag != "br"

    def _add(self, text: str) -> None:
        if not self._verbatim:
            self._parts.append(text)
            return
        for line in text.splitlines(keepends=True):
            self._parts.append(line)
            if line.endswith("\n"):
                self._end_line()

    def _end_line(self) -> None:
        if not self._parts:
            return
        line = _collapsed("".join(self._parts))
        self._parts.clear()
        if line and not line.isspace():
            # Where the author typed the number, the list's own is hidden by the page's style.
            self._lines.append(line if _NUMBERED.match(line) else self._mark + line)
            self._mark = ""


def _collapsed(text: str) -> str:
    if "\n" in text:
        text = _WIDE_BREAK.sub("", text)
    return _BLANKS.sub(" ", text).strip(" ")


def _numbers(node: LexborNode, *, ordered: bool) -> Iterator[str]:
    """What stands before each item: the numbers of an ordered list, nothing for bullets."""
    attributes = node.attributes
    css = _CSS_STYLE.search((attributes.get("style") or "").lower())
    style = _CSS.get(css[1], "decimal") if css else _TYPES.get(attributes.get("type") or "1", "decimal")
    if not ordered or style == "none":
        return iter(lambda: "", None)
    return _counted(node, style)


def _counted(node: LexborNode, style: str) -> Iterator[str]:
    items = [child for child in node.iter() if child.tag == "li"]
    step = -1 if "reversed" in node.attributes else 1
    number = _integer(node.attributes.get("start"), len(items) if step < 0 else 1)
    after = "、" if style == "chineseCounting" else ". "
    for item in items:
        number = _integer(item.attributes.get("value"), number)
        yield counter(style, number) + after
        number += step
    yield from iter(lambda: "", None)


def _integer(text: str | None, default: int) -> int:
    found = _INTEGER.fullmatch(text or "")
    return int(found[1]) if found else default


def data_rows(table: LexborNode, skip: Skip) -> list[str]:
    """The lines of a table that holds data; none for one that only places parts of a page, or for no table."""
    if table.tag != "table" or len(table.css("table")) > 1:
        return []
    rows = [row for row in table.css("tr") if not skip(row)]
    cells = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows]
    if max(map(len, cells), default=0) < 2:
        return []
    grid = [[_cell(cell, skip) for cell in row] for row in cells]
    if table.css_first("th") is None and _is_frame(grid):
        return []
    caption = table.css_first("caption")
    return (lines_of(caption, skip) if caption is not None else []) + table_lines(table_grid(grid))


def _cell(cell: LexborNode, skip: Skip) -> Cell:
    attributes = cell.attributes
    rows = _integer(attributes.get("rowspan"), 1)
    # 0: down to the table's end.
    return Cell(lines_of(cell, skip), rows or 65_534, _integer(attributes.get("colspan"), 1))


def _is_frame(grid: list[list[Cell]]) -> bool:
    sizes = [(sum(map(len, cell.lines)), len(cell.lines)) for row in grid for cell in row]
    largest, lines = max(sizes)
    return largest > _FRAME and lines > 2 and largest * 2 > sum(size for size, _ in sizes)
