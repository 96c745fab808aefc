"""PDF -> running text by the places of its characters, ruled tables as rows, pages without text by recognition."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any

from extractor.model import Finding
from extractor.reading.document import Limits, ReadError, Text, finding
from extractor.reading.encoding import replacements
from extractor.reading.geometry import Run
from extractor.reading.paragraphs import Item, Page, flow
from extractor.reading.ruled import find_tables, page_items

_FEW = 12  # characters; a page with fewer, and a picture, is a scan
_LOST = 0.3  # share of characters without a meaning that makes a page one to be recognised
_DAMAGED = "is a damaged PDF; open it in a viewer and save it again"
_ENCRYPTED = "is encrypted; save it without its password"


def read(data: bytes, limits: Limits) -> Text:
    """The text of all pages, paragraphs joined; ruled tables as ``| a | b |``; offsets of the pages' starts.

    A page that is only a picture is recognised where the extra "ocr" is installed, else a finding names it.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_encrypted = "password" in str(error).lower() and b"/Encrypt" in data  # the library may mean an earlier file
        raise ReadError(_ENCRYPTED if is_encrypted else _DAMAGED) from error
    try:
        return _text(document, limits)
    finally:
        document.close()


def _text(document: Any, limits: Limits) -> Text:
    count = len(document)
    if not count:
        raise ReadError(_DAMAGED)
    if count > limits.pages:
        raise ReadError(f"has {count} pages, more than the limit of {limits.pages}; split it")
    deadline = time.monotonic() + limits.seconds
    pages: list[Page] = []
    findings: list[Finding] = []
    for number in range(count):
        page, notes = _page(document, number, limits)
        pages.append(page)
        findings += notes
        if time.monotonic() > deadline:
            raise ReadError(f"takes longer to read than {limits.seconds:g} seconds; split it")
    text, starts = flow(pages)
    if not text:
        raise ReadError(_nothing(findings), stage="ocr" if findings else "read")
    return Text(text, None, (*findings, *replacements(text, None)), pages=starts)


def _nothing(findings: list[Finding]) -> str:
    """Why no page has text; where all have the same reason, that of the first says it."""
    return f"holds no text: {findings[0].message}" if findings else "holds no text; check that it is complete"


def _page(document: Any, number: int, limits: Limits) -> tuple[Page, list[Finding]]:
    import pypdfium2

    from extractor.reading import pdf_page

    try:
        with closing(document[number]) as page:
            place = pdf_page.placed(page)
            runs = pdf_page.runs(page, place)
            if _is_scan(page, runs):
                return _recognised(page, number, limits, page_items(runs, []))
            tables = find_tables(pdf_page.edges(page, place))
            return Page(page_items(runs, tables), page.get_height()), []
    except pypdfium2.PdfiumError:
        return Page([], 0), [finding("page-unreadable", "error", f"page {number + 1} is damaged and was left out")]


def _is_scan(page: Any, runs: list[Run]) -> bool:
    """Whether what there is to read is in a picture: hardly any text, or text that the fonts do not explain."""
    import pypdfium2.raw as pdfium

    text = "".join(run.text for run in runs).strip()
    if len(text) >= _FEW:
        return text.count("\ufffd") > _LOST * len(text)
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _recognised(page: Any, number: int, limits: Limits, known: list[Item]) -> tuple[Page, list[Finding]]:
    from extractor.reading import scan

    width, height = page.get_size()
    try:
        scan.engine()
        scale = min(scan.DPI / 72, (limits.pixels / max(width * height, 1)) ** 0.5)
        items, notes = scan.recognise(page.render(scale=scale).to_numpy(), f"page {number + 1}")
    except ReadError as error:
        return Page(known, height), [finding("page-without-text", "error", f"page {number + 1} {error.cause}")]
    return Page(items, height), notes
