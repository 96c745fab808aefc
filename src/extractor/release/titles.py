"""What a project's heading says: its title without marks and tags, its level, its departments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.model import Span
from extractor.release.lines import RUN_IN, Line

_PLACE = r"(?:省|市|区|县|州|盟|旗|自治区|自治州|国家|中央|镇|街道)"
_LEVEL = plain(  # (市定民生实事之一), [省级], 【省、市定】
    rf"[(\[【](?P<level>{_PLACE}(?:定|级|列|办|直|本级)?(?:、?(?:省|市|区|县)(?:定|级|列))?)"
    r"(?:重点)?(?:民生实事|实事|项目)?(?:之[一二三四五六七八九十]{1,3})?(?:[)\]】]|(?=;))"
)
LEVEL_WORD = "(?:省|市|县|区|州|国家|自治区)[级定]"
_CODE = plain(rf"[(\[【]?(?P<level>{LEVEL_WORD})-?\d{{1,2}}(?:[)\]】:、. ])")
_ATTRIBUTE = plain(rf"(?P<level>{LEVEL_WORD})的$")
_GROUP_LEVEL = plain(  # a line above several projects: 一、省定重点民生实事
    r"(?P<level>(?:省|市|区|县|州|自治区|国家)(?:定|级|列|办))"
    r"(?:重点)?(?:民生|为民|惠民)?办?(?:实事|项目)"
)
_TAG = r"[(\[【](?:已?%states%|(?:20\d\d年)?(?:新增|续建|延续|跨年))[^)\]】]{0,6}[)\]】]"
_DEPARTMENT = r"[(\[]?%responsible%(?:单位|部门|处室|科室)(?:及配合单位)?: ?(?P<names>[^)\]\n。]{2,80})[)\]]?"
_NO_GROUP = plain(r"关于|通知|通报|公告|情况|报告")  # what stands in a title and in no line above a group
_OFFICE_BEHIND = r"[/|丨 ] *(?P<names>[^/|丨\d,。;:]{2,30}(?:%offices%|%bodies%))$"
_OFFICE = r"[(\[](?P<names>[^()\[\]\d]{2,30}(?:%offices%|%bodies%))(?:(?:分别)?%responsible%{1,2})?[)\]]"
_RESULT = plain(  # a bracket at a heading's end that tells numbers; its targets belong to the title
    r"(?<![,。;:])[(](?!(?:年度|全年)?(?:目标|计划|任务|承诺))(?=[^()]*\d[\d,.]*[余多]?[万亿]?(?:(?![年月日周岁期号届次路])[\u4e00-\u9fff]|%))"
    r"[^()。]{2,60}[)]$"
)
_LABEL_BEHIND = plain(r"(?<![ ,。;:]) {2,}(?=[\u4e00-\u9fff]{2,6}:)")
_BAR = r" *[|丨] *|(?:/| {1,4})(?=[^ /|丨\d,。;:]{2,20}(?:%offices%|%bodies%)$)"  # 残疾儿童康复/县残联
_NAME = plain(
    r"(?:(?:民生|为民|惠民)?(?:实事|项目|工程|任务|事项)?(?:项目)?(?:名称|名|内容|标题)|实事|项目|事项): *"
    r"(?P<name>[^;。\n]{2,40})$"
)
_BETWEEN_NAMES = plain(r"[、,;/\s]+|<br>")
_CHAPTER = (  # 总体要求, 主要做法, 存在的问题和下一步打算, 加强组织领导: chapters of any document
    r"%chapters%{1,8}$"
    r"|[^,。;:\d]{2,10}类(?:民生)?(?:项目|实事|工程)?(?:[(]\d{1,2}[件项个][)])?$"  # 教育类(2件)
    rf"|{LEVEL_WORD}(?:重点)?(?:民生|为民|惠民)?(?:实事|项目|工程)(?:项目)?$"  # 省定民生实事 is a group's heading
)
_ANSWER = plain(
    r"(?:→|⇒|»|>>|✓|✔|—>)|(?:进展|完成|兑现|落实|办理|推进|实施)(?:情况|结果)?:|(?:结果|成效|答卷|实绩):|【"
)
_PUNCTUATION = plain(r"[,;。]")
_SENTENCE = plain(r"[,;。\d]")
_INLINE = plain(r"[。:]|——(?=[^\n。\d]{0,60}[。\d])")  # 冬暖工程——为18所学校新建暖厕
_NUMERAL = plain(r"[\d两二三四五六七八九十百千万]")
_SPACED = plain(r" \d[\d.,]* ")  # blanks around numbers
_RATE = plain(r" +\d{1,3}(?:\.\d{1,2})?%$")
OFFICE = "office"  # the kind of a heading in front of which its office stands: 市教育局|增加公办学位
_LONGEST = 60  # characters of a title
_SUBTITLE = 16  # characters behind a colon that may belong to a title
_PROSE = 30  # characters from which a heading's line is a sentence
_TOLD = 15  # characters of prose behind such a sentence
_MOTTO = 20  # characters of a sentence that is a title
_LONGEST_CHAPTER = 16  # characters of a heading that any document could have
_NEAR = 34  # characters behind a title in which its office stands in brackets


def title_and_body(folded: str, line: Line, lists: WordLists, following: Line | None = None) -> tuple[Span, int]:
    """A heading's title, and where the body begins; marks, level and status tags are no part of the title.

    following: the next line of the project; where that answers the heading (→ 建成7所), the heading is all of its line.
    """
    start, end = _behind_tags(folded, line.body, line.end), line.end
    while start < end and folded[start] in " :、.":
        start += 1
    if folded[start : start + 1] == "【" and (close := folded.find("】", start, end)) > 0:
        behind = _behind_tags(folded, close + 1, end)
        if not 3 < end - behind <= _LONGEST or _PUNCTUATION.search(folded, behind, end):
            return Span(start + 1, close), behind
        start = behind  # 【省级实事之一】开展重点人群技能培训
    result = _RESULT.search(folded, start + 3, end)
    if result and not _SENTENCE.search(folded, start, result.start()):  # 新增学位(完成15260个,占任务的101.7%)
        return without_tags(folded, start, result.start(), lists), result.start()
    if bar := lists.plain(_BAR).search(folded, start + 3, min(end, start + _LONGEST)):  # 村屯道路硬化|满意率96.9%
        return without_tags(folded, start, bar.start(), lists), bar.end()
    if label := _LABEL_BEHIND.search(folded, start + 3, min(end, start + _LONGEST)):  # 学位扩容项目(市级)  得分:96.8分
        return without_tags(folded, start, label.start(), lists), label.end()
    if (blank := RUN_IN.match(folded, start, end)) and not (line.kind and _SPACED.match(folded, blank.end())):
        return without_tags(folded, start, blank.end(), lists), blank.end()
    stop = next((sign for sign in _INLINE.finditer(folded, start, end) if not _is_bracketed(folded, start, sign)), None)
    clause = _PUNCTUATION.search(folded, start, end)
    told = folded.find("。", start, end - 1) >= 0
    if following and end - start <= _LONGEST + 10 and not told and _ANSWER.match(folded, following.body, following.end):
        return without_tags(folded, start, end, lists), end
    if clause and (clause.start() - start > _LONGEST or _opens_prose(folded, start, end, clause, stop)):
        return without_tags(folded, start, clause.start(), lists), start
    if stop and stop.end() < end and not _is_subtitle(folded, stop, end):
        return without_tags(folded, start, stop.start(), lists), stop.end()
    if end - start > _LONGEST:
        return Span(start, clause.start() if clause else end), start
    return without_tags(folded, start, end, lists), end


def name_below(folded: str, lines: Sequence[Line], lists: WordLists) -> Span | None:
    """The name that a label gives below a heading that is nothing but a number: 〔实事一〕 / 内容:长者助餐."""
    named = (_NAME.match(folded, line.start, line.end) for line in lines)
    return next((without_tags(folded, *name.span("name"), lists) for name in named if name), None)


def _is_bracketed(folded: str, start: int, sign: re.Match[str]) -> bool:
    """Whether a sign stands inside a bracket of the title: 提升办理质效(目标:办结率98%)."""
    return folded.count("(", start, sign.start()) > folded.count(")", start, sign.start())


def _opens_prose(folded: str, start: int, end: int, clause: re.Match[str], stop: re.Match[str] | None) -> bool:
    """Whether the text behind the mark is prose, of which the first clause is the title: 1.新建公园5个,改造3个."""
    prose = end - start > _PROSE or folded[end - 1] in "。;"
    first = clause[0] in ",;" and clause.end() < end and (stop is None or clause.start() < stop.start())
    return prose and first and not (stop and _is_motto(folded, start, stop, end))


def _is_motto(folded: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether a short sentence without numbers heads the prose behind it: 饭碗账,越算越踏实。新增就业3万人."""
    short = stop[0] == "。" and stop.start() - start <= _MOTTO and stop.end() < end - _TOLD
    return short and not _NUMERAL.search(folded, start, stop.start())


def _is_subtitle(folded: str, stop: re.Match[str], end: int) -> bool:
    """饮水:窖水换成自来水 is one title: what stands behind the colon is short and no sentence."""
    return stop[0] == ":" and end - stop.end() <= _SUBTITLE and not _SENTENCE.search(folded, stop.end(), end)


def _behind_tags(folded: str, start: int, end: int) -> int:
    match = _LEVEL.match(folded, start, end)
    return match.end() if match else start


def without_tags(folded: str, start: int, end: int, lists: WordLists) -> Span:
    """A title without the signs, levels, states and offices behind it: 新建公园(市级)(已完成) is 新建公园."""
    if rate := _RATE.search(folded, start + 1, end):  # 新建公园 120%
        end = rate.start()
    while end > start and not folded[end - 1].isalnum() and folded[end - 1] not in "”)》】]!?":
        end -= 1
    while end > start and folded[end - 1] in ")]】" and (tag := _tag_before(folded, start, end, lists)):
        end = start + len(folded[start : tag.start()].rstrip(" "))
    return Span(start, end)


def _tag_before(folded: str, start: int, end: int, lists: WordLists) -> re.Match[str] | None:
    """The sign, level, state or office that closes a title which is more than that."""
    for pattern in (_LEVEL, lists.plain(_TAG), lists.plain(_OFFICE)):
        for tag in pattern.finditer(folded, start, end):
            if tag.end() == end and tag.start() > start:
                return tag
    return None


def is_chapter(folded: str, start: int, end: int, lists: WordLists) -> bool:
    """Whether a heading could stand in any document: 总体要求, 保障措施."""
    return end - start <= _LONGEST_CHAPTER and lists.plain(_CHAPTER).match(folded, start, end) is not None


def level_in(folded: str, start: int, end: int) -> str | None:
    """The level that a tag names, or the mark of a heading: 市级 for (市级), 省定 for 省定-1 农村公路."""
    match = _CODE.match(folded, start, end) or _LEVEL.search(folded, start, end)
    return match["level"] if match else None


def level_before(folded: str, at: int) -> str | None:
    """The level that stands as an attribute in front of a name: 省定 for 省定的零工市场建设."""
    match = _ATTRIBUTE.search(folded, max(0, at - 6), at)
    return match["level"] if match else None


def level_of_group(folded: str, start: int, end: int) -> tuple[int, str] | None:
    """The level that a line above several projects names, and where the name ends: 省定 for 一、省定民生实事."""
    match = _GROUP_LEVEL.search(folded, start, end)
    return (match.end(), match["level"]) if match else None


def levels_named(folded: str, lines: Sequence[Line]) -> dict[str, list[tuple[int, str]]]:
    """The short lines that name a level, by kind: the place of each and the level."""
    named: dict[str, list[tuple[int, str]]] = {}
    for at, line in enumerate(lines):
        if line.end - line.start > 40 or line.furniture or _NO_GROUP.search(folded, line.start, line.end):
            continue
        if group := level_of_group(folded, line.start, line.end):
            named.setdefault(line.kind, []).append((at, group[1]))
    return named


def level_above(named: dict[str, list[tuple[int, str]]], kind: str, index: int) -> str | None:
    """The level that the nearest line of another kind above a heading names, if it is not the release's title."""
    above = [
        places[at - 1] for other, places in named.items() if other != kind and (at := bisect_left(places, (index,)))
    ]
    at, level = max(above, default=(0, None))
    return level if at > 1 else None


def departments_in(folded: str, span: Span, title: Span, line: Line, lists: WordLists) -> tuple[str, ...]:
    """The departments of a project: in brackets behind its title, or behind a label such as 责任单位."""
    names: list[str] = []
    near = (folded, title.end, min(line.end, title.end + _NEAR))
    if office := lists.plain(_OFFICE).search(*near) or lists.plain(_OFFICE_BEHIND).search(*near):
        names += names_in(office["names"])
    if line.kind == OFFICE:
        names += names_in(folded[line.start : line.body].rstrip(" |丨·/:—"))
    for match in lists.plain(_DEPARTMENT).finditer(folded, span.start, span.end):
        names += names_in(match["names"])
    return tuple(names)


def names_in(listed: str) -> list[str]:
    """The names of a list."""
    return [name for name in _BETWEEN_NAMES.split(listed) if name]
