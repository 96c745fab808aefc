"""The published schema, and whether a record fits it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_NAME = "release.schema.json"
_PUBLISHED = (Path(__file__).with_name(_NAME), Path(__file__).parents[3] / "schemas" / _NAME)  # a wheel's, a checkout's


class RecordError(ValueError):
    """A record that its schema refuses: a bug, named by the JSON Pointer of the value."""


def validate(record: object) -> None:
    """Pass a record that fits the schema: dicts, lists, strings, int, Decimal or float, bool and None.

    Raises RecordError with the JSON Pointer of the first value that does not fit.
    """
    validator = _validator()
    if not validator.is_valid(record):
        error = next(iter(validator.iter_errors(record)))
        raise RecordError(f"{_pointer(error.instance_path)}: {error.message}")


def schema() -> dict[str, Any]:
    """The published JSON Schema of the record."""
    published: dict[str, Any] = json.loads(_published())
    return published


def _published() -> str:
    return next(path for path in _PUBLISHED if path.is_file()).read_text(encoding="utf-8")


@cache
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(_published())


def _pointer(path: list[str | int]) -> str:
    return "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in path)
