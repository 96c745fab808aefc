"""A file of corrections: read, checked against its schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from extractor.model import Role, Source, Span

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

SCHEMA = "corrections/1"
_NAME = "corrections.schema.json"
_PUBLISHED = (Path(__file__).with_name(_NAME), Path(__file__).parents[3] / "schemas" / _NAME)  # a wheel's, a checkout's
_LARGEST = 32 << 20  # bytes
_LONGEST_CAUSE = 200  # characters of a validator's message, which quotes the value


class CorrectionsError(ValueError):
    """A file of corrections that cannot be used: one sentence with the place and the cause."""


class Correction(NamedTuple):
    """How a record is to be in one place.

    fields: name of a figure's field -> {"value", "spans", "unit"} as in the schema, numbers as decimal strings.
    """

    do: Literal["edit", "add", "delete", "role", "note"]
    span: Span
    surface: str
    role: Role | None
    fields: Mapping[str, Mapping[str, Any]]
    note: str | None


class Corrections(NamedTuple):
    """All corrections of one release, which is named by its source's sha256, page and member."""

    name: str
    sha256: str
    page: int | None
    member: str | None
    corrections: tuple[Correction, ...]


def read(path: Path) -> Corrections:
    """The corrections of a file.  Raises CorrectionsError: unreadable, not JSON, not corrections."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise CorrectionsError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > _LARGEST:
        raise CorrectionsError(f"{path} is larger than {_LARGEST} bytes: no file of corrections is.")
    return parse(data, str(path))


def parse(data: bytes | str, place: str) -> Corrections:
    """Corrections from their JSON; place: what to call it.  Raises CorrectionsError, see read()."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise CorrectionsError(f"{place} is not JSON: {str(error)[:_LONGEST_CAUSE]}.") from error
    if not _validator().is_valid(plain):
        fault = next(iter(_validator().iter_errors(plain)))
        pointer = "/" + "/".join(map(str, fault.instance_path))
        raise CorrectionsError(f"{place} is no file of corrections: {pointer}: {fault.message[:_LONGEST_CAUSE]}.")
    source = plain["source"]
    corrections = tuple(_correction(one) for one in plain["corrections"])
    return Corrections(source["name"], source["sha256"], source["page"], source["member"], corrections)


def fits(corrections: Corrections, source: Source) -> bool:
    """Whether corrections are of this release."""
    return corrections[1:4] == (source.sha256, source.page, source.member)


def _correction(plain: Mapping[str, Any]) -> Correction:
    role, fields, note = plain.get("role"), plain.get("fields", {}), plain.get("note")
    return Correction(plain["do"], Span(*plain["span"]), plain["surface"], role, fields, note or None)


@cache
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(next(path for path in _PUBLISHED if path.is_file()).read_text(encoding="utf-8"))
