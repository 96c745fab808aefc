"""Regions: names to codes, and names in running text."""

from __future__ import annotations

import inspect
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.model import Region
from extractor.release import region as rules
from extractor.release.gazetteer import Place, read_table
from extractor.release.region import find_region, region_names

ROWS = [Place(*row) for row in read_table("regions.tsv")]
NOW = [place for place in ROWS if not place.last]
ORDINARY = read_table("region_ordinary.tsv")


def told(region: Region | None) -> str:
    """A region as one comparable line."""
    return "unknown" if region is None else f"{region.code} {region.name} {region.parent}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南阳市", "411300 南阳市 410000"),
        ("甘州区", "620702 甘州区 620700"),
        ("通江县", "511921 通江县 511900"),
        ("昌吉回族自治州", "652300 昌吉回族自治州 650000"),
        ("昌吉州", "652300 昌吉回族自治州 650000"),
        ("昌吉", "652300 昌吉回族自治州 650000"),
        ("恩施州", "422800 恩施土家族苗族自治州 420000"),
        ("丰宁县", "130826 丰宁满族自治县 130800"),
        ("鄂温克旗", "150724 鄂温克族自治旗 150700"),
        ("克州", "653000 克孜勒苏柯尔克孜自治州 650000"),
        ("巴州", "652800 巴音郭楞蒙古自治州 650000"),
        ("锡盟", "152500 锡林郭勒盟 150000"),
        ("阿里", "542500 阿里地区 540000"),
        ("黄冈", "421100 黄冈市 420000"),
        ("重庆", "500000 重庆市 None"),
        ("内蒙古", "150000 内蒙古自治区 None"),
        ("新疆", "650000 新疆维吾尔自治区 None"),
        ("香港", "810000 香港特别行政区 None"),
        # The highest of several bearers.
        ("吉林", "220000 吉林省 None"),
        ("海南", "460000 海南省 None"),
        ("西安", "610100 西安市 610000"),
        ("新乡", "410700 新乡市 410000"),
        # No prefecture in between.
        ("仙桃市", "429004 仙桃市 420000"),
        ("济源市", "419001 济源市 410000"),
        ("石河子市", "659001 石河子市 650000"),
        ("万州区", "500101 万州区 500000"),
        ("浦东新区", "310115 浦东新区 310000"),
        # No longer there, once there under one code.
        ("襄樊市", "420600 襄樊市 420000"),
        # Several bearers.
        ("和平区", "None 和平区 None"),
        ("鼓楼区", "None 鼓楼区 None"),
        ("市中区", "None 市中区 None"),
        ("朝阳", "None None None"),
        ("大同", "None None None"),
        ("和平", "None None None"),
        # No place at all.
        ("全市", "unknown"),
        ("城市", "unknown"),
        ("在承德市", "unknown"),
        ("南阳市2023年", "unknown"),
        ("市", "unknown"),
        ("和", "unknown"),
        ("", "unknown"),
    ],
)
def test_name_to_region(text: str, expected: str) -> None:
    assert told(find_region(text)) == expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("密云县", 2010, "110228 密云县 110000"),
        ("密云县", 2020, "None None None"),
        ("密云区", 2020, "110118 密云区 110000"),
        ("密云区", 2010, "None None None"),
        # The year of the change and the one before: releases look back, and are named by either.
        ("密云县", 2015, "110228 密云县 110000"),
        ("密云区", 2014, "110118 密云区 110000"),
        # One place, its codes over time.
        ("五指山市", 2001, "460001 五指山市 460000"),
        ("五指山市", 2010, "469001 五指山市 460000"),
        ("巢湖市", 2008, "341400 巢湖市 340000"),
        ("巢湖市", 2015, "340181 巢湖市 340100"),
        # Since the last yearly table.
        ("渝北区", 2024, "500112 渝北区 500000"),
        ("两江新区", 2026, "500157 两江新区 500000"),
        ("渝北区", 2026, "None None None"),
        # The official name before the short one of another place, while it is there.
        ("东乡县", 2010, "361029 东乡县 361000"),
        ("东乡县", 2024, "622926 东乡族自治县 622900"),
    ],
)
def test_year_decides(text: str, year: int, expected: str) -> None:
    assert told(find_region(text, year)) == expected


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("和平区", "120000", "120101 和平区 120000"),
        ("和平区", "2101", "210102 和平区 210100"),
        ("和平区", "210100", "210102 和平区 210100"),
        ("市中区", "370100", "370103 市中区 370100"),
        ("朝阳", "21", "211300 朝阳市 210000"),
        ("朝阳", "110000", "110105 朝阳区 110000"),
        ("吉林", "220000", "220000 吉林省 None"),
        ("金水区", "420000", "None None None"),
    ],
)
def test_region_around_it_decides(text: str, within: str, expected: str) -> None:
    assert told(find_region(text, 2023, within)) == expected


def test_text_stays_as_given() -> None:
    assert [find_region(text).text for text in ("昌吉州", "和平区")] == ["昌吉州", "和平区"]  # type: ignore[union-attr]


NAMES = [
    ("在承德市第十五届人民代表大会", "承德市"),
    ("南阳市市场监督管理局", "南阳市"),
    ("聊城市2024年度重点民生实事完成情况", "聊城市"),
    ("2024年聊城市重点民生实事", "聊城市"),
    ("通江县人民政府办公室关于印发《通江县2024年民生实事实施方案》的通知", "通江县 通江县"),
    ("昌吉回族自治州人民政府网 > 昌吉州2023年", "昌吉回族自治州 昌吉州"),
    ("新疆维吾尔自治区昌吉回族自治州", "新疆维吾尔自治区 昌吉回族自治州"),
    ("云南省双江拉祜族佤族布朗族傣族自治县", "云南省 双江拉祜族佤族布朗族傣族自治县"),
    ("内蒙古自治区锡林郭勒盟西乌旗", "内蒙古自治区 锡林郭勒盟 西乌旗"),
    ("郑州市金水区", "郑州市 金水区"),
    ("深圳南山区", "深圳 南山区"),
    ("湖北黄冈市", "湖北 黄冈市"),
    ("巴中市巴州区", "巴中市 巴州区"),
    ("天津市市长", "天津市"),
    ("上海市浦东新区", "上海市 浦东新区"),
    # Names that are ordinary words as well.
    ("洛阳市老城区", "洛阳市 老城区"),
    ("洛阳老城区", "洛阳 老城区"),
    ("天津市和平区", "天津市 和平区"),
    ("乐山市市中区", "乐山市 市中区"),
    ("济南市中区", "济南 市中区"),
    ("湖北省应城市", "湖北省 应城市"),
    ("应城市2023年民生实事", "应城市"),
    ("和县2023年民生实事", "和县"),
    ("记者在和县采访", "和县"),
    ("马鞍山市和县", "马鞍山市 和县"),
]

NO_NAMES = [
    *(
        "全市",
        "城市",
        "超市",
        "上市",
        "县市区",
        "各县（市、区）",
        "市中心医院",
        "市区",
        "县级市",
        "省市县",
        "小区",
        "社区",
    ),
    *("城区", "老城区改造", "和平区", "新区建设", "矿区治理", "郊区公交", "国家级新区", "山区", "开发区", "自治区"),
    *("市（州）和县（市、区）", "提高县级医院能力", "完成县道改造", "省道县道", "建成县域商业体系", "强县富县"),
    *("新增城市公园", "适应城市发展", "南昌都市圈", "以西安区域为重点", "皖南山区", "东北林区", "拓宽城区道路"),
    *("欧盟", "联盟", "红旗", "全省", "外省", "广西市区", "天津"),
]


def names(text: str, *, short: bool = False) -> str:
    """Names found, joined."""
    return " ".join(name for _, name in region_names(text, short=short))


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_in_text(text: str, expected: str) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", NO_NAMES)
def test_no_names_in_text(text: str) -> None:
    assert names(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黄冈日报　　2022年01月14日", "黄冈"),
        ("来源:昌吉日报 时间:2024-01-22", "昌吉"),
        ("按照市委部署,重庆2022年滚动实施15件重点民生实事", "重庆"),
        ("作者：甘州融媒", "甘州"),
        ("通江2024年民生实事", "通江"),
        ("丹阳日报", "丹阳"),
        ("湖北黄冈日报", "湖北 黄冈"),
        ("南阳市2023年 信阳日报", "南阳市 信阳"),
        ("内蒙古晒出民生成绩单", "内蒙古"),
        ("白银日报", "白银"),
        ("开封2023年", ""),
        ("白银首饰", ""),
        ("新乡村建设", ""),
        ("扩大连片整治", ""),
        ("确保定期清理", ""),
        ("丹阳建设", ""),
        ("北京路小学", ""),
        ("南京东路改造", ""),
        # Ordinary words, and several places of the name.
        *(
            (word + rest, "")
            for word in ("朝阳", "和平", "长安", "大同", "太和")
            for rest in ("", "2023年", "日报", "建设")
        ),
        *(("平安" + rest, "") for rest in ("", "2023年", "建设", "社区")),
    ],
)
def test_short_names_only_when_asked(text: str, expected: str) -> None:
    assert names(text, short=True) == expected
    assert names(text) == " ".join(name for name in expected.split() if name.endswith("市"))


@pytest.mark.parametrize(("word", "where", "reading"), ORDINARY, ids=[row[0] for row in ORDINARY])
def test_ordinary_words(word: str, where: str, reading: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the table is needed, and does what it is there for."""
    assert word not in names(reading, short=where == "paper").split()
    monkeypatch.setattr(rules, "ordinary_words", dict)
    assert word in names(reading, short=where == "paper").split()


@pytest.mark.parametrize("level", [0, 1, 2])
def test_every_region_is_found_in_its_title(level: int) -> None:
    behind_parent = {word for word, where, _ in ORDINARY if where == "parent"}
    places = [place for place in NOW if place.level == level]
    found = {place.name for place in places if names(f"{place.name}2023年民生实事").endswith(place.name)}
    assert {place.name for place in places} - found <= behind_parent


def test_every_region_has_its_code_within_it() -> None:
    wrong = [place for place in NOW if told(find_region(place.name, within=place.code)).split()[0] != place.code]
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["".join(text + "，" for text, _ in NAMES), "济南市中区" * 50, "济南市中区市", "南阳市" * 99]
)
def test_spans_are_slices_in_order(text: str) -> None:
    found = region_names(text, short=True)
    assert found and all(text[start:end] == name for (start, end), name in found)
    assert all(left[0].end <= right[0].start for left, right in pairwise(found))


def test_table_is_sound() -> None:
    assert len({(place.code, place.name) for place in ROWS}) == len(ROWS)
    assert len({place.code for place in NOW}) == len(NOW)
    assert all(len(place.code) == 6 and place.code.isdecimal() for place in ROWS)
    assert all(1980 <= int(place.first) <= int(place.last or place.first) for place in ROWS)
    assert {place.level for place in NOW} == {0, 1, 2}
    assert {code for code, _ in read_table("region_short.tsv")} <= {place.code for place in NOW}


def test_sources_and_licences_go_with_the_table() -> None:
    folder = Path(inspect.getfile(Place)).parent
    notice = (folder / "regions.LICENSE.txt").read_text(encoding="utf-8")
    header = [line for line in (folder / "regions.tsv").read_text(encoding="utf-8").splitlines() if "Sources:" in line]
    sources = header[0].split("Sources: ")[1].split(";")[0].split(", ")
    assert len(sources) == 2 and all(source in notice for source in sources)
