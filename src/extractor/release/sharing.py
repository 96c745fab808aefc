"""Heads and fronts that the members of a 、-list share: 产前超声筛查、血清学筛查覆盖率 are two rates of coverage."""

from __future__ import annotations

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span
from extractor.release.phrase import Range

_SIGN = plain(r"[/&()]")


def members(row: Row, noun: Range) -> list[Range]:
    """The members of a noun that is a list, split at 、 和 及 outside brackets."""
    depth, start, found = 0, noun[0], []
    for sign in _SIGN.finditer(row.classes, *noun):
        if sign[0] == "(":
            depth += 1
        elif sign[0] == ")":
            depth -= 1
        elif not depth and sign.start() > start:
            found.append((start, sign.start()))
            start = sign.end()
    if start < noun[1]:
        found.append((start, noun[1]))
    return found


def distribute(row: Row, text: str, parts: list[Range]) -> list[list[Span | str]]:
    """The spans that name each member in full: its own words, with the shared front and the shared head."""
    spans = [Span(row.starts[start], row.ends[end - 1]) for start, end in parts]
    head = _shared_head(row, text, parts)
    front = _shared_front(row, parts, spans, head)
    named: list[list[Span | str]] = []
    for number, span in enumerate(spans):
        own: list[Span | str] = [span]
        if number and front:
            own = [front, *own]
        if number < len(spans) - 1 and head:
            own = [*own, head]
        named.append(own)
    return named


def _width(row: Row, words: Range) -> int:
    return row.ends[words[1] - 1] - row.starts[words[0]]


def _word(row: Row, text: str, index: int) -> str:
    return text[row.starts[index] : row.ends[index]]


def _shared_head(row: Row, text: str, parts: list[Range]) -> Span | None:
    first, last = parts[0], parts[-1]
    end = row.ends[last[1] - 1]
    if _is_whole(row, text, first, last):
        return None
    # the same word inside the last member tells where its own words end: 超声筛查、血清学筛查|覆盖率
    ending = _word(row, text, parts[-2][1] - 1)
    for index in range(last[0], last[1] - 1):
        if _word(row, text, index) == ending:
            return Span(row.ends[index], end)
    own = _width(row, parts[-2]) if len(parts) > 2 or _width(row, first) <= 4 else _width(row, (first[1] - 1, first[1]))
    best = min(range(last[0] + 1, last[1] + 1), key=lambda index: (abs(_width(row, (last[0], index)) - own), index))
    if best == last[0] + 1 and row.classes[last[0]] == "n" and _width(row, (last[0], best)) >= own + 2:
        return Span(row.starts[last[0]] + own, end)  # 工伤保险 is one word: 失业、工伤|保险
    return Span(row.starts[best], end) if best < last[1] else None


def _is_whole(row: Row, text: str, first: Range, last: Range) -> bool:
    """Whether the first member has a head of its own, as 床位数、医师数 have."""
    ending, closing = _word(row, text, first[1] - 1), _word(row, text, last[1] - 1)
    if ending[-1] == closing[-1] and row.classes[first[1] - 1] != "O":
        return True
    return row.classes[first[1] - 1] in "k)" or ending[-1] in "率数量额费"


def _shared_front(row: Row, parts: list[Range], spans: list[Span], head: Span | None) -> Span | None:
    """What the first member has more than its share: 免费|产前|超声筛查 in front of 血清学筛查."""
    first, last = parts[0], parts[-1]
    if row.classes[first[0] : first[0] + 2] == "*O" and row.classes[last[0]] != "*":  # 每千人口床位数、医师数
        return Span(row.starts[first[0]], row.ends[first[0] + 1])
    own_end = head.start if head else spans[-1].end
    own = sum(1 for index in range(*last) if row.starts[index] < own_end)
    more = (first[1] - first[0]) - own
    if more <= 0 or first[1] - first[0] < 2 or (head is None and first[1] - first[0] - own > 2):
        return None
    return Span(row.starts[first[0]], row.ends[first[0] + more - 1])
