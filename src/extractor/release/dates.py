"""When a release was published, and the year that it reports on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.numeral import DIGITS
from extractor.model import Span
from extractor.release.lines import Line

_PAST_YEAR = plain("一年来|过去的?一年|去年")
_YEAR = plain(r"(?P<year>20(?<![\d.\-/]..)[0-4]\d)(?= ?年)")
_WORK_REPORT = plain(r"(?P<year>20[0-4]\d) ?年?(?:市|县|区|省|自治区|州)?(?:人民)?政府工作报告")
_DAY = plain(r" ?年 ?\d{1,2} ?月 ?\d")
_SPOKEN_YEAR = plain("(?P<year>二零[零一二三四][零一二三四五六七八九])年")
_COLUMN_YEAR = plain(r"(?<!\d)(?P<year>20[0-4]\d)(?= ?[|丨·]|民生|为民)")  # 盘点2025|十件实事
_OF_PROJECTS = plain(
    r" ?年(?:度|以来)?[^,。;\n]{0,12}(?:实事|民生|民心|政府工作|工作回顾|惠民|项目|任务)(?!(?:项目)?候选)"
)
_OTHER_YEAR = plain("(?:[比较]|将[于在]|推迟[至到]|顺?延[至到]|力争(?:到)?|预计(?:到)?)$")
_TO_COME = plain(" ?年,?[^,。\n]{0,4}?(?:将|打算|计划|拟|力争|要)")
_DATE = plain(r"(?P<y>20[0-4]\d) ?[-/.年] ?(?P<m>1[0-2]|0?[1-9]) ?[-/.月] ?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)")
_THIS_YEAR = plain(r"(?m)(?:^|。) *今年(?:以来)?,|截至(?:今年|12月)")
_MADE_PUBLIC = plain(r" ?日? ?(?:公布|发布|印发|公开)")
_DEADLINE = plain(r" ?日?(?:之?前|以前|止|起)")  # 于2019年3月31日前整改到位
_HEAD = 400  # characters in which a page gives its date
_MONTH_AND_DAY = r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?P<d>3[01]|[12]\d|[1-9])日"
_MONTH_DAY = plain(_MONTH_AND_DAY)
_WIRED = plain(r"(?P<y>20[0-4]\d)年(?P<m>1[0-2]|[1-9])月(?P<d>3[01]|[12]\d|[1-9])日电")  # 新华社北京2023年1月12日电
_HELD = plain(rf"(?:发布会|通报会|会议|新闻办)[^。\n]{{0,20}}?{_MONTH_AND_DAY}[^。\n]{{0,10}}?(?:召开|举行|举办)")


def year_of(folded: str, title: Span | None, lines: Sequence[Line], counted: int) -> int | None:
    """The year for which most speaks; counted: where the number of projects stands, 0 for nowhere.

    A government's work report of one year tells what was done in the year before.
    """
    if title and (report := _WORK_REPORT.search(folded, *title)):
        before = int(report["year"]) - 1
        if f"{before}年" in folded or _PAST_YEAR.search(folded):
            return before
    weights: Counter[int] = Counter()
    for match in _YEAR.finditer(folded):
        at, year = match.start(), int(match["year"])
        if title and title.start <= at < title.end:  # 2022年完成情况和2023年安排: the first of two counts most
            weights[year] += 12 if any(value >= 12 for value in weights.values()) else 20
        elif not _is_aside(folded, lines, at):
            weights[year] += _weight(folded, at, match.end())
    if title and (column := _COLUMN_YEAR.search(folded, *title)):
        weights[int(column["year"])] += 12
    for match in _SPOKEN_YEAR.finditer(folded):
        year = int("".join(DIGITS[c] for c in match["year"]))
        weights[year] += 5 if _OF_PROJECTS.match(folded, match.end() - 1) else 1
    stamped = _DATE.search(folded, 0, _HEAD)
    if stamped and _THIS_YEAR.search(folded):
        weights[int(stamped["y"])] += 4
    elif stamped and int(stamped["m"]) > 10:  # at the end of a year it is told of, at the beginning the one before
        weights[int(stamped["y"])] += 2
    elif stamped and int(stamped["m"]) < 3:
        weights[int(stamped["y"]) - 1] += 2
    elif stamped:
        weights[int(stamped["y"])] += 1
    said = [match for match in _YEAR.finditer(folded, max(0, counted - 40), counted) if not _is_day(folded, match)]
    if said and not _is_aside(folded, lines, said[-1].start()):
        before = "去年" in folded[said[-1].end() : counted]  # 2024年第2期 去年说好的10件事
        weights[int(said[-1]["year"]) - before] += 4
    elif not said and "去年" in folded[max(0, counted - 40) : counted]:  # 去年许下8件实事 … 2024年2月4日
        for signed in list(_DATE.finditer(folded, max(0, len(folded) - _HEAD)))[-1:]:
            weights[int(signed["y"]) - 1] += 4
    return max(weights, key=lambda year: (weights[year], -year)) if weights else None


def _is_aside(folded: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a place stands in furniture, or where the text looks ahead."""
    number = bisect_right(lines, at, key=lambda line: line.start) - 1
    line = lines[number] if number >= 0 else None
    return line is not None and at < line.end and (line.furniture or line.outlook)


def is_date(folded: str, at: int) -> bool:
    """Whether a date begins there."""
    return _DATE.match(folded, at) is not None


def _is_day(folded: str, year: re.Match[str]) -> bool:
    """Whether a year is that of a day: 2023年3月5日."""
    return _DAY.match(folded, year.end()) is not None


def _weight(folded: str, start: int, end: int) -> int:
    """How much a year says of the release's: 2023年民生实事 most, 较2023年 and 推迟至2025年 nothing."""
    if _OTHER_YEAR.search(folded, max(0, start - 4), start) or _TO_COME.match(folded, end):
        return 0
    if _OF_PROJECTS.match(folded, end):
        return 4
    return 3 if folded.startswith(("年,", " 年,"), end) else 1


def published_on(folded: str, lines: Sequence[Line], year: int | None, body: Span) -> str | None:
    """The day of publication, as 2023-01-31: from the page's lines, from the lines around the projects, from the prose.

    body: where the projects stand, empty where there are none; what stands there is no day of publication.
    """
    inside = body.start < body.end
    around = [line for line in lines if not inside or not body.start <= line.start < body.end]
    labelled = [line for line in around if line.furniture]
    alone = [line for line in around if line.end - line.start < 60 and "。" not in folded[line.start : line.end]]
    for line in (*labelled, *alone):
        dates = [
            date for date in _DATE.finditer(folded, line.start, line.end) if not _DEADLINE.match(folded, date.end())
        ]
        if dates:  # 2月18日会议通过,2月25日公布: the day on which it was made public
            made_public = next((date for date in dates if _MADE_PUBLIC.match(folded, date.end())), dates[0])
            return _day(made_public["y"], made_public)
    prose = next((line for line in lines if line.end - line.start > 40 and not line.furniture), None)
    if prose is None or not year:
        return None
    sentence = max(folded.find("。", prose.body), 0)
    if wired := _WIRED.search(folded, prose.body, prose.body + 40):
        return _day(wired["y"], wired)
    match = _MONTH_DAY.match(folded, prose.body, prose.end) or _HELD.search(folded, prose.body, sentence)
    return _day(year, match) if match else None


def _day(year: int | str, match: re.Match[str]) -> str:
    return f"{year}-{int(match['m']):02d}-{int(match['d']):02d}"
