"""Where contents become results: on this machine, or on a cluster; both take the same submissions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

from extractor.batch import work
from extractor.batch.guard import Cells
from extractor.batch.model import BatchError, Content, Order, Result

_PATIENCE = "10s"  # for a scheduler to answer


class Engine(NamedTuple):
    """A place to send contents to.

    submit: gives the promise of their results; slots: how many submissions run at once;
    losses: exceptions of a promise that say that the workers which took it are gone, whatever ended them.
    """

    submit: Callable[[Sequence[Content]], Future[list[Result]]]
    slots: int
    losses: tuple[type[BaseException], ...] = ()


@contextmanager
def local(order: Order, workers: int) -> Iterator[Engine]:
    """So many child processes of this one, each looked after by a thread."""
    cells = Cells()
    executor = ThreadPoolExecutor(workers)
    try:
        yield Engine(lambda contents: executor.submit(work.run, order, contents, cells), workers)
    finally:
        cells.close()
        executor.shutdown(cancel_futures=True)


@contextmanager
def cluster(order: Order, scheduler: str) -> Iterator[Engine]:
    """A Dask cluster, whose workers look after child processes of their own in the same way.

    Contents travel with their bytes: workers need this package and the pack, but none of the files.
    Raises BatchError when the scheduler does not answer.
    """
    from distributed import Client
    from distributed.scheduler import KilledWorker

    try:
        client: Any = Client(scheduler, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BatchError(
            f"连不上调度器 {scheduler}：请检查地址和网络。",
            f"The scheduler {scheduler} does not answer: check address and network.",
        ) from error
    try:
        executor = client.get_executor(pure=False)
        slots = max(1, sum(client.nthreads().values()))
        yield Engine(lambda contents: executor.submit(work.run, order, contents), slots, (KilledWorker,))
    finally:
        client.close()
