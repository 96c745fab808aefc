"""The tables that records are written to: their columns, types, keys and what each column means."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_args

from extractor.record.validate import schema

Name = Literal["releases", "projects", "figures", "findings", "numerals"]
Type = Literal["string", "integer", "decimal", "boolean", "date", "list", "record"]
NAMES: tuple[Name, ...] = get_args(Name)
_ENDS = (" The first character.", " Behind the last character.", "")  # of a span's two offsets, of any other column


class Column(NamedTuple):
    """One column.

    references: the table whose key it holds, "" for none; path: where its values come from, by name or down into
    a part of the record; width: in characters, for a workbook; label: its Chinese heading; description: its meaning;
    allowed: the values it may have, () for any.
    """

    name: str
    type: Type
    references: str
    path: tuple[str | int, ...]
    width: int
    label: str
    description: str
    allowed: tuple[str, ...]


class Table(NamedTuple):
    """One table: its first column is its key; label: its Chinese name; description: what one row is."""

    name: Name
    label: str
    description: str
    columns: tuple[Column, ...]

    def position(self, column: str) -> int:
        """Where a column stands, from 0."""
        return next(i for i, each in enumerate(self.columns) if each.name == column)

    def without(self, *types: Type) -> Table:
        """The table without the columns of these types: for a form that has no room for them."""
        return self._replace(columns=tuple(column for column in self.columns if column.type not in types))


def select(*, numerals: bool = False) -> tuple[Table, ...]:
    """The tables to write, parents before children; numerals: also the one of every numeral and its role."""
    return tuple(_load()[name] for name in NAMES if numerals or name != "numerals")


@cache
def _load() -> dict[Name, Table]:
    text = files(__package__).joinpath("columns.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    heads = {row["table"]: row for row in rows if not row["name"]}
    return {name: _table(name, heads[name], [r for r in rows if r["table"] == name and r["name"]]) for name in NAMES}


def _table(name: Name, head: dict[str, str], rows: list[dict[str, str]]) -> Table:
    return Table(name, head["label"], head["description"], tuple(_column(row) for row in rows))


def _column(row: dict[str, str]) -> Column:
    path = tuple(int(step) if step.isdigit() else step for step in row["from"].split("."))
    described = _described(path)
    end = path[-1] if isinstance(path[-1], int) else 2
    return Column(
        name=row["name"],
        type=row["type"],  # type: ignore[arg-type]
        references=row["references"],
        path=path,
        width=int(row["width"]),
        label=row["label"],
        description=row["description"] or described["description"] + _ENDS[end],
        allowed=tuple(value for value in described.get("enum", ()) if value is not None),
    )


def _described(path: tuple[str | int, ...]) -> dict[str, Any]:
    """What the record's schema says of a path such as figure.unit.code; empty for a name that is not of the record."""
    whole = schema()
    parts = {"release": whole, **{name.lower(): part for name, part in whole["$defs"].items()}}
    node: dict[str, Any] = parts.get(str(path[0]), {}) if len(path) > 1 else {}
    for step in path[1:]:
        if isinstance(step, str):
            node = _target(node["properties"][step], whole)
    return node


def _target(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """The object that a property refers to, itself if it refers to none; its own words go before the object's."""
    references = [option["$ref"] for option in (node, *node.get("anyOf", ())) if "$ref" in option]
    return {**whole["$defs"][references[0].rpartition("/")[2]], **node} if references else node
