"""How a value moved from one release to a later one: exact, in the unit of the later, as the text says or computed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from extractor.attainment import number

_TENTH = Decimal("0.1")
_DIGITS = 12  # significant digits of a value that no finite decimal is (亩 to 公顷)

Factors = Mapping[str, Fraction]


class Change(NamedTuple):
    """From an earlier value to a later one.

    difference: later minus earlier, in the later one's unit (in points for a rate); percent: of the earlier one, to a
    tenth, None for rates and where the earlier one is 0; origin: "stated" where the later release tells the change or
    the earlier value itself, else "computed"; said: what it tells, as it tells it; contradiction: the earlier value
    that the later release gives where it is not the one that the earlier release gives.
    """

    difference: Decimal
    percent: Decimal | None
    origin: Literal["stated", "computed"]
    said: str | None
    contradiction: Decimal | None


def change(
    earlier: Mapping[str, Any], later: Mapping[str, Any], stated: Mapping[str, Any] | None, factors: Factors
) -> Change | None:
    """The change between two figures of one dimension; None between ranges, and of figures that are changes.

    stated: the figure in which the later release tells the change, None where it does not; factors: of units, by text.
    """
    before = converted(earlier, later["unit"], factors)
    if later["kind"] == "change" or before is None or later["value_max"] is not None:
        return None
    difference = exact(Fraction(number(later["value"])) - before)
    previous = later["previous"] and number(later["previous"]["value"])
    return Change(
        difference,
        _percent(difference, before) if later["kind"] == "amount" and before else None,
        "computed" if stated is None and previous is None else "stated",
        _said(later, stated),
        previous if previous is not None and Fraction(previous) != before else None,
    )


def converted(figure: Mapping[str, Any], unit: Mapping[str, Any] | None, factors: Factors) -> Fraction | None:
    """A figure's value in another unit of its dimension; as it is where the units have no factor between them.

    None for a range.
    """
    if figure["value_max"] is not None:
        return None
    value, own = Fraction(number(figure["value"])), figure["unit"]
    if not own or not unit or own["code"] == unit["code"]:
        return value
    ours, theirs = factors.get(own["text"]), factors.get(unit["text"])
    return value * ours / theirs if ours and theirs else value


def exact(value: Fraction) -> Decimal:
    """A fraction as a decimal: exact where it is one, else to twelve significant digits."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    plain = quotient if rest == 1 else quotient.quantize(Decimal(1).scaleb(quotient.adjusted() - _DIGITS + 1))
    return Decimal(f"{plain.normalize():f}")


def _percent(difference: Decimal, before: Fraction) -> Decimal:
    return exact(Fraction(difference) / before * 100).quantize(_TENTH, ROUND_HALF_EVEN)


def _said(later: Mapping[str, Any], stated: Mapping[str, Any] | None) -> str | None:
    if stated:
        return {"up": "+", "down": "−", None: ""}[stated["direction"]] + str(stated["surface"])
    return None
