"""The published schema: built from the types, complete, and the same to two validators."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from extractor.record import schema as source
from extractor.record.encode import encode
from extractor.record.release import Release
from extractor.record.validate import RecordError, schema, validate

PUBLISHED = Path(__file__).parents[1] / "schemas" / "release.schema.json"
REGENERATE = "python -m extractor.record.schema > schemas/release.schema.json"


BUILT = source.build()
PROPERTIES = {
    f"{name}.{field}": described
    for name, part in {"Release": BUILT, **BUILT["$defs"]}.items()
    for field, described in part.get("properties", {}).items()
}


def test_the_published_file_is_the_one_built_from_the_types() -> None:
    built = encode(BUILT, indent=2).decode() + "\n"
    assert PUBLISHED.read_text(encoding="utf-8") == built, f"run: {REGENERATE}"
    assert schema() == json.loads(built)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("described", PROPERTIES.values(), ids=PROPERTIES)
def test_every_property_says_what_it_is(described: dict[str, Any]) -> None:
    assert described["description"].endswith((".", ".)"))
    assert described["examples"]


@pytest.mark.parametrize("described", PROPERTIES.values(), ids=PROPERTIES)
def test_every_example_fits_its_property(described: dict[str, Any]) -> None:
    part = jsonschema_rs.validator_for({**described, "$defs": schema()["$defs"]})
    for example in described["examples"]:
        part.validate(example)


@pytest.mark.parametrize("described", PROPERTIES.values(), ids=PROPERTIES)
def test_numbers_and_spans_name_their_unit(described: dict[str, Any]) -> None:
    measured = "number" in described.get("type", ()) or {"$ref": "#/$defs/Span"} in (
        {"$ref": described.get("$ref")},
        *described.get("anyOf", ()),
    )
    assert not measured or described["unit"]


def test_no_object_takes_fields_that_the_schema_does_not_know() -> None:
    objects = [schema(), *(part for part in schema()["$defs"].values() if part["type"] == "object")]
    assert len(objects) > 10
    for part in objects:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])


FIGURE = ("projects", 0, "figures", 0)

MUTATIONS: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "another version": (("schema",), "release/2"),
    "a number for a title": (("title",), 5),
    "a year as text": (("year",), "2023"),
    "a year of two digits": (("year",), 23),
    "half a year": (("year",), Decimal("2023.5")),
    "a date as written": (("published",), "2023年12月20日"),
    "a hash in capitals": (("source", "sha256"), "A" * 64),
    "less than no characters": (("source", "characters"), -1),
    "page nought": (("source", "page"), 0),
    "a place as text": (("region",), "南阳市"),
    "a code as number": (("region", "code"), 411300),
    "no list of projects": (("projects",), None),
    "less than no projects": (("declared_projects",), -1),
    "a department that is none": (("projects", 0, "departments"), [None]),
    "a span of one": (("projects", 0, "span"), [0]),
    "a span of three": (("projects", 0, "span"), [0, 1, 2]),
    "a span of text": (("projects", 0, "span"), ["0", "1"]),
    "a span before the text": (("projects", 0, "span"), [-1, 1]),
    "no span": (("projects", 0, "title_span"), None),
    "a figure without project": ((*FIGURE, "id"), "f1"),
    "figure nought": ((*FIGURE, "id"), "p01.f0"),
    "an unknown kind": ((*FIGURE, "kind"), "share"),
    "an unknown direction": ((*FIGURE, "direction"), "down-hill"),
    "an unknown qualifier": ((*FIGURE, "approx"), "circa"),
    "a value as text": ((*FIGURE, "value"), "1.2万"),
    "no value": ((*FIGURE, "value"), None),
    "true for a value": ((*FIGURE, "value"), True),
    "a unit as text": ((*FIGURE, "unit"), "个"),
    "an unknown field of a unit": ((*FIGURE, "unit", "factor"), 1),
    "an unknown origin": (("projects", 0, "figures", 1, "target", "origin"), "guessed"),
    "one for true": ((*FIGURE, "promised"), 1),
    "an empty surface": ((*FIGURE, "surface"), ""),
    "no rule": ((*FIGURE, "rule"), None),
    "evidence of nothing": ((*FIGURE, "trace", 0, "spans"), []),
    "an unknown severity": (("checks", 0, "severity"), "fatal"),
    "a check of no figure": (("checks", 0, "figures"), [1]),
    "an unknown role": (("numerals", 0, "role"), "number"),
    "an unknown field": (("confidence",), Decimal("0.9")),
}
MISSING: list[tuple[str | int, ...]] = [
    ("schema",),
    ("source", "sha256"),
    ("projects", 0, "title"),
    (*FIGURE, "value"),
    (*FIGURE, "unit", "code"),
    ("numerals", 0, "figure"),
]


def change(record: Any, path: tuple[str | int, ...], act: Callable[[Any, Any], None]) -> Any:
    act(reduce(lambda part, step: part[step], path[:-1], record), path[-1])
    return record


def assert_refused(record: Any) -> None:
    assert not Draft202012Validator(schema()).is_valid(record)
    with pytest.raises(RecordError):
        validate(record)


def test_both_validators_pass_a_good_record(release: Release) -> None:
    Draft202012Validator(schema()).validate(release.to_dict())
    Draft202012Validator(schema()).validate(json.loads(release.to_json()))
    validate(json.loads(release.to_json()))


@pytest.mark.parametrize("name", MUTATIONS)
def test_both_validators_refuse(release: Release, name: str) -> None:
    path, value = MUTATIONS[name]
    assert_refused(change(release.to_dict(), path, lambda part, step: part.__setitem__(step, value)))


@pytest.mark.parametrize("path", MISSING, ids=lambda path: "/".join(map(str, path)))
def test_both_validators_miss(release: Release, path: tuple[str | int, ...]) -> None:
    assert_refused(change(release.to_dict(), path, lambda part, step: part.__delitem__(step)))
