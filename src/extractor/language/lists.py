"""What quantities that stand side by side say of each other."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from extractor.language.lexeme import POINT, Lexeme

_AND: Final = frozenset({"、", "和", "及", "与"})
_FARTHEST: Final = 3
_DIVISION: Final = Context(prec=60)
# 分 is a part of whatever stands in front of it: 3元2角5分, 1小时20分
_FACTORS: Final = {("money", "分"): Fraction(1, 100), ("time", "分"): Fraction(60)}


def lend_units(lexemes: list[Lexeme], text: str) -> list[Lexeme]:
    """41个、22个百分点 and 3、5公里: a member of a list without a unit of its own takes the next one's."""
    for i in range(len(lexemes) - 2, -1, -1):
        this, following = lexemes[i], lexemes[i + 1]
        if following.start - this.end > _FARTHEST or following.role or this.role or following.unit is None:
            continue
        lends = this.unit is None or (this.unit.text == "个" and following.cls == POINT)
        if lends and this.cls in "AN" and text[this.end : following.start].strip() in _AND:
            lexemes[i] = this._replace(cls=following.cls, unit=following.unit, rule="borrowed-unit")
    return lexemes


def add_parts(lexemes: list[Lexeme], factors: Mapping[str, Fraction]) -> list[Lexeme]:
    """12元5角 is 12.5元, 3公里500米 3.5公里, 1小时20分钟 80分钟: parts of one quantity, side by side."""
    found: list[Lexeme] = []
    for lexeme in lexemes:
        if found and found[-1].end == lexeme.start and (whole := _sum(found[-1], lexeme, factors)):
            found[-1] = whole
        else:
            found.append(lexeme)
    return found


def _sum(this: Lexeme, part: Lexeme, factors: Mapping[str, Fraction]) -> Lexeme | None:
    if this.unit is None or part.unit is None or this.value is None or part.value is None:
        return None
    if this.value_max is not None or part.value_max is not None:
        return None
    large = factors.get(this.unit.text)
    small = _FACTORS.get((this.unit.dimension, part.unit.text))
    if small is None and part.unit.dimension == this.unit.dimension:
        small = factors.get(part.unit.text)
    if large is None or small is None or not Fraction(part.value) * small < large:
        return None
    value, unit = _exact(Fraction(this.value) + Fraction(part.value) * small / large), this.unit
    if value is None:
        value, unit = _exact(Fraction(this.value) * large / small + Fraction(part.value)), part.unit
    return None if value is None else this._replace(end=part.end, value=value, unit=unit, approx=part.approx)


def _exact(value: Fraction) -> Decimal | None:
    """The value as a decimal; None where it is none, such as a third."""
    decimal = _DIVISION.divide(Decimal(value.numerator), Decimal(value.denominator))
    return decimal if Fraction(decimal) == value else None
