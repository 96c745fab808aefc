"""The header of a release: title, region, year, day of publication, how many projects it declares."""

from __future__ import annotations

import pytest

import extractor
from extractor.record.release import Release

BODY = "1.增加学位供给\n新建学校5所。\n2.改造老旧小区\n改造小区8个。\n3.开展技能培训\n培训人员2600人次。\n"


def read(head: str, end: str = "") -> Release:
    return extractor.extract(f"{head}\n{BODY}{end}")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("南阳市2023年民生实事完成情况", "南阳市2023年民生实事完成情况"),
        ("南阳市教育网\n2023年民生实事完成情况", "2023年民生实事完成情况"),
        ("首页>新闻>要闻\n2023年民生实事完成情况", "2023年民生实事完成情况"),
        ("2023-12-30\n2023年民生实事完成情况", "2023年民生实事完成情况"),
        (
            "南阳市人民政府办公室\n关于2023年民生实事完成情况的通报",
            "南阳市人民政府办公室关于2023年民生实事完成情况的通报",
        ),
        ("温暖人心\n2023年民生实事完成情况", "2023年民生实事完成情况"),
        ("民生实事暖民心——2023年回顾", "民生实事暖民心"),
        ("民生实事暖民心\n——2023年回顾", "民生实事暖民心"),
        ("# 2023年民生实事完成情况", "2023年民生实事完成情况"),
        ("2023年，全市民生实事进展顺利。", None),
        ("北山融媒　2023-12-27 18:06　发表于陕西\n把实事办好", "把实事办好"),
        ("北山市民生办公室　　2024年1月8日\n把实事办好", "把实事办好"),
        ("南阳市2023年民生实事\n完成情况的通报", "南阳市2023年民生实事完成情况的通报"),
        ("北山日报　　2024年1月8日　　第03版：民生\n把实事办好", "把实事办好"),
    ],
)
def test_title(head: str, title: str | None) -> None:
    assert read(head).title == title


@pytest.mark.parametrize(
    ("head", "region"),
    [
        ("南阳市2023年民生实事完成情况", "411300"),
        ("河南省南阳市2023年民生实事完成情况", "411300"),
        ("2023年民生实事完成情况\n来源：南阳市人民政府", "411300"),
        # An address is no region.
        ("天水日报\n惠民实事完成情况公告\n2023年，市政府办好3件实事。信函请寄秦州区民主西路34号。", "620500"),
        ("2023年民生实事完成情况", None),
    ],
)
def test_region(head: str, region: str | None) -> None:
    found = read(head).region
    assert (found and found.code) == region


@pytest.mark.parametrize(
    ("head", "region"),
    [
        ("关于西塘镇2023年度民生实事的报告", "西塘镇"),
        ("嘉善县西塘镇2023年民生实事完成情况", "西塘镇"),
        ("乐从镇人民政府公告栏\n说好的实事，我们这样办了", "乐从镇"),
        ("2023年昆山十件民生实事，件件有着落", "昆山"),
        ("推进城镇2023年民生实事", None),
    ],
)
def test_name_of_the_region(head: str, region: str | None) -> None:
    found = read(head).region
    assert (found and found.text) == region


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("南阳市2023年民生实事完成情况", 2023),
        ("民生实事完成情况\n2023年，南阳市实施民生实事。\n与2019年相比，变化很大。", 2023),
        ("南阳市2022年民生实事完成情况和2023年安排", 2022),
        ("二零二二年民生实事完成情况", 2022),
        ("盘点2022｜民生实事成绩单\n2023年将再办十件民生实事。", 2022),
        ("民生实事完成情况\n发布时间：2023-12-30", 2023),
        ("民生实事完成情况\n发布时间：2023-12-30\n较2022年增加，推迟至2024年完成，2024年，我们打算继续。", 2023),
        ("民生实事完成情况", None),
    ],
)
def test_year(head: str, year: int | None) -> None:
    assert read(head).year == year


@pytest.mark.parametrize(
    ("head", "end", "published"),
    [
        ("2023年民生实事完成情况\n发布时间：2023-12-30", "", "2023-12-30"),
        ("2023年民生实事完成情况\n发布时间：2024年1月5日", "", "2024-01-05"),
        ("2023年民生实事完成情况\n2024/1/5", "", "2024-01-05"),
        ("2023年民生实事完成情况", "南阳市人民政府\n2023年12月30日\n", "2023-12-30"),
        ("2023年民生实事完成情况\n发布时间：2023-13-30", "", None),
        # A deadline is no day of publication.
        (
            "2023年民生实事完成情况",
            "各地要于2024年3月31日前整改到位（联系电话：0797-2632116）。\n2024年1月18日\n",
            "2024-01-18",
        ),
        ("2023年民生实事完成情况", "", None),
    ],
)
def test_day_of_publication(head: str, end: str, published: str | None) -> None:
    assert read(head, end).published == published


@pytest.mark.parametrize(
    ("said", "declared"),
    [
        ("2023年共实施3件民生实事，全部完成。", 3),
        ("2023年民生实事共10件。", 10),
        ("2023年确定十件民生实事。", 10),
        ("经验收，2023年3项为民办实事项目已完成。", 3),
        # A sum.
        ("2023年省里下达民生实事13项，市里自主安排4项，一共17项。", 17),
        # The number that was found, of several.
        ("2023年办好10件民生实事，其中市级民生实事3项、区级民生实事7项。", 10),
        ("2023年全市安排民生实事20件，由我局牵头的有3件。", 3),
        ("会议从13个候选项目中票决产生3个2024年度政府民生实事项目。", 3),
        # Results and sub-items are no declaration.
        ("2023年民生实事进展顺利，其中2件已完成。", None),
        ("2023年民生实事分解为20项量化指标。", None),
        ("2023年民生实事进展顺利。", None),
    ],
)
def test_declared_projects(said: str, declared: int | None) -> None:
    assert read(f"民生实事完成情况\n{said}").declared_projects == declared
