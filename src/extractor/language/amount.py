"""One numeral as read: a number with its unit, a range, a share in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

import regex

from extractor.language.lexeme import FOLD, NAME, NUMBER, RATE, Lexeme, class_of
from extractor.language.numeral import DIGITS, POWERS, NumeralError, parse_numeral, scale
from extractor.language.spelling import numeral
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
_POWER: Final = {
    a: sum(POWERS[c] for c in a) for a in ("万亿", "十万", "百万", "千万", "十亿", "百亿", "千亿", *POWERS)
}
_APPROX: Final[dict[str | None, Approx]] = {"余": "over", "多": "over", "几": "over", "几十": "over", "来": "about"}
_LONGEST: Final = 24  # digits; a longer run is a code
_TENTH: Final = "成"
_TENTHS: Final = regex.compile(r"半|[一二三四五六七八九](?![成级项个])")
_HALF: Final = Decimal("0.5")
_TO: Final = regex.compile(r"[ ]?(?:[-—~]{1,2}|(?P<word>至|到))[ ]?")
_MAY_BE_TO: Final = frozenset("-—~至到 ")
_TO_SHARE: Final = regex.compile(r"[-—~至到](?:[百千]分之)?")
_HAN: Final = regex.compile(r"[\u4e00-\u9fff]")
_SINCE: Final = regex.compile(r"[由从自][^,。;\n]{0,12}+\Z")  # 由3个到5个 is a change, no range
_NEAR: Final = frozenset("近超逾约过达足到破")  # 近百人, 不到百人
_NO_HALF: Final = frozenset("上下前后大多一夜每各参对折")  # 上半年
_GROUPS: Final = str.maketrans("", "", ", ")


class _Number(NamedTuple):
    """A number without its unit.

    plain, power: 58.85 and 4 of 58.85万; end: where it ends; bare: where it ends without a last 余 or 多;
    alone: whether it is a number with no unit behind it; rule: what it is called with one.
    """

    plain: Decimal
    power: int
    value: Decimal
    value_max: Decimal | None
    approx: Approx | None
    end: int
    bare: int
    alone: bool = True
    rule: str = "number-with-unit"


class Reader:
    """Reads numerals where the expression of ``spelling`` found them."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._numeral = numeral()

    def read(self, match: regex.Match[str]) -> Lexeme | None:
        """The numeral that ``match`` found; None where it is none after all (一直, 百姓)."""
        arabic, share, below, half, folds, vague, power = match.group(
            "arabic", "share", "below", "half", "folds", "vague", "round"
        )
        if arabic:
            return self._arabic(match, arabic)
        if share:
            return self._share(match, share)
        if below:
            return _fraction(match, below)
        if half:
            return self._half(match, half)
        if folds:
            return _doubling(match, folds)
        if vague:
            return self._vague(match)
        if power:
            return self._round(match, power)
        number = _spoken_number(match)
        return self._measured(match.string, match.start(), number, match["minus"]) if number else None

    def _arabic(self, match: regex.Match[str], arabic: str) -> Lexeme | None:
        sign, currency, to_one = match.group("sign", "currency", "to_one")
        if len(arabic) > _LONGEST:
            return Lexeme(match.start(), match.end("arabic"), NAME, "long-code", "reference")
        if to_one:
            return Lexeme(*match.span(), RATE, "ratio-to-one", None, Decimal(arabic.translate(_GROUPS)))
        lexeme = self._measured(match.string, match.start(), _arabic_number(match, arabic), sign)
        if currency and lexeme and lexeme.unit is None and (unit := self._units.named(currency)):
            return lexeme._replace(cls=class_of(unit), unit=unit, rule="number-with-unit")
        return lexeme

    def _measured(self, text: str, start: int, number: _Number, sign: str | None) -> Lexeme | None:
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
        self, text: str, start: int, end: int, low: _Number, measure: Measure | None
    ) -> tuple[_Number, Measure | None] | None:
        """The range whose upper number stands behind ``end``, and its unit: 3至5万元, 10%-15%."""
        to = _TO.match(text, end)
        match = to and self._numeral.match(text, to.end())
        high = match and _number(match)
        if to is None or not high:
            return None
        measure_high = self._units.read(text, high.end)
        if measure_high is None and (measure or not high.power):  # 3至5万 needs no unit
            return None
        if measure and measure_high and measure.unit != measure_high.unit:
            return None
        value = low.value
        if measure is None and high.power and not low.power and low.plain < high.plain:
            value = scale(format(low.plain, "f"), high.power)
        if high.value <= value or (to["word"] and _SINCE.search(text[max(0, start - 13) : start])):
            return None
        return high._replace(value=value, value_max=high.value, alone=True, rule="range"), measure_high

    def _share(self, match: regex.Match[str], base: str) -> Lexeme | None:
        """百分之九十五点二, 千分之三, 百分之十到十五."""
        low = self._number_at(match.string, match.end())
        if low is None:
            return None
        to = _TO_SHARE.match(match.string, low.end)
        high = self._number_at(match.string, to.end()) if to else None
        if high and high.value > low.value:
            low = high._replace(value=low.value, value_max=high.value)
        return Lexeme(
            match.start(), low.bare, RATE, "percent-in-words", None, low.value, low.value_max, _SHARES[base], low.approx
        )

    def _number_at(self, text: str, position: int) -> _Number | None:
        match = self._numeral.match(text, position)
        if match is None:
            return None
        if match["round"] and not match["up"]:  # 百分之百
            value = scale("1", _POWER[match["round"]])
            return _Number(value, 0, value, None, None, match.end(), match.end())
        return _number(match)

    def _half(self, match: regex.Match[str], half: str) -> Lexeme | None:
        """一半, 过半; 半 of a time (提前半年)."""
        text, (start, end) = match.string, match.span()
        before = text[start - 1 : start]
        if half != "半":
            return Lexeme(start, end, RATE, "half", None, Decimal(50), None, _PERCENT)
        measure = self._units.read(text, end + 1 if text.startswith("个", end) else end)
        if measure and measure.unit.dimension == "time" and before not in _NO_HALF:
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
        text, start = match.string, match.start()
        up, more = match.group("up", "more")
        if not (up or more or text[start - 1 : start] in _NEAR):
            return None
        measure = self._units.read(text, match.end())
        if measure is None and (not (up or more) or _HAN.match(text, match.end())):
            return None
        end, unit = (measure.end, measure.unit) if measure else (match.end("round"), None)
        approx: Approx | None = "over" if up or more else None
        return Lexeme(start, end, class_of(unit), "round-number", None, scale("1", _POWER[power]), None, unit, approx)


def _number(match: regex.Match[str]) -> _Number | None:
    """The number without its unit, where the match found digits or a number that is spelled out."""
    arabic, pair, spoken, formal = match.group("arabic", "pair", "spoken", "formal")
    if arabic:
        return _arabic_number(match, arabic) if len(arabic) <= _LONGEST else None
    return _spoken_number(match) if pair or spoken or formal else None


def _arabic_number(match: regex.Match[str], arabic: str) -> _Number:
    some, multiplier, rest, over = match.group("some", "power", "rest", "over")
    digits = arabic.translate(_GROUPS) if len(arabic) > 4 else arabic
    power = _POWER[multiplier] if multiplier else 0
    value = parse_numeral(digits + multiplier + rest) if rest else scale(digits, power)
    end = bare = match.end("over" if over else "rest" if rest else "power" if power else "arabic")
    if over and over != "几":
        bare = match.start("over")
        bare -= match.string[bare - 1] == " "
    return _Number(Decimal(digits), 0 if rest else power, value, None, _APPROX.get(some or over), end, bare)


def _spoken_number(match: regex.Match[str]) -> _Number | None:
    """三千二百一十, 七八十, 十几万; None where the characters make no number."""
    stem, pair, tail, spoken, formal = match.group("stem", "pair", "tail", "spoken", "formal")
    about, times, rough = match.group("about", "times", "rough")
    written = (spoken or formal or pair + tail) + (times or "")
    try:
        if pair:
            low, high = (parse_numeral(stem + digit + tail + (times or "")) for digit in pair)
        else:
            low, high = parse_numeral(written), None
        plain = parse_numeral(written.rstrip("百千万亿")) if spoken else low
    except NumeralError:  # 十万八百万
        return None
    power = sum(POWERS[c] for c in written[len(written.rstrip("百千万亿")) :]) if spoken else 0
    multiplied = any(c in POWERS for c in written)
    return _Number(
        plain,
        power,
        low,
        high,
        _APPROX.get(about or rough),
        match.end(),
        match.start("rough") if rough in ("余", "多", "来") else match.end(),
        bool(formal) or written.startswith("零点") or (multiplied and (len(written) > 2 or bool(rough))),
        "range" if pair else "indefinite-one" if written == "一" else "number-with-unit",
    )


def _fraction(match: regex.Match[str], below: str) -> Lexeme | None:
    """三分之二: rounded to four places where it is no exact decimal."""
    parts, whole = parse_numeral(match["above"]), parse_numeral(below)
    if not whole:
        return None
    value = (parts / whole).quantize(Decimal("0.0001")).normalize()
    return Lexeme(*match.span(), RATE, "fraction", None, value)


def _doubling(match: regex.Match[str], folds: str) -> Lexeme:
    """翻一番: 100 % more; 翻两番: four times as much, 300 % more."""
    digit = next((c for c in folds if c in DIGITS or c.isdecimal()), "一")
    times = int(DIGITS.get(digit, digit))
    grown = Decimal(100 * (2**times - 1) if folds.endswith("番") else 100 * times)
    return Lexeme(*match.span(), FOLD, "doubling", None, grown, None, _PERCENT)


def _with_unit(text: str, start: int, number: _Number, measure: Measure | None) -> Lexeme:
    low, high, rule, approx = number.value, number.value_max, number.rule, number.approx
    if measure is None:
        return Lexeme(start, number.bare, NUMBER, "number" if high is None else "range", None, low, high, None, approx)
    unit, end = measure.unit, measure.end
    if unit.text == _TENTH:
        tail = _TENTHS.match(text, end)
        more = Decimal(0 if tail is None else 5 if tail[0] == "半" else DIGITS[tail[0]])
        low, high = low * 10 + more, None if high is None else high * 10 + more
        unit, end, rule = _PERCENT, tail.end() if tail else end, "tenths"
    elif measure.half:
        low, rule = low + _HALF, "number-with-unit" if high is None else "range"
    approx = "over" if measure.over else approx
    return Lexeme(start, end, class_of(unit), rule, None, low, high, unit, approx)


def _negative(lexeme: Lexeme, sign: str) -> Lexeme:
    """零下5度, 负2.3%, -8至-3度."""
    values = [value.copy_negate() for value in (lexeme.value, lexeme.value_max) if value is not None]
    unit = _BELOW_ZERO.get(lexeme.unit.text, lexeme.unit) if sign == "零下" and lexeme.unit else lexeme.unit
    return lexeme._replace(value=min(values), value_max=max(values) if len(values) > 1 else None, unit=unit)
