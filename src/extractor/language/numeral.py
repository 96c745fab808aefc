"""The value of one numeral: 58.85万, 1,024.3, 31 450, 三千二百九十一点三万, 2亿3000万, 两百五."""

from __future__ import annotations

from decimal import Decimal

import regex

DIGITS = {c: str(v) for v, c in enumerate("零一二三四五六七八九")} | {"两": "2", "〇": "0"}
POWERS = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}
_LONGEST = 48  # characters; a numeral that anybody means is shorter
_ARABIC = regex.compile(r"\d+(?:\.\d+)?")
_SPOKEN = regex.compile(r"([零一二两三四五六七八九]+)(?:点([零一二三四五六七八九]+))?")
_BLANKS = str.maketrans("", "", ", \n\u2009\u202f\xa0")
_FOLD = str.maketrans("０１２３４５６７８９．，〇", "0123456789.,零")


class NumeralError(ValueError):
    """The text is no numeral; the message names the first character that could not be read."""


def parse_numeral(surface: str) -> Decimal:
    """Value of one numeral, multipliers folded in.

    surface: no unit, e.g. "58.85万", "三十二万", "两", "2亿3000万", "负零点五".
    Returns an exact count of ones: "58.85万" -> Decimal("588500").
    Raises NumeralError naming the first character it cannot read.
    Source: GB/T 15835-2011, numerals in publications.
    """
    plain = surface.translate(_FOLD).translate(_BLANKS)
    if len(plain) > _LONGEST:
        raise NumeralError(f"{surface[:12]}…: longer than any numeral")
    sign = -1 if plain[:1] in ("负", "-") else 1
    body = plain[1:] if plain[:1] in ("负", "-", "+") else plain
    if not body:
        raise NumeralError(f"{surface!r}: no numeral in it")
    return sign * _value(body, surface)


def scale(digits: str, power: int) -> Decimal:
    """Exact product of an Arabic numeral ("58.85") and a power of ten, without an exponent in its print."""
    whole, _, fraction = digits.partition(".")
    if not power:
        return Decimal(digits)
    if len(fraction) <= power:
        return Decimal(int(whole + fraction.ljust(power, "0")))
    return Decimal(whole + fraction[:power] + "." + fraction[power:])


def _value(text: str, whole: str) -> Decimal:
    for sign, power in POWERS.items():
        at = text.rfind(sign)
        if at >= 0:
            return _around(text[:at], power, text[at + 1 :], whole)
    if _ARABIC.fullmatch(text):
        return Decimal(text)
    if spoken := _SPOKEN.fullmatch(text):
        digits = "".join(DIGITS[c] for c in spoken[1])
        return Decimal(f"{digits}.{''.join(DIGITS[c] for c in spoken[2])}" if spoken[2] else digits)
    bad = next((c for c in text if c not in DIGITS and not c.isdigit()), text[-1:])
    raise NumeralError(f"{whole!r}: cannot read {bad!r} as part of a numeral")


def _around(left: str, power: int, right: str, whole: str) -> Decimal:
    """Value of ``left`` times ten to ``power``, plus ``right``; 两百五 leaves out its last multiplier."""
    if left and _ARABIC.fullmatch(left):
        head = scale(left, power)
    else:
        head = scale(format(_value(left, whole), "f"), power) if left else Decimal(10**power)
    if not right:
        return head
    if len(right) == 1 and right in DIGITS and power > 1:
        return head + int(DIGITS[right]) * 10 ** (power - 1)
    tail = _value(right.lstrip("零") or "零", whole)
    if tail >= 10**power:
        raise NumeralError(f"{whole!r}: cannot read {right[:1]!r} behind a smaller multiplier")
    return head + tail
