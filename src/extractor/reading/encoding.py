"""Bytes -> text by rules that were measured on government pages: a library's guess was wrong on many of them.

Order: byte order mark; NUL bytes mean UTF-16; strict UTF-8; then the first encoding that gives hardly anything but
common characters, else the one that gives the most.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from extractor.model import Finding, Span
from extractor.reading.document import ReadError, finding

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ("utf-8", "gb18030", "big5hkscs")
_UTF16 = ("utf-16-le", "utf-16-be")
_SHORT = 64  # bytes; UTF-16 so short has a blank, a digit or a line end in it, thus a NUL
# Pages that declare gb2312 or gbk use characters of GB18030 (〇, 镕, 喆), and Big5 pages those of Hong Kong (邨, 鰂).
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_SAMPLE = 1 << 12
_REPLACEMENT = "\ufffd"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PRINTABLE = re.compile(r"[\t\n\r -~]+")
_NOT_ASCII = re.compile(rb"[^\x00-\x7f]")
_CONVINCING = 0.85  # share of common characters that makes an encoding believed
_UNREADABLE = 0.3  # fewer common characters than this is no Chinese or English text


class Decoded(NamedTuple):
    """A text and the codec that gives it back from the bytes."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Text of data; line ends and every other character stay as they are, only a byte order mark goes.

    declared: the name of an encoding that the document itself gives.
    Raises ReadError for binary data.  Bytes that mean nothing become U+FFFD: see replacements.
    """
    encoding = _encoding(data, declared)
    text = data.decode(encoding, errors="replace")
    _refuse_binary(text)
    return Decoded(text, encoding)


def replacements(text: str, encoding: str | None) -> tuple[Finding, ...]:
    """The finding that characters of text were lost, with the first of them; nothing where none was."""
    count = text.count(_REPLACEMENT)
    if not count:
        return ()
    first = text.index(_REPLACEMENT)
    how = f" as {encoding}" if encoding else ""
    message = f"{count} of {len(text)} characters could not be read{how} and stand as U+FFFD"
    return (finding("replacement-characters", "warning", message, Span(first, first + 1)),)


def _encoding(data: bytes, declared: str | None) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return marked
    if b"\0" not in data and _is_utf8(data):
        return "utf-8"
    return _best(_sample(data), _DECLARED.get((declared or "").strip().lower()))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sample(data: bytes) -> bytes:
    """Some bytes from the first that is not ASCII on; from the start where NUL bytes stand for UTF-16."""
    first = _NOT_ASCII.search(data)
    start = 0 if first is None or b"\0" in data else first.start() // 2 * 2
    return data[start : start + _SAMPLE]


def _best(sample: bytes, declared: str | None) -> str:
    if declared and _score(sample, declared) > _CONVINCING:
        return declared
    scores: dict[str, float] = {}
    for name in _UTF16 if b"\0" in sample else _OTHERS if len(sample) < _SHORT else _OTHERS + _UTF16:
        scores[name] = _score(sample, name)
        if scores[name] > _CONVINCING:
            return name
    best = max(scores, key=scores.__getitem__)
    if scores[best] < _UNREADABLE:
        raise ReadError("holds binary data or an unknown encoding; save it as UTF-8 text", stage="decode")
    return best


def _score(sample: bytes, encoding: str) -> float:
    """Share of common characters among those that the encodings disagree about; each lost one counts against it."""
    text = sample.decode(encoding, errors="replace")
    # UTF-16 decides over ASCII too; the others all read ASCII alike, so that it says nothing.
    disputed = text if encoding.startswith("utf-16") else _PRINTABLE.sub("", text)
    if not disputed:
        return 1.0
    good = sum(map(_common(encoding).__contains__, disputed))
    return (good - 4 * disputed.count(_REPLACEMENT)) / len(disputed)


@cache
def _common(encoding: str) -> frozenset[str]:
    """Level 1 of the character set itself: 3,755 characters of GB 2312 by sound, 5,401 of Big5 by strokes."""
    simplified = _block("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)) | _block(
        "gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF)
    )
    traditional = _block("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]) | _block(
        "big5", range(0xA1, 0xA3), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    )
    if encoding == "gb18030":
        return simplified
    if encoding == "big5hkscs":
        return traditional
    return simplified | traditional | frozenset(map(chr, [9, 10, 13, *range(0x20, 0x7F)]))


def _block(codec: str, leads: range, trails: range | list[int]) -> frozenset[str]:
    return frozenset(bytes((lead, trail)).decode(codec, errors="ignore") for lead in leads for trail in trails) - {""}


def _refuse_binary(text: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if controls > 8 and controls * 100 > len(text):
        raise ReadError("holds binary data, not text; save it as text, HTML, PDF or DOCX", stage="decode")
