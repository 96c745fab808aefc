"""Every numeral of the text and its one role: nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractor.language.quantity import Lexeme
from extractor.model import Numeral, Role, Span

_BY_FORM: dict[str, Role] = {"indefinite-one": "name"}  # 一名县领导: a word for any one


def keep_ledger(
    text: str, lexemes: Iterable[Lexeme], roles: Mapping[int, tuple[Role, str | None]]
) -> tuple[Numeral, ...]:
    """One entry for each numeral, in order.

    roles: start of the numeral -> its role and the id of the figure it serves; a numeral without one keeps the role
    its own form gives it, and is unexplained where it has none.
    """
    entries = []
    for lexeme in lexemes:
        start, end = lexeme.start, lexeme.end
        role, figure = roles.get(start) or (lexeme.role or _BY_FORM.get(lexeme.rule, "unexplained"), None)
        entries.append(Numeral(text[start:end], Span(start, end), role, figure))
    return tuple(entries)
