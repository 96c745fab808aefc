"""Projects below a newspaper's headlines: the first sentences name what the headline only hints at."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span
from extractor.release.names import named_in
from extractor.release.sections import Section

_SENTENCE = plain(r"[^。!?\n]+[。!?]?”?")
_FIRST = 2  # sentences in which a project is named


def named_below(folded: str, row: Row, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with the names from their first sentences as titles; none where too few of them name anything."""
    found = [(section, _named(folded, row, section.body[0])) for section in sections]
    named = {folded[slice(*name)] for _, name in found if name}
    if len(named) * 5 < len(sections) * 4:
        return ()
    return tuple(section._replace(title=name or section.title) for section, name in found)


def _named(folded: str, row: Row, body: Span) -> Span | None:
    """The project that the first sentence names, else the second."""
    for number, sentence in enumerate(_SENTENCE.finditer(folded, *body)):
        if number == _FIRST:
            break
        if name := named_in(folded, row, Span(*sentence.span()), Span(sentence.end(), body.end)):
            return name
    return None
