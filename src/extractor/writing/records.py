"""Records read back from whatever holds them whole: JSON Lines, SQLite, a data package, Parquet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO

import msgspec

from extractor.record.validate import RecordError, validate
from extractor.writing.rows import Record

_LONGEST_LINE = 256 << 20  # bytes: a release of a million characters takes a tenth of it
_LONGEST_CAUSE = 200  # characters of a validator's message, which quotes the value
_DECODER = msgspec.json.Decoder(dict[str, object], float_hook=Decimal)
_BOM = b"\xef\xbb\xbf"
_SQLITE = b"SQLite format 3\0"


def read(path: Path) -> Iterator[Record]:
    """The records of a file or folder that write() made, in their order, numbers exact, each checked.

    path: JSON Lines, a SQLite database, the folder of a data package or of Parquet files.
    Raises RecordError, one sentence that names the place: unreadable, not JSON, not a record.
    """
    try:
        for place, text in _texts(path):
            yield parse(text, f"{path}, {place}")
    except (OSError, sqlite3.Error) as error:
        raise RecordError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def read_lines(stream: BinaryIO, name: str) -> Iterator[Record]:
    """The records of a stream of JSON Lines; name: what to call it.  Raises RecordError, see read()."""
    for place, text in _lines(stream, name):
        yield parse(text, f"{name}, {place}")


def parse(text: bytes | str, place: str) -> Record:
    """One record from its JSON, numbers exact; place: where it stood.  Raises RecordError, see read()."""
    try:
        record = _DECODER.decode(text)
        validate(record)
        _check_ids(record)
    except RecordError as error:
        raise RecordError(f"{place} is no record: {str(error)[:_LONGEST_CAUSE]}.") from error
    except (ValueError, InvalidOperation, RecursionError) as error:
        raise RecordError(f"{place} is not JSON of a record: {str(error)[:_LONGEST_CAUSE]}.") from error
    return record


def _texts(path: Path) -> Iterator[tuple[str, bytes | str]]:
    """(place, JSON) of every record of a file or folder."""
    if path.is_dir():
        yield from _of_folder(path)
        return
    with path.open("rb") as stream:
        if stream.read(len(_SQLITE)) != _SQLITE:
            stream.seek(0)
            yield from _lines(stream, str(path))
            return
    yield from _of_database(path)


def _of_folder(path: Path) -> Iterator[tuple[str, bytes | str]]:
    forms: dict[str, Callable[[Path], Iterator[tuple[str, bytes | str]]]] = {
        "records.jsonl": _texts,
        "releases.parquet": _of_parquet,
    }
    for name, form in forms.items():
        if (path / name).is_file():
            yield from form(path / name)
            return
    raise RecordError(
        f"{path} holds no whole records (records.jsonl or releases.parquet): name another file or folder."
    )


def _of_database(path: Path) -> Iterator[tuple[str, bytes | str]]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        for number, (text,) in enumerate(database.execute("SELECT record FROM releases ORDER BY rowid"), 1):
            yield f"release {number}", text


def _of_parquet(path: Path) -> Iterator[tuple[str, bytes | str]]:
    from extractor.writing.parquet import texts

    for number, text in enumerate(texts(path), 1):
        yield f"release {number}", text


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes | str]]:
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise RecordError(f"{name}, line {number} is longer than {_LONGEST_LINE} bytes: no record is.")
        if line := line.removeprefix(_BOM if number == 1 else b"").strip():
            yield f"line {number}", line


def _check_ids(record: Record) -> None:
    """Figures have names of their own, and what speaks of a figure speaks of one there is: the tables' keys."""
    projects = record["projects"]
    ids = [figure["id"] for figures in (record["figures"], *(p["figures"] for p in projects)) for figure in figures]
    names = set(ids)
    spoken = {n["figure"] for n in record["numerals"]} | {f for c in record["checks"] for f in c["figures"]}
    if len(names) < len(ids):
        raise RecordError("two figures have the same id")
    if unknown := sorted(spoken - names - {None}):
        raise RecordError(f"there is no figure {unknown[0]}")
