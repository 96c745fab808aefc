"""What a release says of itself: title, place, dates, and how many projects there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.language.numeral import DIGITS, NumeralError, parse_numeral
from extractor.model import Header, Region, Span
from extractor.release.lines import Line, is_outlook
from extractor.release.region import find_region, region_names

_TOPIC = re.compile(
    r"民生|实事|民心|惠民|为民|暖民|项目|工程|政府工作报告|公告|通报|成绩单|答卷|完成情况|进展|清单|一封信|办好|落实"
)
_NAME_OF_SITE = regex.compile(
    r"(?:网|(?<![通汇公简快播月季年战])报|局|中心|版|动态|专栏|频道|委员会|办公室|日报社|政府|电视台|融媒体|数字报|公众号|公告栏|公开栏|专题|简报|通稿|发布|导航|要闻)$|>|^[\d\W]*$|^\(?第\d+[号期]|第\d+期|[\[(]20\d\d[\])] ?\d+ ?号|请勿"
)
_NUMBER = r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})"
_COUNT = re.compile(rf"(?<![\d.一二三四五六七八九十]){_NUMBER} ?(?:件|项|个|大|方面)")
_WHAT = r"(?:实事|民生工程|民心工程|民生项目|惠民工程|暖民心行动|民生事项|惠民实事|暖心事|民生大事|重点工程)"
_THIS = rf"{_NUMBER} ?(?:件|项|个)"
_LEVEL_NAME = r"(?:省|市|区|县|州|自治区|国家)(?:级|定|列|本级)"
_COMING = regex.compile(rf"(?<=拟(?:办理?|实施|安排|推进|确定|定)[^,。;\d\n]{{0,8}}){_THIS}")
_PROJECTS = regex.compile(
    rf"{_NUMBER} ?(?:件|项|个|大|方面)(?:[^,。;、\d\n“”]{{0,16}}?{_WHAT}|(?:项目|任务|工作|工程|好事)(?=[^,。;\d\n]{{0,4}}(?:全部|均|进展|全面|已全)))(?:项目)?"
    rf"|(?<=(?:{_WHAT}|办实事)(?:项目)? ?(?:今年|本年度?|全年)?(?:共有|共计?|总计|有)?){_THIS}"
    rf"|(?<=(?:共|实施|承担|承办|安排|确定|推出|办理|选出)[^,。;\d\n]{{0,20}}?(?:实事|项目|民生工程)[^,。;\d\n]{{0,8}}){_THIS}"
)
_OF_A_LEVEL = regex.compile(
    rf"(?:(?<={_LEVEL_NAME}){_NUMBER} ?(?:件|项)|(?<={_LEVEL_NAME}[^,。;、\d\n]{{0,8}}(?:实事|行动|工程|项目)){_THIS})(?=[,、;。)和及]|$)"
)
_SUB_ITEMS = regex.compile(
    r"(?P<number>\d{1,3}|[一二三四五六七八九十两]{1,3}) ?(?:项|个|大|件) ?[^,。;、\d\n“”的]{0,4}?"
    r"(?P<noun>(?:量化|具体|考核|分|细化|民生)?(?:子项|小项|指标|任务|候选|分项|类|方面|子项目|事项))"
)
_OF_A_BUREAU = regex.compile(rf"(?<=(?:承担|牵头|负责|承办)了?[^,。;\d\n]{{0,8}}){_NUMBER} ?(?:件|项)(?!目)")
_COUNTS = ((_COMING, False), (_PROJECTS, True), (_OF_A_LEVEL, False), (_SUB_ITEMS, False), (_OF_A_BUREAU, False))
_AGAIN = regex.compile(rf"{_THIS} ?(?:民生|为民|惠民)?(?:实事)?(?:项目|实事|任务|工作)")
_NOUN = re.compile(
    r" ?(?:件|项|个|大)(?:[^,。;、\d\n“”]{0,14}?的)?"
    r"(?P<noun>[^,。;、\d\n“”的]{0,10}?(?:实事项目|实事|民生工程|民心工程|民生项目|惠民工程|暖民心行动|任务|工作|项目)(?:项目)?)"
)
_NOUN_BEFORE = regex.compile(
    r"(?P<noun>(?:重点|民生|为民|惠民|便民|办)*(?:实事|民生工程|民心工程|工程|项目|任务)(?:项目)?)(?:共计?|总计)? ?$"
)
_RESULT_BEFORE = regex.compile(r"(?:其中|已有|尚有|还有|另有|余下|其余)[^,。;]{0,6}$")
_RESULT_BEHIND = re.compile(
    r"[^,。;\d]{0,4}(?:如期|未达|正在|进入|收尾|转入|按期|超额|提前|超时序|超过|滞后|尚未|未完|接近|已办结|已完成|达到序时)"
)
_YEAR = re.compile(r"(?<![\d.\-/])(?P<year>20[0-4]\d)(?= ?年)")
_DAY = re.compile(r" ?年 ?\d{1,2} ?月 ?\d")
_SPOKEN_YEAR = re.compile("(?P<year>二零[零一二三四][零一二三四五六七八九])年")
_OF_PROJECTS = re.compile(r" ?年(?:度|以来)?[^,。;\n]{0,12}(?:实事|民生|民心|政府工作|工作回顾|惠民|项目|任务)")
_ISO = re.compile(r"(?P<y>20[0-4]\d) ?[-/.年] ?(?P<m>1[0-2]|0?[1-9]) ?[-/.月] ?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)")
_HELD = re.compile(r"(?:发布会|通报会|会议|新闻办)[^。\n]{0,20}?(?<!\d)(?P<m>1[0-2]|[1-9])月(?P<d>3[01]|[12]\d|[1-9])日[^。\n]{0,10}?(?:召开|举行|举办)")
_MONTH_DAY = re.compile(r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?P<d>3[01]|[12]\d|[1-9])日")
_LABELLED = regex.compile(
    r"(?:发布时间|发布日期|发表时间|发文日期|成文日期|印发日期|时间|日期|来源[^\n]{0,30}) ?[::]? ?$"
)


class Declared(NamedTuple):
    """One place that says how many projects there are, and what it calls them."""

    number: int
    span: Span
    counts_projects: bool
    noun: Span | None = None
    of_level: bool = False


def declared_numbers(folded: str) -> list[Declared]:
    """Every number that counts projects, sub-items or the projects of a level, in order."""
    found: dict[int, Declared] = {}
    again = []
    for count in _COUNT.finditer(folded):
        start, end = count.span("number")
        kind = _kind_of_count(folded, start)
        if kind is None:
            again.append((start, end))
            continue
        match, counts = kind
        value = _value(folded[start:end])
        of_level = match.re is _OF_A_LEVEL and not any(
            one.of_level and start - one.span.end > 60 for one in found.values()
        )
        found[start] = Declared(
            value, Span(start, end), counts and value > 1, _noun(folded, match, start, end), of_level
        )
    known = {one.number for one in found.values() if one.counts_projects}
    for start, end in again:
        same = _AGAIN.match(folded, start)
        if same and _value(folded[start:end]) in known and not _is_result(folded, start, same.end()):
            found[start] = Declared(_value(folded[start:end]), Span(start, end), False, _noun(folded, same, start, end))
    return [found[start] for start in sorted(found)]


def _kind_of_count(folded: str, start: int) -> tuple[regex.Match[str], bool] | None:
    """The pattern that says what the number at ``start`` counts, and whether that is projects."""
    for pattern, counts in _COUNTS:
        match = pattern.match(folded, start)
        if match and (pattern is _OF_A_LEVEL or not _is_result(folded, start, match.end())):
            return match, counts
    return None


def _noun(folded: str, match: regex.Match[str], start: int, end: int) -> Span | None:
    """What is counted: behind the number (20项量化指标) or before it (为民实事11件)."""
    if "noun" in match.re.groupindex and match["noun"]:
        return Span(*match.span("noun"))
    if behind := _NOUN.match(folded, end):
        return Span(*behind.span("noun"))
    if before := _NOUN_BEFORE.search(folded, max(0, start - 16), start):
        return Span(*before.span("noun"))
    return None


def _value(numeral: str) -> int:
    try:
        return int(parse_numeral(numeral))
    except NumeralError:
        return 0


def _is_result(folded: str, start: int, end: int) -> bool:
    return bool(_RESULT_BEFORE.search(folded, max(0, start - 12), start) or _RESULT_BEHIND.match(folded, end))


def read_header(
    text: str, folded: str, lines: Sequence[Line], declared: Sequence[Declared], projects: int, body: Span
) -> Header:
    """The header of a release; projects: how many were found, body: where they stand (empty where there are none)."""
    title = _title(text, folded, lines, body)
    year = _year(folded, title, lines, declared)
    published = _published(folded, lines, year, body)
    if year is None and published:
        year = int(published[:4])
    return Header(
        title=_plain(text, title) if title else None,
        region=_region(text, folded, title, lines, year, body),
        published=published,
        year=year,
        declared_projects=_declared(declared, projects),
    )


def _plain(text: str, span: Span) -> str:
    return "".join(line.strip() for line in text[span.start : span.end].split("\n"))


def _declared(declared: Sequence[Declared], projects: int) -> int | None:
    counts = [one.number for one in declared if one.counts_projects]
    if projects in counts:
        return projects
    return counts[0] if counts else None


def _title(text: str, folded: str, lines: Sequence[Line], body: Span) -> Span | None:
    candidates = []
    for index, line in enumerate(lines[:24]):
        length = line.end - line.body
        sentence = folded[line.end - 1] in "。;" or length > 70 or "。" in folded[line.body : line.end]
        if sentence and not line.furniture:
            break
        if body.start < body.end and line.start >= body.start:
            break
        if line.furniture or length < 5 or (line.kind and not line.kind.startswith(("markdown", "tag"))):
            continue
        if (
            folded.startswith(("——", "--"), line.start)
            or _ISO.match(folded, line.body)
            or _NAME_OF_SITE.search(folded, line.body, line.end)
        ):
            continue
        candidates.append(index)
    if not candidates:
        return None
    best = next((i for i in candidates if _TOPIC.search(folded, lines[i].body, lines[i].end)), candidates[0])
    start = lines[best].body
    if (
        folded.startswith("关于", start)
        and best
        and lines[best - 1].end + 2 >= lines[best].start
        and lines[best - 1].end - lines[best - 1].start < 30
        and not lines[best - 1].furniture
        and ">" not in folded[lines[best - 1].start : lines[best - 1].end]
    ):
        start = lines[best - 1].body
    end = lines[best].end
    if (
        "|" in folded[start:end]
        and (cells := [m for m in regex.finditer(r"[^|]+", folded[start:end])])
        and len(cells) > 2
    ):
        cell = max(cells, key=lambda m: (bool(_TOPIC.search(m[0])), len(m[0])))
        start, end = start + cell.start(), start + cell.end()
    dash = folded.find("——", start + 4, end)
    return Span(start, dash if dash > 0 else end)


def _year(folded: str, title: Span | None, lines: Sequence[Line], declared: Sequence[Declared]) -> int | None:
    furniture = [(line.start, line.end) for line in lines if line.furniture or is_outlook(folded, line)]
    weights: Counter[int] = Counter()
    for match in _YEAR.finditer(folded):
        at, year = match.start(), int(match["year"])
        if title and title.start <= at < title.end:
            weights[year] += 12 if any(value >= 12 for value in weights.values()) else 20
        elif any(start <= at < end for start, end in furniture):
            continue
        elif _OF_PROJECTS.match(folded, match.end()):
            weights[year] += 4
        elif folded.startswith(("年,", " 年,"), match.end()):
            weights[year] += 3
        else:
            weights[year] += 1
    for match in _SPOKEN_YEAR.finditer(folded):
        weights[int("".join(DIGITS[c] for c in match["year"]))] += 5 if _OF_PROJECTS.match(folded, match.end() - 1) else 1
    first = next((one.span.start for one in declared if one.counts_projects), 0)
    if said := [match for match in _YEAR.finditer(folded, max(0, first - 40), first) if not _DAY.match(folded, match.end())]:
        weights[int(said[-1]["year"])] += 4
    return max(weights, key=lambda year: (weights[year], -year)) if weights else None


def _published(folded: str, lines: Sequence[Line], year: int | None, body: Span) -> str | None:
    inside = body.start < body.end
    head = [line for line in lines if not inside or line.start < body.start or line.start >= body.end]
    labelled = [line for line in head if line.furniture]
    alone = [line for line in head if line.end - line.start < 60 and "。" not in folded[line.start : line.end]]
    for wanted in (labelled, alone):
        for line in wanted:
            if match := _ISO.search(folded, line.start, line.end):
                return f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}"
    prose = next((line for line in lines if line.end - line.start > 40 and not line.furniture), None)
    stop = folded.find("。", prose.body) if prose else 0
    if prose and year and (match := _MONTH_DAY.match(folded, prose.body, prose.end) or _HELD.search(folded, prose.body, max(stop, 0))):
        return f"{year}-{int(match['m']):02d}-{int(match['d']):02d}"
    return None


def _region(
    text: str, folded: str, title: Span | None, lines: Sequence[Line], year: int | None, body: Span
) -> Region | None:
    if title and (names := region_names(folded[title.start : title.end])):
        return _found(text, names[-1][0], title.start, year)
    weights: Counter[str] = Counter()
    spans: dict[str, Span] = {}
    for line in lines:
        if body.start <= line.start < body.end:
            continue
        for span, name in region_names(folded[line.start : line.end]):
            weights[name] += 2 if span.start < 40 else 1
            spans.setdefault(name, Span(line.start + span.start, line.start + span.end))
    if not weights:
        for span, name in region_names(folded):
            weights[name] += 1
            spans.setdefault(name, span)
    if not weights:
        for line in [*lines[:10], *([lines[0]] if lines else [])]:
            for span, name in region_names(folded[line.start : line.end], short=True):
                weights[name] += 1
                spans.setdefault(name, Span(line.start + span.start, line.start + span.end))
    if not weights:
        return None
    name = max(weights, key=lambda n: (weights[n], -spans[n].start))
    return _found(text, spans[name], 0, year)


def _found(text: str, span: Span, offset: int, year: int | None) -> Region:
    surface = text[offset + span.start : offset + span.end]
    return find_region(surface, year) or Region(surface, None, None, None)
