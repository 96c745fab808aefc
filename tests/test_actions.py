"""Which verb each figure has: the one that governs it, or what is told behind so many things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.model import Figure

CASES = {
    "how many came how far": (
        "34项任务中，8项提前完成全年任务，6项快于时序进度，2项如期完成，1项进度滞后，其余2项正在抓紧收尾。",
        ["8项 提前完成", "6项 快于时序进度", "2项 如期完成", "1项 进度滞后", "2项 收尾"],
    ),
    "what became of the parts and of the rest": (
        "开工小区22个，其中9个已完工，另有3个正在施工，其余10个今年6月底前全部交付。",
        ["22个 开工", "9个 完工", "3个 施工", "10个 交付"],
    ),
    "a cause is no predicate": (
        "改造危桥9座，2座因管线迁改推迟到明年3月完工，1座受汛情影响低于目标，1座因审批手续。",
        ["9座 改造", "2座 完工", "1座 低于目标", "1座 –"],
    ),
    "how much earlier": (
        "食堂建设比原计划提前2个月完工。",
        ["2个月 提前"],
    ),
    "whom it serves": (
        "为1.1万名适龄女生免费接种疫苗，为312个村卫生室配齐诊断设备。",
        ["1.1万名 接种", "312个 配齐"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_text_to_actions(case: str, figures_of: Callable[[str], tuple[Figure, ...]]) -> None:
    text, expected = CASES[case]
    assert [f"{figure.surface} {figure.action or '–'}" for figure in figures_of(text)] == expected


def test_what_was_done_to_so_many_things_is_part_of_what_is_counted(
    figures_of: Callable[[str], tuple[Figure, ...]],
) -> None:
    figures = figures_of("改造危桥9座，通车7座，其余2座已完成桩基浇筑。")
    assert [figure.indicator for figure in figures] == ["危桥", "危桥", "危桥桩基浇筑"]
