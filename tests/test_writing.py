"""Every form of output: nothing lost, the same bytes for the same records, any form from any other."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.record.encode import encode
from extractor.record.validate import RecordError
from extractor.writing import WRITERS, WriteError, write
from extractor.writing.records import parse, read
from extractor.writing.rows import Record, plain, rows
from extractor.writing.tables import NAMES, select

FORMATS = [*WRITERS]
WHOLE = ["jsonl", "sqlite", "parquet", "datapackage"]  # the forms that hold every record whole
ALL = select(numerals=True)


@pytest.fixture
def given(datadir: Path) -> Path:
    return datadir / "records.jsonl"


def made(given: Path, to: str, folder: Path) -> Path:
    output = folder / f"out{WRITERS[to].suffix}"
    write(read(given), to, output)
    return output


def contents(output: Path) -> dict[str, bytes]:
    files = [path for path in output.rglob("*") if path.is_file()] if output.is_dir() else [output]
    return {path.name: path.read_bytes() for path in files}


def table(given: Path, name: str) -> list[dict[str, Any]]:
    columns = next(table.columns for table in ALL if table.name == name)
    return [
        dict(zip((column.name for column in columns), row, strict=True))
        for of, row in rows(read(given), ALL)
        if of == name
    ]


def test_a_record_is_read_as_it_was_written(given: Path) -> None:
    assert b"".join(encode(record) + b"\n" for record in read(given)) == given.read_bytes()


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("source", WHOLE)
def test_any_form_from_any(source: str, to: str, given: Path, tmp_path: Path) -> None:
    (tmp_path / "direct").mkdir()
    (tmp_path / "round").mkdir()
    again = made(made(given, source, tmp_path), to, tmp_path / "round")
    assert contents(again) == contents(made(given, to, tmp_path / "direct"))


@pytest.mark.parametrize("to", FORMATS)
def test_same_bytes_at_another_time_and_place(to: str, given: Path, tmp_path: Path, monkeypatch: Any) -> None:
    first = contents(made(given, to, tmp_path))
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    mask = os.umask(0o077)
    (tmp_path / "elsewhere").mkdir()
    try:
        assert contents(made(given, to, tmp_path / "elsewhere")) == first
    finally:
        os.umask(mask)
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("to", FORMATS)
def test_no_record_is_kept_longer_than_it_takes_to_write_it(to: str, given: Path, tmp_path: Path) -> None:
    class Counted(dict[str, Any]):
        alive = 0
        most = 0

        def __init__(self, record: Record) -> None:
            super().__init__(record)
            Counted.alive += 1
            Counted.most = max(Counted.most, Counted.alive)

        def __del__(self) -> None:
            Counted.alive -= 1

    def stream() -> Iterator[Record]:
        for record in [*read(given)] * 20:
            yield Counted(record)

    gc.collect()
    write(stream(), to, tmp_path / "out")
    assert 1 <= Counted.most <= 3


@pytest.mark.parametrize("to", FORMATS)
def test_no_records_at_all(to: str, tmp_path: Path) -> None:
    write(iter(()), to, tmp_path / "out")
    assert all(name == "records.jsonl" or to == "jsonl" or data for name, data in contents(tmp_path / "out").items())


def test_names_of_releases_tell_apart_bytes_page_member_and_repetition(given: Path) -> None:
    assert [row["release_id"] for row in table(given, "releases")] == [
        "r17ad38be0b675291",
        "r96aa7a14345554c7-p3",
        "r67c06ed61ac2eb03-ma37c7ff7",
        "r17ad38be0b675291-2",
        "rf167bab9b3c23cde",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_lead_to_a_row(name: str, given: Path) -> None:
    keys = {of.name: [row[of.columns[0].name] for row in table(given, of.name)] for of in ALL}
    assert len(set(keys[name])) == len(keys[name]) > 0
    for column in next(of.columns for of in ALL if of.name == name):
        if column.references:
            found = {row[column.name] for row in table(given, name)} - {None}
            assert found
            assert found <= set(keys[column.references])


FIRST = {
    "releases": {
        "title": "青石市2023年民生实事完成情况",
        "published": "2024-01-05",
        "region": "青石市",
        "region_code": "990100",
        "declared_projects": 3,
        "project_count": 2,
        "figure_count": 7,
        "source_name": "qingshi-2023.txt",
    },
    "projects": {
        "position": 1,
        "year": 2023,
        "title": "增加养老服务供给",
        "level": "市级",
        "departments": ("市民政局", "市财政局"),
        "figure_count": 3,
        "span_start": 18,
        "span_end": 220,
    },
    "figures": {
        "region": "青石市",
        "year": 2023,
        "project": "增加养老服务供给",
        "indicator": "护理型养老床位",
        "value": Decimal("1240"),
        "unit": "张",
        "unit_code": "张",
        "completion": Decimal("103.3"),
        "target": Decimal("1200"),
        "target_origin": "stated",
        "target_text": "年度目标",
        "target_start": 60,
        "margin": None,
        "promised": False,
        "surface": "1240张",
        "span_start": 40,
        "span_end": 45,
    },
    "findings": {"code": "declared-projects", "severity": "error", "figure_ids": (), "span_start": 6},
    "numerals": {"text": "1240张", "role": "figure", "span_start": 40},
}


@pytest.mark.parametrize("name", NAMES)
def test_first_row(name: str, given: Path) -> None:
    row = table(given, name)[0]
    assert {column: row[column] for column in FIRST[name]} == FIRST[name]


def test_every_leaf_of_a_figure_has_its_cell(given: Path) -> None:
    """But for the trace, which only whole records have."""
    figures = [f for r in read(given) for fs in (*(p["figures"] for p in r["projects"]), r["figures"]) for f in fs]
    for figure, row in zip(figures, table(given, "figures"), strict=True):
        cells = [*row.values()]
        for leaf in leaves({key: value for key, value in figure.items() if key not in ("trace", "id")}):
            cells.remove(leaf)  # each leaf has a cell of its own


def leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from leaves(part)
    elif node is not None:
        yield node


def test_every_column_is_described() -> None:
    for of in ALL:
        for column in of.columns:
            assert column.description.endswith((".", ")"))
            assert column.label


@pytest.mark.parametrize(
    "number, digits",
    [
        ("7.10", "7.10"),
        ("1E+2", "100"),
        ("1E-8", "0.00000001"),
        ("-0.0", "-0.0"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ("1E+999999", "1E+999999"),
    ],
)
def test_plain_digits(number: str, digits: str) -> None:
    assert plain(Decimal(number)) == digits


@pytest.mark.parametrize(
    "change, complaint",
    [
        (lambda r: r.update(year="二〇二三"), "/year"),
        (lambda r: r["figures"][0].pop("value"), "value"),
        (lambda r: r["figures"][0].update(id="p01.f1"), "two figures have the same id"),
        (lambda r: r["numerals"][0].update(figure="p09.f9"), "there is no figure p09.f9"),
        (lambda r: r["checks"][1].update(figures=["p09.f9"]), "there is no figure p09.f9"),
    ],
    ids=["type", "missing", "repeated id", "numeral of no figure", "check of no figure"],
)
def test_what_is_no_record(change: Any, complaint: str, given: Path) -> None:
    record = json.loads(given.read_text("utf-8").splitlines()[0])
    change(record)
    with pytest.raises(RecordError, match="line 7 is no record: .*" + complaint):
        parse(json.dumps(record), "records.jsonl, line 7")


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"year": 1e99999999999999999999}',
        rb'{"title": "\ud800"}',
        b"\x00",
        b"1" * 9999,
    ],
    ids=["cut", "list", "bytes", "deep", "exponent", "surrogate", "nul", "digits"],
)
def test_what_is_no_json_of_a_record(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n" + line + b"\n")
    with pytest.raises(RecordError, match=r"records\.jsonl, line 2 is not JSON of a record: ") as caught:
        list(read(path))
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "name, data, complaint",
    [
        ("missing.jsonl", None, "cannot be read: No such file"),
        ("cut.sqlite", b"SQLite format 3\0", "cannot be read: "),
        ("nothing.txt", b"\xef\xbb\xbfhello", "line 1 is not JSON"),
    ],
)
def test_what_cannot_be_read(name: str, data: bytes | None, complaint: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(RecordError, match=complaint):
        list(read(tmp_path / name))


def test_a_folder_without_whole_records(given: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="holds no whole records"):
        list(read(made(given, "csv", tmp_path)))


def test_a_format_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="There is no format docx: choose one of jsonl, csv"):
        write([], "docx", tmp_path / "out")
