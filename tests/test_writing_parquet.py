"""Parquet: decimals exact, digits kept, row groups, and a clear word where pyarrow is missing."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.writing import WriteError, parquet, write
from extractor.writing.records import read
from extractor.writing.rows import plain, rows
from extractor.writing.tables import NAMES, select

pq = pytest.importorskip("pyarrow.parquet")

RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"
TABLES = {table.name: table for table in select(numerals=True)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    output: Path = tmp_path_factory.mktemp("parquet") / "out"
    write(read(RECORDS), "parquet", output, numerals=True)
    return output


@pytest.mark.parametrize("name", NAMES)
def test_cells_read_back(name: str, folder: Path) -> None:
    found = pq.read_table(folder / f"{name}.parquet").to_pylist()
    given = [row for of, row in rows(read(RECORDS), tuple(TABLES.values())) if of == name]
    assert len(found) == len(given)
    for read_back, row in zip(found, given, strict=True):
        for column, cell in zip(TABLES[name].columns, row, strict=True):  # type: ignore[index]
            stored = read_back[column.name]
            if isinstance(cell, Decimal) and column.type == "decimal":
                assert read_back[f"{column.name}_exact"] == plain(cell)
                assert stored in (cell, None)
            elif column.type == "date":
                assert stored == (cell and date.fromisoformat(str(cell)))
            else:
                assert stored == (list(cell) if isinstance(cell, tuple) else cell)


def test_decimals_that_fit_and_those_that_do_not(folder: Path) -> None:
    values = pq.read_table(folder / "figures.parquet").column("value").to_pylist()[:7]
    numbers = ["1240", "32913000", "7.1", None, None, "3", "-3.5"]
    assert values == [number and Decimal(number) for number in numbers]


def test_columns_are_typed_and_described(folder: Path) -> None:
    schema = pq.read_schema(folder / "figures.parquet")
    assert str(schema.field("value").type) == "decimal128(38, 12)"
    assert str(schema.field("promised").type) == "bool"
    assert not schema.field("figure_id").nullable
    assert all(field.metadata[b"description"] for field in schema)


def test_row_groups_keep_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 4)
    write(read(RECORDS), "parquet", tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "figures.parquet")
    groups = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    assert groups == [4, 4, 4, 4]
    given = [row[0] for name, row in rows(read(RECORDS), tuple(TABLES.values())) if name == "figures"]
    assert file.read().column("figure_id").to_pylist() == given


def test_long_texts_make_small_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_CHARACTERS", 1000)
    write(read(RECORDS), "parquet", tmp_path / "out")
    assert pq.ParquetFile(tmp_path / "out" / "releases.parquet").num_row_groups > 1
    assert [*read(tmp_path / "out")] == [*read(RECORDS)]


def test_what_no_column_holds_is_null_and_whole_in_the_record(tmp_path: Path) -> None:
    record = {**next(read(RECORDS)), "declared_projects": 10**30, "published": "2023-02-30"}
    write([record], "parquet", tmp_path / "out")
    (release,) = pq.read_table(tmp_path / "out" / "releases.parquet").to_pylist()
    assert (release["declared_projects"], release["published"]) == (None, None)
    assert [*read(tmp_path / "out")] == [record]


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(WriteError, match=r"Parquet needs pyarrow: pip install 'extractor\[parquet\]'\."):
        write(read(RECORDS), "parquet", tmp_path / "out")
    assert [*tmp_path.iterdir()] == []
