"""Checks: what a release says twice, compared; each code with a text that agrees and one that does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

import extractor
from extractor.release.checks import plain, step


def found(text: str, code: str) -> list[str]:
    release = extractor.extract(f"北山市2023年民生实事完成情况\n{text}")
    return [f"{one.severity}: {one.message}" for one in release.checks if one.code == code]


def projects(first: str, said: str = "") -> str:
    return f"{said}\n1.改造老旧小区\n{first}\n2.增加学位供给\n新建学校5所。\n3.开展技能培训\n培训人员2600人次。\n"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("declared-projects", projects("改造小区8个。", "共实施3件民生实事。"), ["ok: 3 declared = 3 found"]),
        ("declared-projects", projects("改造小区8个。", "共实施4件民生实事。"), ["warning: 4 declared ≠ 3 found"]),
        ("declared-projects", projects("改造小区8个。"), []),
        (
            "target-and-completion-agree",
            projects("改造小区9个，完成年度目标10个的90%。"),
            ["ok: 9 / 10 = 90%"],
        ),
        (
            "target-and-completion-agree",
            projects("改造小区9个，完成年度目标10个的95%。"),
            ["error: 9 / 10 = 90%, the text says 95%"],
        ),
        ("target-and-completion-agree", projects("改造小区9个，完成年度目标的90%。"), []),
        ("target-and-margin-agree", projects("新建公园6个，比目标5个多1个。"), ["ok: 6 − 5 = 1"]),
        ("target-and-margin-agree", projects("新建公园9个，比目标5个多1个。"), ["error: 9 − 5 = 4, the text says 1"]),
        ("target-and-margin-agree", projects("覆盖率达到95%，高于90%的目标值5个百分点。"), ["ok: 95 − 90 = 5"]),
        (
            "target-and-margin-agree",
            projects("覆盖率达到95%，高于90%的目标值6个百分点。"),
            ["error: 95 − 90 = 5, the text says 6"],
        ),
        ("change-agrees", projects("覆盖率由90%提高到95%，提高5个百分点。"), ["ok: 95 − 90 = 5"]),
        ("change-agrees", projects("覆盖率由90%提高到95%，提高8个百分点。"), ["error: 95 − 90 = 5, the text says 8"]),
        # Within what rounding may do to three numbers.
        (
            "change-agrees",
            projects("覆盖率由90.1%提高到95.6%，提高5.6个百分点。"),
            ["warning: 95.6 − 90.1 = 5.5, the text says 5.6"],
        ),
        (
            "change-agrees",
            projects("养老金由235元提高到255元，增加25元。"),
            ["error: 255 − 235 = 20, the text says 25"],
        ),
        ("change-agrees", projects("收入由1000元提高到1100元，增长10%。"), ["ok: (1100 − 1000) / 1000 = 10%"]),
        (
            "change-agrees",
            projects("收入由1000元提高到1100元，增长20%。"),
            ["error: (1100 − 1000) / 1000 = 10%, the text says 20"],
        ),
        ("parts-and-whole-agree", projects("改造小区10个，其中城区6个、乡镇4个。"), ["ok: 6 + 4 = 10"]),
        (
            "parts-and-whole-agree",
            projects("改造小区10个，其中城区6个、乡镇7个。"),
            ["error: 6 + 7 = 13, the text says 10"],
        ),
        ("parts-and-whole-agree", projects("改造小区10个，其中城区3个。"), []),
        ("sum-agrees", projects("新建公园3个、广场4个，合计7个。"), ["ok: 3 + 4 = 7"]),
        ("sum-agrees", projects("新建公园3个、广场4个，合计9个。"), ["error: 3 + 4 = 7, the text says 9"]),
        (
            "levels-add-up",
            projects("改造小区8个。", "省级1件、市级2件，共实施3件民生实事。"),
            ["ok: 1 + 2 = 3 declared"],
        ),
        (
            "levels-add-up",
            projects("改造小区8个。", "省级1件、市级1件，共实施3件民生实事。"),
            ["warning: 1 + 1 ≠ 3 declared"],
        ),
    ],
)
def test_text_to_findings(code: str, text: str, expected: list[str]) -> None:
    assert found(text, code) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("8个", "1"),
        ("1.25公里", "0.01"),
        ("0.01万", "100"),
        ("3万人", "10000"),
        ("1.2亿元", "10000000"),
        ("１.２％", "0.1"),
    ],
)
def test_surface_to_its_last_digit(surface: str, expected: str) -> None:
    assert step(surface) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"), [("1.20", "1.2"), ("1E+4", "10000"), ("100", "100"), ("0.50", "0.5"), ("-3.0", "-3")]
)
def test_number_as_a_reader_writes_it(value: str, expected: str) -> None:
    assert plain(Decimal(value)) == expected
