"""The number that the expression of ``spelling`` found, without its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

import regex

from extractor.language.numeral import POWERS, NumeralError, parse_numeral, scale
from extractor.language.spelling import numeral
from extractor.model import Approx

LONGEST: Final = 24  # digits; a longer run is a code
_POWER: Final = {
    a: sum(POWERS[c] for c in a) for a in ("万亿", "百万", "千万", "十亿", "百亿", "千亿", "十万", *POWERS)
}
_APPROX: Final[dict[str | None, Approx]] = {
    "余": "over",
    "多": "over",
    "几": "over",
    "几十": "over",
    "来": "about",
    "+": "over",
}
_OUTSIDE: Final = frozenset({"余", "多", "来", "+"})  # they stand outside of a number at its end: 八千多
_MULTIPLIERS: Final = "百千万亿"
_GROUPED: Final = str.maketrans("", "", ", ")
_ARABIC: Final = ("some", "power", "rest", "over")
_SPOKEN: Final = ("stem", "pair", "tail", "spoken", "formal", "about", "times", "rough")


class Number(NamedTuple):
    """A number without its unit.

    digits, power: "58.85" and 4 of 58.85万; end: where it ends; bare: where it ends without a last 余 or 多;
    alone: whether it is a number with no unit behind it; rule: what it is called with one.
    """

    digits: str
    power: int
    value: Decimal
    value_max: Decimal | None
    approx: Approx | None
    end: int
    bare: int
    alone: bool = True
    rule: str = "number-with-unit"

    def times(self, power: int) -> Decimal:
        """Its digits times a power of ten: what 3 is in 3至5万."""
        return scale(self.digits, power)


class Numbers:
    """Finds numbers in folded text."""

    def __init__(self) -> None:
        self.pattern = numeral()
        index = self.pattern.groupindex
        self._arabic = tuple(index[name] for name in _ARABIC)
        self._spoken = tuple(index[name] for name in _SPOKEN)

    def at(self, text: str, position: int) -> Number | None:
        """The number, with no sign, that begins at ``position``."""
        match = self.pattern.match(text, position)
        if match is None:
            return None
        arabic, power, pair, spoken, formal = match.group("arabic", "round", "pair", "spoken", "formal")
        if arabic:
            return self.arabic(match, arabic) if len(arabic) <= LONGEST else None
        if power:
            return round_number(match, power)
        return self.spoken(match) if pair or spoken or formal else None

    def arabic(self, match: regex.Match[str], arabic: str) -> Number:
        """58.85万, 1,024.3, 2亿3000万, 20多万, 30余."""
        digits = arabic.translate(_GROUPED) if len(arabic) > 4 else arabic
        end = bare = match.end()
        if match.lastgroup == "arabic":  # nothing stands behind its digits
            return Number(digits, 0, Decimal(digits), None, None, end, bare)
        some, multiplier, rest, over = match.group(*self._arabic)
        power = _POWER[multiplier] if multiplier else 0
        if over in _OUTSIDE:
            bare = match.start("over")
            bare -= match.string[bare - 1] == " "
        if rest:
            try:
                return Number(digits, 0, parse_numeral(digits + multiplier + rest), None, _APPROX.get(over), end, bare)
            except NumeralError:  # 1万2亿: two numbers
                end = bare = match.end("power")
        return Number(digits, power, scale(digits, power), None, _APPROX.get(some or over), end, bare)

    def spoken(self, match: regex.Match[str]) -> Number | None:
        """三千二百一十, 七八十, 十几万; None where the characters make no number."""
        stem, pair, tail, spoken, formal, about, times, rough = match.group(*self._spoken)
        written = (spoken or formal or pair + tail) + (times or "")
        head = written.rstrip(_MULTIPLIERS)
        try:
            ends = [stem + digit + written[2:] for digit in pair] if pair else [written]
            low, high = parse_numeral(ends[0]), parse_numeral(ends[1]) if pair else None
            digits = format(parse_numeral(head), "f") if spoken else ""
        except NumeralError:  # 十万八百万
            return None
        multiplied = any(c in POWERS for c in written)
        return Number(
            digits,
            sum(POWERS[c] for c in written[len(head) :]),
            low,
            high,
            _APPROX.get(about or rough),
            match.end(),
            match.start("rough") if rough in _OUTSIDE else match.end(),
            bool(formal) or written.startswith("零点") or (multiplied and (len(written) > 2 or bool(rough))),
            "range" if pair else "indefinite-one" if written == "一" else "number-with-unit",
        )


def round_number(match: regex.Match[str], power: str) -> Number:
    """百 of 近百人, 上千, 百余场, 百分之百."""
    value = scale("1", _POWER[power])
    approx: Approx | None = "over" if match["up"] or match["more"] else None
    return Number("", 0, value, None, approx, match.end(), match.end("round"), rule="round-number")
