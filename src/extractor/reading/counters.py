"""How a list's own numbering shows its numbers: 3 -> "3", "c", "iii", "三", "③"; for HTML and Word lists alike.

Styles have the names of Office Open XML (ECMA-376, ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LARGEST = 99_999
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)


def counter(style: str, number: int) -> str:
    """A number as style shows it; plain digits where the style is unknown or cannot show it."""
    show = _STYLES.get(style)
    if show is None or not 0 < number <= _LARGEST:
        return str(number)
    return show(number)


def chinese(number: int) -> str:
    """A number from 1 to 99,999 in Chinese numerals: 12 -> 十二, 105 -> 一百零五."""
    text = ""
    for place, name in ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(number, place)
        if digit:
            text += _DIGITS[digit] + name
        elif text and rest and not text.endswith("零"):
            text += "零"
        number = rest
    return text[1:] if text.startswith("一十") else text


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letter(number: int) -> str:
    """Word repeats a letter where the alphabet ends: 27 -> aa, 28 -> bb."""
    turns, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * min(turns + 1, 20)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _run(first: str, length: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(length))


_CIRCLED = _cycle(_run("①", 20) + _run("㉑", 15) + _run("㊱", 15))
_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda number: chinese(number).translate(
        str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    ),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _cycle(_run("⑴", 20)),
    "decimalEnclosedFullstop": _cycle(_run("⒈", 20)),
    "ideographEnclosedCircle": _cycle(_run("㊀", 10)),
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalFullWidth2": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
}
