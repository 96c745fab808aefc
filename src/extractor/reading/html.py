"""HTML -> the text of the release on the page, and what the page's own properties say of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from extractor.reading.document import Limits, Meta, ReadError, Text
from extractor.reading.encoding import decode, replacements
from extractor.reading.html_bounds import bounded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{1,20})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_-]{1,20})", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
# The site's name stands after the title: 完成情况_南阳市人民政府, 完成情况 - 新闻 - 南阳.
_SITE_MARK = re.compile(r"\s*[_|]\s*|\s+[-–—]+\s+|--+")
_HEAD = 1 << 16
# Names of government site properties (国办发〔2017〕47号), then those that other systems write.
_TITLE = ("articletitle", "og:title")
_PUBLISHED = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "publish-date")
_SOURCE = ("contentsource", "source")


def read(data: bytes, limits: Limits) -> Text:
    """The release's lines: paragraphs, headings, list items with their numbers, table rows as ``| a | b |``."""
    from selectolax.lexbor import LexborHTMLParser

    from extractor.reading.html_main import main_lines

    decoded = decode(data, declared=_declared(data))
    tree = LexborHTMLParser(bounded(decoded.text, limits))
    title = tree.css_first("title")
    meta = _meta(_properties(tree), " ".join(title.text().split()) if title else "")
    lines = main_lines(tree, meta.title)
    if not lines:
        raise ReadError("holds no text; if a script fills it, save it from the browser once it is shown")
    text = "\n".join(lines)
    return Text(text, decoded.encoding, replacements(text, decoded.encoding), meta)


def iso_date(text: str) -> str | None:
    """The first date of a text as ISO: "2023年12月20日 09:30" -> "2023-12-20"; None where there is none."""
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def _declared(data: bytes) -> str | None:
    head = data[:_HEAD]
    found = _CHARSET.search(head) or _XML_CHARSET.match(head)
    return found[1].decode("ascii") if found else None


def _properties(tree: LexborHTMLParser) -> dict[str, str]:
    """Names, in lower case, and contents of the page's meta tags; the first of each name counts."""
    properties: dict[str, str] = {}
    for tag in tree.css("meta[content]"):
        attributes = tag.attributes
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = " ".join((attributes.get("content") or "").split())
        if name and content:
            properties.setdefault(name, content)
    return properties


def _meta(properties: dict[str, str], page_title: str) -> Meta:
    published = _first(properties, _PUBLISHED)
    return Meta(
        title=_first(properties, _TITLE) or _SITE_MARK.split(page_title)[0] or None,
        published=iso_date(published) if published else None,
        source_name=_first(properties, _SOURCE),
        column=_first(properties, ("columnname",)),
        site=_first(properties, ("sitename", "og:site_name")),
    )


def _first(properties: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((properties[name] for name in names if name in properties), None)
