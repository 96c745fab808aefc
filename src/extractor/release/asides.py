"""What a release tells beside its report: residents' words, anecdotes."""

from __future__ import annotations

import regex

from extractor.language.words import Row

_QUOTED = regex.compile(r"“[^“”\n]{1,300}”")
_SPOKEN = regex.compile(r"[,。!?]")


def asides(folded: str, row: Row) -> list[tuple[int, int]]:
    """Stretches whose numbers report nothing: quoted speech, and sentences about one person."""
    found = []
    for quote in _QUOTED.finditer(folded):
        if _SPOKEN.search(quote[0][1:-1]):
            found.append(quote.span())
    start = 0
    for index, c in enumerate(row.classes):
        if c == ".":
            if "@" in row.classes[start:index]:
                found.append((row.starts[start], row.ends[index]))
            start = index + 1
    return found
