"""No text takes more steps than its length allows: twice the text, twice the steps."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

import extractor

UNITS = {
    "数字": "3", "左括号": "（", "括号": "（）", "书名号": "《", "引号": "“", "顿号": "学校、", "汉字": "学",
    "中文数字": "十一", "空格": " ", "空行": "\n", "日期": "2023年", "序号": "第3", "范围": "3-", "分数": "3/",
    "千分位": "1,234,", "圈号": "①", "万": "万", "繁体": "億", "引语": "“两病”", "地名": "南阳市",
    "一串": "新建学校3所，", "并列": "学校3所、", "完成": "完成年度目标的3%、", "行": "新建学校3所\n",
    "表": "|学校|3|所|\n", "制表": "学校\t3\t所\n", "申报": "民生实事10件，", "句": "新建学校3所。",
    "标题": "一、建学校\n", "小标题": "（一）建学校3所。\n", "其中": "其中城区2个，", "变化": "由3提高到4，",
    "括号里": "（新建3所）", "井号": "# 3\n",
}  # fmt: skip


def steps(text: str) -> int:
    """How many lines of Python reading a text runs, loops within one line counted by their rounds."""
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        extractor.extract(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_steps_grow_with_the_text(unit: str) -> None:
    text = UNITS[unit] * (3000 // len(UNITS[unit]))
    for _ in range(2):  # the second text reads the whole dictionary; what is read once is no step of this one
        extractor.extract(text)
    assert steps(text) < 2.25 * steps(text[: len(text) // 2])


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_comes_to_an_end(unit: str) -> None:
    text = UNITS[unit] * (30_000 // len(UNITS[unit]))
    assert extractor.extract(text).source.characters == len(text)


def test_deep_nesting_comes_to_an_end() -> None:
    text = "（" * 20_000 + "新建学校3所" + "）" * 20_000
    assert [numeral.text for numeral in extractor.extract(text).numerals] == ["3所"]
