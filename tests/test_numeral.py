"""One value, many spellings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import NumeralError, parse_numeral
from extractor.language.numeral import scale

SPELLINGS = {
    "0": "零|〇|0|０",
    "1": "一|壹|1|１|01",
    "2": "二|两|兩|贰|2",
    "10": "十|一十|壹拾|10",
    "15": "十五|一十五|15",
    "20": "二十|20",
    "22": "二十二|22|贰拾贰",
    "100": "百|一百|100",
    "105": "一百零五|一百〇五|105",
    "110": "一百一|一百一十|110",
    "115": "一百十五|一百一十五|115",
    "250": "两百五|二百五|二百五十|两百五十|2.5百|250",
    "999": "九百九十九|玖佰玖拾玖|999",
    "1000": "千|一千|1千|1,000|1 000",
    "1024.3": "1,024.3|1024.3|1 024.3",
    "1500": "一千五|一千五百|1千5百|1千5|1.5千|1500",
    "2023": "二零二三|二〇二三|两千零二十三|2023|２０２３",
    "3005": "三千零五|3005",
    "3050": "三千零五十|3050",
    "3210": "三千二百一|三千二百一十|3210|3,210|３２１０|3千2百1十|叁仟贰佰壹拾",
    "12000": "一万二|一万二千|1万2千|1万2|1.2万",
    "30500": "三万零五百|3万500|3.05万",
    "31450": "31 450|31\u2009450|31,450|31，450|31450|三万一千四百五十|三万一千四百五",
    "35000": "三万五|三万五千|3万5千|3万5|3万5000|3.5万",
    "100000": "十万|10万|一十万",
    "350800": "三十五万零八百|35万零八百|35.08万",
    "588500": "58.85万|５８．８５万|58.85 万|五十八点八五万|五十八万八千五百",
    "1000000": "百万|一百万|100万",
    "1200003": "一百二十万零三|120万零三|1200003",
    "1234500": "一百二十三点四五万|123.45万",
    "32913000": "三千二百九十一点三万|3291.3万|叁仟贰佰玖拾壹点叁万|三千二百九十一万三千",
    "100000000": "亿|一亿|1亿|1億|10000万",
    "100010001": "一亿零一万零一",
    "130000000": "一亿三|一亿三千万|1亿3000万|1.3亿",
    "230000000": "2亿3000万|二亿三千万|两亿三|2.3亿|2亿3千万",
    "350000000": "三点五亿|三亿五|3亿5|3.5亿",
    "1200000000000": "1.2万亿|一点二万亿|一万二千亿|12000亿",
    "5000000000000000": "五千万亿",
    "0.5": "零点五|0.5|０．５",
    "-0.5": "负零点五|-0.5|－０．５|負零點五",
    "-12": "-12|负十二|−12",
    "3.14": "三点一四|3.14|+3.14",
    "20100": "2.01万",
    "0.0001": "0.0001|零点零零零一",
}
# What cannot be read -> the character that the message names.
UNREADABLE = {
    "": "",
    "  ": "",
    "-": "",
    "个": "个",
    "三个": "个",
    "五分之一": "分",
    "一点": "点",
    "1.5.2": ".",
    "1,23": ",",
    "1,234,56": ",",
    "12、3": "、",
    "十百": "百",
    "万万": "万",
    "十万八百万": "万",
    "三千五万六万": "万",
    "五百六千万": "千",
    "3至5": "至",
    "2.5e3": "e",
    "数十": "数",
    "近百": "近",
    "abc": "a",
}
DIGITS = st.integers(0, 10**12 - 1)


@pytest.mark.parametrize(
    ("spelling", "value"), [(spelling, value) for value, row in SPELLINGS.items() for spelling in row.split("|")]
)
def test_a_numeral_has_its_value(spelling: str, value: str) -> None:
    read = parse_numeral(spelling)
    assert read == Decimal(value)
    assert "E" not in str(read)


@pytest.mark.parametrize(("text", "named"), UNREADABLE.items())
def test_what_is_no_numeral_is_named(text: str, named: str) -> None:
    with pytest.raises(NumeralError) as caught:
        parse_numeral(text)
    assert repr(named) in str(caught.value) if named else "no numeral" in str(caught.value)


def test_what_nobody_would_write_is_refused() -> None:
    with pytest.raises(NumeralError, match="longer than any numeral"):
        parse_numeral("9" * 5000)


@settings(deadline=None)
@given(DIGITS, st.integers(0, 99))
def test_digits_mean_themselves_however_they_are_grouped(whole: int, fraction: int) -> None:
    value = Decimal(f"{whole}.{fraction:02}")
    assert parse_numeral(f"{whole}.{fraction:02}") == parse_numeral(f"{whole:,}.{fraction:02}") == value
    assert parse_numeral(f"{whole:,}.{fraction:02}".replace(",", " ")) == value


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 12))
def test_a_multiplier_is_exact(whole: int, fraction: int, power: int) -> None:
    digits = f"{whole}.{fraction}"
    assert scale(digits, power) == Decimal(digits).scaleb(power)
    assert "E" not in str(scale(digits, power))


def spoken(number: int) -> str:
    """A whole number below 10**12 as it is read aloud."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    for power, sign in ((8, "亿"), (4, "万"), (3, "千"), (2, "百"), (1, "十")):
        if number >= 10**power:
            head, rest = divmod(number, 10**power)
            gap = "零" if 0 < rest < 10 ** (power - 1) else ""
            return spoken(head) + sign + (gap + spoken(rest) if rest else "")
    raise AssertionError(number)


@settings(deadline=None)
@given(DIGITS)
def test_a_number_read_aloud_has_its_value(number: int) -> None:
    assert parse_numeral(spoken(number)) == number
    assert parse_numeral("负" + spoken(number)) == -number


@settings(deadline=None)
@given(st.text(st.sampled_from("零一二三十百千万亿点两负0123456789., -个"), max_size=60))
def test_any_characters_are_a_number_or_an_error(text: str) -> None:
    try:
        assert parse_numeral(text).is_finite()
    except NumeralError as error:
        assert str(error)
