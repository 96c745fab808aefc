"""XLSX, as another program opens it: typed cells, exact numbers, links, filters, further sheets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from extractor.writing import write
from extractor.writing.records import read
from extractor.writing.rows import Record, rows
from extractor.writing.tables import NAMES, select

RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"
TABLES = {table.name: table.without("record") for table in select(numerals=True)}


def opened(folder: Path, *, records: list[Record] | None = None, **options: object) -> Any:
    write(read(RECORDS) if records is None else records, "xlsx", folder / "out.xlsx", **options)
    return openpyxl.load_workbook(folder / "out.xlsx")


def cells(book: Any, sheet: str) -> dict[str, list[Any]]:
    """The cells below every heading."""
    return {column[0].value: list(column[1:]) for column in book[sheet].columns}


def value(cell: Any) -> object:
    """What a cell says: a number with all its digits."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return Decimal(repr(cell.value))
    return cell.value.date().isoformat() if isinstance(cell.value, datetime) else cell.value


def expected(cell: object) -> object:
    if isinstance(cell, tuple):
        return "; ".join(cell) or None
    return str(cell) if isinstance(cell, Decimal) and len(cell.as_tuple().digits) > 15 else cell


@pytest.mark.parametrize("name", NAMES)
def test_cells_read_back(name: str, tmp_path: Path) -> None:
    columns = TABLES[name].columns  # type: ignore[index]
    header, *found = opened(tmp_path, numerals=True)[name].iter_rows()
    assert [cell.value for cell in header] == [column.name for column in columns]
    given = [row for of, row in rows(read(RECORDS), tuple(TABLES.values())) if of == name]
    assert [[value(cell) for cell in row] for row in found] == [[expected(cell) for cell in row] for row in given]


def test_types_of_cells(tmp_path: Path) -> None:
    book = opened(tmp_path)
    figures, releases = cells(book, "figures"), cells(book, "releases")
    assert [cell.data_type for cell in figures["value"]][:6] == ["n", "n", "n", "s", "s", "n"]
    assert figures["value"][3].value == "0.1234567890123456789"
    assert figures["value"][4].value == "123456789012345678901234567890"
    assert figures["promised"][3].value is True
    assert releases["published"][0].value == datetime(2024, 1, 5)
    assert releases["region_code"][0].value == "990100"
    assert figures["value"][2].number_format == "#,##0.00"  # 7.10, as printed
    assert figures["value"][1].number_format == "#,##0"


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    book = opened(tmp_path, numerals=True)
    suspects = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
    ]
    assert {cell.value for cell in suspects} >= {'=HYPERLINK("http://evil.example","改造")', "+1+1", "@SUM(A1)", "-2+3"}
    assert all(cell.quotePrefix for cell in suspects)
    with ZipFile(tmp_path / "out.xlsx") as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist())


def test_header_frozen_and_filtered(tmp_path: Path) -> None:
    for sheet in opened(tmp_path).worksheets[:-1]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[cell.column_letter].width > 5 for cell in sheet[1])


def test_rows_lead_to_what_they_belong_to(tmp_path: Path) -> None:
    book = opened(tmp_path)
    for name, key, parent in (
        ("projects", "project_id", "release_id"),
        ("figures", "figure_id", "project_id"),
        ("findings", "finding_id", "release_id"),
    ):
        rows_of = cells(book, name)
        for cell, above, release in zip(rows_of[key], rows_of[parent], rows_of["release_id"], strict=True):
            sheet, _, place = cell.hyperlink.location.partition("!")
            # a figure outside every project belongs to its release
            assert book[sheet.strip("'")][place].value == (above.value or release.value)


@pytest.mark.parametrize(
    "name, sources, target",
    [
        ("https://example.gov.cn/a.html?id=1", None, "https://example.gov.cn/a.html?id=1"),
        ("2022/公报.pdf", "../corpus", "..\\corpus\\2022\\公报.pdf"),
        ("2022/a.pdf", "https://example.org/texts/", "https://example.org/texts/2022/a.pdf"),
        ("2022/a.pdf", None, None),
        ("/etc/passwd", "corpus", None),
        ("../../secret.txt", "corpus", None),
        ("\\\\host\\share\\run.exe", "corpus", None),
        ("C:/Windows/run.exe", "corpus", None),
        ("javascript:alert(1)", "corpus", None),
        ("file:///etc/passwd", "corpus", None),
        ("a\nb.txt", "corpus", None),
        ("a" * 3000, "corpus", None),
    ],
)
def test_links_to_sources(name: str, sources: str | None, target: str | None, tmp_path: Path) -> None:
    record = next(read(RECORDS))
    book = opened(tmp_path, records=[{**record, "source": {**record["source"], "name": name}}], sources=sources)
    (cell,) = cells(book, "releases")["source_name"]
    assert cell.value == name
    assert (cell.hyperlink and cell.hyperlink.target) == target


def test_a_long_table_goes_on_in_a_further_sheet(tmp_path: Path) -> None:
    book = opened(tmp_path, rows_per_sheet=4)
    parts = [name for name in book.sheetnames if name.startswith("figures")]
    assert parts == ["figures", "figures (2)", "figures (3)", "figures (4)", "figures (5)", "figures (6)"]
    found = [value for part in parts for value in (cell.value for cell in cells(book, part)["figure_id"])]
    given = [row[0] for name, row in rows(read(RECORDS), tuple(TABLES.values())) if name == "figures"]
    assert found == given
    for part in parts:
        for cell in cells(book, part)["figure_id"]:
            sheet, _, place = cell.hyperlink.location.partition("!")
            assert cell.value.startswith(book[sheet.strip("'")][place].value)


def test_chinese_sheets_and_headings(tmp_path: Path) -> None:
    book = opened(tmp_path, language="zh", numerals=True)
    assert book.sheetnames == ["发布稿", "实事项目", "指标数据", "核对结果", "文中数字", "字段说明"]
    assert cells(book, "指标数据")["指标"][0].value == "护理型养老床位"
    guide = cells(book, "字段说明")
    assert {cell.value for cell in guide["列"]} >= {cell.value for cell in book["指标数据"][1]}


def test_what_a_cell_cannot_hold(tmp_path: Path) -> None:
    record = next(read(RECORDS))
    texts = {"title": "字" * 40_000, "region": {**record["region"], "name": "𠀀" * 20_000}}
    book = opened(tmp_path, records=[{**record, **texts}])
    releases = cells(book, "releases")
    assert releases["title"][0].value == "字" * 16_000 + "… [cut: 40000 characters, whole in the JSON record]"
    assert releases["region"][0].value.startswith("𠀀" * 16_000 + "… [cut: 20000")


@pytest.mark.parametrize("text", ["a\x01b", "a_x0041_b", "a\ufffeb", "a<b>&\"'", " a ", "a\r\nb", "\U0001f600"])
def test_odd_characters_open_again(text: str, tmp_path: Path) -> None:
    record = next(read(RECORDS))
    book = opened(tmp_path, records=[{**record, "title": text}])
    found = openpyxl.utils.escape.unescape(cells(book, "releases")["title"][0].value)
    assert found == text


@pytest.mark.parametrize("day", ["1899-12-31", "2023-02-30", "1900-02-28"])
def test_days_that_spreadsheets_do_not_have_stay_text(day: str, tmp_path: Path) -> None:
    book = opened(tmp_path, records=[{**next(read(RECORDS)), "published": day}])
    assert cells(book, "releases")["published"][0].value == day
