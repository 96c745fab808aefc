"""Scanned pages and pictures -> their text, by the recognition that the extra "ocr" brings; offline."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from extractor.model import Finding
from extractor.reading.document import Limits, ReadError, Text, finding
from extractor.reading.geometry import Run
from extractor.reading.paragraphs import Item, Page, flow
from extractor.reading.ruled import Edge, find_tables, page_items

DPI = 200
_WIDTH = 595.0  # points; a page is measured as wide as A4, however many pixels it has
_DOUBTFUL = 0.8  # confidence in a line below which somebody should look at it
_LATIN = 0.55  # width of a Latin character in that of a Han character
_RULE = 40  # a straight dark line is at least so long, as a part of the page's width
_DARK = 160
_MISSING = 'is a picture of text: install the recognition with pip install "extractor[ocr]"'


def read(data: bytes, limits: Limits) -> Text:
    """The text of a PNG, JPEG or TIFF picture, of all its pages, with a finding on how sure the recognition is."""
    engine()
    deadline = time.monotonic() + limits.seconds
    pages: list[Page] = []
    findings: list[Finding] = []
    for number, image in enumerate(_images(data, limits), start=1):
        if number > limits.pages:
            raise ReadError(f"has more than {limits.pages} pages; split it", stage="ocr")
        items, notes = recognise(image, f"page {number}")
        pages.append(Page(items, image.shape[0] * _WIDTH / image.shape[1]))
        findings += notes
        if time.monotonic() > deadline:
            raise ReadError(f"takes longer to read than {limits.seconds:g} seconds; split it", stage="ocr")
    text, starts = flow(pages)
    return Text(text, None, tuple(findings), pages=starts)


@cache
def engine() -> Any:
    """The recognition, its models loaded; ReadError where it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ReadError(_MISSING, stage="ocr") from error
    # Turning lines upright is off: with it on, whole lines were dropped in silence.
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})


def recognise(image: Any, label: str) -> tuple[list[Item], list[Finding]]:
    """What stands on a picture of a page, and how sure that is.

    image: an array of rows of pixels, grey or of three colours.
    """
    found = engine()(image)
    if found.txts is None:
        return [], [finding("ocr-confidence", "warning", f"{label}: no text was recognised")]
    scale = _WIDTH / image.shape[1]
    runs = [_run(box, text, scale) for box, text in zip(found.boxes, found.txts, strict=True) if text]
    items = page_items(runs, find_tables(list(_rules(image, scale))))
    return items, [_confidence(found.txts, found.scores, label)]


def _images(data: bytes, limits: Limits) -> Iterator[Any]:
    import numpy
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as file:
            for frame in ImageSequence.Iterator(file):
                if frame.width * frame.height > limits.pixels:
                    raise ReadError(f"has more than {limits.pixels} pixels; scale it down", stage="ocr")
                yield numpy.asarray(ImageOps.exif_transpose(frame).convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadError("is a damaged picture; save it again as PNG", stage="ocr") from error


def _run(box: Any, text: str, scale: float) -> Run:
    xs, ys = [float(x) * scale for x, _ in box], [float(y) * scale for _, y in box]
    width = sum(_LATIN if character.isascii() else 1 for character in text)
    return Run(text, min(xs), max(xs), min(ys), max(ys), max((max(xs) - min(xs)) / width, 0.1))


def _rules(image: Any, scale: float) -> Iterator[Edge]:
    """The straight lines along the axes that are drawn on a page, for its tables."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) if image.ndim == 3 else image
    dark = (grey < _DARK).astype("uint8")
    length = max(image.shape[1] // _RULE, 10)
    for kernel in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for x, y, width, height, _ in boxes[1:]:
            middle_x, middle_y = x + width / 2, y + height / 2
            ends = (x, middle_y, x + width, middle_y) if width > height else (middle_x, y, middle_x, y + height)
            yield Edge(*(float(end) * scale for end in ends))


def _confidence(texts: Any, scores: Any, label: str) -> Finding:
    lowest, text = min(zip(scores, texts, strict=True))
    mean = sum(scores) / len(scores)
    message = f"{label}: {len(texts)} lines recognised, confidence {mean:.2f} on average, {lowest:.2f} in “{text[:30]}”"
    return finding("ocr-confidence", "ok" if lowest >= _DOUBTFUL else "warning", message)
