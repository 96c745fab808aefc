"""What one release says, and how it leaves as JSON."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from extractor.model import Figure, Finding, Numeral, Project, Region, Source
from extractor.record.encode import encode
from extractor.record.normalise import normalise
from extractor.record.validate import validate


class Release(NamedTuple):
    """One release: what it says of itself, its projects with their figures, and the fate of every numeral.

    figures: those outside every project; checks: what the release says twice, compared.
    """

    schema: Literal["release/1"]
    source: Source
    title: str | None
    published: str | None
    year: int | None
    region: Region | None
    declared_projects: int | None
    projects: tuple[Project, ...]
    figures: tuple[Figure, ...]
    checks: tuple[Finding, ...]
    numerals: tuple[Numeral, ...]

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts and lists with exact Decimals, checked against its schema.

        Raises RecordError with the JSON Pointer of a value that does not fit: a bug, not a bad release.
        """
        record = normalise(self)
        validate(record)
        return record

    def to_json(self, indent: int | None = None) -> str:
        """The record as one line of JSON, or indented by so many blanks; numbers as exact as in the text.

        Raises RecordError, see to_dict.
        """
        return encode(self.to_dict(), indent).decode()
