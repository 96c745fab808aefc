"""One numeral as read: a number with its unit, a range, a share in words."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Final

import regex

from extractor.language.expression import plain
from extractor.language.lexeme import FOLD, NAME, NUMBER, RATE, Lexeme, class_of
from extractor.language.number import LONGEST, Number, Numbers, round_number
from extractor.language.numeral import DIGITS, EXACT, parse_numeral, scale
from extractor.language.unit import Measure, Units
from extractor.model import Approx, Unit

VAGUE: Final = "vague-number"  # the rule that reads 数十
_PERCENT: Final = Unit("%", "%", "ratio")
_SHARES: Final = {
    "百": _PERCENT,
    "千": Unit("‰", "[ppth]", "ratio"),
    "万": Unit("‱", "[pptth]", "ratio"),
    "十万": Unit("/10万", "/10万", "ratio"),
    "百万": Unit("ppm", "[ppm]", "ratio"),
}
_BELOW_ZERO: Final = {"度": Unit("度", "Cel", "temperature")}  # 零下5度; 度 alone is a kilowatt-hour
_TENTH: Final = "成"
_TENTHS: Final = plain(r"半|[一二三四五六七八九](?![成级项个])")
_HALF: Final = Decimal("0.5")
_ROUNDED: Final = Context(prec=12)
_FOUR_PLACES: Final = Decimal("0.0001")
_TO: Final = plain(r"[ ]?(?:[-—~]{1,2}|(?P<word>至|到))[ ]?")
_MAY_BE_TO: Final = frozenset("-—~至到 ")
_TO_SHARE: Final = plain(r"[-—~至到](?:[百千]分之)?")
_HAN: Final = plain(r"[\u4e00-\u9fff]")
_SINCE: Final = plain(r"[由从自][^,。;\n]{0,12}+\Z")  # 由3个到5个 is a change, no range
_NEAR: Final = frozenset("近超逾约过达足到破")  # 近百人, 不到百人
_NO_HALF: Final = frozenset("上下前后大多一夜每各参对折")  # 上半年
_HOT: Final = ("arabic", "sign", "currency", "to_one", "parts")
_REST: Final = ("share", "fraction", "half", "folds", "vague", "round")


class Reader:
    """Reads numerals where the expression of ``spelling`` found them."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._numbers = Numbers()
        index = self._numbers.pattern.groupindex
        self._hot = tuple(index[name] for name in _HOT)
        self._rest = tuple(index[name] for name in _REST)

    def read(self, match: regex.Match[str]) -> Lexeme | None:
        """The numeral that ``match`` found; None where it is none after all (一直, 百姓)."""
        arabic, sign, currency, to_one, parts = match.group(*self._hot)
        if not arabic:
            return self._in_words(match)
        if len(arabic) > LONGEST:
            return Lexeme(match.start(), match.end("arabic"), NAME, "long-code", "reference")
        if parts:
            return _fraction(match)
        number = self._numbers.arabic(match, arabic)
        if to_one:
            return Lexeme(match.start(), match.end(), RATE, "ratio-to-one", None, number.value)
        lexeme = self._measured(match.string, match.start(), number, sign)
        if currency and lexeme and lexeme.unit is None and (unit := self._units.named(currency)):
            return lexeme._replace(cls=class_of(unit), unit=unit, rule="number-with-unit")
        return lexeme

    def _in_words(self, match: regex.Match[str]) -> Lexeme | None:
        share, fraction, half, folds, vague, power = match.group(*self._rest)
        if share:
            return self._share(match, share)
        if fraction:
            return _fraction(match)
        if half:
            return self._half(match, half)
        if folds:
            return _doubling(match, folds)
        if vague:
            return self._vague(match)
        if power:
            return self._round(match, power)
        number = self._numbers.spoken(match)
        return self._measured(match.string, match.start(), number, match["minus"]) if number else None

    def _measured(self, text: str, start: int, number: Number, sign: str | None) -> Lexeme | None:
        """The number with what stands behind it: its unit, or the upper end of a range."""
        measure = self._units.read(text, number.end)
        end = measure.end if measure else number.end
        if text[end : end + 1] in _MAY_BE_TO and (ranged := self._ranged(text, start, end, number, measure)):
            number, measure = ranged
        if measure is None and not (number.alone or sign):
            return None
        lexeme = _with_unit(text, start, number, measure)
        return _negative(lexeme, sign) if sign else lexeme

    def _ranged(
        self, text: str, start: int, end: int, low: Number, measure: Measure | None
    ) -> tuple[Number, Measure | None] | None:
        """The range whose upper number stands behind ``end``, and its unit: 3至5万元, 10%-15%."""
        to = _TO.match(text, end)
        high = self._numbers.at(text, to.end()) if to else None
        if to is None or high is None:
            return None
        measure_high = self._units.read(text, high.end)
        if measure_high is None and (measure or not high.power):  # 3至5万 needs no unit
            return None
        if measure and measure_high and measure.unit != measure_high.unit:
            return None
        value = low.value
        if measure is None and high.power and not low.power and low.value < high.times(0):
            value = low.times(high.power)
        if high.value <= value or (to["word"] and _SINCE.search(text[max(0, start - 13) : start])):
            return None
        return high._replace(value=value, value_max=high.value, alone=True, rule="range"), measure_high

    def _share(self, match: regex.Match[str], base: str) -> Lexeme | None:
        """百分之九十五点二, 千分之三, 百分之十到十五."""
        low = self._numbers.at(match.string, match.end())
        if low is None:
            return None
        to = _TO_SHARE.match(match.string, low.end)
        high = self._numbers.at(match.string, to.end()) if to else None
        if high and high.value > low.value:
            low = high._replace(value=low.value, value_max=high.value)
        return Lexeme(
            match.start(), low.bare, RATE, "percent-in-words", None, low.value, low.value_max, _SHARES[base], low.approx
        )

    def _half(self, match: regex.Match[str], half: str) -> Lexeme | None:
        """一半, 过半; 半 of a time (提前半年)."""
        text, (start, end) = match.string, match.span()
        before = text[start - 1 : start]
        if half != "半":
            return Lexeme(start, end, RATE, "half", None, Decimal(50), None, _PERCENT)
        measure = self._units.read(text, end + 1 if text.startswith("个", end) else end)
        whole = before not in _NO_HALF or text[start - 2 : start] == "提前"
        if measure and measure.unit.dimension == "time" and whole:
            return Lexeme(start, measure.end, class_of(measure.unit), "indefinite-one", None, _HALF, None, measure.unit)
        if measure is None and before in _NEAR:
            approx: Approx | None = "over" if before == "过" else None
            return Lexeme(start, end, RATE, "half", None, Decimal(50), None, _PERCENT, approx)
        return None

    def _vague(self, match: regex.Match[str]) -> Lexeme:
        """数十家: a size, but no number."""
        measure = self._units.read(match.string, match.end())
        end, unit = (measure.end, measure.unit) if measure else (match.end(), None)
        return Lexeme(match.start(), end, NAME, VAGUE, "name", unit=unit)

    def _round(self, match: regex.Match[str], power: str) -> Lexeme | None:
        """近百人, 上千, 百余场; but not 百姓 or 千家万户."""
        text, start, number = match.string, match.start(), round_number(match, power)
        if not (number.approx or text[start - 1 : start] in _NEAR):
            return None
        measure = self._units.read(text, number.end)
        if measure is None and (not number.approx or _HAN.match(text, number.end)):
            return None
        return _with_unit(text, start, number, measure)


def _fraction(match: regex.Match[str]) -> Lexeme:
    """三分之二, 4分之3: rounded to four places where it is no exact decimal."""
    whole, _, parts = match[0].partition("分之")
    value = _ROUNDED.divide(parse_numeral(parts), parse_numeral(whole))
    value = _ROUNDED.normalize(_ROUNDED.quantize(value, _FOUR_PLACES))
    return Lexeme(*match.span(), RATE, "fraction", None, Decimal(format(value, "f")))


def _doubling(match: regex.Match[str], folds: str) -> Lexeme:
    """翻一番: 100 % more; 翻两番: four times as much, 300 % more."""
    digit = next((c for c in folds if c in DIGITS or c.isdecimal()), "一")
    times = int(DIGITS.get(digit, digit))
    grown = Decimal(100 * (2**times - 1) if folds.endswith("番") else 100 * times)
    return Lexeme(*match.span(), FOLD, "doubling", None, grown, None, _PERCENT)


def _with_unit(text: str, start: int, number: Number, measure: Measure | None) -> Lexeme:
    _digits, _power, low, high, approx, _end, bare, _alone, rule = number
    if measure is None:
        return Lexeme(start, bare, NUMBER, "number" if high is None else "range", None, low, high, None, approx)
    unit, end, half, over = measure
    if unit.text == _TENTH:
        return _tenths(text, start, number, end)
    if half:
        low, rule = EXACT.add(low, _HALF), "number-with-unit" if high is None else "range"
    return Lexeme(start, end, class_of(unit), rule, None, low, high, unit, "over" if over else approx)


def _tenths(text: str, start: int, number: Number, end: int) -> Lexeme:
    """九成, 九成五, 一成半, 六至八成."""
    tail = _TENTHS.match(text, end)
    more = Decimal(0 if tail is None else 5 if tail[0] == "半" else DIGITS[tail[0]])
    low, high = (None if value is None else EXACT.add(scale(format(value, "f"), 1), more) for value in number[2:4])
    return Lexeme(start, tail.end() if tail else end, RATE, "tenths", None, low, high, _PERCENT, number.approx)


def _negative(lexeme: Lexeme, sign: str) -> Lexeme:
    """零下5度, 负2.3%, -8至-3度."""
    values = [value.copy_negate() for value in (lexeme.value, lexeme.value_max) if value is not None]
    unit = _BELOW_ZERO.get(lexeme.unit.text, lexeme.unit) if sign == "零下" and lexeme.unit else lexeme.unit
    return lexeme._replace(value=min(values), value_max=max(values) if len(values) > 1 else None, unit=unit)
