"""Plain text: decoded, and otherwise left as it came."""

from __future__ import annotations

from extractor.reading.document import Limits, Text
from extractor.reading.encoding import decode, replacements


def read(data: bytes, limits: Limits) -> Text:
    """Text with its line ends (CRLF, lone CR) as they stand, since spans refer to it."""
    decoded = decode(data)
    return Text(decoded.text, decoded.encoding, replacements(decoded.text, decoded.encoding))
