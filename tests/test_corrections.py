"""What a reviewer writes down, and what the record says after it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor.corrections import CorrectionsError, apply, count, fits
from extractor.corrections.file import Corrections, parse
from extractor.corrections.place import place
from extractor.extractor import extract
from extractor.gold import annotate
from extractor.model import Figure, Span
from extractor.record.release import Release
from extractor.score import score

TEXT = (
    "2023年民生实事\n"
    "一、建设充电桩(市定)\n"
    "全市建成充电桩120个，完成年度目标的120%，10千伏线路改造完成。\n"
    "二、改造老旧小区(市定)\n"
    "改造老旧小区30个，惠及居民4000户，满意率95%，高于目标5个百分点。\n"
)


@pytest.fixture
def release() -> Release:
    return extract(TEXT, name="a.txt")


def at(surface: str, behind: str = "") -> Span:
    start = TEXT.index(behind + surface) + len(behind)
    return Span(start, start + len(surface))


def corrections(release: Release, *entries: Mapping[str, Any], **source: object) -> Corrections:
    told = {"name": "a.txt", "sha256": release.source.sha256, "page": None, "member": None} | source
    plain = {"schema": "corrections/1", "source": told, "corrections": entries}
    return parse(json.dumps(plain), "a.corrections.json")


def entry(do: str, surface: str, behind: str = "", **more: object) -> dict[str, Any]:
    return {"do": do, "span": at(surface, behind), "surface": surface, **more}


def fields(**values: object) -> dict[str, Any]:
    return {name: value if isinstance(value, dict) else {"value": value} for name, value in values.items()}


def figure(release: Release, surface: str) -> Figure:
    everything = [*release.figures, *(f for project in release.projects for f in project.figures)]
    return next(f for f in everything if f.surface == surface)


def roles(release: Release) -> dict[str, tuple[str, str | None]]:
    return {numeral.text: (numeral.role, numeral.figure) for numeral in release.numerals}


def misfits(release: Release) -> list[str]:
    return [check.message for check in release.checks if check.code == "correction-does-not-fit"]


def test_an_edited_field_says_so(release: Release) -> None:
    given = fields(indicator="公共充电桩", value="125", unit="台", action=None)
    edited = apply(release, TEXT, corrections(release, entry("edit", "120个", fields=given)))
    new = figure(edited, "120个")
    assert (new.indicator, new.value, new.action, new.rule) == ("公共充电桩", Decimal(125), None, "corrected")
    assert new.unit is not None
    assert (new.unit.code, new.unit.dimension) == ("台", "count")
    told = {evidence.field: (evidence.rule, evidence.spans) for evidence in new.trace}
    # 公共充电桩 does not stand in the text: its place is the figure's own
    assert told["indicator"] == told["value"] == ("corrected", (at("120个"),))
    assert "action" not in told
    assert told["completion"][0] != "corrected"
    edited.to_dict()


def test_what_followed_from_a_corrected_field_goes(release: Release) -> None:
    before = figure(release, "120个")
    assert before.target is not None
    assert before.target.origin == "derived"
    edited = apply(release, TEXT, corrections(release, entry("edit", "120个", fields=fields(value="125"))))
    assert figure(edited, "120个").target is None


def test_a_field_that_is_right_already_stays_as_it_was_read(release: Release) -> None:
    given = fields(value="120", kind="amount", indicator=figure(release, "120个").indicator)
    assert apply(release, TEXT, corrections(release, entry("edit", "120个", fields=given))) == release


def test_a_deleted_figure_leaves_its_numerals(release: Release) -> None:
    deleted = apply(release, TEXT, corrections(release, entry("delete", "120个", role="name")))
    assert [f.surface for f in deleted.projects[0].figures] == []
    assert roles(deleted)["120个"] == ("name", None)
    assert roles(deleted)["120%"] == ("unexplained", None), "nobody has said what its completion is now"
    deleted.to_dict()


def test_an_added_figure_takes_its_numeral(release: Release) -> None:
    given = fields(indicator="线路", value="10", unit="千伏", kind="amount", action="改造")
    added = apply(release, TEXT, corrections(release, entry("add", "10千伏", fields=given)))
    new = figure(added, "10千伏")
    assert (new.id, new.rule, new.surface, new.span) == ("p01.f2", "corrected", "10千伏", at("10千伏"))
    assert roles(added)["10千伏"] == ("figure", "p01.f2")
    assert {evidence.rule for evidence in new.trace} == {"corrected"}
    for evidence in new.trace:
        if evidence.field in ("indicator", "action"):
            assert "".join(TEXT[slice(*span)] for span in evidence.spans) == getattr(new, evidence.field)
    added.to_dict()


def test_ids_are_counted_anew_and_everything_follows(release: Release) -> None:
    deleted = apply(release, TEXT, corrections(release, entry("delete", "30个", role="name")))
    assert [f.id for f in deleted.projects[1].figures] == ["p02.f1", "p02.f2"]
    assert roles(deleted)["4000户"] == ("figure", "p02.f1")
    assert roles(deleted)["5个百分点"] == ("margin", "p02.f2")


def test_a_figure_becomes_what_is_said_of_another(release: Release) -> None:
    given = fields(target={"value": "4000", "spans": [at("4000户")]})
    changed = apply(
        release,
        TEXT,
        corrections(release, entry("edit", "30个", fields=given), entry("delete", "4000户", role="unexplained")),
    )
    target = figure(changed, "30个").target
    assert target is not None
    assert (target.value, target.origin, target.text, target.span) == (Decimal(4000), "stated", "4000户", at("4000户"))
    assert roles(changed)["4000户"] == ("target", "p02.f1")
    changed.to_dict()


def test_a_relation_is_taken_away(release: Release) -> None:
    changed = apply(release, TEXT, corrections(release, entry("edit", "120个", fields=fields(completion=None))))
    assert figure(changed, "120个").completion is None
    assert roles(changed)["120%"] == ("unexplained", None)


def test_a_numeral_is_explained(release: Release) -> None:
    changed = apply(release, TEXT, corrections(release, entry("role", "10千伏", role="name")))
    assert roles(changed)["10千伏"] == ("name", None)


def test_checks_are_made_anew(release: Release) -> None:
    given = fields(target={"value": "80", "spans": [at("95%")]})
    changed = apply(release, TEXT, corrections(release, entry("edit", "95%", fields=given)))
    found = {check.code: (check.severity, check.message) for check in changed.checks}
    assert found["target-and-margin-agree"] == ("error", "95 − 80 = 15, the text says 5")


def test_notes_are_kept_with_the_checks(release: Release) -> None:
    noted = apply(release, TEXT, corrections(release, entry("note", "95%", note="请核实")))
    (note,) = [check for check in noted.checks if check.code == "reviewer-note"]
    assert (note.message, note.figures, note.span, note.severity) == ("请核实", ("p02.f3",), at("95%"), "ok")


MISFITS: dict[str, tuple[list[dict[str, Any]], str]] = {
    "另外的字": ([entry("delete", "30个", role="name") | {"surface": "31个"}], "other characters"),
    "那里没有数据": ([entry("edit", "10千伏", fields=fields(value="1"))], "no figure has these characters"),
    "那里没有数字": ([entry("add", "老旧", fields=fields(value="1"))], "there is no numeral"),
    "与另一个数据重叠": ([entry("add", "30", fields=fields(value="30"))], "belong to another figure"),
    "一个数字两种角色": (
        [entry("edit", "30个", fields=fields(target={"value": "4000", "spans": [at("4000户")]}))],
        "its target is a figure of its own",
    ),
    "数字另有所属": ([entry("role", "120%", role="name")], "serves another figure"),
    "变化没有方向": ([entry("edit", "30个", fields=fields(kind="change"))], "a change has a direction"),
    "区间颠倒": ([entry("edit", "30个", fields=fields(value_max="20"))], "ends at 20, below"),
    "超出原文": (
        [entry("edit", "30个", fields=fields(previous={"value": "1", "spans": [[9000, 9001]]}))],
        "outside the text",
    ),
}


@pytest.mark.parametrize(("entries", "sentence"), MISFITS.values(), ids=MISFITS)
def test_a_correction_that_does_not_fit_is_named_and_changes_nothing(
    entries: list[dict[str, Any]], sentence: str, release: Release
) -> None:
    changed = apply(release, TEXT, corrections(release, *entries))
    (said,) = misfits(changed)
    assert sentence in said
    assert changed._replace(checks=release.checks) == release
    changed.to_dict()


def test_corrections_of_another_release(release: Release) -> None:
    other = corrections(release, entry("delete", "30个", role="name"), sha256="0" * 64)
    assert not fits(other, release.source)
    changed = apply(release, TEXT, other)
    assert misfits(changed) == ["the corrections of a.txt are of another release"]
    assert changed._replace(checks=release.checks) == release


def test_applying_twice_changes_no_more(release: Release) -> None:
    given = corrections(
        release,
        entry("edit", "120个", fields=fields(indicator="桩")),
        entry("delete", "30个", role="name", note="不是数据"),
        entry("add", "10千伏", fields=fields(value="10", indicator="线路")),
        entry("role", "2023年", role="date"),
    )
    once = apply(release, TEXT, given)
    assert apply(once, TEXT, given) == once


def test_a_corrected_release_is_gold_that_its_extraction_is_measured_by(release: Release) -> None:
    given = corrections(
        release,
        entry("edit", "120个", fields=fields(indicator="电动汽车桩")),
        entry("delete", "30个", role="name"),
    )
    gold = annotate(apply(release, TEXT, given).to_dict(), TEXT)
    found = score(gold, TEXT, release.to_dict())
    assert sorted(difference.what for difference in found.differences) == ["figure", "figure that is none"]


def test_corrections_are_counted(release: Release) -> None:
    given = corrections(
        release,
        entry("edit", "120个", fields=fields(indicator="桩", value="1")),
        entry("edit", "30个", fields=fields(indicator="区")),
        entry("delete", "4000户", role="name"),
    )
    assert count(given) == {
        "corrections": 3,
        "corrections.edit": 2,
        "corrections.edit.indicator": 2,
        "corrections.edit.value": 1,
        "corrections.delete": 1,
    }


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("听力筛查", ["听力筛查"]),
        ("免费新生儿听力筛查覆盖率", ["免费新生儿", "听力筛查覆盖率"]),
        ("老年人", None),
        ("覆盖率免费", None),
    ],
)
def test_where_words_stand(words: str, parts: list[str] | None) -> None:
    text = "免费新生儿“两病”、听力筛查覆盖率分别达到101.8%、101.1%。"
    spans = place(words, text, Span(0, len(text)), Span(text.index("101.1%"), len(text) - 1))
    assert (spans and [text[slice(*span)] for span in spans]) == parts


FAULTS: dict[str, tuple[str, str]] = {
    "不是 JSON": ("{", "is not JSON"),
    "不是纠错文件": ("[]", "is no file of corrections"),
    "没有来源": ('{"schema": "corrections/1", "corrections": []}', "source"),
    "嵌套过深": ("[" * 100_000, "is not JSON"),
}


@pytest.mark.parametrize(("data", "sentence"), FAULTS.values(), ids=FAULTS)
def test_files_that_are_no_corrections(data: str, sentence: str) -> None:
    with pytest.raises(CorrectionsError, match=sentence):
        parse(data, "x.json")


REFUSED: dict[str, dict[str, Any]] = {
    "没有字段": {"do": "edit", "span": [0, 1], "surface": "一"},
    "未知字段": {"do": "edit", "span": [0, 1], "surface": "一", "fields": {"id": {"value": "p01.f9"}}},
    "新增而无数值": {"do": "add", "span": [0, 1], "surface": "一", "fields": {"indicator": {"value": "桩"}}},
    "数值是浮点数": {"do": "edit", "span": [0, 1], "surface": "一", "fields": {"value": {"value": 1.5}}},
    "数值不是数": {"do": "edit", "span": [0, 1], "surface": "一", "fields": {"value": {"value": "1e9"}}},
    "数值为空": {"do": "edit", "span": [0, 1], "surface": "一", "fields": {"value": {"value": None}}},
    "目标没有位置": {"do": "edit", "span": [0, 1], "surface": "一", "fields": {"target": {"value": "1"}}},
    "删除而不说是什么": {"do": "delete", "span": [0, 1], "surface": "一"},
    "角色属于数据": {"do": "role", "span": [0, 1], "surface": "一", "role": "figure"},
    "类别之外": {"do": "edit", "span": [0, 1], "surface": "一", "fields": {"kind": {"value": "sum"}}},
    "负的位置": {"do": "note", "span": [-1, 1], "surface": "一", "note": "?"},
    "空的备注": {"do": "note", "span": [0, 1], "surface": "一", "note": ""},
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED)
def test_what_the_schema_refuses(wrong: dict[str, Any], release: Release) -> None:
    with pytest.raises(CorrectionsError, match="/corrections/0"):
        corrections(release, wrong)


def test_the_published_schema_is_a_schema() -> None:
    published = Path(__file__).parents[1] / "schemas" / "corrections.schema.json"
    Draft202012Validator.check_schema(json.loads(published.read_text("utf-8")))
