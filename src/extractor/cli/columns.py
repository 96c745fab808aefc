"""Text in columns of a terminal, where a Chinese character takes two."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

from extractor.language.expression import expression

_WIDE = "⺀-鿿가-힯豈-﫿︰-﹏＀-￠"
_CLOSING = "，。；：、）】》”’！？」』〉…—"
# What stays on one line: blanks, a wide character with the closing marks behind it, a word.
_PIECE = expression(rf"\s+|[{_WIDE}][{_CLOSING}]{{0,4}}|[^\s{_WIDE}]+")


def width(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WF" else 0 if combining(c) else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """A text filled with blanks up to so many columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text in at most so many columns; its own line breaks count as blanks."""
    return [*_lines(" ".join(text.split()), columns)] or [""]


def indent(text: str, columns: int, *, first: str = "", rest: str = "") -> str:
    """A text wrapped, its first line behind one margin, the others behind another."""
    lines = wrap(text, columns - max(width(first), width(rest)))
    return "\n".join((first if number == 0 else rest) + line for number, line in enumerate(lines))


def visible(text: str) -> str:
    """A text that cannot steer a terminal: control and format characters become blanks."""
    return "".join(character if character.isprintable() else " " for character in text)


def _lines(text: str, columns: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, columns):
        if line.strip() and width(line + piece.rstrip()) > columns:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


def _pieces(text: str, columns: int) -> Iterator[str]:
    """What stays on one line; a word that no line can hold is cut."""
    for piece in _PIECE.findall(text):
        yield from (piece[at : at + columns] for at in range(0, len(piece), columns))
