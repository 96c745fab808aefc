"""What a batch is made of: documents as bytes, where they stood, what came of them."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from extractor.model import Finding
from extractor.reading.formats import READERS

_EXTENSIONS = {extension for reader in READERS for extension in reader.extensions}


class BatchError(Exception):
    """Why a batch cannot go on: one sentence, what is wrong and what to do, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)  # both, so that it can be pickled
        self.zh, self.en = zh, en

    def __str__(self) -> str:
        return self.en


class Bounds(NamedTuple):
    """What one document may cost: seconds of time, bytes of memory of the process that reads it."""

    seconds: float = 30.0
    memory: int = 2 << 30


class Trouble(NamedTuple):
    """Why a document or a file is in the quarantine.

    stage: where it stopped: one of those of ReadError, "extract", "time", "memory" or "crash";
    cause: what is wrong; remedy: what to do about it.
    """

    stage: str
    cause: str
    remedy: str


class File(NamedTuple):
    """A file to be read: where it is, what to call it, its size in bytes; trouble where there is nothing to read."""

    path: Path
    name: str
    size: int
    trouble: Trouble | None = None


class Content(NamedTuple):
    """The bytes of a document, and the ending of its name where readers know it: all that its record depends on."""

    suffix: str
    data: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Content:
        """The content of a document of this name."""
        suffix = PurePosixPath(name).suffix.lower()
        return cls(suffix if suffix in _EXTENSIONS else "", data)

    @property
    def key(self) -> str:
        """What the journal knows it by: the SHA-256 of its bytes, with the ending."""
        return hashlib.sha256(self.data).hexdigest() + self.suffix


class Entry(NamedTuple):
    """One document where it stood, or what could not be read there.

    name, member: of the file and of the way to it inside; content: None with trouble; weight: how many bytes of the
    file it accounts for.
    """

    name: str
    member: str | None
    content: Content | None
    weight: int
    findings: tuple[Finding, ...] = ()
    trouble: Trouble | None = None


class Result(NamedTuple):
    """What came of a content: its record as compressed JSON with how many figures and findings, or trouble."""

    record: bytes | None
    figures: int = 0
    findings: int = 0
    trouble: Trouble | None = None


class Order(NamedTuple):
    """What a child process is to do.

    target: 'module:function' of the package or of another one; called with options it gives the function of an item.
    """

    target: str
    options: tuple[str, ...]
    bounds: Bounds | None


class Counts(NamedTuple):
    """How far a batch is: entries read, and what came of them; bytes: of the files done."""

    documents: int = 0
    records: int = 0
    figures: int = 0
    findings: int = 0
    duplicates: int = 0
    quarantined: int = 0
    bytes: int = 0
