"""JSON Lines: the canonical form, one record a line, every number with its own digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from extractor.record.encode import encode
from extractor.writing.rows import Record


def write(records: Iterable[Record], target: Path) -> None:
    """Records as lines of UTF-8 JSON without blanks, in the order given."""
    with target.open("wb") as stream:
        for _ in copied(records, stream):
            pass


def copied(records: Iterable[Record], stream: BinaryIO) -> Iterator[Record]:
    """The same records, each written to the stream as its line on the way."""
    for record in records:
        stream.write(encode(record) + b"\n")
        yield record
