"""Releases with their figures, to learn from: annotated ones, or records with the texts they were made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from extractor import gold
from extractor.reading import Document, ReadError
from extractor.reading import read as read_texts
from extractor.writing.records import parse, read
from extractor.writing.rows import Record

_Key = tuple[str, int, str | None, int | None]


class Example(NamedTuple):
    """One release: its text and the figures in it."""

    name: str
    text: str
    figures: list[gold.Entry]


class Missing(NamedTuple):
    """A record whose text is not where texts were looked for."""

    name: str


def examples(source: Path, texts: Path | None = None) -> Iterator[Example | Missing]:
    """Every release of a source with its figures, in a settled order.

    source: NAME.json or NAME.txt of an annotated release, a folder of such pairs, or records in any form that
    writing.records.read() takes; texts: the folder that holds the files the records were made of, in any format, the
    records' own folder when None.  A text belongs to a record by its checksum.
    Raises GoldError, RecordError or ReadError, one sentence.
    """
    if pairs := _pairs(source):
        yield from (_annotated(pair) for pair in pairs)
    else:
        yield from _recorded(_records(source), texts or source.parent)


def _pairs(source: Path) -> list[Path]:
    """The annotations that a source is; none where it holds records."""
    if source.is_dir():
        found = sorted(path for path in source.glob("*.json") if path.with_suffix(".txt").is_file())
        return [path for path in found if not _is_record(path)]
    pair = source.with_suffix(".json")
    together = source.suffix in (".json", ".txt") and pair.is_file() and source.with_suffix(".txt").is_file()
    return [pair] if together and not _is_record(pair) else []


def _is_record(path: Path) -> bool:
    try:
        content = msgspec.json.decode(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "schema" in content


def _annotated(path: Path) -> Example:
    annotation, text = gold.read(path)
    try:
        return Example(path.stem, text, gold.entries(annotation, text))
    except gold.GoldError as error:
        raise gold.GoldError(f"{path}: {error}") from error


def _records(source: Path) -> Iterable[Record]:
    if source.is_file() and _is_record(source):  # one record, perhaps on many lines
        return [parse(source.read_bytes(), str(source))]
    return read(source)


def _recorded(records: Iterable[Record], folder: Path) -> Iterator[Example | Missing]:
    sources, figures = {}, {}
    for record in records:
        key = _key(record["source"])
        sources[key] = record["source"]["name"]
        figures[key] = gold.recorded(record)
    for document in _documents(folder, {*sources.values()}):
        key = _key(document.source._asdict())
        if key in sources:
            yield Example(sources.pop(key), document.text, figures[key])
    yield from (Missing(name) for name in sources.values())


def _key(source: Mapping[str, Any]) -> _Key:
    return source["sha256"], source["characters"], source["member"], source["page"]


def _documents(folder: Path, names: set[str]) -> Iterator[Document]:
    """The documents of a folder's files that have one of these names."""
    for path in sorted(path for path in folder.rglob("*") if path.name in names and path.is_file()):
        try:
            yield from (item for item in read_texts(path) if isinstance(item, Document))
        except ReadError:
            continue  # its records will be missing
