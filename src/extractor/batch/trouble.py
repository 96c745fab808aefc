"""What is wrong with a document, and what to do about it: from every way in which reading one can end."""

from __future__ import annotations

import signal
import traceback
from contextlib import suppress
from pathlib import Path

from extractor.batch.cell import OUT_OF_MEMORY
from extractor.batch.model import Bounds, Trouble
from extractor.reading import ReadError

_AGAIN = "and run again with --retry-quarantined"
_OUT_OF_MEMORY = (b"bad_alloc", b"memory allocation", b"MemoryError", b"out of memory")  # as libraries say it
_PACKAGE = Path(__file__).parents[1]


def of_read_error(error: ReadError) -> Trouble:
    """The trouble that a reader tells of in its sentence: what is wrong; what to do."""
    cause, _, remedy = error.cause.partition("; " if "; " in error.cause else ": ")
    return Trouble(error.stage, cause, remedy or "check that it is whole and the document you meant")


def of_os_error(error: OSError) -> Trouble:
    """The trouble of a file or folder that the system does not give."""
    cause = (error.strerror or str(error)).lower()
    return Trouble("open", f"cannot be opened: {cause}", "check the name and its permissions, then run again")


def of_bug(error: Exception) -> Trouble:
    """The trouble of a document that the program itself fails at."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(frame.filename).parents]
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    cause = f"{type(error).__name__}{place}: {error}"
    return Trouble("extract", cause, "a fault of this program: report it with the document")


def of_death(code: int, words: bytes, bounds: Bounds) -> Trouble:
    """The trouble of a document that its process did not survive; code, words: its exit code and standard error."""
    if -code == getattr(signal, "SIGALRM", None) or b"Timeout (" in words:
        return Trouble("time", f"took longer than {bounds.seconds:g} s", f"split it, or raise --timeout {_AGAIN}")
    if code == OUT_OF_MEMORY or any(word in words for word in _OUT_OF_MEMORY):
        cause = f"needed more than {bounds.memory >> 20} MB of memory"
        return Trouble("memory", cause, f"split it, or raise --memory {_AGAIN}")
    cause = f"ended the process that read it ({_ended_by(code)})"
    return Trouble("crash", cause, f"open it in its own program, save it anew or as text {_AGAIN}")


def of_lost_workers() -> Trouble:
    """The trouble of a document with which every worker of a cluster that took it was lost."""
    return Trouble("crash", "several workers of the cluster were lost with it", f"look at their logs {_AGAIN}")


def _ended_by(code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit code {code}"
