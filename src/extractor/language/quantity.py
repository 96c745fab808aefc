"""Every numeral of a text, read: as a quantity with its unit, or as the date, name or reference that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from extractor.language.amount import VAGUE, Reader
from extractor.language.context import Context
from extractor.language.fold import fold
from extractor.language.lexeme import DATE, LAYOUT, NAME, Lexeme
from extractor.language.lists import add_parts, lend_units
from extractor.language.spelling import numeral, shape_of
from extractor.language.unit import Units
from extractor.model import Quantity, Role, Span

if TYPE_CHECKING:
    from extractor.language.pack import Pack

__all__ = ["NAME", "Lexeme", "Lexer"]

_HIDDEN: Final = "\x01"
_CLASS_OF_ROLE: Final[dict[Role, str]] = {"date": DATE, "layout": LAYOUT}


class Lexer:
    """Reads the numerals of folded text by a pack's masks and units."""

    def __init__(self, pack: Pack) -> None:
        self._numeral = numeral()
        self._masks = pack.masks
        self._factors = pack.factors
        self._reader = Reader(Units(pack.units, pack.unless))
        self._context = Context(pack.words)

    def read(self, text: str) -> list[Lexeme]:
        """All numerals of ``text`` (folded), in order, none overlapping."""
        masked = self._masked(text)
        found = []
        position = 0
        search, read, rest = self._numeral.search, self._reader.read, _hidden(text, masked)
        while match := search(rest, position):
            lexeme = read(match)
            if lexeme:
                found.append(lexeme)
            position = lexeme.end if lexeme else match.end()
        return sorted(masked + lend_units(add_parts(found, self._factors), text))

    def quantities(self, text: str) -> list[Quantity]:
        """The quantities of any text, in order; value is None where a size is named, but no number (数十家)."""
        folded, found = fold(text), []
        for lexeme in self.read(folded):
            if (lexeme.role and lexeme.rule != VAGUE) or not self._context.is_counted(lexeme, folded):
                continue
            kind, direction = self._context.kind(lexeme, folded)
            span = Span(lexeme.start, lexeme.end)
            approx = self._context.approx(lexeme, folded)
            surface = text[span.start : span.end]
            found.append(Quantity(span, surface, lexeme.value, lexeme.value_max, lexeme.unit, kind, approx, direction))
        return found

    def _masked(self, text: str) -> list[Lexeme]:
        """The numerals that the pack's masks take; a mask takes no part of a run of digits."""
        found = []
        taken = bytearray(len(text))
        shape = shape_of(text)
        characters = {*shape}  # most triggers have one that is nowhere in the text
        for mask in self._masks:
            if mask.trigger and not any(map(shape.__contains__, filter(characters.issuperset, mask.trigger))):
                continue
            for start, end in mask.spans(text):
                if start < end and not any(taken[start:end]) and not _cuts(text, start, end):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(Lexeme(start, end, _CLASS_OF_ROLE.get(mask.role, NAME), mask.name, mask.role))
        found.sort()
        return found


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a run of digits goes on beyond an edge: 1 of 1.2万, 23 of 123."""
    return (text[start].isdecimal() and start > 0 and text[start - 1].isdecimal()) or (
        text[end - 1].isdecimal() and text[end : end + 2].lstrip(".")[:1].isdecimal()
    )


def _hidden(text: str, masked: list[Lexeme]) -> str:
    pieces, position = [], 0
    for lexeme in masked:
        pieces += [text[position : lexeme.start], _HIDDEN * (lexeme.end - lexeme.start)]
        position = lexeme.end
    return "".join([*pieces, text[position:]])
