"""Entries -> results in the journal: what is new goes out in chunks, so much at a time that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import NamedTuple

from extractor.batch.engine import Engine
from extractor.batch.journal import Journal, Known
from extractor.batch.model import BatchError, Content, Counts, Entry, Result
from extractor.batch.trouble import of_lost_workers

_CHUNK_BYTES, _CHUNK_DOCUMENTS = 128 << 10, 16  # small enough that all workers end at about the same time
_FLIGHT_BYTES, _FLIGHT_CHUNKS = 64 << 20, 2  # under way at once: bytes in all, chunks for each slot of the engine


class _Chunk(NamedTuple):
    """Contents that travel together, by their keys; alone: the workers that took it before are gone."""

    contents: dict[str, Content]
    alone: bool = False

    @property
    def size(self) -> int:
        return sum(len(content.data) for content in self.contents.values())


class _Expected(NamedTuple):
    """The entries that wait for a result: how many, and what they weigh."""

    entries: int
    weight: int


class Stream:
    """One run's entries on their way through an engine; watch is told the counts so far."""

    def __init__(self, journal: Journal, engine: Engine, watch: Callable[[Counts], None]) -> None:
        self._journal = journal
        self._engine = engine
        self._watch = watch
        self._counts = Counts()
        self._expected: dict[str, _Expected] = {}
        self._flight: dict[Future[list[Result]], _Chunk] = {}

    def take(self, entries: Iterable[Entry]) -> None:
        """Have a result in the journal for every entry's content.  Raises BatchError."""
        chunk = _Chunk({})
        for entry in entries:
            key = entry.content.key if entry.content else None
            if self._is_new(entry, key):
                assert key and entry.content
                chunk.contents[key] = entry.content
            if len(chunk.contents) == _CHUNK_DOCUMENTS or chunk.size >= _CHUNK_BYTES:
                self._send(chunk)
                chunk = _Chunk({})
        if chunk.contents:
            self._send(chunk)
        while self._flight:
            self._land()
        self._journal.commit()

    def _is_new(self, entry: Entry, key: str | None) -> bool:
        """Note an entry, and count it unless it has to wait for its result; whether nobody works at its content."""
        is_first = self._journal.note(entry, key)
        if key is None:
            self._count(Known(0, 0, True), 1, entry.weight)
            return False
        if key in self._expected:
            entries, weight = self._expected[key]
            self._expected[key] = _Expected(entries + 1, weight + entry.weight)
            return False
        known = self._journal.known(key)
        if known is None:
            self._expected[key] = _Expected(1, entry.weight)
            return True
        self._count(known, 1, entry.weight, is_first)
        return False

    def _send(self, chunk: _Chunk) -> None:
        while self._is_full(chunk.size):
            self._land()
        self._flight[self._engine.submit([*chunk.contents.values()])] = chunk

    def _is_full(self, size: int) -> bool:
        under_way = sum(chunk.size for chunk in self._flight.values())
        most = _FLIGHT_CHUNKS * self._engine.slots
        return bool(self._flight) and (len(self._flight) >= most or under_way + size > _FLIGHT_BYTES)

    def _land(self) -> None:
        """Wait for chunks, and keep their results."""
        done, _ = wait(self._flight, return_when=FIRST_COMPLETED)
        for future in done:
            chunk = self._flight.pop(future)
            try:
                self._keep(dict(zip(chunk.contents, future.result(), strict=True)))
            except self._engine.losses:
                self._send_again(chunk)
            except CancelledError as error:
                raise _lost() from error

    def _send_again(self, chunk: _Chunk) -> None:
        if chunk.alone:
            self._keep({key: Result(None, trouble=of_lost_workers()) for key in chunk.contents})
            return
        for key, content in chunk.contents.items():
            self._flight[self._engine.submit([content])] = _Chunk({key: content}, alone=True)

    def _keep(self, results: dict[str, Result]) -> None:
        self._journal.store(results)
        for key, result in results.items():
            entries, weight = self._expected.pop(key)
            self._count(Known(result.figures, result.findings, result.record is None), entries, weight)

    def _count(self, known: Known, entries: int, weight: int, is_first: bool = True) -> None:
        """Add entries of one content; is_first: the first of all with this content is among them."""
        records = int(is_first and not known.is_quarantined)
        more = Counts(
            documents=entries,
            records=records,
            figures=records * known.figures,
            findings=records * known.findings,
            duplicates=0 if known.is_quarantined else entries - records,
            quarantined=entries if known.is_quarantined else 0,
            bytes=weight,
        )
        self._counts = Counts(*map(sum, zip(self._counts, more, strict=True)))
        self._watch(self._counts)


def _lost() -> BatchError:
    return BatchError(
        "与集群的连接已断开：请再运行同一命令，即从中断处继续。",
        "The connection to the cluster was lost: run the same command again, which goes on from here.",
    )
