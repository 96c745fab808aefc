"""Which figures a release promises instead of reporting them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.language.patterns import Relation
from extractor.language.words import Row
from extractor.model import Header
from extractor.release.lines import Line, is_outlook

_PLAN_TITLE = regex.compile(r"方案|计划|安排|公告|拟|部署|征集|任务分解|项目表|候选|将(?:办|实施)")
_RESULT_TITLE = regex.compile(r"完成|进展|成绩|报告|结果|推进|兑现|收官|回顾|答卷|通报|情况|盘点|成效|落实|回访|交账|交卷|总结|半年|季度|月报")
_COMING = regex.compile(r"下一步|下阶段|接下来|未来|今后|明年|新的一年|下步|来年|后续|年底前|展望|下半年|各(?:责任)?单位要|要对照")
_AHEAD = regex.compile(r"将|拟|计划|力争|确保|安排|初步|目标|谋划|继续|预计|要|年内再|再完工|再开工")
_YEAR = regex.compile(r"(?<!\d)(20[0-4]\d) ?年")
_REMAINDER = regex.compile(r"(?:其余|剩余|余下|剩下)[^。;]{0,48}?(?:(?:前|内|底|明年|年初)[^。;]{0,12}|(?:将|预计|力争|确保)[^。;]{0,12})")
_NEXT_YEAR = regex.compile(r"(?:明年|来年|下一年度?)[^。!?]*(?:将|计划|拟|要|力争|确保|争取|打算)[^。!?]*")


def is_plan(folded: str, header: Header, row: Row, relations: Sequence[Relation]) -> bool:
    """Whether the whole release says what will be done."""
    reached = sum(1 for relation in relations if {"completion", "margin", "previous"} & relation.roles.keys())
    title = header.title or ""
    if _PLAN_TITLE.search(title) and not _RESULT_TITLE.search(title):
        return reached * 4 <= row.classes.count("A")
    ahead = row.classes.count("!") + row.classes.count("[")
    return not _RESULT_TITLE.search(title) and reached == 0 and ahead >= 3 and "已" not in folded


def promised_ranges(folded: str, lines: Sequence[Line], year: int | None) -> list[tuple[int, int]]:
    """The stretches of a report that look ahead."""
    found = []
    for line in lines:
        text = folded[line.body : line.end]
        start = line.body
        coming = _COMING.match(text) or (is_outlook(folded, line) and _COMING.search(text[:40]))
        if coming and _AHEAD.search(text):
            found.append((start, line.end))
            continue
        for sentence in regex.finditer(r"[^。!?]+[。!?]?", text):
            if _looks_ahead(sentence[0], year):
                found.append((start + sentence.start(), line.end))
                break
        for rest in _NEXT_YEAR.finditer(text):
            found.append((start + rest.start(), start + rest.end()))
        for rest in _REMAINDER.finditer(text):
            found.append((start + rest.start(), start + rest.end()))
    return found


def _looks_ahead(sentence: str, year: int | None) -> bool:
    later = any(year and int(match[1]) > year for match in _YEAR.finditer(sentence[:24]))
    coming = _COMING.search(sentence[:16])
    if (later or regex.match(r"\W*(?:新的一年|来年|明年)", sentence)) and not regex.search("收到|征集到|已完成", sentence):
        return True
    return (later or coming is not None) and _AHEAD.search(sentence) is not None
