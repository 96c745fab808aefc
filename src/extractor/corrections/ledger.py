"""The roles of a release's numerals after its figures were corrected: still one for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from extractor.corrections.edit import RELATIONS
from extractor.model import Figure, Numeral, Role, Span

_ROLES: dict[str, Role] = {name: name for name in ("completion", "target", "margin", "previous")}


class Claim(NamedTuple):
    """That the numerals of a span serve a figure."""

    span: Span
    role: Role
    figure: str


def claims(figures: Iterable[Figure]) -> Iterator[Claim]:
    """What the figures say of the text's numerals: their own, and those of their relations."""
    for figure in figures:
        yield Claim(figure.span, "figure", figure.id)
        for name in RELATIONS:
            value = getattr(figure, name)
            if value is not None and value.span is not None:
                yield Claim(value.span, _ROLES[name], figure.id)


def keep(
    numerals: Iterable[Numeral],
    figures: Iterable[Figure],
    touched: Iterable[Figure],
    roles: Mapping[Span, Role],
    unchanged: Mapping[str, str],
) -> Iterator[Numeral]:
    """Every numeral with its role.

    figures: all there are now; touched: those corrected or added; roles: what the reviewer says of numerals that
    serve none; unchanged: old id -> id of the figures that are as they were.
    A numeral that no figure takes any more, and of which the reviewer says nothing, is unexplained.
    """
    all_claims, new_claims = [*claims(figures)], [*claims(touched)]
    for numeral in numerals:
        if numeral.figure is not None and numeral.figure in unchanged:
            yield numeral._replace(figure=unchanged[numeral.figure])
        elif claim := _first(numeral.span, new_claims if numeral.figure is None else all_claims):
            yield numeral._replace(role=claim.role, figure=claim.figure)
        elif given := next((role for span, role in roles.items() if overlap(span, numeral.span)), None):
            yield numeral._replace(role=given, figure=None)
        else:
            yield numeral if numeral.figure is None else numeral._replace(role="unexplained", figure=None)


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def _first(span: Span, among: list[Claim]) -> Claim | None:
    return next((claim for claim in among if overlap(claim.span, span)), None)
