"""Promises: which figures a release reports, and which it only announces."""

from __future__ import annotations

import pytest

import extractor


def told(title: str, sentence: str) -> list[str]:
    text = f"{title}\n1.改造老旧小区\n{sentence}\n2.增加学位供给\n新建学校5所。\n3.开展技能培训\n培训人员2600人次。\n"
    project = extractor.extract(text).projects[0]
    return [f"{one.surface} {'promised' if one.promised else 'reported'}" for one in project.figures]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("改造小区8个。", ["8个 reported"]),
        ("改造小区8个。明年计划改造小区9个。", ["8个 reported", "9个 promised"]),
        ("改造小区8个。下一步，将改造小区9个。", ["8个 reported", "9个 promised"]),
        ("改造小区8个。2024年将改造小区9个。", ["8个 reported", "9个 promised"]),
        ("改造小区8个。下一步：再改造小区9个，惠及居民700户。", ["8个 reported", "9个 promised", "700户 promised"]),
        ("今年，我们计划改造小区8个左右，加装电梯不少于5部。", ["8个 promised", "5部 promised"]),
        ("今年，我市计划改造小区8个，目前已开工6个，完工5个。", ["6个 reported", "5个 reported"]),
        ("改造小区8个，其余2个将于年底前完成。", ["8个 reported", "2个 promised"]),
        ("改造小区8个。今年还要改造小区9个。", ["8个 reported", "9个 promised"]),
        # A later year of which something is reported, and a word of the future that promises nothing.
        ("改造小区8个。2024年已完成改造小区9个。", ["8个 reported", "9个 reported"]),
        ("2022年改造小区7个。", ["7个 reported"]),
        (
            "改造小区8个。2024年将改造小区9个\n加装电梯5部\n\n建成公园3处。",
            ["8个 reported", "9个 promised", "5部 promised", "3处 reported"],
        ),
        ("改造小区8个，其余2个12月底交付。", ["8个 reported", "2个 promised"]),
        ("改造小区8个，剩下的1个9月开门迎客。", ["8个 reported", "1个 promised"]),
        ("改造小区8个，剩余2个转入2024年一季度交付。", ["8个 reported", "2个 promised"]),
        ("改造小区8个，另有1个春节后启用。", ["8个 reported", "1个 promised"]),
        ("改造小区8个，其余2个正在抓紧收尾，确保年底前完工。", ["8个 reported", "2个 reported"]),
        ("改造小区8个。预计2024年竣工\n目标：9个\n完成：10个", ["8个 reported", "10个 reported"]),
        # 将 brings an object forward or promises.
        ("将认定权限下放给128家机构。", ["128家 reported"]),
        ("将人工关节等高值耗材纳入联盟采购，节约资金3.2亿元。", ["3.2亿元 reported"]),
        ("将盯紧滞后项目，新增学位300个。", ["300个 promised"]),
        # What was said and is done; what is promised of the rest only.
        ("说好改造小区8个，如今都已完工。", ["8个 reported"]),
        ("说好的8个全部改造完成。", ["8个 reported"]),
        ("其余2个将于年底前完成；投入资金3亿元。", ["2个 promised", "3亿元 reported"]),
        ("将改造小区2个；投入资金3亿元。", ["2个 promised", "3亿元 promised"]),
    ],
)
def test_sentence_to_promises(sentence: str, figures: list[str]) -> None:
    assert told("北山市2023年民生实事完成情况", sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("改造小区8个。\n提出理由：全市老旧小区71个。", ["8个 promised", "71个 reported"]),
        ("改造小区8个。\n现状：计划改造小区9个，实际改造7个。", ["8个 promised", "7个 reported"]),
        ("改造小区8个。\n投资估算：3亿元。", ["8个 promised", "3亿元 promised"]),
        ("改造小区8个。\n资金来源：争取上级资金3亿元。", ["8个 promised", "3亿元 promised"]),
        ("改造小区8个，完成率不低于75%。", ["8个 promised", "75% promised"]),
    ],
)
def test_a_plan_tells_what_is(sentence: str, figures: list[str]) -> None:
    assert told("北山市2023年民生实事候选项目征求意见公告", sentence) == figures


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("北山市2023年民生实事完成情况", "reported"),
        ("北山市2023年民生实事实施方案", "promised"),
        ("北山市2023年民生实事候选项目", "promised"),
        ("北山市2023年民生实事计划完成情况", "reported"),
        ("北山市2023年民生实事项目票决结果公布", "promised"),
        ("北山市2023年民生实事项目代表票选结果", "promised"),
        ("关于印发《北山市2023年民生实事推进落实方案》的通知", "promised"),
        ("北山市2023年民生实事清单完成情况", "reported"),
        # Before the year or at its beginning, what is not said to be a result is still to come.
        ("北山市2023年民生实事公布\n发布时间：2023-01-16", "promised"),
        ("北山市2023年民生实事公布\n发布时间：2022-12-29", "promised"),
        ("北山市2023年民生实事公布\n发布时间：2023-12-29", "reported"),
        ("北山市2023年民生实事一季度进展\n发布时间：2023-03-30", "reported"),
    ],
)
def test_title_to_promises(title: str, state: str) -> None:
    assert told(title, "改造小区8个。") == [f"8个 {state}"]


def test_a_number_that_a_plan_says_twice_is_one_figure() -> None:
    release = extractor.extract(
        "北山市2023年民生实事实施方案\n1.新建公园5个\n新建公园5个，投资300万元。\n2.改造小区8个\n惠及900户。\n3.培训2000人次\n全年开班。\n"
    )
    told = [[figure.surface for figure in project.figures] for project in release.projects]
    assert told == [["5个", "300万元"], ["8个", "900户"], ["2000人次"]]
    assert not [figure for project in release.projects for figure in project.figures if figure.target]
    assert "unexplained" not in {numeral.role for numeral in release.numerals}
