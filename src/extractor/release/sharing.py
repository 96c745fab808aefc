"""Heads and fronts that the members of a 、-list share: 产前超声筛查、血清学筛查覆盖率 are two rates of coverage."""

from __future__ import annotations

from extractor.language.words import Row
from extractor.release.clause import Range

Parts = list[list[Range]]


def members(row: Row, noun: Range) -> list[Range]:
    """The members of a noun that is a list, split at 、 和 及 outside brackets."""
    classes = row.classes
    depth, start, found = 0, noun[0], []
    for index in range(*noun):
        c = classes[index]
        depth += c == "("
        depth -= c == ")"
        if not depth and c in "/&" and index > start:
            found.append((start, index))
            start = index + 1
    if start < noun[1]:
        found.append((start, noun[1]))
    return found


def distribute(row: Row, text: str, parts: list[Range]) -> Parts:
    """The ranges that name each member in full: its own words, with the shared front and the shared head."""
    if len(parts) < 2:
        return [[part] for part in parts]
    head = _shared_head(row, text, parts)
    front = _shared_front(row, parts, head)
    named: Parts = []
    for number, part in enumerate(parts):
        own: list[Range] = [part]
        if number and front:
            own = [front, *own]
        if number < len(parts) - 1 and head:
            own = [*own, head]
        named.append(own)
    return named


def _width(row: Row, words: Range) -> int:
    return row.ends[words[1] - 1] - row.starts[words[0]]


def _word(row: Row, text: str, index: int) -> str:
    return text[row.starts[index] : row.ends[index]]


def _shared_head(row: Row, text: str, parts: list[Range]) -> Range | None:
    first, last = parts[0], parts[-1]
    if _is_whole(row, text, first, last):
        return None
    # the same word inside the last member tells where its own words end: 超声筛查、血清学筛查|覆盖率
    ending = _word(row, text, parts[-2][1] - 1)
    for index in range(last[1] - 2, last[0] - 1, -1):
        if _word(row, text, index) == ending:
            return (index + 1, last[1])
    own = _width(row, parts[-2]) if len(parts) > 2 or _width(row, first) <= 4 else _width(row, (first[1] - 1, first[1]))
    best = min(range(last[0] + 1, last[1] + 1), key=lambda index: (abs(_width(row, (last[0], index)) - own), index))
    return (best, last[1]) if best < last[1] else None


def _is_whole(row: Row, text: str, first: Range, last: Range) -> bool:
    """Whether the first member has a head of its own, as 床位数、医师数 have."""
    ending, closing = _word(row, text, first[1] - 1), _word(row, text, last[1] - 1)
    if ending[-1] == closing[-1] and row.classes[first[1] - 1] != "O":
        return True
    return row.classes[first[1] - 1] in "k)" or ending[-1] in "率数量额费"


def _shared_front(row: Row, parts: list[Range], head: Range | None) -> Range | None:
    """What the first member has more than its share: 免费|产前|超声筛查 in front of 血清学筛查."""
    first, last = parts[0], parts[-1]
    own_last = (last[0], head[0] if head else last[1])
    more = (first[1] - first[0]) - (own_last[1] - own_last[0])
    if more <= 0 or first[1] - first[0] < 2:
        return None
    return (first[0], first[0] + more)
