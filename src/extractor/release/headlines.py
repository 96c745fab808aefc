"""Projects below a newspaper's headlines: the first sentences name what the headline only hints at."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span
from extractor.release.names import echo, is_process, is_work, named_in
from extractor.release.sections import Section

_SENTENCE = plain(r"[^。!?\n]+[。!?]?”?")
_SAID = 2  # pairs of characters that a section says again of a title
_FIRST = 4  # sentences in which a project is named


def named_below(folded: str, row: Row, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with the names from their first sentences as titles; none where the headlines are names.

    None either where too few of the sections name anything.
    """
    vague = sum(1 for section in sections if _is_vague(folded, row, section))
    if vague * 3 < len(sections) * 2:
        return ()
    found = [(section, _named(folded, row, section.body[0])) for section in sections]
    named = {folded[slice(*name)] for _, name in found if name}
    if len(named) * 5 < len(sections) * 4:
        return ()
    return tuple(section._replace(title=name or section.title) for section, name in found)


def _is_vague(folded: str, row: Row, section: Section) -> bool:
    """Whether a headline says next to nothing of what its section tells."""
    return echo(folded, section.title, *section.body[0]) < _SAID and not is_process(folded, row, section.title)


def _named(folded: str, row: Row, body: Span) -> Span | None:
    """The project that the first sentences name: one called so, else the first."""
    best = None
    for number, sentence in enumerate(_SENTENCE.finditer(folded, *body), 1):
        name = named_in(folded, row, Span(*sentence.span()), Span(sentence.end(), body.end))
        if name and is_work(folded, row, name):
            return name
        best = best or name
        if number == _FIRST:
            break
    return best
