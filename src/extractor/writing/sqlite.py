"""SQLite: the tables with keys and indexes, views for the usual questions, a search over what figures are called.

Search: ``SELECT f.* FROM search JOIN v_figures AS f USING (figure_id) WHERE search MATCH '养老*' ORDER BY rank``.
The star belongs to it: 养老* finds the two characters wherever they stand in an indicator or a project's title, and
one or twenty as well; 养老* 床位* finds both, ``indicator: 养老*`` looks there alone; signs are left out.  Chinese has
no blanks between words, and the trigram tokenizer, made for that, finds nothing below three characters: so what is
indexed are the endings of every text, whose beginnings a prefix query finds.  Surfaces are indexed as they are:
``surface: "58.85万"*``.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from extractor.writing.rows import Cell, Record, plain, rows
from extractor.writing.tables import Column, Name, Table, select

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}
_LARGEST = 2**63 - 1
_DISK_ERRORS = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}

# What questions filter, sort and join by, beside the keys.
_INDEXES: dict[Name, tuple[str, ...]] = {
    "releases": ("region_code, year",),
    "figures": ("indicator, unit_code", "region, year", "value_real", "completion_real"),
    "findings": ("severity, code",),
    "numerals": ("role",),
}
_SEARCHED_INSIDE = ("indicator", "project")
_SEARCHED = ("surface",)
_LONGEST_ENDING = 24  # characters
_END = "\ue000"  # of private use: a letter to the tokenizer


def write(records: Iterable[Record], target: Path, *, numerals: bool = False) -> None:
    """One database; numerals: also the table of every numeral.

    Exact numbers are TEXT; beside each stands NAME_real, computed, for sorting and sums.  Lists are JSON arrays.
    releases.record holds every record whole: ``SELECT record FROM releases ORDER BY rowid`` is the JSON Lines file.
    """
    tables = select(numerals=numerals)
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as database:
            # The file is thrown away if anything fails: no journal, and one flush when it is whole.
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")
            database.execute("BEGIN")
            _fill(database, records, tables)
            _index(database, tables)
            _search(database)
            database.execute("COMMIT")
            database.executescript(files(__package__).joinpath("views.sql").read_text("utf-8"))
    except sqlite3.OperationalError as error:
        code = _DISK_ERRORS.get(error.sqlite_errorcode & 0xFF)
        if code is None:
            raise
        raise OSError(code, "the disk failed") from error


def _fill(database: sqlite3.Connection, records: Iterable[Record], tables: tuple[Table, ...]) -> None:
    for table in tables:
        database.execute(f"CREATE TABLE {table.name} (\n{_columns(table)}\n) -- {table.description}")
    insert = {
        table.name: f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})" for table in tables
    }
    for name, row in rows(records, tables):
        database.execute(insert[name], [_value(cell) for cell in row])


def _columns(table: Table) -> str:
    """The columns' part of CREATE TABLE, each with its description as a comment."""
    lines = [line for column in table.columns for line in _definitions(column, is_key=column is table.columns[0])]
    commas = [","] * (len(lines) - 1) + [""]
    return "\n".join(f"  {sql}{comma} -- {note}" for (sql, note), comma in zip(lines, commas, strict=True))


def _definitions(column: Column, is_key: bool) -> Iterator[tuple[str, str]]:
    """(SQL, comment) of a column, and of the one computed from it."""
    sql = f"{column.name} {_TYPES.get(column.type, 'TEXT')}"
    if is_key:
        sql += " NOT NULL PRIMARY KEY"
    if column.references:
        sql += f" REFERENCES {column.references}"
    yield sql, column.description
    if column.type == "decimal":
        yield f"{column.name}_real REAL AS (CAST({column.name} AS REAL))", f"{column.name} for sorting and sums."


def _index(database: sqlite3.Connection, tables: tuple[Table, ...]) -> None:
    for table in tables:
        references = tuple(column.name for column in table.columns if column.references)
        for columns in references + _INDEXES.get(table.name, ()):
            name = "_".join((table.name, *columns.split(", ")))
            database.execute(f"CREATE INDEX {name} ON {table.name} ({columns})")


def _search(database: sqlite3.Connection) -> None:
    # What the index holds is made here; what a query shows of a row is read from figures.
    columns = ", ".join((*_SEARCHED_INSIDE, *_SEARCHED))
    database.execute(f"CREATE VIRTUAL TABLE search USING fts5 (figure_id UNINDEXED, {columns}, content = figures)")
    database.create_function("endings", 1, _endings, deterministic=True)
    indexed = ", ".join((*(f"endings({column})" for column in _SEARCHED_INSIDE), *_SEARCHED))
    database.execute(f"INSERT INTO search (rowid, {columns}) SELECT rowid, {indexed} FROM figures ORDER BY rowid")


@lru_cache(maxsize=1_000)
def _endings(text: str | None) -> str | None:
    """养老床位 -> 养老床位■ 老床位■ 床位■ 位■: whatever stands inside a text begins one of its endings.

    The mark at the end, which no query has, keeps a query without * from finding some of the rows instead of none.
    """
    if text is None:
        return None
    letters = "".join(filter(str.isalnum, text)) + _END
    return " ".join(letters[start : start + _LONGEST_ENDING] for start in range(len(letters) - 1))


def _value(cell: Cell) -> str | int | None:
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, tuple):
        return json.dumps(cell, ensure_ascii=False)
    return str(cell) if isinstance(cell, int) and abs(cell) > _LARGEST else cell
