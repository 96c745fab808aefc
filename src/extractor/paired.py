"""Records from files, each with the text that it was made of, which belongs to it by its checksum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from extractor.reading import Document, ReadError
from extractor.reading import read as read_documents
from extractor.writing.records import parse
from extractor.writing.records import read as read_records
from extractor.writing.rows import Record

_Key = tuple[str, int, str | None, int | None]
_HEAD = 4096  # bytes in which a record names its schema
_MADE = ("records.jsonl", "releases.parquet")
_SQLITE = b"SQLite format 3\0"


class Paired(NamedTuple):
    """A record with its text, None where that is not to be found."""

    record: Record
    text: str | None


def holds_records(path: Path) -> bool:
    """Whether a path holds records, in any form that writing.records.read() takes, and no release."""
    if path.is_dir():
        return any((path / name).is_file() for name in _MADE)
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    plain = b"".join(head.split())
    return head.startswith(_SQLITE) or (
        plain.lstrip(b"\xef\xbb\xbf").startswith(b"{") and b'"schema":"release/' in plain
    )


def paired(path: Path, texts: Path | None = None) -> Iterator[Paired]:
    """The records of a path in their order, each with its text.

    texts: the folder that holds what they were made of, in any format, or the only file; the records' own folder when
    None.  Raises RecordError, one sentence.
    """
    library = _Library(texts or path.parent)
    for record in _records(path):
        yield Paired(record, library.text(record["source"]))


def _records(path: Path) -> Iterator[Record]:
    if path.suffix == ".json":  # one record, perhaps on many lines
        yield parse(path.read_bytes(), str(path))
    else:
        yield from read_records(path)


class _Library:
    """The texts of a folder's files; those of the file asked for last are at hand."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._named: dict[str, list[Path]] | None = None
        self._opened: Path | None = None
        self._texts: dict[_Key, str] = {}

    def text(self, source: Mapping[str, Any]) -> str | None:
        key = _key(source)
        if key in self._texts:
            return self._texts[key]
        for path in self._files(source["name"]):
            if path != self._opened:
                self._opened, self._texts = path, dict(_read(path))
            if key in self._texts:
                return self._texts[key]
        return None

    def _files(self, name: str) -> list[Path]:
        if self._place.is_file():
            return [self._place]
        if self._named is None:
            self._named = {}
            for path in sorted(self._place.rglob("*")):
                self._named.setdefault(path.name, []).append(path)
        return [path for path in self._named.get(Path(name).name, ()) if path.is_file()]


def _read(path: Path) -> Iterator[tuple[_Key, str]]:
    try:
        yield from (
            (_key(item.source._asdict()), item.text) for item in read_documents(path) if isinstance(item, Document)
        )
    except ReadError:
        return  # what it holds is not to be found


def _key(source: Mapping[str, Any]) -> _Key:
    return source["sha256"], source["characters"], source["member"], source["page"]
