"""The journal of a run -> its records: one for each document, at the first place where it stood."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from extractor.batch.journal import query
from extractor.model import Finding
from extractor.reading.document import finding
from extractor.record.encode import encode
from extractor.record.normalise import normalise
from extractor.writing.rows import Record

_NAMED = 3  # places of a document that are named, where it stands in many
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_WHOLE = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal)

_RECORDS = """
    SELECT name, member, found, record, has_copies, content, position FROM places
    WHERE stage IS NULL AND position = first ORDER BY position
"""
_COPIES = """
    SELECT label, count(*) OVER () FROM places WHERE content = ? AND position > ? ORDER BY position LIMIT ?
"""


def records(journal: Path, *, whole: bool) -> Iterator[Record]:
    """The records of the last run in a journal, in the order of their documents; copies of a document are a finding.

    whole: with every value as Python has it; else the parts of a record stay JSON text, ten times as fast, which is
    enough for a form that only copies them.
    """
    for name, member, found, record, has_copies, *place in query(journal, _RECORDS):
        parts: dict[str, Any] = _PARTS.decode(zlib.decompress(record))
        parts["source"] = {**_WHOLE.decode(parts["source"]), "name": name, "member": member}
        on_place = [*_LIST.decode(found), *([normalise(_copies(journal, *place))] if has_copies else [])]
        if on_place:
            parts["checks"] = [*_LIST.decode(parts["checks"]), *on_place]
        yield _WHOLE.decode(encode(parts)) if whole else parts


def _copies(journal: Path, content: str, position: int) -> Finding:
    """The finding on a document that stands at further places."""
    rows = [*query(journal, _COPIES, [content, position, _NAMED])]
    labels, count = ", ".join(label for label, _ in rows), rows[0][1]
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    return finding("duplicate-document", "warning", f"the same document is also at {labels}{more}")
