"""Traditional text read in simplified form: the same length always, and only where the text is traditional."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractor.language.traditional import simplify

LONG = "一、新建改建農村公路。全年完成投資58.85億元，惠及沿線427個行政村、63.2萬人；補貼標準為每人每月100元。"
SIMPLE = "一、新建改建农村公路。全年完成投资58.85亿元，惠及沿线427个行政村、63.2万人；补贴标准为每人每月100元。"


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        (LONG, SIMPLE),
        (LONG * 30, SIMPLE * 30),
        ("\r\n".join([LONG] * 3), "\r\n".join([SIMPLE] * 3)),
        ("個", "个"),
        ("三千輛", "三千辆"),
        ("萬人次", "万人次"),
        ("於乾縣與後臺", "于乾县与后台"),
        ("頭髮與發展", "头发与发展"),
    ],
)
def test_traditional_text(traditional: str, simplified: str) -> None:
    assert simplify(traditional) == simplified


@pytest.mark.parametrize(
    "text",
    [
        "",
        SIMPLE,
        SIMPLE * 30,
        "乾县完成投资2亿元",
        "完成12项",
        "台州、后街、里程、余姚、沈阳",
        SIMPLE + "（見《羣衆來信》）",
        "鄠邑区、堃、喆",
        "ＡＢＣ，２０２３　\t\u3000\ue000😀",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert simplify(text) == text


def test_the_length_holds_for_every_character() -> None:
    for start in range(0x3400, 0xA000, 97):
        text = LONG + "".join(map(chr, range(start, start + 97)))
        assert len(simplify(text)) == len(text)
    assert len(simplify(LONG + "\U00020000\U0002a6d6")) == len(LONG) + 2


def test_simplified_text_costs_no_library() -> None:
    program = (
        "import sys; from extractor.language.traditional import simplify; simplify(sys.argv[1] * 40);"
        "assert 'opencc' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, SIMPLE], check=True)
