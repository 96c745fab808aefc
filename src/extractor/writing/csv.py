"""CSV that Excel opens: one file per table, UTF-8 with a byte order mark, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from extractor.writing.rows import Cell, Record, plain, rows
from extractor.writing.tables import Column, Table, select

# What spreadsheets take for the start of a formula, full-width forms included, and the apostrophe itself: so the first
# apostrophe of a cell is always one that was put there, and taking it off gives the text back.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def write(records: Iterable[Record], target: Path, *, numerals: bool = False) -> None:
    """A folder with releases.csv, projects.csv, figures.csv, findings.csv; numerals: also numerals.csv.

    Numbers are plain digits, all of them; true and false; lists are joined with "; "; null is the empty cell.
    A text that a spreadsheet would run as a formula has an apostrophe in front.
    """
    target.mkdir()
    write_tables(records, target, select(numerals=numerals), encoding="utf-8-sig", join="; ".join)


def write_tables(
    records: Iterable[Record],
    folder: Path,
    tables: Iterable[Table],
    *,
    encoding: str,
    join: Callable[[tuple[str, ...]], str],
) -> None:
    """NAME.csv in the folder for every table, without the whole record; join: the members of a list as one text."""
    kept = tuple(table.without("record") for table in tables)
    with ExitStack() as stack:
        writers = {}
        for table in kept:
            stream = stack.enter_context((folder / f"{table.name}.csv").open("w", encoding=encoding, newline=""))
            writers[table.name] = csv.writer(stream)
            writers[table.name].writerow(column.name for column in table.columns)
        columns = {table.name: table.columns for table in kept}
        for name, row in rows(records, kept):
            writers[name].writerow(_text(cell, column, join) for cell, column in zip(row, columns[name], strict=True))


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe in front where it would."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text(cell: Cell, column: Column, join: Callable[[tuple[str, ...]], str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, bool):
        return str(cell).lower()
    text = join(cell) if isinstance(cell, tuple) else str(cell)
    return safe(text) if column.type in ("string", "list") else text
