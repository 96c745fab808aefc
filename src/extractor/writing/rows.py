"""Records as rows of the tables: every value a cell, exact, with keys that join the tables."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

from extractor.record.encode import encode
from extractor.writing.tables import Column, Name, Table

Record = dict[str, Any]
Cell = str | int | Decimal | bool | tuple[str, ...] | None
Row = tuple[Cell, ...]

_LARGEST_PLAIN = 100  # digits before or behind the point: 1E+999999 would be a megabyte of zeros
_CONVERT: dict[str, Callable[[Any], Cell]] = {"integer": int, "decimal": Decimal, "list": tuple}


def rows(records: Iterable[Record], tables: tuple[Table, ...]) -> Iterator[tuple[Name, Row]]:
    """Every row of these tables with the table's name, record by record, parents before children.

    records: dicts that fit the record's schema.  Cells are None, str, int, exact Decimal, bool or a tuple of str.
    """
    columns = {table.name: table.columns for table in tables}
    for release_id, record in _identified(records):
        for name, parts in _parts(release_id, record):
            if name in columns:
                yield name, tuple(_cell(parts, column) for column in columns[name])


def plain(number: Decimal) -> str:
    """A number's digits without an exponent, all of them, unless that took more than a hundred zeros."""
    return f"{number:f}" if abs(number.adjusted()) < _LARGEST_PLAIN else str(number)


def release_id(source: dict[str, Any]) -> str:
    """A release's name: from the bytes it was read from, and where in them it stood."""
    # The r keeps spreadsheets from reading 12345678e9012345 as a number.
    name = "r" + source["sha256"][:16]
    if source["member"] is not None:
        name += "-m" + hashlib.sha256(source["member"].encode()).hexdigest()[:8]
    return name if source["page"] is None else f"{name}-p{int(source['page'])}"


def _identified(records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Records with their release_id; the second of the same name is NAME-2."""
    # A database without a name lives in memory and goes to a temporary file when it grows: any number of names.
    with closing(sqlite3.connect("", isolation_level=None)) as seen:
        seen.execute("CREATE TABLE seen (name TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        seen.execute("BEGIN")
        for record in records:
            name = release_id(record["source"])
            seen.execute("INSERT INTO seen VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET times = times + 1", [name])
            (times,) = seen.execute("SELECT times FROM seen WHERE name = ?", [name]).fetchone()
            yield name if times == 1 else f"{name}-{times}", record


def _parts(release: str, record: Record) -> Iterator[tuple[Name, dict[str, Any]]]:
    """What the cells of every row of a record are made of, by the first name of a column's path."""
    region = record["region"] or {"name": None, "text": None}
    about = {
        "release_id": release,
        "release": record,
        "record": encode(record).decode(),
        "region": region["name"] or region["text"],
        "year": record["year"],
    }
    found = sum(len(project["figures"]) for project in record["projects"]) + len(record["figures"])
    yield "releases", {**about, "project_count": len(record["projects"]), "figure_count": found}
    for position, project in enumerate(record["projects"], 1):
        yield from _of_project(about, position, project)
    yield from _figures(about, record["figures"])
    for position, finding in enumerate(record["checks"], 1):
        spoken = [f"{release}/{figure}" for figure in finding["figures"]]
        yield "findings", {**about, "finding_id": f"{release}/c{position:02}", "finding": finding, "figure_ids": spoken}
    for position, numeral in enumerate(record["numerals"], 1):
        figure = numeral["figure"] and f"{release}/{numeral['figure']}"
        yield "numerals", {**about, "numeral_id": f"{release}/n{position:04}", "numeral": numeral, "figure_id": figure}


def _of_project(about: dict[str, Any], position: int, project: dict[str, Any]) -> Iterator[tuple[Name, dict[str, Any]]]:
    parts = {
        **about,
        "project_id": f"{about['release_id']}/p{position:02}",
        "project": project,
        "position": position,
        "year": about["year"] if project["year"] is None else project["year"],
        "figure_count": len(project["figures"]),
    }
    yield "projects", parts
    yield from _figures(parts, project["figures"])


def _figures(about: dict[str, Any], figures: list[dict[str, Any]]) -> Iterator[tuple[Name, dict[str, Any]]]:
    for figure in figures:
        yield "figures", {**about, "figure_id": f"{about['release_id']}/{figure['id']}", "figure": figure}


def _cell(parts: dict[str, Any], column: Column) -> Cell:
    value: Any = parts
    for step in column.path:
        value = value.get(step) if isinstance(step, str) else value[step]
        if value is None:
            return None
    return _CONVERT[column.type](value) if column.type in _CONVERT else value
