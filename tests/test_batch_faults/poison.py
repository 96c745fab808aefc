"""What child processes run in the tests: the real thing, but some words in a document are deadly."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from extractor.batch import work
from extractor.batch.documents import unpacker as real_unpacker
from extractor.extractor import Extractor

Function = Callable[[bytes], Iterator[bytes]]


def crash() -> None:
    """As a fault in native code does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    """As a library that ends the process."""
    os._exit(3)


def sleep() -> None:
    """Hang where Python could be interrupted."""
    time.sleep(600)


def backtrack() -> None:
    """Hang in native code that never lets go of the interpreter."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def eat() -> None:
    """Ask for memory without end; what is asked for counts, so that a slow machine meets the bound as soon."""
    eaten = []
    while True:
        eaten.append(bytes(16 << 20))


def fail() -> None:
    """Meet a fault of the program."""
    raise LookupError("a fault")


DEADLY = {f"POISON {function.__name__}": function for function in (crash, leave, sleep, backtrack, eat, fail)}


def recorder(pack: str, rules: str, seconds: str) -> Function:
    """The real recorder, to which DEADLY words happen.

    In the environment: LOG, a file that gets a dot for every document; PAUSE, seconds that every document takes.
    """
    Extractor.extract = poisoned(Extractor.extract)  # type: ignore[method-assign]
    return work.recorder(pack, rules, seconds)


def poisoned(extract: Callable[..., Any]) -> Callable[..., Any]:
    """A function of texts that dies of some."""

    def deadly(self: Extractor, text: str, **options: object) -> Any:
        if "LOG" in os.environ:
            with Path(os.environ["LOG"]).open("a") as log:
                log.write(".")
        time.sleep(float(os.environ.get("PAUSE", "0")))
        for word, death in DEADLY.items():
            if word in text:
                death()
        return extract(self, text, **options)

    return deadly


def fragile(pack: str, rules: str, seconds: str) -> Function:
    """The real recorder, in a process that dies of its second document, whichever it is."""
    record = work.recorder(pack, rules, seconds)
    seen: list[bytes] = []

    def second_is_deadly(item: bytes) -> Iterator[bytes]:
        seen.append(item)
        if len(seen) == 2:
            crash()
        return record(item)

    return second_is_deadly


def unpacker() -> Function:
    """The real unpacker, which dies behind a member with poison."""
    unpack = real_unpacker()

    def deadly(item: bytes) -> Iterator[bytes]:
        for answer in unpack(item):
            yield answer
            if b"POISON" in answer:
                crash()

    return deadly
