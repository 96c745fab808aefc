"""WARC crawls -> the pages and files in them, one received record after the other."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

from extractor.reading.document import Budget, Failure, Input, Members, ReadError, finding, size_text
from extractor.reading.formats import is_asset

_CHUNK = 1 << 18
_UNREADABLE = (OSError, ValueError, EOFError, RuntimeError, zlib.error)
_ASSETS = re.compile(
    r"(?:image/(?:gif|svg|webp|x-icon|vnd)|font/|audio/|video/|text/(?:css|javascript)|application/(?:x-)?(?:javascript|json))",
    re.IGNORECASE,
)
_LENGTH = re.compile(rb"^Content-Length:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_BROKEN = "is damaged or cut off; fetch it again"


def members(source: Input, budget: Budget) -> Members:
    """The documents a crawl received, named by time and address: "20231220093000/https://…"; assets left out.

    Where the file is damaged or cut off, the last document carries a finding, and the error comes after it.
    """
    from fastwarc.warc import ArchiveIterator

    source.stream.seek(0)
    pending: Input | Failure | None = None
    last = 0
    try:
        for record in ArchiveIterator(source.stream, parse_http=True, auto_decode="all"):
            last = record.stream_pos
            budget.take_member()
            if _is_document(record):
                if pending:
                    yield pending
                pending = _member(source, record, budget)
        is_broken = _is_cut(source, last)
    except _UNREADABLE:
        is_broken = True
    if isinstance(pending, Input) and is_broken:
        pending = pending._replace(findings=(finding("truncated-input", "error", f"{source.label} {_BROKEN}"),))
    if pending:
        yield pending
    if is_broken:
        raise ReadError(_BROKEN, stage="unpack")


def _is_document(record: Any) -> bool:
    from fastwarc.warc import WarcRecordType

    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return False
    if record.http_headers is not None and record.http_headers.status_code != 200:
        return False
    media_type = record.http_content_type or record.headers.get("Content-Type") or ""
    return not _ASSETS.match(media_type) and not is_asset(_address(record).partition("?")[0])


def _address(record: Any) -> str:
    return record.headers.get("WARC-Target-URI") or record.record_id or ""


def _member(source: Input, record: Any, budget: Budget) -> Input | Failure:
    date = record.record_date
    name = f"{date:%Y%m%d%H%M%S}/{_address(record)}" if date else _address(record)
    bound = budget.limits.document_bytes
    try:
        data = record.reader.read(bound + 1)
        budget.take_bytes(len(data))
    except _UNREADABLE:
        return source.failure(name, ReadError("could not be unpacked; fetch it again", stage="unpack"))
    if len(data) > bound:
        return source.failure(name, ReadError(f"is larger than {size_text(bound)}; fetch it alone", stage="unpack"))
    return source.inner(io.BytesIO(data), name)


def _is_cut(source: Input, last: int) -> bool:
    """Whether the record that starts at last, or one begun after it, is incomplete: the library does not tell."""
    source.stream.seek(last)
    start = source.stream.read(_CHUNK)
    source.stream.seek(last)
    return _is_gzip_cut(source) if start.startswith(b"\x1f\x8b") else _is_plain_cut(source, start, last)


def _is_gzip_cut(source: Input) -> bool:
    unpack = zlib.decompressobj(wbits=31)
    data = b""
    while data := unpack.unused_data or unpack.unconsumed_tail or source.stream.read(_CHUNK):
        if unpack.eof:
            unpack = zlib.decompressobj(wbits=31)
        try:
            unpack.decompress(data, _CHUNK)
        except zlib.error:
            return True
    return not unpack.eof


def _is_plain_cut(source: Input, start: bytes, last: int) -> bool:
    header, _, _ = start.partition(b"\r\n\r\n")
    length = _LENGTH.search(header)
    if length is None:
        return True
    end = last + len(header) + 4 + int(length[1])
    size = source.stream.seek(0, 2)
    source.stream.seek(min(end, size))
    return end > size or bool(source.stream.read(_CHUNK).strip())
