"""A table as lines of text: one line a row, ``| cell | cell |``, every text once, columns kept in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_WIDEST = 100


class Cell(NamedTuple):
    """A cell's paragraphs and how many rows and columns it spans."""

    lines: Sequence[str]
    rows: int = 1
    columns: int = 1


Grid = list[list[str]]


def table_grid(rows: Sequence[Iterable[Cell]]) -> Grid:
    """The texts of a table's cells, row by row, all rows of one length.

    A cell that spans rows or columns stands in the first of them, the others are left empty: no number is
    repeated, and a column stays a column.  Columns and rows without any text are left out.
    """
    grid = _resolved(rows)
    columns = sorted({column for row in grid for column in row})
    return [[row.get(column, "") for column in columns] for row in grid if row]


def table_lines(grid: Grid) -> list[str]:
    """One line for each row."""
    return ["| " + " | ".join(row) + " |" for row in grid]


def cell_text(lines: Iterable[str]) -> str:
    """A cell's paragraphs in one line, a tab between them: a blank could join 5 and 120 to one number."""
    paragraphs = (_BLANKS.sub(" ", line).strip(" ") for line in lines)
    # A bar of the text's own would open a cell.
    return "\t".join(paragraph for paragraph in paragraphs if paragraph).replace("|", "¦")


def _resolved(rows: Sequence[Iterable[Cell]]) -> list[dict[int, str]]:
    """The text of each row's cells by column, spans resolved, empty cells left out."""
    grid: list[dict[int, str]] = []
    covered: dict[int, int] = {}  # column -> rows that a cell still covers, this one included
    for number, row in enumerate(rows):
        texts: dict[int, str] = {}
        column = 0
        for cell in row:
            while covered.get(column, 0) > 0:
                column += 1
            texts[column] = cell_text(cell.lines)
            if column < _WIDEST:  # beyond, spans are no table's but an attack's
                width = max(1, min(cell.columns, _WIDEST))
                covered.update(dict.fromkeys(range(column, column + width), min(max(cell.rows, 1), len(rows) - number)))
                column += width
            else:
                column += 1
        covered = {column: below - 1 for column, below in covered.items() if below > 1}
        grid.append({column: text for column, text in texts.items() if text})
    return grid
