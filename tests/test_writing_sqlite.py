"""SQLite: exact values, keys that hold, views that answer, a search that finds two characters."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.writing import write
from extractor.writing.records import read
from extractor.writing.rows import rows
from extractor.writing.tables import NAMES, Column, select

RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"
TABLES = {table.name: table for table in select(numerals=True)}


@pytest.fixture(scope="module")
def database(tmp_path_factory: Any) -> Iterator[sqlite3.Connection]:
    output = tmp_path_factory.mktemp("sqlite") / "out.sqlite"
    write(read(RECORDS), "sqlite", output, numerals=True)
    with closing(sqlite3.connect(f"file:{output}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def value(stored: Any, column: Column) -> object:
    if stored is None:
        return None
    convert = {"decimal": Decimal, "boolean": bool, "list": lambda text: tuple(json.loads(text))}
    return convert.get(column.type, lambda same: same)(stored)


@pytest.mark.parametrize("name", NAMES)
def test_cells_read_back(name: str, database: sqlite3.Connection) -> None:
    columns = TABLES[name].columns  # type: ignore[index]
    names = ", ".join(column.name for column in columns)
    found = database.execute(f"SELECT {names} FROM {name} ORDER BY rowid")
    given = [row for of, row in rows(read(RECORDS), tuple(TABLES.values())) if of == name]
    assert [tuple(value(cell, c) for cell, c in zip(row, columns, strict=True)) for row in found] == given


def test_the_database_is_sound(database: sqlite3.Connection) -> None:
    assert [*database.execute("PRAGMA foreign_key_check")] == []
    assert [row[0] for row in database.execute("PRAGMA integrity_check")] == ["ok"]
    parents = {(row["table"], row["from"]) for row in database.execute("PRAGMA foreign_key_list(figures)")}
    assert parents == {("releases", "release_id"), ("projects", "project_id")}
    plan = [*database.execute("EXPLAIN QUERY PLAN SELECT * FROM figures WHERE project_id = 'x'")]
    assert "USING INDEX" in plan[0]["detail"]


def test_digits_stay_and_numbers_sort(database: sqlite3.Connection) -> None:
    query = "SELECT value, value_real, typeof(value) AS type FROM figures WHERE release_id = ? ORDER BY value_real"
    release = database.execute("SELECT release_id FROM releases").fetchone()[0]
    found = [tuple(row) for row in database.execute(query, [release])]
    assert found == [
        ("-3.5", -3.5, "text"),
        ("0.1234567890123456789", 0.12345678901234568, "text"),
        ("3", 3.0, "text"),
        ("7.10", 7.1, "text"),
        ("1240", 1240.0, "text"),
        ("32913000", 32913000.0, "text"),
        ("123456789012345678901234567890", 1.2345678901234568e29, "text"),
    ]


def test_integers_that_no_column_holds_are_kept_near(tmp_path: Path) -> None:
    record = {**next(read(RECORDS)), "declared_projects": 10**30}
    write([record], "sqlite", tmp_path / "out.sqlite")
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        assert [*database.execute("SELECT declared_projects FROM releases")] == [(1e30,)]
    assert [*read(tmp_path / "out.sqlite")] == [record]


def test_every_column_says_what_it_means(database: sqlite3.Connection) -> None:
    for name in NAMES:
        (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
        lines = sql.splitlines()[1:-1]
        assert len(lines) >= len(TABLES[name].columns)
        assert all(" -- " in line for line in lines)


@pytest.mark.parametrize(
    "query, found",
    [
        ("养老*", {"护理型养老床位", "养老服务设施补助资金", "社区养老覆盖率"}),
        ("床位*", {"护理型养老床位"}),
        ("indicator: 老*", {"护理型养老床位", "养老服务设施补助资金", "社区养老覆盖率", "老旧小区\n“改造”, 外墙"}),
        ("护理型养老床位*", {"护理型养老床位"}),
        ("养老* 床位*", {"护理型养老床位"}),
        ("覆盖率* OR 资金*", {"社区养老覆盖率", "养老服务设施补助资金"}),
        ("project: 建设*", {"护理型养老床位"}),
        ("小区改造外*", {"老旧小区\n“改造”, 外墙"}),
        ('surface: "3291.3万"*', {"养老服务设施补助资金"}),
        ("床位", set()),  # without the star nothing, rather than some
        ("型养老服务*", set()),
    ],
)
def test_search(query: str, found: set[str], database: sqlite3.Connection) -> None:
    sql = "SELECT f.indicator FROM search JOIN v_figures AS f USING (figure_id) WHERE search MATCH ? ORDER BY rank"
    by_project = database.execute("SELECT indicator FROM figures WHERE project = '增加养老服务供给'").fetchall()
    indicators = {row["indicator"] for row in database.execute(sql, [query])}
    if query == "养老*":  # the project's title has it too
        found = found | {row["indicator"] for row in by_project}
    assert indicators == found


def test_search_shows_the_texts_themselves(database: sqlite3.Connection) -> None:
    row = database.execute("SELECT * FROM search WHERE search MATCH '覆盖*'").fetchone()
    assert (row["indicator"], row["project"], row["surface"]) == ("社区养老覆盖率", "增加养老服务供给", "7.10%")
    assert row["figure_id"].endswith("/p01.f3")


def test_what_fell_short_comes_first(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT completion, below_target, indicator, region, year FROM v_completion").fetchall()
    assert [tuple(row) for row in found] == [
        ("85", 1, "护理型养老床位", "青石市", 2022),
        ("97.80", 1, "养老服务设施补助资金", "青石市", 2023),
        ("97.80", 1, "养老服务设施补助资金", "青石市", 2023),
        ("103.3", 0, "护理型养老床位", "青石市", 2023),
        ("103.3", 0, "护理型养老床位", "青石市", 2023),
    ]


def test_one_indicator_over_cities_and_years(database: sqlite3.Connection) -> None:
    query = "SELECT DISTINCT region, year, value, unit FROM v_indicator_by_city_year WHERE indicator LIKE '%养老床位%'"
    assert [tuple(row) for row in database.execute(query)] == [
        ("白河县", 2022, "56", "张"),
        ("青石市", 2022, "1020", "张"),
        ("青石市", 2023, "1240", "张"),
    ]


def test_contradictions_gravest_first_with_their_figures(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT severity, code, indicator, surface, source_name FROM v_contradictions").fetchall()
    once = [
        ("error", "declared-projects", None, None, "qingshi-2023.txt"),
        ("warning", "value-against-target", "护理型养老床位", "1240张", "qingshi-2023.txt"),
        ("warning", "value-against-target", "养老服务设施补助资金", "3291.3万元", "qingshi-2023.txt"),
    ]
    assert [tuple(row) for row in found] == [once[0], once[0], *once[1:], *once[1:]]


def test_every_figure_with_its_release_and_project(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT * FROM v_figures ORDER BY figure_id").fetchall()
    assert len(found) == len(database.execute("SELECT 1 FROM figures").fetchall())
    (pdf,) = (row for row in found if row["source_page"] == 3)
    assert (pdf["source_name"], pdf["level"], pdf["published"]) == ("公报/2022.pdf", "省定", "2023-01-05")
