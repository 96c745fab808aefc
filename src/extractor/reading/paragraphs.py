"""Lines with their places -> running text: paragraphs joined, page numbers and repeated headers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractor.reading.geometry import Line
from extractor.reading.tables import Grid, table_lines

_INDENT = 1.2  # em; a first line is set in by two characters
_SLACK = 0.7  # em; punctuation at a line's end may be squeezed
_GAP = 1.6  # a distance of lines so many times the usual one separates paragraphs
_DOUBLE = 2.4  # em; lines further apart are not set that way, they are few
_RESIZED = 1.25  # a heading is set larger than what follows
_MARGIN = 0.12  # share of a page's height where headers and footers stand
_OFTEN = 3
_PRINTED = re.compile(r"(?:\d{1,4}/\d{1,2}/\d{1,4}[\s,，]{0,3}(?:[上下]午)?\d{1,2}:\d{2}|(?:https?|file)://).*")
_MARKS = r"[\s\-—–－·~•|]*"
_PAGE_NUMBER = re.compile(
    rf"{_MARKS}(?:第\s*)?\d{{1,4}}\s*(?:页|/\s*\d{{1,4}})?[\s,，、]*(?:共\s*\d{{1,4}}\s*页)?{_MARKS}"
)
_DIGITS = re.compile(r"\d+")
# What may not be parted at a line's end: Latin words and numbers, a mark and what it opens or closes.
_WORD = re.compile(r"[（(《“‘\[【]*(?:[!-~]+|.)(?:[，。、；：！？）》】”’“‘％%‰…—/)\]]+.?)?", re.DOTALL)
_ITEM = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)）](?!\d)|[①-⑳●■◆]|第[一二三四五六七八九十]{1,3}[件条章节项]"
)
_SENTENCE_END = tuple("。；：！？;:")
_OPEN_END = re.compile(r"[A-Za-z,.;:%)]")


Item = Line | Grid


class Page(NamedTuple):
    """What stands on a page in reading order: lines of running text, and tables."""

    items: Sequence[Item]
    height: float


class Flow(NamedTuple):
    """Running text and the offsets in it where each page starts."""

    text: str
    pages: tuple[int, ...]


def flow(pages: Sequence[Page]) -> Flow:
    """The pages' lines as paragraphs, one a line of text; a paragraph goes on over the end of a page."""
    pages = _aligned(_with_whole_tables(_without_furniture(pages)))
    usual = _usual_distance([item for page in pages for item in page.items if isinstance(item, Line)])
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    before: Item | None = None
    for page in pages:
        starts.append(length)
        for number, item in enumerate(page.items):
            glue = "" if before is None else _glue(before, item, usual)
            if number == 0:
                starts[-1] += len(glue)
            parts += [glue, _written(item)]
            length += len(glue) + len(parts[-1])
            before = item
    return Flow("".join(parts), tuple(starts))


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs that lines of one column make."""
    return flow([Page(lines, 0)]).text.split("\n") if lines else []


def _written(item: Item) -> str:
    return item.text.strip() if isinstance(item, Line) else "\n".join(table_lines(item))


def _glue(before: Item, after: Item, usual: float) -> str:
    if not isinstance(before, Line) or not isinstance(after, Line) or not _goes_on(before, after, usual):
        return "\n"
    return _between(before.text, after.text)


def _goes_on(before: Line, after: Line, usual: float) -> bool:
    """Whether after goes on with before's paragraph: its first word had no room there, and nothing sets it apart."""
    em = after.em
    if not 1 / _RESIZED < before.em / em < _RESIZED:
        return False
    if before.right - before.x1 > _width(after.text, em) + _SLACK * em:
        return False
    if after.x0 - after.left > _INDENT * em and after.x0 - before.x0 > -_INDENT * em:
        return False
    if "\t" in before.text or "\t" in after.text:  # rows of a list without rules
        return False
    if before.text.endswith(_SENTENCE_END) and _ITEM.match(after.text):
        return False
    return after.top < before.top or (after.top - before.top) / em < _GAP * usual


def _width(text: str, em: float) -> float:
    """Width of the first word: a run of Latin letters and digits, or one character of Han."""
    found = _WORD.match(text.strip())
    word = found[0] if found else ""
    return em * sum(0.64 if character.isascii() else 1 for character in word[:30])


def _usual_distance(lines: Sequence[Line]) -> float:
    """The median distance of one line to the next, in em."""
    steps = [(after.top - before.top) / after.em for before, after in pairwise(lines) if after.top > before.top]
    return min(median(steps), _DOUBLE) if steps else 1.0


def _aligned(pages: Sequence[Page]) -> list[Page]:
    """The pages with the edges of the text's usual column: those of a page with few lines say little."""
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    if not lines:
        return list(pages)
    (left, right), _ = Counter((line.left, line.right) for line in lines).most_common(1)[0]

    def aligned(item: Item) -> Item:
        if isinstance(item, Line) and item.left > left - item.em and item.right < right + item.em:
            return item._replace(left=left, right=right)
        return item

    return [page._replace(items=[aligned(item) for item in page.items]) for page in pages]


def _with_whole_tables(pages: Sequence[Page]) -> list[Page]:
    """The pages with what the end of a page had cut in two made whole: the header again, a row in two parts."""
    whole: list[Page] = []
    for page in pages:
        items = list(page.items)
        last = whole[-1].items[-1] if whole and whole[-1].items else None
        if items and isinstance(last, list) and isinstance(items[0], list) and len(last[0]) == len(items[0][0]):
            rows = items[0][1:] if items[0][0] == last[0] else items[0]
            if rows and _is_rest(last[-1], rows[0]):
                last[-1] = [_joined(*cells) for cells in zip(last[-1], rows[0], strict=True)]
                rows = rows[1:]
            items[:1] = [rows] if rows else []
        whole.append(page._replace(items=items))
    return whole


def _is_rest(row: list[str], rest: list[str]) -> bool:
    """Whether rest is the lower part of row: no number or name of its own, and a sentence goes on in it."""
    return not rest[0] and any(a and b and not a.endswith(_SENTENCE_END) for a, b in zip(row, rest, strict=True))


def _joined(upper: str, lower: str) -> str:
    return upper + (_between(upper, lower) if upper and lower else "") + lower


def _between(before: str, after: str) -> str:
    """Words of Latin script are kept apart; Han characters and the digits of one number are not."""
    is_number = before[-2:-1].isdigit() and after[:1].isdigit()
    is_latin = _OPEN_END.match(before[-1:]) and after[:1].isascii() and after[:1].isalnum()
    return " " if is_latin and not is_number else ""


def _without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without their numbers, and without headers and footers that are repeated on many of them."""
    places = Counter(place for page in pages for place in {_place(item, page) for item in page.items} if place)
    enough = min(max(_OFTEN, len(pages) / 2), max(2, len(pages)))
    repeated = {place for place, count in places.items() if count >= enough}
    seen: set[tuple[str, str]] = set()

    def is_furniture(item: Item, page: Page) -> bool:
        place = _place(item, page)
        if place is None or not isinstance(item, Line):
            return False
        if _PRINTED.fullmatch(item.text):
            return True
        if _PAGE_NUMBER.fullmatch(item.text) and (len(pages) > 1 or not item.text.strip().isdigit()):
            return True
        again = place in seen
        seen.add(place)
        return again and place in repeated

    return [page._replace(items=[item for item in page.items if not is_furniture(item, page)]) for page in pages]


def _place(item: Item, page: Page) -> tuple[str, str] | None:
    """Head or foot of the page and the text there, whatever its numbers; None in between."""
    if not isinstance(item, Line) or not page.height:
        return None
    text = _DIGITS.sub("0", item.text)
    if item.bottom < page.height * _MARGIN:
        return "head", text
    return ("foot", text) if item.top > page.height * (1 - _MARGIN) else None
