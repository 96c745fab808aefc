"""The JSON Schema of the record, built from the model's types and what fields.toml says of each field.

``python -m extractor.record.schema > schemas/release.schema.json`` publishes it.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Any, Literal, get_args, get_origin, get_type_hints

from extractor.model import Span
from extractor.record.encode import encode
from extractor.record.normalise import is_record, present
from extractor.record.release import Release

_SCALARS: dict[object, str] = {str: "string", int: "integer", bool: "boolean", Decimal: "number"}
_OFFSET = {"type": "integer", "minimum": 0}
_SPAN = {"type": "array", "prefixItems": [_OFFSET, _OFFSET], "items": False, "minItems": 2}


def build() -> dict[str, Any]:
    """The schema as its source says it is: what schemas/release.schema.json has to hold."""
    notes = tomllib.loads(files(__package__).joinpath("fields.toml").read_text("utf-8"), parse_float=Decimal)
    root, *parts = dict.fromkeys(_records(Release))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:extractor:release:1",
        "title": "release/1",
        **_object(root, notes),
        "$defs": {"Span": {**notes["Span"], **_SPAN}} | {part.__name__: _object(part, notes) for part in parts},
    }


def _object(record: Any, notes: dict[str, Any]) -> dict[str, Any]:
    fields = get_type_hints(record)
    return {
        "description": notes[record.__name__]["description"],
        "type": "object",
        "properties": {name: _property(record, name, hint, notes) for name, hint in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def _property(record: Any, name: str, hint: Any, notes: dict[str, Any]) -> dict[str, Any]:
    note = {key: value for key, value in notes[record.__name__][name].items() if key != "seldom"}
    return {**_shape(hint), **note, "examples": _examples(record, name, hint, notes)}


def _examples(record: Any, name: str, hint: Any, notes: dict[str, Any]) -> list[Any]:
    """Those written down for a field, or else one put together from its type's."""
    written: list[Any] = notes[record.__name__][name].get("examples", [])
    return written or [_example(present(hint), notes)]


def _example(hint: Any, notes: dict[str, Any]) -> Any:
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is tuple:
        return [_example(get_args(hint)[0], notes)]
    return {
        name: None if notes[hint.__name__][name].get("seldom") else _examples(hint, name, of, notes)[0]
        for name, of in get_type_hints(hint).items()
    }


def _shape(hint: Any) -> dict[str, Any]:
    """What a type allows, in the words of JSON Schema."""
    if present(hint) is not hint:
        return _or_null(_shape(present(hint)))
    if is_record(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": [*get_args(hint)]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _shape(get_args(hint)[0])}
    return {"type": _SCALARS[hint]}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    values = {"enum": [*shape["enum"], None]} if "enum" in shape else {}
    return {**shape, "type": [shape["type"], "null"], **values}


def _records(hint: Any) -> Iterator[Any]:
    """The model's types that a type is made of, itself first; spans are arrays, not objects."""
    if is_record(hint) and hint is not Span:
        yield hint
    for part in get_type_hints(hint).values() if is_record(hint) else get_args(hint):
        yield from _records(part)


if __name__ == "__main__":
    sys.stdout.buffer.write(encode(build(), indent=2) + b"\n")
