"""The directory of a ZIP file, bounded before it is read, with names as their writers meant them."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

from extractor.reading.document import MEBIBYTE, Input, ReadError
from extractor.reading.encoding import decode

# What the libraries raise for damaged ZIP, TAR and compressed files.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, NotImplementedError, ValueError, RuntimeError),
)
_LARGEST = 64 * MEBIBYTE  # some 500,000 members
_TAIL = (1 << 16) + 22 + 20 + 56  # comment, end record, and the two of ZIP64
_UTF8_NAME = 0x800
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"


def open_zip(source: Input) -> zipfile.ZipFile:
    """Open a ZIP file; ReadError when its directory alone would fill the memory, BadZipFile when damaged."""
    if _directory_size(source) > _LARGEST:
        raise ReadError("lists more members than any collection of documents has", stage="unpack")
    source.stream.seek(0)
    return zipfile.ZipFile(source.stream)


def entries(source: Input) -> list[zipfile.ZipInfo]:
    """The members of source, in the order of its directory."""
    with open_zip(source) as file:
        return file.infolist()


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the UTF-8 flag Windows programs write GB18030 or Big5, others UTF-8."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return decode(entry.filename.encode("cp437")).text
    except (UnicodeEncodeError, ReadError):
        return entry.filename


def _directory_size(source: Input) -> int:
    end = source.stream.seek(0, 2)
    source.stream.seek(max(0, end - _TAIL))
    tail = source.stream.read()
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    if at < 0 or len(tail) < at + 16:
        return 0
    if at64 >= 0 and len(tail) >= at64 + 48:
        return int(struct.unpack_from("<Q", tail, at64 + 40)[0])
    return int(struct.unpack_from("<I", tail, at + 12)[0])
