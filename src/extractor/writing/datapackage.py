"""Frictionless Data Package: the tables as CSV with schemas and keys, and the whole records beside them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor.writing.csv import write_tables
from extractor.writing.jsonl import copied
from extractor.writing.output import WriteError
from extractor.writing.rows import Record
from extractor.writing.tables import Column, Table, select

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution Share-Alike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("Creative Commons CC Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-BY-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "PDDL-1.0": ("Open Data Commons Public Domain Dedication 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
}
_NAME = "[-a-z0-9._/]+"
_TYPES = {"decimal": "number", "list": "array"}
_ESCAPE = (
    "A text cell that a spreadsheet would take for a formula (it begins with = + - @, their full-width forms, a tab, "
    "a line break or an apostrophe) has an apostrophe in front; records.jsonl has every text as it is."
)


def write(
    records: Iterable[Record],
    target: Path,
    *,
    numerals: bool = False,
    name: str = "livelihood-projects",
    title: str = "政府民生实事数据 / Government livelihood projects",
    licence: str = "CC-BY-4.0",
) -> None:
    """A folder with datapackage.json, a CSV file per table (UTF-8, no byte order mark) and records.jsonl.

    numerals: also the table of every numeral; name, title, licence (one of LICENCES): of the package.
    Raises WriteError for a licence that is not in the list, and for a name that the standard does not allow.
    """
    if not re.fullmatch(_NAME, name):
        raise WriteError(
            f"数据包名称 {name} 不合规范：只用小写字母、数字和 . _ - /。",
            f"{name} is no name of a data package: use lower-case letters, digits and . _ - / only.",
        )
    if licence not in LICENCES:
        raise WriteError(
            f"没有 {licence} 这种许可：请选 {'、'.join(LICENCES)} 之一。",
            f"There is no licence {licence}: choose one of {', '.join(LICENCES)}.",
        )
    tables = tuple(table.without("record") for table in select(numerals=numerals))
    target.mkdir()
    with (target / "records.jsonl").open("wb") as stream:
        write_tables(copied(records, stream), target, tables, encoding="utf-8", join=_array)
    package = {
        "profile": "data-package",
        "name": name,
        "title": title,
        "description": f"Figures that governments report or promise of their livelihood projects. {_ESCAPE}",
        "licenses": [{"name": licence, "title": LICENCES[licence][0], "path": LICENCES[licence][1]}],
        "sources": [{"title": "The releases that releases.csv names, with their SHA-256", "path": "releases.csv"}],
        "resources": [*(_resource(table, target) for table in tables), _records(target)],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (target / "datapackage.json").write_text(text, encoding="utf-8")


def _array(members: tuple[str, ...]) -> str:
    return json.dumps(members, ensure_ascii=False)


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.label,
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_file(folder / f"{table.name}.csv"),
        "dialect": {"delimiter": ",", "doubleQuote": True, "quoteChar": '"', "lineTerminator": "\r\n", "header": True},
        "schema": _schema(table),
    }


def _records(folder: Path) -> dict[str, Any]:
    return {
        "name": "records",
        "title": "完整记录",
        "description": "The whole records, one a line: every character and rule that each value comes from.",
        "profile": "data-resource",
        "type": "file",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        **_file(folder / "records.jsonl"),
    }


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"path": path.name, "bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _schema(table: Table) -> dict[str, Any]:
    key = table.columns[0].name
    return {
        "fields": [_field(column, column.name == key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [key],
        "foreignKeys": [_foreign_key(column) for column in table.columns if column.references],
    }


def _field(column: Column, is_key: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True, "unique": True} if is_key else {}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    return {
        "name": column.name,
        "title": column.label,
        "type": _TYPES.get(column.type, column.type),
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_key(column: Column) -> dict[str, Any]:
    target = next(table for table in select(numerals=True) if table.name == column.references)
    return {"fields": [column.name], "reference": {"resource": target.name, "fields": [target.columns[0].name]}}
