"""The value of one numeral: 58.85万, 1,024.3, 31 450, 三千二百九十一点三万, 2亿3000万, 两百五."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Final

from extractor.language.expression import plain

DIGITS: Final = {c: str(v) for v, c in enumerate("零一二三四五六七八九")} | {"两": "2"}
POWERS: Final = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}
LONGEST: Final = 48  # characters; a numeral that anybody means is shorter
_ARABIC = plain(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SPOKEN = plain(r"([零一二两三四五六七八九]+)(?:点([零一二三四五六七八九]+))?")
# Below which power a spoken numeral in front of a multiplier stays: 三千万, 一万亿, but no 十百.
_BELOW: Final = {8: 8, 4: 4, 3: 1, 2: 1, 1: 1}
_FOLD = str.maketrans(
    "０１２３４５６７８９．，－−＋　\xa0\u2009\u202f〇○负負點兩萬億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟",
    "0123456789.,--+    零零--点两万亿一二二三三四五六六七八九十百千",
)
# Arithmetic of our own: the program that calls may have set another precision.
EXACT: Final = Context(prec=2 * LONGEST, traps=[Inexact])


class NumeralError(ValueError):
    """The text is no numeral; the message names the first character that could not be read."""


@lru_cache(1024)  # most are 一, 两, 三: releases have few others in characters
def parse_numeral(surface: str) -> Decimal:
    """Value of one numeral, multipliers folded in.

    surface: no unit, e.g. "58.85万", "三十二万", "两", "2亿3000万", "负零点五", "壹佰贰拾".
    Returns an exact count of ones: "58.85万" -> Decimal("588500").
    Raises NumeralError naming the first character it cannot read.
    Source: GB/T 15835-2011, numerals in publications.
    """
    plain = surface.translate(_FOLD).strip()
    if len(plain) > LONGEST:
        raise NumeralError(f"{surface[:12]!r}…: longer than any numeral")
    body = plain[1:] if plain[:1] in ("-", "+") else plain
    if not body:
        raise NumeralError(f"{surface!r}: no numeral in it")
    value = _value(body, surface)
    return value.copy_negate() if plain[0] == "-" else value


def scale(digits: str, power: int) -> Decimal:
    """Exact product of an Arabic numeral ("58.85") and a power of ten, without an exponent in its print."""
    if not power:
        return Decimal(digits)
    whole, _, fraction = digits.partition(".")
    if len(fraction) <= power:
        return Decimal(int(whole + fraction.ljust(power, "0")))
    return Decimal(whole + fraction[:power] + "." + fraction[power:])


def _value(text: str, whole: str) -> Decimal:
    for sign in POWERS:
        at = text.rfind(sign)
        if at >= 0:
            return _around(text[:at].rstrip(), sign, text[at + 1 :].lstrip(), whole)
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", "").replace(" ", ""))
    if spoken := _SPOKEN.fullmatch(text):
        digits = "".join(DIGITS[c] for c in spoken[1])
        return Decimal(f"{digits}.{''.join(DIGITS[c] for c in spoken[2])}" if spoken[2] else digits)
    read = _ARABIC.match(text) or _SPOKEN.match(text)
    raise NumeralError(f"{whole!r}: cannot read {text[read.end() if read else 0]!r} as part of a numeral")


def _around(left: str, sign: str, right: str, whole: str) -> Decimal:
    """Value of ``left`` times the multiplier ``sign``, plus ``right``; 两百五 leaves out its last multiplier."""
    power = POWERS[sign]
    head = _times(left, sign, whole) if left else Decimal(10**power)
    if not right:
        return head
    if len(right) == 1 and power > 1 and (right in DIGITS or right.isdecimal()):
        return EXACT.add(head, scale(DIGITS.get(right, right), power - 1))
    tail = _value(right.lstrip("零") or "零", whole)
    if tail >= 10**power:
        raise NumeralError(f"{whole!r}: cannot read {right[:1]!r} behind a multiplier that is not larger")
    return EXACT.add(head, tail)


def _times(left: str, sign: str, whole: str) -> Decimal:
    power = POWERS[sign]
    if _ARABIC.fullmatch(left):
        return scale(left.replace(",", "").replace(" ", ""), power)
    value = _value(left, whole)
    if value >= 10 ** _BELOW[power]:
        raise NumeralError(f"{whole!r}: cannot read {sign!r} behind a multiplier that is not smaller")
    return scale(format(value, "f"), power)
