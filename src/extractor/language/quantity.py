"""Every numeral of a text, read: as a quantity with its unit, or as the date, name or reference that it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from extractor.language.numeral import DIGITS, POWERS, NumeralError, parse_numeral, scale
from extractor.model import Approx, Direction, Kind, Quantity, Role, Span, Unit

if TYPE_CHECKING:
    import regex

    from extractor.language.pack import Pack

# Classes of numerals in a row of words: what a number is to the grammar.
AMOUNT: Final = "A"  # 32所, 58.85万人次
RATE: Final = "R"  # 106%, 九成, 三分之二, 9.8/10万
POINT: Final = "P"  # 15.5个百分点
TIMES: Final = "X"  # 1.3倍
FOLD: Final = "F"  # 翻一番
NUMBER: Final = "N"  # a number without a unit
DATE: Final = "D"
NAME: Final = "O"  # part of a name, a specification, a reference, an ordinal
LAYOUT: Final = "Y"
QUANTITIES: Final = frozenset("ARPXFN")

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d,]\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
CHINESE = r"(?:[零一二两三四五六七八九十百千万亿]{1,24}(?:点[零一二三四五六七八九]{1,12}[万亿]{0,2})?)"
HAN = r"\u4e00-\u9fff"
_MULTIPLIER = r"(?:万亿|[十百千]?[万亿]|[百千](?![米瓦伏克帕斤字]))"
_BLANK = r"(?:[ ]{0,2}|[ ]{0,4}\n[ ]{0,4}(?=%UNIT%(?:[^%HAN%\d]|$)))"
# A numeral, its multiplier and unit, a range of two; 余 and 多 may stand between them.
QUANTITY = r"""
(?<![\d.])(?P<sign>(?<=[为至到是:,(\s]|^)[-负])?
(?:(?P<number>%ARABIC%)(?:[ ]?(?P<more1>[余多])(?=[ ]?%MULTIPLIER%))?[ ]?(?P<times>%MULTIPLIER%)?(?:(?P<number2>\d+(?:\.\d+)?)(?P<times2>[万千]))?
  |(?P<spoken>%CHINESE%)(?:(?P<more2>[余多])(?P<times3>[万亿]{1,2}))?)
(?P<more>[余多几]|来(?=[%HAN%]))?
(?:[ ]?(?P<unit1>%UNIT%)?[ ]?(?<!(?:由|从|自)[^,。;\n]{0,12})(?:[-—~]{1,2}|至|到)[ ]?(?:(?P<high>%ARABIC%)[ ]?(?P<times4>%MULTIPLIER%)?|(?P<high_spoken>%CHINESE%))(?=[余多]?[ ]?%UNIT%|万))?
(?P<more4>[余多])?
(?:%BLANK%(?P<unit>%UNIT%(?:[ ]?/[ ]?(?:\d+[ ]?)?[十百千万亿]*(?:%UNIT%|人口)?(?:·(?:%UNIT%))*|每(?:%UNIT%)(?:每(?:%UNIT%))?)?|/[ ]?(?:10[ ]?万|十万|万|千人|百)))?
"""
# Shares and multiples that are words: 九成五, 一成半, 三分之二, 百分之九十五点二, 一半, 翻一番.
SHARE = r"""
(?P<base>[百千万])分之(?P<share>%ARABIC%|%CHINESE%)
|(?P<below>[二三四五六七八九十]{1,3})分之(?P<above>[一二两三四五六七八九十]{1,3})
|(?:(?P<tenths1>[一二两三四五六七八九])(?:[至到-])?)?(?P<tenths>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<tenth_half>半|[一二三四五六七八九](?![成级项个]))?(?![立员为功效本年人果品绩片套熟交长林网型都分了就因语全群像建份])
|(?P<half>一半|半数|(?<=过)半)(?![天夜点径])
|翻(?P<doubled>了?(?:近|约)?(?P<folds>[一两二三四五\d]?)(?:番|倍))
|(?P<ratio>\d+\.\d+):1(?!\d)
|(?P<vague>[数几](?:[十百千万亿]{1,3}))(?P<vague_unit>%UNIT%)?
|(?<=上|近|超|过|逾|约|达|不足|不到)(?P<round>[百千万][万亿]?)(?P<round_more>余|多)?(?P<round_unit>%UNIT%)
"""
_HIDDEN = "\x01"
_PERCENT: dict[str, tuple[str, str]] = {"百": ("%", "%"), "千": ("‰", "[ppth]"), "万": ("‱", "[pptth]")}
_TWO_DIGITS = {a + b for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True)} | {"三五"}
_PERCENT_UNIT = Unit("%", "%", "ratio")
_MULTIPLE_POWER = {a: sum(POWERS[c] for c in a) for a in ("万亿", "十万", "百万", "千万", "十亿", "百亿", "千亿", *POWERS)}


def expressions(unit: str) -> tuple[str, str]:
    """Regular expressions for shares in words and for quantities, where ``unit`` is one for a unit."""
    parts = {"BLANK": _BLANK, "ARABIC": ARABIC, "CHINESE": CHINESE, "MULTIPLIER": _MULTIPLIER, "HAN": HAN, "UNIT": unit}

    def filled(text: str) -> str:
        for name, part in parts.items():
            text = text.replace(f"%{name}%", part)
        return "".join(line.strip() for line in text.splitlines())

    return filled(SHARE), filled(QUANTITY)


class Lexeme(NamedTuple):
    """One numeral as read.  role is set where it is no quantity; value is None for 数十 and for what has a role."""

    start: int
    end: int
    cls: str
    rule: str
    role: Role | None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: Unit | None = None
    approx: Approx | None = None


class Lexer:
    """Reads the numerals of folded text by a pack's masks and units."""

    def __init__(self, pack: Pack) -> None:
        self._pattern = pack.numeral_pattern
        self._masks = pack.masks
        self._units = pack.units

    def read(self, text: str) -> list[Lexeme]:
        """All numerals of ``text`` (folded), in order, none overlapping."""
        masked = self._masked(text)
        hidden = list(text)
        for lexeme in masked:
            hidden[lexeme.start : lexeme.end] = _HIDDEN * (lexeme.end - lexeme.start)
        found = []
        position = 0
        search, rest = self._pattern.search, "".join(hidden)
        while match := search(rest, position):
            if lexeme_read := self._lexeme(match):
                found.append(lexeme_read)
                position = lexeme_read.end
            else:
                position = match.start() + 1
        return sorted(masked + _lend_units(found, text))

    def _masked(self, text: str) -> list[Lexeme]:
        found = []
        taken = bytearray(len(text))
        for mask in self._masks:
            if mask.trigger and not any(word in text for word in mask.trigger):
                continue
            cls = DATE if mask.role == "date" else LAYOUT if mask.role == "layout" else NAME
            for match in mask.match.finditer(text):
                spans = match.spans("n") if "n" in match.re.groupindex and match["n"] else [match.span()]
                for start, end in spans:
                    if start < end and not any(taken[start:end]):
                        taken[start:end] = b"\1" * (end - start)
                        found.append(Lexeme(start, end, cls, mask.name, mask.role))
        return found

    def _lexeme(self, match: regex.Match[str]) -> Lexeme | None:
        try:
            return self._share(match) if match.lastgroup == "as_share" else self._quantity(match)
        except NumeralError:
            return None

    def _quantity(self, match: regex.Match[str]) -> Lexeme | None:
        (sign, number, more1, times, number2, times2, spoken, more2, times3, more, unit1, high, times4, high_spoken,
         more4, unit_text) = match.group(
            "sign", "number", "more1", "times", "number2", "times2", "spoken", "more2", "times3", "more", "unit1", "high",
            "times4", "high_spoken", "more4", "unit",
        )  # fmt: skip
        if spoken and not (unit_text or times3) and not _stands_alone(spoken):
            return None
        value: Decimal | None
        if number:
            value = scale(number.replace(",", "").replace(" ", ""), _MULTIPLE_POWER[times] if times else 0)
            if number2:
                value += scale(number2, POWERS[times2])
            value_max = None
        else:
            if spoken[0] in "百千万亿":  # 百余场, but not 百米跑 or 万家灯火
                if not (more or more2):
                    return None
            value, value_max = _spoken_range(spoken + (times3 or ""))
        if high:
            value_max = scale(high.replace(",", "").replace(" ", ""), _MULTIPLE_POWER[times4] if times4 else 0)
            if times4 and not times and number and Decimal(number.replace(",", "").replace(" ", "")) < Decimal(high):
                value = scale(number, _MULTIPLE_POWER[times4])
        elif high_spoken:
            value_max = parse_numeral(high_spoken)
        if sign:
            value = -value
        start, end = match.start(), match.end()
        unit = self._unit(unit_text) if unit_text else None
        if unit is None and unit1:
            unit = self._unit(unit1)
        approx: Approx | None = "over" if more1 or more2 or more or more4 else None
        rule = "range" if value_max is not None else "number-with-unit" if unit else "number"
        rule = "indefinite-one" if spoken == "一" else rule
        return Lexeme(start, end, _class_of(unit), rule, None, value, value_max, unit, approx)

    def _share(self, match: regex.Match[str]) -> Lexeme | None:
        group = match.capturesdict()
        first = {name: captured[0] for name, captured in group.items() if captured}
        start, end = match.span()
        if "base" in first:
            text, code = _PERCENT[first["base"]]
            return Lexeme(start, end, RATE, "percent-in-words", None, parse_numeral(first["share"]), None, Unit(text, code, "ratio"))
        if "below" in first:
            value = (parse_numeral(first["above"]) / parse_numeral(first["below"])).quantize(Decimal("0.0001"))
            return Lexeme(start, end, RATE, "fraction", None, value.normalize(), None, None)
        if "tenths" in first:
            half = first.get("tenth_half", "")
            value = _tenths(first["tenths"]) + (5 if half == "半" else int(DIGITS[half]) if half else 0)
            if "tenths1" in first:
                return Lexeme(start, end, RATE, "tenths", None, _tenths(first["tenths1"]), value, _PERCENT_UNIT)
            return Lexeme(start, end, RATE, "tenths", None, value, None, _PERCENT_UNIT)
        if "half" in first:
            over: Approx | None = "over" if first["half"] == "半" else None
            return Lexeme(start, end, RATE, "half", None, Decimal(50), None, _PERCENT_UNIT, over)
        if "doubled" in first:
            folds = int(DIGITS.get(first.get("folds") or "一", first.get("folds") or "1"))
            grown = Decimal(100 * (2**folds - 1)) if "番" in first["doubled"] else Decimal(100 * (folds - 1))
            return Lexeme(start, end, FOLD, "doubling", None, grown, None, _PERCENT_UNIT)
        if "ratio" in first:
            return Lexeme(start, end, RATE, "ratio-to-one", None, Decimal(first["ratio"]), None, None)
        if "vague" in first:
            unit = self._unit(first["vague_unit"]) if "vague_unit" in first else None
            return Lexeme(start, end, NAME, "vague-number", "name", None, None, unit)
        unit = self._unit(first["round_unit"])
        over = "over" if match.string[start - 1] == "上" or "round_more" in first else None
        begin = start - 1 if match.string[start - 1] == "上" else start
        return Lexeme(begin, end, _class_of(unit), "round-number", None, parse_numeral(first["round"]), None, unit, over)

    def _unit(self, surface: str) -> Unit:
        text = surface.replace(" ", "").replace("\n", "")
        known = self._units.get(text)
        if known:
            return known
        if text[0] == "/":
            return Unit(text, text, "ratio")
        if text[0] == "个" and text[1:] in self._units:  # 2.5个百分点, 3个月: 个 only counts the unit
            return self._units[text[1:]]
        head = self._units[self._head(text)]
        return Unit(text, head.code + text[len(head.text) :], head.dimension + text[len(head.text) :])

    def _head(self, text: str) -> str:
        return next(text[:n] for n in range(len(text) - 1, 0, -1) if text[:n] in self._units)


def _stands_alone(spoken: str) -> bool:
    """Whether a Chinese numeral is a number even with no unit behind it: 二十万, 一百二十万零三."""
    return len(spoken) > 2 and spoken[0] not in "百千万亿" and any(c in "百千万亿" for c in spoken) and "点" not in spoken[-1]


def _spoken_range(spoken: str) -> tuple[Decimal, Decimal | None]:
    """七八 -> 7, 8; 二三十 -> 20, 30; anything else is one number."""
    if spoken[:2] in _TWO_DIGITS and (len(spoken) == 2 or spoken[2] in POWERS):
        return parse_numeral(spoken[0] + spoken[2:]), parse_numeral(spoken[1:])
    return parse_numeral(spoken), None


def _tenths(digits: str) -> Decimal:
    return scale(digits, 1) if digits[0].isdigit() else Decimal(DIGITS[digits]) * 10


def _class_of(unit: Unit | None) -> str:
    if unit is None:
        return NUMBER
    return {"ratio": RATE, "point": POINT, "times": TIMES}.get(unit.dimension, AMOUNT)


def _lend_units(lexemes: list[Lexeme], text: str) -> list[Lexeme]:
    """41个、22个百分点 and 3、5公里: a member of a list without a unit of its own takes the next one's."""
    for i in range(len(lexemes) - 2, -1, -1):
        this, following = lexemes[i], lexemes[i + 1]
        if following.role or this.role or following.unit is None or following.start - this.end > 3:
            continue
        lends = this.unit is None or (this.unit.text == "个" and following.cls == POINT)
        if lends and this.cls in "AN" and text[this.end : following.start].strip() in ("、", "和", "及", "与"):
            if this.unit is None and following.cls == AMOUNT and this.value is not None and text[this.end - 1] in "万亿":
                continue  # 20万、30万元 is lent the unit all the same; 万 was read
            lexemes[i] = this._replace(cls=following.cls, unit=following.unit, rule="borrowed-unit")
    return lexemes


def kind_of(lexeme: Lexeme, before: str) -> tuple[Kind, Direction | None]:
    """Kind and direction of a quantity that stands alone, by the verb in front of it."""
    if lexeme.cls == FOLD:
        return "change", "up"
    tail = before[-4:]
    up = any(word in tail for word in ("增长", "提高", "提升", "增加", "上升", "上涨", "增幅", "扩大"))
    down = any(word in tail for word in ("下降", "降低", "减少", "缩短", "下滑", "降幅", "压缩"))
    if (up or down) and not tail.endswith(("到", "至", "为")) and lexeme.cls in "RPX":
        return "change", "up" if up else "down"
    if lexeme.cls == POINT:
        return "change", None
    return ("rate" if lexeme.cls in "RX" else "amount"), None


def quantities_of(lexemes: list[Lexeme], text: str, folded: str) -> Iterator[Quantity]:
    """The quantities among a text's numerals, with what stands directly before and behind them."""
    from extractor.language.approximation import approx_around

    for lexeme in lexemes:
        if lexeme.role and lexeme.rule != "vague-number":
            continue
        kind, direction = kind_of(lexeme, folded[max(0, lexeme.start - 8) : lexeme.start])
        span = Span(lexeme.start, lexeme.end)
        approx = lexeme.approx or approx_around(folded, lexeme.start, lexeme.end)
        yield Quantity(span, text[span.start : span.end], lexeme.value, lexeme.value_max, lexeme.unit, kind, approx, direction)
