"""How numerals are spelled in folded text: one expression for all of them, and parts for a pack's masks."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

ARABIC: Final = r"(?:(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}(?![\d,]\d)(?:\.\d{1,12})?|\d{1,24}(?:\.\d{1,12})?))"
CHINESE: Final = r"(?:[零一二两三四五六七八九十百千万亿]{1,24}(?:点[零一二三四五六七八九]{1,12}[万亿]{0,2})?)"
HAN: Final = r"\u4e00-\u9fff"

# Every part may name those before it.  All repetition is bounded or possessive: any text is read in linear time.
_PARTS: Final = {
    "D": "[一二两三四五六七八九]",
    "HAN": HAN,
    "TENFOLD": "[百千](?![米瓦伏克帕斤字卡焦]|分点)",  # 5千米 is 5 千米, 3千分点 3 千分点
    "MULTIPLIER": "万亿|[十百千]?[万亿]|%TENFOLD%",
    # 1,024.3 and 31 450 and 58.85
    "ARABIC": r"\d++(?:(?=[ ,])(?<=(?<!\d)\d{1,3})(?:(?:,\d{3}){1,6}+(?!,?\d)|(?:[ ]\d{3}){1,6}+(?!\d)))?+(?:\.\d++)?+",
    # 2亿3000万, 3万5千, 3万5000
    "REST": r"(?:\d{1,4}(?:[百千]?万|%TENFOLD%)){1,3}(?:\d{3,4}(?![\d.,]))?|\d{3,4}(?![\d.,])",
    # below ten thousand: 三千二百九十一, 两百五, 一百零八, 十二
    "SECTION": "(?:%D%千(?:零?%D%百)?(?:零?%D%?十)?(?:零?%D%)?|%D%百(?:零?%D%?十)?(?:零?%D%)?|%D%?十%D%?|%D%(?!零))",
    "SPOKEN": "(?:%SECTION%(?:万?亿(?:零?%SECTION%万)?(?:零?%SECTION%)?|万(?:零?%SECTION%)?)?|零(?=点))"
    "(?:点[零一二三四五六七八九]{1,8}[万亿]{0,2})?",
    # one of two neighbours: 七八十, 一百二三十, 十二三
    "STEM": "(?:%D%千)?(?:%D%百)?(?:%D%?十)?",
    "PAIR": "(?:一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九)",
    "PART": r"[1-9]\d{0,2}(?!\d)|%D%?十%D%?|%D%",
    "SIGN": r"(?<![^为至到是:,(长幅\s])-|负|零下",
}

# Branches are tried in this order.  What was found is said by the one of these groups that matched: arabic, share,
# fraction, half, folds, vague, round, pair, spoken, formal.
_NUMERAL: Final = r"""
(?=[\d零一二两三四五六七八九十百千万亿数几半翻上负壹贰叁肆伍陆柒捌玖拾¥$€£-])(?:
(?:(?P<sign>%SIGN%)?(?P<currency>[¥$€£])?(?P<arabic>%ARABIC%)
  (?:(?=[ 余多几来十百千万亿:分+])
    (?:[ ]?(?P<some>[余多几])(?=[ ]?%MULTIPLIER%))?
    (?:[ ]?(?P<power>%MULTIPLIER%)(?P<rest>%REST%)?)?
    (?:[ ]?(?P<over>[余多几]|来(?=[%HAN%])|\+(?![\d+ ])))?
    (?P<to_one>:1(?![\d:.]))?
    (?P<parts>(?<=(?<![\d.,]|\d[ ])[1-9]\d{0,2})分之%PART%)?)?)
|(?P<share>百万|十万|[百千万])分之
|(?:%D%?十%D%?|%D%)(?P<fraction>分之%PART%)
|(?P<half>一半(?![天夜点径])|半(?:数|(?![夜点径数])))
|翻(?P<folds>了?[近约]?[一两二三四五\d]?(?:番|倍))
|(?P<vague>(?:(?<![人户总个件次指倍系分岁天无多少基参函])数|几)[十百千万亿]{1,3})
|(?P<up>(?<![以网线路街身会手马之晚早车船山海地至])上)?(?P<round>万亿|[百千]?[万亿]|[百千])(?P<more>[余多])?
|(?P<minus>%SIGN%)?
  (?:(?P<stem>%STEM%)(?P<pair>%PAIR%)(?P<tail>[十百千]?[万亿]{0,2})|(?P<spoken>%SPOKEN%)|(?P<formal>[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,24}(?=元)))
  (?![一二两三四五六七八九十百千万亿])
  (?:(?P<about>[余多几来])(?P<times>[万亿]{1,2}))?(?P<rough>[余多]|几十?|来(?=[%HAN%]))?
)"""


@cache
def numeral() -> regex.Pattern[str]:
    """The expression that finds the next numeral."""
    parts: dict[str, str] = {}
    for name, part in _PARTS.items():
        parts[name] = _filled(part, parts)
    lines = _NUMERAL.splitlines()
    return regex.compile(_filled("".join(line.strip() for line in lines), parts))


def shape_of(text: str) -> str:
    """The text with 0 for every digit and without blanks, in which a mask's triggers are looked for."""
    for digit in "123456789":
        text = text.replace(digit, "0")
    return text.replace(" ", "")


def _filled(text: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        text = text.replace(f"%{name}%", part if name == "HAN" else f"(?:{part})")
    return text
