"""Data package: valid by the standard's own validator, keys included, every cell exact."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.writing import WriteError, write
from extractor.writing.records import read
from extractor.writing.rows import rows
from extractor.writing.tables import NAMES, select

frictionless = pytest.importorskip("frictionless")

RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"
TABLES = {table.name: table.without("record") for table in select(numerals=True)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(read(RECORDS), "datapackage", tmp_path / "out", numerals=True)
    return tmp_path / "out"


def errors(folder: Path) -> list[Any]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    found: list[Any] = report.flatten(["type", "message"])
    return found


def package(folder: Path) -> Any:
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


def test_valid(folder: Path) -> None:
    assert errors(folder) == []


@pytest.mark.parametrize("table, column", [("figures", "project_id"), ("projects", "release_id"), ("figures", "value")])
def test_the_validator_does_look(table: str, column: str, folder: Path) -> None:
    """A key that leads nowhere, or a number that is none, is found: so its silence means something."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, first, *others = csv.reader(stream)
    first[header.index(column)] = "nowhere"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, first, *others])
    described = package(folder)
    for resource in described["resources"]:
        resource.pop("hash"), resource.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert errors(folder)


@pytest.mark.parametrize("name", NAMES)
def test_cells_read_back(name: str, folder: Path) -> None:
    resource = frictionless.Package(str(folder / "datapackage.json")).get_resource(name)
    columns = TABLES[name].columns  # type: ignore[index]
    given = [row for of, row in rows(read(RECORDS), tuple(TABLES.values())) if of == name]
    found = [[unguarded(row[column.name]) for column in columns] for row in resource.read_rows()]
    assert [[clean(cell) for cell in row] for row in found] == [[clean(cell) for cell in row] for row in given]


def unguarded(cell: Any) -> Any:
    """A text without the apostrophe that guards it."""
    return cell.removeprefix("'") if isinstance(cell, str) else cell


def clean(cell: object) -> object:
    """One form for what two libraries read: lists, days, numbers."""
    if isinstance(cell, list | tuple):
        return [*cell]
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    return cell if cell is None or isinstance(cell, bool) else str(cell)


def test_schemas_keys_licence_and_sources(folder: Path) -> None:
    described = package(folder)
    figures = next(resource for resource in described["resources"] if resource["name"] == "figures")
    fields = {field["name"]: field for field in figures["schema"]["fields"]}
    assert figures["schema"]["primaryKey"] == ["figure_id"]
    assert [key["reference"]["resource"] for key in figures["schema"]["foreignKeys"]] == ["releases", "projects"]
    assert fields["unit_code"]["type"] == "string"
    assert fields["value"] == {
        "name": "value",
        "title": "数值",
        "type": "number",
        "description": fields["value"]["description"],
    }
    assert fields["kind"]["constraints"] == {"enum": ["amount", "rate", "change"]}
    assert all(
        field["description"] for resource in described["resources"][:-1] for field in resource["schema"]["fields"]
    )
    releases = next(resource for resource in described["resources"] if resource["name"] == "releases")
    assert {field["name"]: field["type"] for field in releases["schema"]["fields"]}["region_code"] == "string"
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    assert described["sources"][0]["path"] == "releases.csv"


def test_no_byte_order_mark(folder: Path) -> None:
    assert (folder / "figures.csv").read_bytes().startswith(b"figure_id,")


def test_whole_records_beside_the_tables(folder: Path) -> None:
    assert (folder / "records.jsonl").read_bytes() == RECORDS.read_bytes()


def test_ones_own_title_name_and_licence(tmp_path: Path) -> None:
    options = {"title": "青石市民生实事", "name": "qingshi", "licence": "CC0-1.0"}
    write(read(RECORDS), "datapackage", tmp_path / "out", **options)
    assert errors(tmp_path / "out") == []
    described = package(tmp_path / "out")
    assert (described["title"], described["name"]) == ("青石市民生实事", "qingshi")
    assert described["licenses"][0]["path"] == "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize(
    "options, complaint",
    [
        ({"licence": "free"}, r"There is no licence free: choose one of CC-BY-4\.0, "),
        ({"name": "我的数据"}, "我的数据 is no name of a data package: use lower-case letters"),
    ],
)
def test_what_the_standard_does_not_allow(options: dict[str, str], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=complaint):
        write(read(RECORDS), "datapackage", tmp_path / "out", **options)
    assert [*tmp_path.iterdir()] == []
