"""The journal of a run -> its records in every form asked for, each written by a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from inspect import signature
from pathlib import Path
from typing import NamedTuple

import msgspec

from extractor.batch.guard import Cells, Death
from extractor.batch.model import BatchError, Order
from extractor.batch.records import records
from extractor.writing import WRITERS, WriteError, write, writer
from extractor.writing.rows import Record

_WRITER = Order("extractor.batch.forms:form_writer", (), None)
_STEP = 0.5  # seconds between two words of how far a writer is
_ANSWER = msgspec.msgpack.Decoder(int | tuple[str, str])


class Form(NamedTuple):
    """One of WRITERS, where to write it, the language of its headings where it has some."""

    to: str
    output: str
    language: str
    journal: str


def place(output: Path, to: str) -> Path:
    """Where in an output folder the records stand in one of WRITERS."""
    return output / f"records{WRITERS[to].suffix}"


def write_forms(forms: Sequence[Form], processes: int, watch: Callable[[int], None]) -> None:
    """The records in these forms, so many of them at a time; watch: is told when so many more records are written.

    Raises BatchError when one cannot be written, after the others.
    """
    cells = Cells()
    with ThreadPoolExecutor(processes) as executor:
        try:
            for written in [executor.submit(_order, form, cells, watch) for form in forms]:
                written.result()
        except KeyboardInterrupt:
            cells.close()
            raise
    cells.close()


def form_writer() -> Callable[[bytes], Iterator[bytes]]:
    """The function that writes a form, for a child process; it answers how many records are written, or the error."""

    def write_form(item: bytes) -> Iterator[bytes]:
        form = msgspec.msgpack.decode(item, type=Form)
        stream = _Counted(records(Path(form.journal), whole=form.to != "jsonl"))
        with ThreadPoolExecutor(1) as executor:
            writing = executor.submit(_write, form, stream)
            while wait([writing], _STEP).not_done:
                yield msgspec.msgpack.encode(stream.count)
        try:
            writing.result()
        except (WriteError, BatchError) as error:
            yield msgspec.msgpack.encode((error.zh, error.en))
        else:
            yield msgspec.msgpack.encode(stream.count)

    return write_form


class _Counted:
    def __init__(self, stream: Iterable[Record]) -> None:
        self._stream = stream
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._stream:
            yield record
            self.count += 1


def _write(form: Form, stream: Iterable[Record]) -> None:
    options = {"language": form.language} if "language" in signature(writer(form.to)).parameters else {}
    write(stream, form.to, Path(form.output), **options)


def _order(form: Form, cells: Cells, watch: Callable[[int], None]) -> None:
    done = 0
    try:
        with cells.lend(_WRITER) as cell:
            for _, answer in cell.answers([form]):
                found = _ANSWER.decode(answer)
                if not isinstance(found, int):
                    raise BatchError(*found)
                watch(found - done)
                done = found
    except Death as death:
        raise BatchError(
            f"写 {form.output} 的进程意外结束：请再运行同一命令。",
            f"The process that wrote {form.output} {death.trouble.cause}: run the same command again.",
        ) from death
