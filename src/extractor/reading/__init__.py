"""Any file -> text that spans can refer to, with what was found on the way.

``read`` gives every document of a file, ``read_one`` the only one.  The formats stand in ``formats.READERS``.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from extractor.model import Source
from extractor.reading.document import Budget, Document, Failure, Input, Limits, Meta, ReadError, Text
from extractor.reading.encoding import decode
from extractor.reading.formats import Reader, is_asset, recognise

__all__ = ["Document", "Failure", "Limits", "Meta", "ReadError", "is_asset", "read", "read_one"]

_DEFAULT = Limits()


def read(
    source: Path | str | bytes, *, name: str | None = None, limits: Limits = _DEFAULT
) -> Iterator[Document | Failure]:
    """Every document in a file: one for most, those of all members for an archive or a crawl.

    source: a path, or the bytes themselves; name: what to call it where that is not the path's last part.
    What cannot be read beside other documents is a Failure; ReadError when the file as a whole gives nothing.
    """
    given = False
    label = _label(source, name)
    try:
        for item in _items(source, label, Budget(limits)):
            given = True
            yield item
    except ReadError as error:
        if not given:
            raise
        yield Failure(label, None, error)


def read_one(source: Path | str | bytes, *, name: str | None = None, limits: Limits = _DEFAULT) -> Document:
    """The document of a file that holds exactly one; ReadError when it holds none or several."""
    with closing(read(source, name=name, limits=limits)) as items:  # type: ignore[type-var]
        found = list(islice(items, 2))
    if not found:
        raise ReadError("holds no documents", stage="unpack", subject=_label(source, name))
    if isinstance(found[0], Failure):
        raise found[0].error
    if len(found) > 1:
        raise ReadError(
            "holds several documents; read them all, or name one", stage="unpack", subject=_label(source, name)
        )
    return found[0]


def _label(source: Path | str | bytes, name: str | None) -> str:
    return name or ("input" if isinstance(source, bytes) else _name(Path(source)))


def _items(source: Path | str | bytes, name: str, budget: Budget) -> Iterator[Document | Failure]:
    if isinstance(source, bytes):
        yield from _read(Input(io.BytesIO(source), name), budget)
        return
    with closing(_open(Path(source))) as stream:
        opened = _state(stream)
        for item in _read(Input(stream, name), budget):
            if _state(stream) != opened:
                cause = "changed while it was read; run again when it is complete"
                raise ReadError(cause, stage="open", subject=name)
            yield item


def _open(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            cause = "is not a file; name a file, or use batch for a folder"
            raise ReadError(cause, stage="open", subject=str(path))
        return path.open("rb")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        cause = f"cannot be opened: {reason}; check the name and its permissions"
        raise ReadError(cause, stage="open", subject=str(path)) from error


def _state(stream: BinaryIO) -> tuple[int, int]:
    now = os.fstat(stream.fileno())
    return now.st_size, now.st_mtime_ns


def _name(path: Path) -> str:
    """The path's last part as text, whatever encoding its bytes are in."""
    try:
        return decode(os.fsencode(path.name)).text
    except ReadError:
        return path.name.encode("utf-8", "replace").decode()


def _read(source: Input, budget: Budget) -> Iterator[Document | Failure]:
    try:
        reader = recognise(source)
        if reader.container:
            yield from _members(source, reader, budget)
        else:
            yield _document(source, reader, budget.limits)
    except ReadError as error:
        raise error.about(source.label) from error.__cause__


def _members(source: Input, reader: Reader, budget: Budget) -> Iterator[Document | Failure]:
    if source.depth >= budget.limits.depth:
        raise ReadError("is an archive too deep inside others; unpack the outer ones first", stage="unpack")
    for item in reader.load()(source, budget):
        if isinstance(item, Failure):
            yield item
        else:
            with closing(item.stream):
                yield from _member(item, budget)


def _member(source: Input, budget: Budget) -> Iterator[Document | Failure]:
    try:
        yield from _read(source, budget)
    except ReadError as error:
        yield Failure(source.name, source.member, error)


def _document(source: Input, reader: Reader, limits: Limits) -> Document:
    data = source.data(limits.document_bytes)
    read_text: Text = reader.load()(data, limits)
    text = read_text.text
    if not text.strip():
        raise ReadError("holds no text; check that it is the document you meant")
    if len(text) > limits.characters:
        raise ReadError(f"has more than {limits.characters} characters, the limit for one document; split it")
    origin = Source(
        name=source.name,
        media_type=reader.media_type,
        encoding=read_text.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        characters=len(text),
        member=source.member,
    )
    return Document(text, origin, source.findings + read_text.findings, read_text.meta, read_text.pages)
