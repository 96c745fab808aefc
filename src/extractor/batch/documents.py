"""Files -> the documents in them, as bytes; archives and crawls are unpacked in a child process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from extractor.batch.guard import Cells, Death
from extractor.batch.model import Content, Entry, File, Order, Trouble
from extractor.batch.trouble import of_os_error, of_read_error
from extractor.model import Finding
from extractor.reading import Failure, ReadError
from extractor.reading.document import Budget, Input, Limits
from extractor.reading.formats import READERS, Signature, recognise

UNPACKER = "extractor.batch.documents:unpacker"
_HEAD = 1 << 16


class _Unpacked(NamedTuple):
    """One answer of the unpacker; position: how far in the file it is."""

    member: str | None
    content: Content | None
    findings: tuple[Finding, ...]
    trouble: Trouble | None
    position: int


_UNPACKED = msgspec.msgpack.Decoder(_Unpacked)


def entries(files: Iterable[File], order: Order, cells: Cells) -> Iterator[Entry]:
    """Every document of the files in their order, with its bytes or with what keeps it from being read.

    order: what child processes unpack archives under.
    """
    for file in files:
        yield from [_troubled(file, file.trouble)] if file.trouble else _of_file(file, order, cells)


def unpacker() -> Callable[[bytes], Iterator[bytes]]:
    """The function that unpacks the file of a path, for a child process."""

    def unpack(item: bytes) -> Iterator[bytes]:
        path, name = msgspec.msgpack.decode(item, type=tuple[bytes, str])
        for unpacked in _unpack(Path(os.fsdecode(path)), name):
            yield msgspec.msgpack.encode(unpacked)

    return unpack


def _of_file(file: File, order: Order, cells: Cells) -> Iterator[Entry]:
    try:
        content = _single(file)
    except OSError as error:
        yield _troubled(file, of_os_error(error))
    except ReadError as error:
        yield _troubled(file, of_read_error(error))
    else:
        yield from [Entry(file.name, None, content, file.size)] if content else _unpacked(file, order, cells)


def _single(file: File) -> Content | None:
    """The content of a file that is a document; None for one that may hold several."""
    with file.path.open("rb") as stream:
        before = _state(stream)
        source = Input(stream, file.name)
        if _may_contain(source):
            return None
        data = source.data(Limits().document_bytes)
        _refuse_change(stream, before)
        return Content.of(file.name, data)


def _may_contain(source: Input) -> bool:
    # Without the names inside, a DOCX is taken for a ZIP too: the child process, which looks inside, knows better.
    # From the end, what is compressed is told by its first bytes before a reader above would unpack some of it.
    signature = Signature(source.head(_HEAD), frozenset(), Path(source.name).suffix.lower())
    return any(reader.container and reader.magic(signature) for reader in reversed(READERS))


def _unpacked(file: File, order: Order, cells: Cells) -> Iterator[Entry]:
    """The entries of an archive, as its child process sends them; together they weigh what the file does."""
    done, member, count = 0, None, 0
    try:
        with cells.lend(order) as cell:
            for _, answer in cell.answers([(os.fsencode(file.path), file.name)]):
                item = _UNPACKED.decode(answer)
                weight = max(0, min(item.position, file.size) - done)
                done, member, count = done + weight, item.member, count + 1
                yield Entry(file.name, item.member, item.content, weight, item.findings, item.trouble)
    except Death as death:
        trouble = death.trouble
        if member:
            trouble = trouble._replace(cause=f"{trouble.cause}, behind {member}")
        yield _troubled(file, trouble, file.size - done)
    else:
        if not count:
            yield _troubled(file, Trouble("unpack", "holds no documents", "check that it is whole"))


def _unpack(path: Path, name: str) -> Iterator[_Unpacked]:
    try:
        with path.open("rb") as stream:
            before = _state(stream)
            for item in _leaves(Input(stream, name), Budget(Limits())):
                _refuse_change(stream, before)
                yield _answer(item, stream.tell())
    except OSError as error:
        yield _Unpacked(None, None, (), of_os_error(error), 0)
    except ReadError as error:
        yield _Unpacked(None, None, (), of_read_error(error), 0)


def _answer(item: Input | Failure, position: int) -> _Unpacked:
    if isinstance(item, Failure):
        return _Unpacked(item.member, None, (), of_read_error(item.error), position)
    try:
        content = Content.of(item.member or item.name, item.data(Limits().document_bytes))
        return _Unpacked(item.member, content, item.findings, None, position)
    except ReadError as error:
        return _Unpacked(item.member, None, (), of_read_error(error), position)


def _leaves(source: Input, budget: Budget) -> Iterator[Input | Failure]:
    """The documents in an input, itself if it is one, not yet read."""
    reader = recognise(source)
    if not reader.container:
        yield source
        return
    if source.depth >= budget.limits.depth:
        raise ReadError("is an archive too deep inside others; unpack the outer ones first", stage="unpack")
    for item in reader.load()(source, budget):
        if isinstance(item, Failure):
            yield item
            continue
        with closing(item.stream):
            try:
                yield from _leaves(item, budget)
            except ReadError as error:
                yield Failure(item.name, item.member, error)


def _troubled(file: File, trouble: Trouble, weight: int | None = None) -> Entry:
    return Entry(file.name, None, None, file.size if weight is None else weight, (), trouble)


def _state(stream: BinaryIO) -> tuple[int, int]:
    now = os.fstat(stream.fileno())
    return now.st_size, now.st_mtime_ns


def _refuse_change(stream: BinaryIO, before: tuple[int, int]) -> None:
    if _state(stream) != before:
        raise ReadError("changed while it was read; run again when it is complete", stage="open")
