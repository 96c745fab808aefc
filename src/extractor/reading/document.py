"""What reading takes and gives: an input's bytes, its bounds, the documents and failures that come of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from extractor.model import Finding, Severity, Source, Span

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
MEBIBYTE = 1024 * 1024


class ReadError(Exception):
    """Why something could not be read, and what to do: message is one sentence, fit to be shown as it stands.

    cause: the sentence without its subject ("is encrypted; save it without its password"); subject: the file's name;
    stage: where it stopped ("open", "recognise", "unpack", "decode", "read" or "ocr").
    """

    def __init__(self, cause: str, *, stage: str = "read", subject: str = "") -> None:
        super().__init__(f"{subject} {cause}".lstrip())
        self.cause = cause
        self.stage = stage
        self.subject = subject

    @property
    def message(self) -> str:
        """The whole sentence."""
        return str(self)

    def about(self, subject: str) -> ReadError:
        """The same error, said of subject where it has none yet."""
        return self if self.subject else ReadError(self.cause, stage=self.stage, subject=subject)

    def __reduce__(self) -> tuple[object, ...]:
        return (_read_error, (self.cause, self.stage, self.subject))


def _read_error(cause: str, stage: str, subject: str) -> ReadError:
    return ReadError(cause, stage=stage, subject=subject)


class Limits(NamedTuple):
    """How much of a document or an archive is read before it is refused.

    document_bytes, archive_bytes: bytes of one document, and of all that comes out of one archive file;
    ratio: unpacked to packed size; depth: archives inside archives; members: documents in one archive;
    pages: pages of a PDF or an image file; seconds: time for one PDF or image file; characters: text of a document;
    elements: HTML tags; pixels: of one page to be recognised.
    """

    document_bytes: int = 128 * MEBIBYTE
    archive_bytes: int = 16 * 1024 * MEBIBYTE
    ratio: int = 500
    depth: int = 4
    members: int = 200_000
    pages: int = 1_000
    seconds: float = 300.0
    characters: int = 5_000_000
    elements: int = 500_000
    pixels: int = 60_000_000


class Meta(NamedTuple):
    """What a document's own properties say of it, outside its text; None where they are silent.

    published: an ISO date; source_name: who published it (来源); column and site: where it stood on a web site.
    """

    title: str | None = None
    published: str | None = None
    source_name: str | None = None
    column: str | None = None
    site: str | None = None


class Text(NamedTuple):
    """What one reader makes of one document's bytes; pages are the offsets where each page starts."""

    text: str
    encoding: str | None = None
    findings: tuple[Finding, ...] = ()
    meta: Meta = Meta()
    pages: tuple[int, ...] = ()


class Document(NamedTuple):
    """A text that spans can refer to, where it came from, and what reading it had to report.

    pages: offsets into text where each page starts, empty for formats without pages.
    """

    text: str
    source: Source
    findings: tuple[Finding, ...] = ()
    meta: Meta = Meta()
    pages: tuple[int, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """Number of the page, counted from 1, on which the character at offset stands."""
        return sum(1 for start in self.pages if start <= offset) or None


class Failure(NamedTuple):
    """One member of an archive that could not be read; its neighbours are not touched by it."""

    name: str
    member: str | None
    error: ReadError


class Input(NamedTuple):
    """Bytes to be read: a seekable stream, the file it came with, and the way to it through archives."""

    stream: BinaryIO
    name: str
    member: str | None = None
    depth: int = 0
    findings: tuple[Finding, ...] = ()

    def inner(self, stream: BinaryIO, name: str, findings: tuple[Finding, ...] = ()) -> Input:
        """What a member of this archive is: one level deeper, its name after the archive's own."""
        return Input(stream, self.name, self.path_of(name), self.depth + 1, findings)

    def path_of(self, name: str) -> str:
        """The way to a member of this archive, control characters taken out: "2023.zip/南阳.html"."""
        clean = _CONTROLS.sub("\ufffd", name)
        return f"{self.member}/{clean}" if self.member else clean

    def failure(self, name: str, error: ReadError) -> Failure:
        """What is left of a member of this archive that cannot be read."""
        path = self.path_of(name)
        return Failure(self.name, path, error.about(f"{self.name} > {path}"))

    @property
    def label(self) -> str:
        """The name a person would know it by."""
        return f"{self.name} > {self.member}" if self.member else self.name

    def head(self, size: int) -> bytes:
        """The first bytes, the stream left at its start."""
        self.stream.seek(0)
        head = self.stream.read(size)
        self.stream.seek(0)
        return head

    def data(self, limit: int) -> bytes:
        """All bytes; ReadError when they are more than limit."""
        if self.stream.seek(0, 2) > limit:
            raise ReadError(f"is larger than {size_text(limit)}, the limit for one document; split it", stage="open")
        self.stream.seek(0)
        return self.stream.read(limit)


class Budget:
    """What one archive with all archives inside it may still give: each member takes from it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = limits.archive_bytes
        self._members = limits.members

    def take_member(self) -> None:
        """Count one member; ReadError after the last one allowed."""
        self._members -= 1
        if self._members < 0:
            raise ReadError(f"holds more than {self.limits.members} members; unpack it first", stage="unpack")

    def take_bytes(self, count: int) -> None:
        """Count unpacked bytes; ReadError after the last one allowed."""
        self._bytes -= count
        if self._bytes < 0:
            bound = size_text(self.limits.archive_bytes)
            raise ReadError(f"unpacks to more than {bound}, the limit for one archive; unpack it first", stage="unpack")


Members = Iterator[Input | Failure]


def finding(code: str, severity: Severity, message: str, span: Span | None = None) -> Finding:
    """A finding on a whole document or on a span of it."""
    return Finding(code=code, severity=severity, message=message, figures=(), span=span)


def size_text(size: int) -> str:
    """A number of bytes for people: 134217728 -> "128 MB"."""
    return f"{size / MEBIBYTE:.0f} MB" if size >= MEBIBYTE else f"{size} bytes"
