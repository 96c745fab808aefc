"""The program of a child process: one function, item by item, bounded in time and memory.

It may crash, hang or be killed: its parent knows at which item, and nothing else is lost with it.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import IO

import msgspec

from extractor.batch.model import Order

READY, ANSWER, DONE = b"r", b"a", b"d"
OUT_OF_MEMORY = 77  # exit code
_IDLE = 60.0  # seconds without a request, after which nobody can be left who will send one
_HEAD = struct.Struct("<cQ")
_REQUEST = msgspec.msgpack.Decoder(list[msgspec.Raw])

Work = Callable[[bytes], Iterator[bytes]]


def send(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one message."""
    stream.write(_HEAD.pack(kind, len(payload)) + payload)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """The next message: its kind and payload.  Raises EOFError where the other side is gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, size = _HEAD.unpack(head)
    payload = stream.read(size)
    if len(payload) < size:
        raise EOFError
    return kind, payload


def main() -> None:
    """Do the order in the first argument: requests come on standard input, answers leave on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the parent, which ends its children
    order = msgspec.json.decode(sys.argv[1], type=Order)
    requests, answers = _channels()
    seconds = order.bounds.seconds if order.bounds else 0
    try:
        _limit(order)
        work = load(order.target)(*order.options)
        send(answers, READY)
        while True:
            _end_after(_IDLE)
            _, request = receive(requests)
            for item in _REQUEST.decode(request):
                _answer(work, bytes(item), answers, seconds)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the parent is gone


def load(target: str) -> Callable[..., Work]:
    """The function that 'module:function' names."""
    module, _, function = target.partition(":")
    return getattr(import_module(module), function)  # type: ignore[no-any-return]


def _answer(work: Work, item: bytes, answers: IO[bytes], seconds: float) -> None:
    _end_after(seconds)
    for answer in work(item):
        _end_after(0)  # the parent may take its time
        send(answers, ANSWER, answer)
        _end_after(seconds)
    _end_after(0)
    send(answers, DONE)


def _channels() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for messages alone: what a library prints goes to standard error."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return requests, answers


def _limit(order: Order) -> None:
    faulthandler.enable()
    if hasattr(signal, "setitimer"):
        faulthandler.register(signal.SIGALRM, chain=True)
    try:
        import resource
    except ImportError:  # Windows bounds no memory
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if order.bounds:
        resource.setrlimit(resource.RLIMIT_AS, (order.bounds.memory, order.bounds.memory))


def _end_after(seconds: float) -> None:
    """Have this process end in so many seconds, 0: not at all, even while native code never comes back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
