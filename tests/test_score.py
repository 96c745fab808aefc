"""What a score counts: a record against its annotation, one change at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from extractor.gold import GoldError, annotate, entries, read, recorded
from extractor.record.encode import encode
from extractor.record.release import Release
from extractor.score import Score, close, failure, same, score

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def record(release: Release) -> dict[str, Any]:
    return release.to_dict()


@pytest.fixture
def gold(record: dict[str, Any], text: str) -> dict[str, Any]:
    # through JSON, as an annotation comes
    return json.loads(encode(annotate(record, text)))


def test_a_record_agrees_with_its_own_annotation(gold: dict[str, Any], text: str, record: dict[str, Any]) -> None:
    found = score(gold, text, record)
    assert found.differences == ()
    assert found.totals() == {
        "records_f1": 1, "figures_f1": 1, "figures_recall": 1, "figures_precision": 1, "relations_f1": 1,
        "indicators_f1": 1, "indicators_exact": 1, "indicators_close": 1, "actions": 1, "projects_f1": 1, "levels": 1,
        "header": 1, "spans_true": 1, "unexplained": 0, "numerals": 4, "releases": 1, "failed": 0, "figures": 2,
    }  # fmt: skip


def test_an_annotation_reads_back_as_the_record(gold: dict[str, Any], text: str, record: dict[str, Any]) -> None:
    assert entries(gold, text) == recorded(record)


def figure(record: dict[str, Any], at: int = 0) -> dict[str, Any]:
    return record["projects"][0]["figures"][at]


CHANGES: dict[str, tuple[Change, str, dict[str, float]]] = {
    "另一个数": (
        lambda r: figure(r).update(value=13000),
        "figure: 全市建成充电桩[1.2万个] 充电桩: value: gold 12000, found 13000",
        {"figures_f1": 0.5, "records_f1": 0.5, "indicators_f1": 1},
    ),
    "单位的另一种写法不算错": (lambda r: figure(r)["unit"].update(text="个"), "", {"records_f1": 1}),
    "另一个单位": (
        lambda r: figure(r)["unit"].update(text="座"),
        "figure: 全市建成充电桩[1.2万个] 充电桩: unit: gold 个, found 座",
        {"figures_f1": 0.5},
    ),
    "指标只差标点不算错": (lambda r: figure(r).update(indicator="“充电桩”"), "", {"indicators_exact": 1}),
    "另一个指标": (
        lambda r: figure(r).update(indicator="加油站"),
        "figure: 全市建成充电桩[1.2万个] 充电桩: indicator: gold 充电桩, found 加油站",
        {"figures_f1": 1, "records_f1": 0.5, "indicators_f1": 0.5},
    ),
    "动词": (lambda r: figure(r).update(action=None), "", {"records_f1": 1, "actions": 0.5}),
    "没有读出超出多少": (
        lambda r: figure(r, 1).update(margin=None),
        "figure: .2万个，覆盖率达到[90%] 覆盖率: margin: gold 5, found –",
        {"relations_f1": 0, "figures_f1": 1},
    ),
    "由推算得来的目标不计": (lambda r: figure(r, 1).update(target=None), "", {"relations_f1": 1}),
    "漏了一个数据": (
        lambda r: r["projects"][0]["figures"].pop(),
        "figure missed: .2万个，覆盖率达到[90%] 覆盖率",
        {"figures_recall": 0.5, "figures_precision": 1},
    ),
    "不在项目里": (
        lambda r: r["figures"].append(r["projects"][0]["figures"].pop()),
        "figure: .2万个，覆盖率达到[90%] 覆盖率: project: gold 0, found –",
        {"figures_f1": 1, "records_f1": 0.5},
    ),
    "年份": (lambda r: r.update(year=2022), "header: : year: gold 2023, found 2022", {"header": 0.8}),
    "标题不同": (
        lambda r: r["projects"][0].update(title="别的事"),
        "project missed: 建设充电桩|project that is none: 别的事"
        "|figure: 全市建成充电桩[1.2万个] 充电桩: project: gold 0, found -1"
        "|figure: .2万个，覆盖率达到[90%] 覆盖率: project: gold 0, found -1",
        {"projects_f1": 0, "records_f1": 0},
    ),
    "未能解释的数字": (
        lambda r: r["numerals"][0].update(role="unexplained"),
        "numeral unexplained: 一",
        {"unexplained": 1},
    ),
}


@pytest.mark.parametrize(("change", "differences", "totals"), CHANGES.values(), ids=CHANGES)
def test_what_a_change_costs(
    change: Change, differences: str, totals: dict[str, float], gold: dict[str, Any], text: str, record: dict[str, Any]
) -> None:
    change(record)
    found = score(gold, text, record)
    assert "|".join(map(str, found.differences)) == differences
    assert {name: found.totals()[name] for name in totals} == totals


def test_a_figure_too_many(gold: dict[str, Any], text: str, record: dict[str, Any]) -> None:
    gold["projects"][0]["figures"].pop()
    found = score(gold, text, record)
    assert [str(difference) for difference in found.differences] == [
        "figure that is none: .2万个，覆盖率达到[90%] 覆盖率"
    ]
    assert (found.totals()["figures_precision"], found.totals()["figures_recall"]) == (0.5, 1)


def test_scores_add_up(gold: dict[str, Any], text: str, record: dict[str, Any]) -> None:
    wrong = deepcopy(record)
    figure(wrong)["value"] = 1
    both = score(gold, text, record) + score(gold, text, wrong)
    assert both.totals()["figures_f1"] == 0.75
    assert both.totals()["releases"] == 2
    assert len(both.differences) == 1


def test_floors(gold: dict[str, Any], text: str, record: dict[str, Any]) -> None:
    figure(record)["value"] = 1
    found = score(gold, text, record)
    assert found.below({"figures_f1": 0.5, "projects_f1": 1}) == {}
    assert found.below({"figures_f1": 0.6}) == {"figures_f1": (0.5, 0.6)}


def test_no_record_at_all_misses_everything(gold: dict[str, Any], text: str) -> None:
    totals = failure(gold, text).totals()
    assert (totals["failed"], totals["figures_recall"], totals["projects_f1"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("a", "b", "is_same", "is_close"),
    [
        ("“两病”筛查率", "两病筛查率", True, True),
        ("ＤＮ１００管网", "DN100管网", True, True),
        ("老旧小区改造", "城镇老旧小区改造", False, True),
        ("老旧小区", "新建住宅", False, False),
        (None, "", True, True),
        (None, "小区", False, False),
    ],
)
def test_texts(a: str | None, b: str | None, is_same: bool, is_close: bool) -> None:
    assert (same(a, b), close(a, b)) == (is_same, is_close)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda g: g["projects"][0]["figures"][0].update(before="没有"), "The text has no"),
        (lambda g: g["projects"][0]["figures"].reverse(), "behind the figure before it"),
        (lambda g: g["projects"][0]["figures"][0].pop("surface"), "lacks a field"),
        (lambda g: g["projects"][0]["figures"][0].update(value="许多"), "lacks a field or holds a wrong one"),
    ],
    ids=["字不在原文", "次序颠倒", "缺少字段", "数不是数"],
)
def test_annotations_that_cannot_be_used(change: Change, sentence: str, gold: dict[str, Any], text: str) -> None:
    change(gold)
    with pytest.raises(GoldError, match=sentence):
        entries(gold, text)


def test_files_that_are_no_annotation(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        read(tmp_path / "missing.json")
    (tmp_path / "a.txt").write_text("一", encoding="utf-8")
    for written in ("[]", '{"projects": 1}', '{"projects": [{"figures": []}]}', '{"projects": ["一"]}'):
        (tmp_path / "a.json").write_text(written, encoding="utf-8")
        with pytest.raises(GoldError, match="no annotation"):
            read(tmp_path / "a.json")


def test_an_empty_score_is_the_zero_of_addition(gold: dict[str, Any], text: str, record: dict[str, Any]) -> None:
    one = score(gold, text, record)
    assert sum([one], start=Score.nothing()) == one
