"""Child processes that may die of what they are given."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock

import msgspec

from extractor.batch.cell import ANSWER, READY, receive, send
from extractor.batch.model import BatchError, Bounds, Order, Trouble
from extractor.batch.trouble import of_death

_PROGRAM = "from extractor.batch.cell import main; main()"
_LAST_WORDS = 1 << 14  # bytes of standard error that are read after a death


class Death(Exception):  # noqa: N818
    """A child process ended while it was at an item; trouble says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Cell:
    """One child process under an order.  Raises BatchError when it cannot begin."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._words = tempfile.TemporaryFile("a+b")  # noqa: SIM115
        # -P: nothing is imported from the folder the command is called in, which may hold anything
        command = [sys.executable, "-P", "-c", _PROGRAM, msgspec.json.encode(order).decode()]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words)
        assert self._process.stdin and self._process.stdout
        self._requests, self._answers = self._process.stdin, self._process.stdout

    def begin(self) -> None:
        """Wait until the process can work.  Raises BatchError with its last words when it never can."""
        with suppress(EOFError):
            if receive(self._answers)[0] == READY:
                return
        raise _no_start(self._last_words())

    def answers(self, items: Sequence[object]) -> Iterator[tuple[int, bytes]]:
        """Every answer with the index of its item, as they come; items: anything that msgpack writes.

        Raises Death at the item that the process did not survive.
        """
        self._words.truncate(0)
        try:
            send(self._requests, ANSWER, msgspec.msgpack.encode(items))
            for index in range(len(items)):
                while (message := receive(self._answers))[0] == ANSWER:
                    yield index, message[1]
        except (EOFError, OSError) as error:
            self._process.wait()
            raise Death(
                of_death(self._process.returncode, self._last_words(), self.order.bounds or Bounds())
            ) from error

    def is_alive(self) -> bool:
        """Whether the process can take a request."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._answers, self._words):
            with suppress(OSError):
                stream.close()

    def _last_words(self) -> bytes:
        size = self._words.seek(0, 2)
        self._words.seek(max(0, size - _LAST_WORDS))
        return self._words.read()


class Cells:
    """Cells that wait for their next use; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: set[Cell] = set()
        self._idle: list[Cell] = []
        self._closed = False

    @contextmanager
    def lend(self, order: Order, *, fresh: bool = False) -> Iterator[Cell]:
        """A cell under an order, kept for further use unless it fails; fresh: one that has done nothing yet."""
        cell = (None if fresh else self._waiting(order)) or self._new(order)
        try:
            yield cell
        except BaseException:
            self._end(cell)
            raise
        with self._lock:
            self._idle.append(cell)

    def close(self) -> None:
        """End all, those at work too; nothing can be lent any more."""
        with self._lock:
            self._closed = True
            for cell in self._all:
                cell.close()

    def _waiting(self, order: Order) -> Cell | None:
        """A living cell under the order, out of those that wait; the dead among them are buried."""
        with self._lock:
            dead = [cell for cell in self._idle if not cell.is_alive()]
            self._idle = [cell for cell in self._idle if cell not in dead]
            found = next((cell for cell in self._idle if cell.order == order), None)
            if found:
                self._idle.remove(found)
        for cell in dead:
            self._end(cell)
        return found

    def _new(self, order: Order) -> Cell:
        with self._lock:
            if self._closed:
                raise BatchError("运行已停止。", "The run was stopped.")
            cell = Cell(order)
            self._all.add(cell)
        try:
            cell.begin()
        except BatchError:
            self._end(cell)
            raise
        return cell

    def _end(self, cell: Cell) -> None:
        with self._lock:
            self._all.discard(cell)
        cell.close()


def _no_start(words: bytes) -> BatchError:
    last = words.decode("utf-8", "replace").strip().rpartition("\n")[2].partition(": ")[2]
    return BatchError(
        f"工作进程无法启动：{last or '内存或其他系统资源不足'}。",
        f"A worker process cannot start: {last or 'too little memory or other resources'}.",
    )
