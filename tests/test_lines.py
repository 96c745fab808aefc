"""Lines: the numbers of their marks, the page's furniture, and which line breaks stand inside a sentence."""

from __future__ import annotations

import pytest

from extractor.language.fold import fold
from extractor.language.pack import load_pack
from extractor.release.lines import find_furniture, number_of_mark, read_lines, unwrap

PACK = load_pack()


def unwrapped(text: str) -> str:
    folded = fold(text)
    return unwrap(folded, PACK, find_furniture(folded, PACK))


@pytest.mark.parametrize(
    ("mark", "number"),
    [
        ("3", 3), ("三", 3), ("十一", 11), ("③", 3), ("⑳", 20), ("⑶", 3), ("❸", 3), ("➌", 3), ("㈢", 3), ("⒊", 3),
        ("㊂", 3),
        ("🔟", 10), ("", None), (None, None),
    ],
)  # fmt: skip
def test_mark_to_number(mark: str | None, number: int | None) -> None:
    assert number_of_mark(mark) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A sentence broken by the width of the page.
        (
            "全市新建改造农村公路总里程超过年度计划，\n共完成120公里。",
            "全市新建改造农村公路总里程超过年度计划, 共完成120公里。",
        ),
        ("完成投资\n，增长明显", "完成投资 ,增长明显"),
        ("城乡居民的\n养老金", "城乡居民的 养老金"),
        # Sentences, headings and cells that end where their lines end.
        ("新建学校5所。\n改造小区8个。", "新建学校5所。\n改造小区8个。"),
        ("增加学位供给\n新建学校5所。", "增加学位供给\n新建学校5所。"),
        ("新建学校，\n一、改造小区", "新建学校,\n一、改造小区"),
        ("新建学校，\n\n改造小区", "新建学校,\n\n改造小区"),
        ("| 学校 | 5所，\n| 小区 | 8个", "| 学校 | 5所,\n| 小区 | 8个"),
    ],
)
def test_line_breaks_inside_sentences_are_blanks(text: str, expected: str) -> None:
    assert unwrapped(text) == expected
    assert len(unwrapped(text)) == len(text)


def test_lines_know_their_marks_and_their_furniture() -> None:
    folded = unwrapped("一、增加学位供给\n\n  新建学校5所。\n责任编辑：王宁\n")
    lines = read_lines(folded, PACK, find_furniture(folded, PACK))
    assert [(line.kind, line.number, line.text(folded), line.furniture) for line in lines] == [
        ("chinese-number", 1, "增加学位供给", False),
        ("", None, "新建学校5所。", False),
        ("", None, "责任编辑:王宁", True),
    ]
