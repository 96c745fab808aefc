"""Where in a text the words of a field stand that a reviewer wrote down."""

from __future__ import annotations

from extractor.model import Span

_SHORTEST = 2  # characters of a part, unless the words end with it


def place(words: str, text: str, within: Span, near: Span) -> tuple[Span, ...] | None:
    """The spans whose characters, joined, are the words; None where they do not stand in the text.

    within: where to look; near: the figure they belong to.  Whole words nearest to the figure are taken first, then
    parts in the order of the text, as long ones as there are (免费产前 … 血清学筛查覆盖率).
    """
    return _whole(words, text, within, near) or _parts(words, text, within)


def _whole(words: str, text: str, within: Span, near: Span) -> tuple[Span, ...] | None:
    before = text.rfind(words, within.start, near.start)
    if before >= 0:
        return (Span(before, before + len(words)),)
    behind = text.find(words, near.end, within.end)
    return (Span(behind, behind + len(words)),) if behind >= 0 else None


def _parts(words: str, text: str, within: Span) -> tuple[Span, ...] | None:
    spans: list[Span] = []
    at, done = within.start, 0
    while done < len(words):
        length = _longest(words[done:], text, Span(at, within.end))
        if length < min(_SHORTEST, len(words) - done):
            return None
        start = text.find(words[done : done + length], at, within.end)
        spans.append(Span(start, start + length))
        at, done = start + length, done + length
    return tuple(spans)


def _longest(words: str, text: str, within: Span) -> int:
    """How many of the first characters of the words stand together in the text."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if text.find(words[:middle], within.start, within.end) >= 0:
            low = middle
        else:
            high = middle - 1
    return low
