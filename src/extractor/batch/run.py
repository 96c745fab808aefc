"""The path of a batch: files in, results into the journal, outputs out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from extractor.batch import work
from extractor.batch.documents import UNPACKER, entries
from extractor.batch.engine import Engine, cluster, local
from extractor.batch.forms import Form, place, write_forms
from extractor.batch.guard import Cells
from extractor.batch.inputs import files
from extractor.batch.journal import NAME, Journal, kept
from extractor.batch.lists import write_lists
from extractor.batch.model import BatchError, Bounds, Counts, Order
from extractor.batch.stream import Stream
from extractor.language.pack import load_pack
from extractor.writing.output import claimed, reason


class Progress(NamedTuple):
    """How far a run is.  stage: "read" or "write"; done of total: bytes of the files read, or records written."""

    stage: str
    done: int
    total: int
    counts: Counts


Watch = Callable[[Progress], None]
_BOUNDS = Bounds()


def run(
    paths: Iterable[str],
    output: Path,
    *,
    to: Iterable[str] = ("jsonl",),
    pack: str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    retry_quarantined: bool = False,
    bounds: Bounds = _BOUNDS,
    language: str = "en",
    recorder: str = work.RECORDER,
    watch: Watch = lambda progress: None,
) -> Counts:
    """Put the records of all documents that the paths name into the output folder, in every form of `to`.

    paths: files, folders, patterns; output: made where it is missing; its journal knows what is done already.
    workers: processes on this machine, by default one for each core; scheduler: address of a Dask cluster instead;
    bounds: what one document may cost; language: of headings; recorder: 'module:function' that makes, in a child
    process, from a pack's folder and its rules the function from contents to results.
    Raises PackError, WriteError, BatchError.
    """
    rules = work.rules(load_pack(pack))
    order = work.order(pack, rules, bounds, recorder)
    workers = workers or cores()
    with _claimed(output), kept(output / NAME, rules) as journal:
        total = journal.enlist(files(paths, besides=output))
        if retry_quarantined:
            journal.forgive()
        watch(Progress("read", 0, total, Counts()))
        with cluster(order, scheduler) if scheduler else local(order, workers) as engine:
            _read(journal, engine, bounds, lambda counts: watch(Progress("read", counts.bytes, total, counts)))
        counts = journal.counts()
        _write(output, [*dict.fromkeys(to)], language, workers, counts, watch)
    return counts


def cores() -> int:
    """How many of the machine's cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _claimed(output: Path) -> Iterator[None]:
    """The output folder, to this run alone."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        with claimed(output.resolve() / NAME):
            yield
    except OSError as error:
        zh, en = reason(error)
        raise BatchError(f"无法使用输出目录 {output}：{zh}。", f"The folder {output} cannot be used: {en}.") from error


def _read(journal: Journal, engine: Engine, bounds: Bounds, watch: Callable[[Counts], None]) -> None:
    with closing(Cells()) as cells:
        found = entries(journal.files(), Order(UNPACKER, (), bounds), cells)
        Stream(journal, engine, watch).take(found)


def _write(output: Path, to: list[str], language: str, workers: int, counts: Counts, watch: Watch) -> None:
    journal = output / NAME
    write_lists(journal, output)
    done, lock = 0, Lock()

    def add(records: int) -> None:
        nonlocal done
        with lock:
            done += records
            watch(Progress("write", done, len(to) * counts.records, counts))

    add(0)
    write_forms([Form(form, str(place(output, form)), language, str(journal)) for form in to], workers, add)
