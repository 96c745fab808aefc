"""MHTML (a page saved whole by a browser, or by Word as .doc) -> the page in it."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import cast

from extractor.reading import html
from extractor.reading.document import Limits, ReadError, Text


def read(data: bytes, limits: Limits) -> Text:
    """The text of the first HTML part, as that of a page of its own."""
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() == "text/html":
            return html.read(cast(bytes, part.get_payload(decode=True)), limits)
    raise ReadError("holds no HTML page; save it again as HTML")
