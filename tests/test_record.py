"""A release becomes JSON: the same fields, exact numbers, nothing that the schema does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.model import Finding, Numeral, Region, Span
from extractor.record.release import Release
from extractor.record.validate import RecordError


def with_value(release: Release, value: Decimal) -> Release:
    project = release.projects[0]
    figure = project.figures[0]._replace(value=value)
    return release._replace(projects=(project._replace(figures=(figure,)),))


def test_a_release_as_json(release: Release, datadir: Path) -> None:
    assert release.to_json(indent=2) + "\n" == (datadir / "sample.json").read_text(encoding="utf-8")


def test_dict_and_json_say_the_same(release: Release) -> None:
    one_line = release.to_json()
    assert "\n" not in one_line
    assert json.loads(one_line, parse_int=Decimal, parse_float=Decimal) == release.to_dict()


def test_a_release_of_nothing(release: Release) -> None:
    nothing = release._replace(published=None, year=None, region=None, projects=(), checks=(), numerals=())
    record = nothing.to_dict()
    assert {name for name, value in record.items() if value in (None, [])} == set(Release._fields) - {
        "schema",
        "source",
    }


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("32913000", "32913000"),
        ("7.08", "7.08"),
        ("58.0", "58.0"),
        ("1E+2", "100"),
        ("2.30E+8", "230000000"),
        ("0E+3", "0"),
        ("-1.9", "-1.9"),
        ("0.000001", "0.000001"),
        ("20099.999999999996", "20099.999999999996"),
        ("12345678901234567890123456789.123456789", "12345678901234567890123456789.123456789"),
    ],
)
def test_numbers_are_written_plainly_and_exactly(release: Release, value: str, written: str) -> None:
    for indent in (None, 2):
        line = with_value(release, Decimal(value)).to_json(indent=indent)
        assert f'"value":{"" if indent is None else " "}{written},' in line


BROKEN: dict[str, Callable[[Release], Release]] = {
    "/year": lambda r: r._replace(year="2023"),
    "/schema": lambda r: r._replace(schema="release/2"),
    "/source/sha256": lambda r: r._replace(source=r.source._replace(sha256="ABC")),
    "/published": lambda r: r._replace(published="12月20日"),
    "/region": lambda r: r._replace(region=Region("南阳市", "4113", None, None)),
    "/projects/0/figures/0/value": lambda r: with_value(r, Decimal("NaN")),
    "/checks/0/severity": lambda r: r._replace(checks=(Finding("x", "fatal", "x", (), None),)),
    "/numerals/0/span/0": lambda r: r._replace(numerals=(Numeral("1", Span(-1, 0), "figure", None),)),
    "/numerals/0/role": lambda r: r._replace(numerals=(Numeral("1", Span(0, 1), "amount", None),)),
}


@pytest.mark.parametrize("pointer", BROKEN)
def test_a_record_that_does_not_fit_does_not_leave(release: Release, pointer: str) -> None:
    with pytest.raises(RecordError) as refused:
        BROKEN[pointer](release).to_json()
    assert str(refused.value).startswith(f"{pointer}: ")
    with pytest.raises(RecordError):
        BROKEN[pointer](release).to_dict()


def test_infinity_is_no_number(release: Release) -> None:
    with pytest.raises(RecordError, match="/value: "):
        with_value(release, Decimal("Infinity")).to_json()
