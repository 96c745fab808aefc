"""What is the same in two releases: against lists made by hand, and how values move."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from extractor.compare import Comparison, compare
from extractor.compare.change import exact
from extractor.compare.likeness import Item, Likeness, items
from extractor.compare.pairing import pair
from extractor.extractor import extract

CORPUS = Path(__file__).parents[1] / "corpus"
# Of the pairs made, and of the pairs listed, as measured; the lists with * were written after the weights were settled.
FLOORS = {
    "nanyang-2023_nanyang-2024": (1.0, 1.0),
    "nanyang-2023_xinyang-2022-completed": (1.0, 0.83),
    "liaocheng-2024-paragraphs_huanggang-2021-tenthings": (1.0, 0.83),  # *
    "chongqing-2022-furniture_huanggang-2021-tenthings": (1.0, 0.8),  # *
}


def record(name: str) -> tuple[str, dict[str, Any]]:
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    return text, extract(text, name=f"{name}.txt").to_dict()


def place(text: str, cell: str) -> int:
    """Where the number in brackets begins, among characters that stand in the text once."""
    before, _, rest = cell.partition("[")
    surface, _, behind = rest.partition("]")
    assert text.count(before + surface + behind) == 1, cell
    return text.index(before + surface + behind) + len(before)


@pytest.mark.parametrize("name", FLOORS)
def test_pairs_against_a_list_made_by_hand(name: str, datadir: Path) -> None:
    (first_text, first), (second_text, second) = (record(one) for one in name.split("_"))
    lines = (datadir / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    listed = {
        same: {(place(first_text, a), place(second_text, b)) for a, b, of in rows if of == same}
        for same in ("yes", "maybe")
    }
    before, after = items(first), items(second)
    paired = pair(before, after, Likeness([before, after]))
    made = {(before[a].figure["span"][0], after[b].figure["span"][0]) for a, b in paired.items()}
    right = len(made & listed["yes"])
    precision, recall = right / len(made - listed["maybe"]), right / len(listed["yes"])
    floor = FLOORS[name]
    assert precision >= floor[0], made - listed["yes"] - listed["maybe"]
    assert recall >= floor[1], listed["yes"] - made


FIRST = """南阳市2023年民生实事
一、停车场建设工程(市定)
新增停车泊位2000个,新建充电桩300个。
二、供热提质工程(市定)
铺设供热管网30公里,供热覆盖率90%。惠及群众3万人。
三、老旧小区(市定)
改造老旧小区20个。
"""
SECOND = """南阳市2024年民生实事
一、停车场建设(市定)
新增停车泊位2500个,比上年增长25%。
二、供热提质(市定)
铺设供热管网18600米,供热覆盖率由上年的89.5%提高到92%。
三、口袋公园(市定)
新建口袋公园12个,惠及群众9万人。
"""


@pytest.fixture
def two_years() -> Comparison:
    return compare([extract(text, name="x.txt").to_dict() for text in (FIRST, SECOND)])


def told(comparison: Comparison) -> list[str]:
    """The rows as comparable lines."""
    lines = []
    for row in comparison.rows:
        surfaces = " | ".join(cell.figure["surface"] if cell else "–" for cell in row.cells)
        change = next((cell.change for cell in row.cells if cell and cell.change), None)
        moved = f" {change.difference:+f} {change.percent}% {change.origin}" if change else ""
        moved += f" not {change.contradiction}" if change and change.contradiction else ""
        lines.append(f"{row.indicator}: {surfaces}{moved}".replace(" None%", ""))
    return lines


def test_two_years_side_by_side(two_years: Comparison) -> None:
    assert [head.label for head in two_years.releases] == ["南阳市 2023", "南阳市 2024"]
    assert told(two_years) == [
        "停车泊位: 2000个 | 2500个 +500 25.0% stated",
        "充电桩: 300个 | –",
        "供热管网: 30公里 | 18600米 -11400 -38.0% computed",
        "供热覆盖率: 90% | 92% +2 stated not 89.5",
        "群众: 3万人 | –",
        "老旧小区: 20个 | –",
        "口袋公园: – | 12个",
        "群众: – | 9万人",
    ]


def test_other_places_have_no_change_between_them() -> None:
    other = FIRST.replace("南阳市", "信阳市")
    comparison = compare([extract(text, name="x.txt").to_dict() for text in (FIRST, other)])
    assert all(len(row.present) == 2 for row in comparison.rows)
    assert not any(cell.change for row in comparison.rows for cell in row.cells if cell)


def test_a_change_looks_past_other_places() -> None:
    between = FIRST.replace("南阳市", "信阳市")
    comparison = compare([extract(text, name="x.txt").to_dict() for text in (FIRST, between, SECOND)])
    (spaces,) = [row for row in comparison.rows if row.indicator == "停车泊位" and len(row.present) == 3]
    assert spaces.cells[2] is not None
    assert spaces.cells[2].change is not None
    assert spaces.cells[2].change.difference == 500


def item(indicator: str | None, project: str | None = "工程", unit: str = "个", **more: object) -> Item:
    dimensions = {"个": "count", "人": "people", "%": "ratio", "万元": "money"}
    figure = {
        "indicator": indicator, "action": None, "kind": "amount", "promised": False, "per": None,
        "unit": {"text": unit, "code": unit, "dimension": dimensions[unit]},
    }  # fmt: skip
    return Item(figure | more, project)


APART: dict[str, tuple[Item, Item]] = {
    "另一种单位": (item("技能培训"), item("技能培训", unit="人")),
    "数量与变化": (item("技能培训"), item("技能培训", kind="change")),
    "总数与人均": (item("民生支出"), item("人均民生支出")),
    "每千人与每万人": (item("每千人口医师数"), item("每万人口医师数")),
    "每人每月与全部": (item("低保标准"), item("低保标准", per="每人每月")),
    "同一个泛称，不同的事": (item("群众", "补贴发放"), item("群众", "供热工程")),
    "只差一字的比率": (item("开工率", "办学条件"), item("完工率", "办学条件")),
}


@pytest.mark.parametrize(("a", "b"), APART.values(), ids=APART)
def test_what_is_not_the_same(a: Item, b: Item) -> None:
    assert pair([a], [b], Likeness([[a], [b]])) == {}


def test_each_figure_is_paired_once() -> None:
    first, second = [item("停车泊位"), item("停车泊位")], [item("停车泊位")]
    assert pair(first, second, Likeness([first, second])) == {0: 0}


def test_a_result_is_paired_with_a_result_rather_than_with_a_promise() -> None:
    first, second = [item("停车泊位")], [item("停车泊位", promised=True), item("停车泊位")]
    assert pair(first, second, Likeness([first, second])) == {0: 1}


@pytest.mark.parametrize(
    ("value", "decimal"),
    [
        (Fraction(3, 8), "0.375"),
        (Fraction(-11400), "-11400"),
        (Fraction(100000), "100000"),
        (Fraction(2000, 3), "666.666666667"),
        (Fraction(0), "0"),
        (Fraction(1, 3 * 10**9), "0.000000000333333333333"),
    ],
)
def test_fractions_as_decimals(value: Fraction, decimal: str) -> None:
    assert exact(value) == Decimal(decimal)


def test_nothing_to_compare() -> None:
    assert compare([]).rows == ()
    (empty,) = [extract("", name="x.txt").to_dict()]
    assert compare([empty, empty]).rows == ()
