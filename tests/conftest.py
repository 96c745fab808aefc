"""What several test modules share: a release written by hand, and the figures of a project's text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal

import pytest

import extractor
from extractor.model import (
    Evidence,
    Figure,
    Finding,
    Margin,
    Numeral,
    Project,
    Region,
    Source,
    Span,
    Target,
    Unit,
)
from extractor.record.release import Release

TEXT = "一、建设充电桩\n全市建成充电桩1.2万个，覆盖率达到90%，高于省定目标5个百分点。"


def _at(part: str) -> Span:
    start = TEXT.rindex(part)
    return Span(start, start + len(part))


def _evidence(field: str, rule: str, *parts: str) -> Evidence:
    return Evidence(field, rule, tuple(_at(part) for part in parts))


@pytest.fixture
def text() -> str:
    """The text of the release."""
    return TEXT


@pytest.fixture
def release() -> Release:
    """A release of one project with two figures: an amount, and a rate with a derived target and a margin."""
    amount = Figure(
        id="p01.f1",
        indicator="充电桩",
        action="建成",
        scope="全市",
        kind="amount",
        direction=None,
        value=Decimal("1.2E+4"),
        value_max=None,
        approx=None,
        unit=Unit("个", "个", "count"),
        completion=None,
        per=None,
        target=None,
        margin=None,
        previous=None,
        promised=False,
        surface="1.2万个",
        span=_at("1.2万个"),
        evidence=_at("全市建成充电桩1.2万个"),
        rule="verb-noun-amount",
        trace=(_evidence("indicator", "noun-before-amount", "充电桩"),),
    )
    rate = amount._replace(
        id="p01.f2",
        indicator="覆盖率",
        action=None,
        scope=None,
        kind="rate",
        value=Decimal(90),
        unit=Unit("%", "%", "ratio"),
        target=Target(Decimal(85), "derived", None, None),
        margin=Margin(Decimal(5), "百分点", _at("5个百分点")),
        surface="90%",
        span=_at("90%"),
        evidence=_at("覆盖率达到90%，高于省定目标5个百分点"),
        rule="rate-with-margin",
        trace=(_evidence("indicator", "noun-before-rate", "覆盖率"), _evidence("margin", "above-target", "5")),
    )
    project = Project(1, None, "建设充电桩", None, ("市发改委",), _at("建设充电桩"), Span(0, len(TEXT)), (amount, rate))
    return Release(
        schema="release/1",
        source=Source("sample.txt", "text/plain", "utf-8", hashlib.sha256(TEXT.encode()).hexdigest(), len(TEXT)),
        title=None,
        published="2023-12-20",
        year=2023,
        region=Region("南阳市", "411300", "南阳市", "410000"),
        declared_projects=None,
        projects=(project,),
        figures=(),
        checks=(Finding("target-and-margin-agree", "ok", "90 − 85 = 5", ("p01.f2",), _at("5个百分点")),),
        numerals=(
            Numeral("一", _at("一"), "ordinal", None),
            Numeral("1.2万个", _at("1.2万个"), "figure", "p01.f1"),
            Numeral("90%", _at("90%"), "figure", "p01.f2"),
            Numeral("5个百分点", _at("5个百分点"), "margin", "p01.f2"),
        ),
    )


@pytest.fixture
def figures_of() -> Callable[[str], tuple[Figure, ...]]:
    """The figures of a text that is the first of a release's two projects."""
    head, tail = "北山市2023年民生实事完成情况\n一、改善民生\n", "\n二、其他\n修路3公里。\n"
    return lambda text: extractor.extract(head + text + tail).projects[0].figures
