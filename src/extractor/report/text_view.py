"""A release's text cut into lines and pieces: numerals with their role, titles, and plain characters between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

Range = tuple[int, int]


class Piece(NamedTuple):
    """Characters of one line.  numeral: position in the record's numerals, None for none; title: part of one."""

    text: str
    numeral: int | None
    role: str | None
    figure: str | None
    title: bool


class Line(NamedTuple):
    """A line that is not blank.  start: its first character; project: position of the project that begins on it."""

    start: int
    pieces: tuple[Piece, ...]
    project: int | None


def lines(record: Mapping[str, Any], text: str) -> Iterator[Line]:
    """The lines of the text; their pieces, joined, are its characters without line breaks."""
    numerals, titles = _ranges(record["numerals"], "span"), _ranges(record["projects"], "title_span")
    begins = [title[0] for title in titles]
    edges = sorted({edge for range in (*numerals, *titles) for edge in range})
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            cuts = [at, *edges[bisect_left(edges, at + 1) : bisect_left(edges, end)], end]
            pieces = tuple(_piece(record, text, a, b, numerals, titles) for a, b in pairwise(cuts))
            first = bisect_left(begins, at)
            yield Line(at, pieces, first if first < len(begins) and begins[first] < end else None)
        at = end + 1


def excerpt(text: str, span: Range, around: int = 14) -> tuple[str, str, str]:
    """The characters of a span with those before and behind it in its line."""
    start, end = span
    before = text[max(0, start - around) : start].rpartition("\n")[2]
    behind = text[end : end + around].partition("\n")[0]
    return before, text[start:end], behind


def _ranges(parts: Sequence[Mapping[str, Any]], name: str) -> list[Range]:
    return [(part[name][0], part[name][1]) for part in parts]


def _piece(
    record: Mapping[str, Any], text: str, start: int, end: int, numerals: Sequence[Range], titles: Sequence[Range]
) -> Piece:
    at = _holder(numerals, start)
    numeral = record["numerals"][at] if at is not None else {"role": None, "figure": None}
    return Piece(text[start:end], at, numeral["role"], numeral["figure"], _holder(titles, start) is not None)


def _holder(ranges: Sequence[Range], at: int) -> int | None:
    """Position of the range that holds a character; ranges are in order and do not overlap."""
    index = bisect_left(ranges, (at + 1,)) - 1
    return index if index >= 0 and ranges[index][0] <= at < ranges[index][1] else None
