"""One page of a PDF: its characters by their boxes, its straight lines, in coordinates of the page as it is shown."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractor.reading.geometry import Run
from extractor.reading.ruled import Edge

_NEW_RUN = 0.18  # em; a gap that ends a run
_OVERLAP = 0.5
_AGAIN = 0.25  # em; the same character as near as that is the same one
_LATIN_EM = 1.0
_MOST_SEGMENTS = 5_000
_MOST_EDGES = 5_000
_AXIS = 1.0  # points that a straight line may lean
_LOST = 0xFFFD  # the font does not say what the character is
_HAN = ("\u2e80", "\uffef")

Point = tuple[float, float]
Place = Callable[[float, float], Point]


class Glyph(NamedTuple):
    """One character and the box of its advance."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


def placed(page: Any) -> Place:
    """How a point of page's own coordinates stands on the page as shown: from the top left, turned as it is to be."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[page.get_rotation() % 360]


def glyphs(page: Any, place: Place) -> Iterator[Glyph]:
    """The characters of page in the order they are drawn, without those that the library makes up."""
    text_page = page.get_textpage()
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        unknown = code == _LOST or (code < 32 and pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1)
        if (code < 32 and not unknown) or (code == 32 and pdfium.FPDFText_IsGenerated(text_page, index)):
            continue
        if _is_slanted(pdfium.FPDFText_GetCharAngle(text_page, index)):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, pointer):
            continue
        (xa, ya), (xb, yb) = place(box.left, box.top), place(box.right, box.bottom)
        text = chr(_LOST if unknown else code)
        yield Glyph(text, min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb))
    text_page.close()


def _is_slanted(angle: float) -> bool:
    """Whether text runs across the page, as a watermark does."""
    return abs(math.sin(2 * angle)) > 0.1


def runs(page: Any, place: Place) -> list[Run]:
    """The characters of page as runs without gaps; what is drawn twice, to look bold, counts once."""
    found: list[Run] = []
    open_run: list[Glyph] = []
    drawn: set[tuple[str, int, int]] = set()
    for glyph in glyphs(page, place):
        em = glyph.bottom - glyph.top
        spot = (glyph.text, round(glyph.x0 / em / _AGAIN), round(glyph.top / em / _AGAIN)) if em else ("", 0, 0)
        if spot in drawn:
            continue
        drawn.add(spot)
        if open_run and not _goes_on(open_run[-1], glyph):
            found.append(_run(open_run))
            open_run = []
        open_run.append(glyph)
    return [*found, _run(open_run)] if open_run else found


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    em = max(before.bottom - before.top, 1.0)
    middle = (glyph.top + glyph.bottom) / 2
    return before.top < middle < before.bottom and -_OVERLAP * em < glyph.x0 - before.x1 < _NEW_RUN * em


def _run(drawn: list[Glyph]) -> Run:
    # A Han character is as wide as the font is large; for other scripts the height of the line must do.
    han = [glyph.x1 - glyph.x0 for glyph in drawn if _HAN[0] <= glyph.text <= _HAN[1]]
    top, bottom = min(glyph.top for glyph in drawn), max(glyph.bottom for glyph in drawn)
    em = max(han) if han else _LATIN_EM * (bottom - top)
    # Characters beyond the basic plane come in two halves.
    text = "".join(glyph.text for glyph in drawn).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Run(text, drawn[0].x0, drawn[-1].x1, top, bottom, max(em, 0.1))


def edges(page: Any, place: Place) -> list[Edge]:
    """The straight lines along the axes that are drawn on page, those of boxes included."""
    found: list[Edge] = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        points = [place(*point) for point in _points(path)]
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(xa - xb) < _AXIS or abs(ya - yb) < _AXIS:
                found.append(_edge(xa, ya, xb, yb))
        if len(found) > _MOST_EDGES:
            break
    return found


def _edge(xa: float, ya: float, xb: float, yb: float) -> Edge:
    """The line between two points, made exactly straight."""
    if abs(xa - xb) < abs(ya - yb):
        return Edge((xa + xb) / 2, min(ya, yb), (xa + xb) / 2, max(ya, yb))
    return Edge(min(xa, xb), (ya + yb) / 2, max(xa, xb), (ya + yb) / 2)


def _points(path: Any) -> Iterator[Point]:
    """The corners of a path, closed where it is closed."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start: Point | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(path.raw), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point: Point = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or start is None:
            start = point
        yield point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield start
