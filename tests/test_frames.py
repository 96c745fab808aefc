"""Frames: every figure a row, exact numbers, the same columns for any releases; and the recipes of the manual."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.frames import Library, releases_to_frame
from extractor.record.release import Release
from extractor.writing import write
from extractor.writing.rows import rows
from extractor.writing.tables import select

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

ROOT = Path(__file__).parents[1]
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))[:4]
LIBRARIES: list[Library] = ["pandas", "polars", "arrow"]
DECIMALS = ["value", "value_max", "completion", "target", "margin", "previous"]


@pytest.fixture(scope="module")
def releases() -> list[Release]:
    return [extractor.extract_file(path) for path in CORPUS]


def column(frame: Any, name: str) -> list[Any]:
    values = frame[name].to_list() if not isinstance(frame, pyarrow.Table) else frame[name].to_pylist()
    return [None if value is pandas.NA else value for value in values]


def figures(releases: list[Release]) -> list[dict[str, Any]]:
    """The rows of the figures table."""
    table = select()[2]
    names = [each.name for each in table.columns]
    return [
        dict(zip(names, row, strict=True)) for _, row in rows((release.to_dict() for release in releases), (table,))
    ]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_row_is_a_figure_of_the_tables(library: Library, releases: list[Release]) -> None:
    frame, wanted = releases_to_frame(releases, library=library), figures(releases)
    assert len(wanted) > 100
    for name in wanted[0]:
        assert column(frame, name) == [row[name] for row in wanted], name


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_row_says_what_its_project_and_its_release_say(library: Library, releases: list[Release]) -> None:
    frame = releases_to_frame(releases, library=library)
    projects = [
        project for release in releases for project in release.projects for _ in project.figures
    ]  # a release's figures outside every project stand behind those inside
    inside = [at for at, project in enumerate(column(frame, "project_id")) if project is not None]
    assert [column(frame, "project_number")[at] for at in inside] == [project.number for project in projects]
    assert [column(frame, "project_level")[at] for at in inside] == [project.level for project in projects]
    outside = {*range(len(column(frame, "project_id")))} - {*inside}
    assert outside and {column(frame, "project_position")[at] for at in outside} == {None}
    named = [
        release.source.name
        for release in releases
        for _ in [*release.figures, *(figure for project in release.projects for figure in project.figures)]
    ]
    assert column(frame, "release_source_name") == named


@pytest.mark.parametrize("library", LIBRARIES)
def test_columns_and_types_do_not_depend_on_the_data(library: Library, releases: list[Release]) -> None:
    def typed(frame: Any) -> dict[str, str]:
        if library == "arrow":
            return {field.name: str(field.type) for field in frame.schema}
        return dict(zip(frame.columns, map(str, frame.dtypes), strict=True))

    some, none = typed(releases_to_frame(releases, library=library)), typed(releases_to_frame([], library=library))
    assert some == none
    assert len({some[name] for name in DECIMALS}) == 1
    assert "38" in some["value"] and "12" in some["value"]
    assert {"object", "double", "float64", "Float64"} & {*some.values()} == set()


def test_figures_have_the_types_of_the_parquet_file(releases: list[Release], tmp_path: Path) -> None:
    from pyarrow.parquet import read_schema

    write([release.to_dict() for release in releases], "parquet", tmp_path / "tables")
    fields = {field.name: field.type for field in read_schema(tmp_path / "tables" / "figures.parquet")}
    frame = releases_to_frame(releases, library="arrow").schema
    assert {name: frame.field(name).type for name in fields} == fields


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("number", "held"),
    [("7.080", True), ("0.000000000001", True), ("1E+25", True), ("1E+26", False), ("0.0000000000001", False)],
)
def test_a_number_is_exact_or_null_and_its_digits_are_kept(
    library: Library, number: str, held: bool, release: Release
) -> None:
    figure = release.projects[0].figures[0]._replace(value=Decimal(number))
    project = release.projects[0]._replace(figures=(figure,))
    frame = releases_to_frame([release._replace(projects=(project,), checks=(), numerals=())], library=library)
    assert column(frame, "value") == [Decimal(number) if held else None]
    assert Decimal(column(frame, "value_exact")[0]) == Decimal(number)


def test_records_do_as_well_as_releases(releases: list[Release]) -> None:
    of_records = releases_to_frame([release.to_dict() for release in releases], library="arrow")
    assert of_records.equals(releases_to_frame(iter(releases), library="arrow"))


def test_a_library_that_is_none_of_the_three() -> None:
    with pytest.raises(ValueError, match="choose pandas, polars or arrow"):
        releases_to_frame([], library="numpy")  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", ["pandas", "polars", "pyarrow"])
def test_a_library_that_is_missing_is_told_in_a_sentence(missing: str) -> None:
    library = {"pyarrow": "arrow"}.get(missing, missing)
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from extractor.frames import releases_to_frame\n"
        f"try: releases_to_frame([], library={library!r})\n"
        "except ImportError as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told == f"A frame needs {missing}: pip install 'extractor[frames]'.\n"


@pytest.mark.parametrize("page", ["data-frames.en.md", "data-frames.zh.md", "spacy.en.md", "spacy.zh.md"])
def test_the_manual_does_what_it_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if page.startswith("spacy"):
        pytest.importorskip("spacy")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 4
    exec(compile("\n".join(blocks), page, "exec"), {"__name__": page})
