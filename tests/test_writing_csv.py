"""CSV: every cell exact when read back, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.writing import write
from extractor.writing.records import read
from extractor.writing.rows import rows
from extractor.writing.tables import NAMES, Column, select

RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"
TABLES = {table.name: table.without("record") for table in select(numerals=True)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    output: Path = tmp_path_factory.mktemp("csv") / "out"
    write(read(RECORDS), "csv", output, numerals=True)
    return output


def lines(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [*csv.reader(stream)]


def value(text: str, column: Column) -> object:
    """What a cell says, read by the rules that write() documents."""
    if text == "":
        return () if column.type == "list" else None
    if column.type in ("integer", "decimal"):
        return Decimal(text)
    if column.type == "boolean":
        return {"true": True, "false": False}[text]
    text = text.removeprefix("'")
    return tuple(text.split("; ")) if column.type == "list" else text


@pytest.mark.parametrize("name", NAMES)
def test_cells_read_back(name: str, folder: Path) -> None:
    header, *found = lines(folder, name)
    columns = TABLES[name].columns  # type: ignore[index]
    assert header == [column.name for column in columns]
    given = [row for of, row in rows(read(RECORDS), tuple(TABLES.values())) if of == name]
    assert [tuple(value(t, c) for t, c in zip(line, columns, strict=True)) for line in found] == given


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_starts_a_formula(name: str, folder: Path) -> None:
    for line in lines(folder, name):
        for cell in line:
            assert not cell.startswith(("=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
            if cell.startswith(("+", "-")):
                Decimal(cell)  # a number, or this raises


def test_escaped_texts_and_untouched_numbers(folder: Path) -> None:
    cells = {cell for line in lines(folder, "figures") for cell in line}
    assert {"'+1+1", "'@SUM(A1)", "'-2+3", "'\t制表", "''省略'", "'-3.5%"} <= cells
    assert {"-3.5", "-1.9", "7.10", "97.80", "123456789012345678901234567890", "0.1234567890123456789"} <= cells
    assert {"'=cmd|' /C calc'!A0"} <= {cell for line in lines(folder, "projects") for cell in line}


def test_spreadsheets_see_utf8_and_their_line_ends(folder: Path) -> None:
    data = (folder / "projects.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfproject_id,")
    assert data.endswith(b"\r\n")


def test_no_table_of_numerals_unless_asked_for(tmp_path: Path) -> None:
    write(read(RECORDS), "csv", tmp_path / "out")
    assert not (tmp_path / "out" / "numerals.csv").exists()
