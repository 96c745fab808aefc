"""Which reader reads what: one line per format, told by content first and by extension only where content is silent."""

from __future__ import annotations

import bz2
import importlib
import lzma
import re
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from extractor.reading.directory import DAMAGED, entries
from extractor.reading.document import Input

_HEAD = 1 << 16


class Signature(NamedTuple):
    """What a format is told by: the first bytes, the names inside where it is a ZIP, the extension."""

    head: bytes
    parts: frozenset[str]
    extension: str


Magic = Callable[[Signature], bool]


class Reader(NamedTuple):
    """A format and the function that reads it.

    magic tells it by content; target is 'module:function' below this package.  A document's function takes
    (data, limits) and gives a Text, that of a container takes (input, limits) and gives its Members.
    """

    media_type: str
    extensions: tuple[str, ...]
    magic: Magic
    target: str
    container: bool = False

    def load(self) -> Callable[..., Any]:
        """The function, its module imported now."""
        module, _, function = self.target.partition(":")
        return getattr(importlib.import_module(f"{__package__}.{module}"), function)  # type: ignore[no-any-return]


def _starts(*prefixes: bytes) -> Magic:
    return lambda signature: signature.head.startswith(prefixes)


def _matches(pattern: bytes) -> Magic:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda signature: compiled.match(signature.head) is not None


def _part(name: str) -> Magic:
    return lambda signature: name in signature.parts


def _unpacks_to(pattern: bytes) -> Magic:
    compiled = re.compile(pattern)
    return lambda signature: compiled.match(_unpacked(signature.head)) is not None


def _both(first: Magic, second: Magic) -> Magic:
    return lambda signature: first(signature) and second(signature)


def _named(*extensions: str) -> Magic:
    return lambda signature: signature.extension in extensions


def _unpacked(head: bytes) -> bytes:
    """The first bytes inside a compressed file."""
    codecs: dict[bytes, Callable[[], Any]] = {
        b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
        b"BZh": bz2.BZ2Decompressor,
        b"\xfd7zXZ": lzma.LZMADecompressor,
    }
    make = next((codec for mark, codec in codecs.items() if head.startswith(mark)), None)
    if make is None:
        return head
    try:
        return make().decompress(head, 1024)  # type: ignore[no-any-return]
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        return b""


_OLE = _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_COMPRESSED = _starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_TAR = rb"[\s\S]{257}ustar"
# Begins with a tag, and one that a page is made of comes first or later: <通知> alone makes no page.
_HTML = (
    rb"(?:\xef\xbb\xbf)?\s*(?=<)[\s\S]*?<(?:!doctype\s+html|html|head|body|meta|link|title|style|script|center"
    rb"|table|div|p|h[1-6]|ul|ol|main|article|section)\b"
)
_HTML_UTF16 = rb"(?:\xff\xfe|\xfe\xff)(?:\0?\s)*\0?<\0?(?:!\0d\0o\0c\0t\0y\0p\0e|h\0t\0m\0l|h\0e\0a\0d|m\0e\0t\0a)"

_MHTML = rb"(?=[\s\S]{0,1000}?MIME-Version:)(?:From|MIME-Version|Snapshot-Content-Location|Content-Type|Subject|Date):"

READERS = (
    Reader(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx", ".docm"),
        _part("word/document.xml"),
        "word:read",
    ),
    Reader("application/vnd.oasis.opendocument.text", (".odt",), _part("content.xml"), "office:read"),
    Reader("application/rtf", (".rtf",), _starts(rb"{\rtf"), "office:read"),
    Reader("application/vnd.ms-excel", (".xls", ".et"), _both(_OLE, _named(".xls", ".et")), "refused:spreadsheet"),
    Reader("application/vnd.ms-powerpoint", (".ppt", ".dps"), _both(_OLE, _named(".ppt", ".dps")), "refused:slides"),
    Reader("application/msword", (".doc", ".wps"), _OLE, "office:read"),
    Reader(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx", ".xlsm"),
        _part("xl/workbook.xml"),
        "refused:spreadsheet",
    ),
    Reader(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (".pptx",),
        _part("ppt/presentation.xml"),
        "refused:slides",
    ),
    Reader("application/ofd", (".ofd",), _part("OFD.xml"), "refused:ofd"),
    Reader("application/x-7z-compressed", (".7z",), _starts(b"7z\xbc\xaf\x27\x1c"), "refused:archive"),
    Reader("application/vnd.rar", (".rar",), _starts(b"Rar!\x1a\x07"), "refused:archive"),
    Reader("image/png", (".png",), _starts(b"\x89PNG\r\n\x1a\n"), "scan:read"),
    Reader("image/jpeg", (".jpg", ".jpeg"), _starts(b"\xff\xd8\xff"), "scan:read"),
    Reader("image/tiff", (".tif", ".tiff"), _starts(b"II*\0", b"MM\0*"), "scan:read"),
    Reader("application/warc", (".warc", ".warc.gz"), _unpacks_to(rb"WARC/[01]\.\d"), "warc:members", True),
    Reader("application/x-tar", (".tar", ".tgz"), _unpacks_to(_TAR), "archive:tar_members", True),
    Reader("application/zip", (".zip",), _starts(b"PK\x03\x04", b"PK\x05\x06"), "archive:zip_members", True),
    Reader("application/gzip", (".gz", ".bz2", ".xz"), _COMPRESSED, "archive:single_member", True),
    # After the containers: a PDF inside one stands in its first bytes too.
    Reader("application/pdf", (".pdf",), _matches(rb"[\s\S]{0,1024}?%PDF-\d"), "pdf:read"),
    Reader("multipart/related", (".mht", ".mhtml"), _matches(_MHTML), "mhtml:read"),
    Reader("text/html", (".html", ".htm", ".shtml", ".xhtml"), _matches(_HTML), "html:read"),
    Reader("text/html", (), _matches(_HTML_UTF16), "html:read"),
    Reader("text/plain", (".txt", ".md", ".csv", ".tsv"), lambda signature: True, "text:read"),
)
# Parts of a saved web page that are not documents of their own.
_ASSETS = (
    *(".css", ".js", ".mjs", ".map", ".json", ".ico", ".svg", ".gif", ".webp"),
    *(".woff", ".woff2", ".ttf", ".eot", ".otf", ".mp3", ".mp4", ".avi", ".swf"),
)
_CLUTTER = (".ds_store", "thumbs.db", "desktop.ini")
_HTML_EXTENSIONS = READERS[-3].extensions


def recognise(source: Input) -> Reader:
    """The reader of source, told by its bytes; its name counts only for what bytes leave open."""
    signature = _signature(source)
    found = next(reader for reader in READERS if reader.magic(signature))
    if found.target == "text:read" and signature.extension in _HTML_EXTENSIONS:
        return READERS[-3]
    return found


def is_asset(name: str) -> bool:
    """Whether a name is that of a style sheet, script, font or the like, or of system clutter: no document."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.suffix.lower() in _ASSETS or path.name.lower() in _CLUTTER or path.parts[:1] == ("__MACOSX",)


def _signature(source: Input) -> Signature:
    head = source.head(_HEAD)
    name = source.member or source.name
    parts = _parts(source) if head.startswith(b"PK") else frozenset[str]()
    return Signature(head, parts, PurePosixPath(name).suffix.lower())


def _parts(source: Input) -> frozenset[str]:
    try:
        return frozenset(entry.filename for entry in entries(source))
    except DAMAGED:
        return frozenset()
