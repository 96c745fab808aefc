"""ZIP, TAR and compressed files -> what is in them, bounded; no member's name ever becomes a path on this machine."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO, BinaryIO, NamedTuple, cast

from extractor.model import Finding
from extractor.reading.directory import DAMAGED, member_name, open_zip
from extractor.reading.document import MEBIBYTE, Budget, Input, Members, ReadError, finding, size_text
from extractor.reading.encoding import decode
from extractor.reading.formats import is_asset

_IN_MEMORY = 16 * MEBIBYTE
_CHUNK = 1 << 18
_DAMAGED = (*DAMAGED, tarfile.TarError)
_BROKEN = "is damaged or cut off; fetch it again"
_ENCRYPTED = 0x1
_CONTAINER = re.compile(rb"PK\x03\x04|\x1f\x8b|BZh|\xfd7zXZ|WARC/|[\s\S]{257}ustar")
_CODECS: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb")),
    b"BZ": lambda stream: cast(IO[bytes], bz2.BZ2File(stream)),
    b"\xfd7": lambda stream: cast(IO[bytes], lzma.LZMAFile(stream)),  # noqa: SIM115
}


class _Headers:
    """A stream for tarfile that refuses to read a header of hundreds of megabytes in one piece."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.seek = stream.seek
        self.tell = stream.tell
        self._read = stream.read

    def read(self, size: int) -> bytes:
        if size > _IN_MEMORY:
            raise tarfile.ReadError("a header is too large")
        return self._read(size)


class Packed(NamedTuple):
    """One member before it is unpacked: its name, how to open it, its size as packed."""

    name: str
    open: Callable[[], IO[bytes]]
    size: int


def zip_members(source: Input, budget: Budget) -> Members:
    """The members of a ZIP file; those that are encrypted, damaged or bombs are failures of their own."""
    try:
        file = open_zip(source)
    except _DAMAGED as error:
        raise ReadError(_BROKEN, stage="unpack") from error
    with file:
        for entry in file.infolist():
            if not entry.filename.endswith("/"):
                yield from _member(source, _zip_entry(file, entry), budget)


def tar_members(source: Input, budget: Budget) -> Members:
    """The regular files of a TAR file, compressed or not; links and devices are no documents."""
    size = source.stream.seek(0, 2)
    codec = _CODECS.get(source.head(2))
    stream = _Headers(codec(source.stream) if codec else source.stream)
    unpacked = 0
    try:
        with tarfile.open(fileobj=cast(IO[bytes], stream), mode="r:", encoding="utf-8") as file:
            for entry in file:
                unpacked += entry.size
                _refuse_bomb(unpacked, size, budget)
                if entry.isreg():
                    yield from _member(source, _tar_entry(file, entry), budget)
            _check_end(file)
    except _DAMAGED as error:
        raise ReadError(_BROKEN, stage="unpack") from error


def single_member(source: Input, budget: Budget) -> Members:
    """The one file inside a .gz, .bz2 or .xz, named without that ending; a cut-off end is a finding on it."""
    size = source.stream.seek(0, 2)
    stream = _CODECS[source.head(2)](source.stream)
    name = PurePosixPath(source.member or source.name).stem
    budget.take_member()
    findings: tuple[Finding, ...] = ()
    with _spool() as spool:
        try:
            _copy(stream, spool, size, budget)
        except _DAMAGED as error:
            if not spool.tell():
                raise ReadError(_BROKEN, stage="unpack") from error
            findings = (finding("truncated-input", "error", f"{source.label} {_BROKEN}"),)
        yield source.inner(cast(BinaryIO, spool), name, findings)


def _zip_entry(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Packed:
    name = member_name(entry)

    def open_entry() -> IO[bytes]:
        if entry.flag_bits & _ENCRYPTED:
            raise ReadError("is encrypted; unpack the archive with its password first", stage="unpack")
        return file.open(entry)

    return Packed(name, open_entry, entry.compress_size)


def _tar_entry(file: tarfile.TarFile, entry: tarfile.TarInfo) -> Packed:
    name = decode(entry.name.encode("utf-8", "surrogateescape")).text
    return Packed(name, lambda: file.extractfile(entry) or io.BytesIO(), entry.size)


def _member(source: Input, packed: Packed, budget: Budget) -> Members:
    budget.take_member()
    if is_asset(packed.name):
        return
    try:
        stream = _unpacked(packed, budget)
    except ReadError as error:
        yield source.failure(packed.name, error)
    except _DAMAGED as error:
        yield source.failure(packed.name, ReadError(f"is damaged ({error}); fetch the archive again", stage="unpack"))
    else:
        yield source.inner(stream, packed.name)


def _unpacked(packed: Packed, budget: Budget) -> BinaryIO:
    with ExitStack() as on_failure:
        spool = on_failure.enter_context(_spool())
        with packed.open() as stream:
            _copy(stream, spool, packed.size, budget)
        on_failure.pop_all()
    return cast(BinaryIO, spool)


def _spool() -> IO[bytes]:
    """A nameless file, in memory while it is small."""
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)


def _copy(stream: IO[bytes], spool: IO[bytes], packed_size: int, budget: Budget) -> None:
    limits = budget.limits
    bound = limits.document_bytes
    copied = 0
    # read1: where a stream breaks off, what came before is kept.
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]
        if not copied and _CONTAINER.match(chunk):
            bound = limits.archive_bytes
        copied += len(chunk)
        budget.take_bytes(len(chunk))
        _refuse_bomb(copied, packed_size, budget)
        if copied > bound:
            raise ReadError(
                f"unpacks to more than {size_text(bound)}, the limit for one file; unpack it first", stage="unpack"
            )
        spool.write(chunk)


def _refuse_bomb(unpacked: int, packed: int, budget: Budget) -> None:
    ratio = budget.limits.ratio
    if unpacked > MEBIBYTE and unpacked > ratio * packed:
        raise ReadError(f"unpacks to more than {ratio} times its size, as only a bomb does", stage="unpack")


def _check_end(file: tarfile.TarFile) -> None:
    """Raise where the last header is cut: tarfile takes that for a proper end."""
    assert file.fileobj is not None
    file.fileobj.seek(file.offset)
    rest = file.fileobj.read(tarfile.BLOCKSIZE)
    if rest.strip(b"\0"):
        raise tarfile.ReadError("unexpected end of data")
