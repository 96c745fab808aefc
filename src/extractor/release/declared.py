"""How many projects a release says there are, and what else it counts: sub-items, the projects of a level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractor.language.expression import plain
from extractor.language.numeral import NumeralError, parse_numeral
from extractor.language.word_lists import WordLists
from extractor.model import Span

_PIECES = "(?:件|桩|项)"
_NUMBER = r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})"
_COUNT = plain(  # what is before a number is looked at behind its first character, which is faster to find
    r"(?P<number>[\d一二三四五六七八九十两](?<![\d.一二三四五六七八九十].)"
    r"(?:(?<=\d)\d{0,2}|(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}|(?<=两)))"
    r" {0,3}(?:件|桩|项|个|大|方面|位|名)"
)
_WHAT = "%programmes%"
_THIS = rf"{_NUMBER} {{0,3}}(?:件|桩|项|个)"
_LEVEL_NAME = r"(?:省|市|区|县|州|自治区|国家)(?:政府|里)?级?(?:级|自?定|自己定|下达|列|本级)的?"
_TO_COME = "(?:拟|考虑|初步)(?:办理?|实施|安排|推进|确定|定|提出|排|梳理|遴选)了?"
_COMING = rf"(?<={_TO_COME}[^,。;\d\n]{{0,8}}|候选项目(?:共有?|共计)?|扩充[到至]){_THIS}"
_TAKEN_ON = "(?:共|实施|承担|承办|安排|确定|推出|办理|选出)"
_DONE_BEHIND = r"(?:项目|任务|工作|工程|好事)(?=[^,。;\d\n]{0,4}(?:全部|均|进展|全面|已全))"
_PROJECTS = (
    # 办好10件民生实事, 20项任务全部完成
    rf"{_NUMBER} ?(?:件|桩|项|个(?!层|方面|类|批|部分|阶段|章)|大|方面)"
    rf"(?:(?:20\d\d年度?)?[^,。;、\d\n“”]{{0,16}}?{_WHAT}|{_DONE_BEHIND})(?:项目)?"
    # 把9件"关键小事"列入为民办实事项目
    rf"|(?<=把){_NUMBER} ?{_PIECES}(?=[^。\n]{{0,40}}(?:列入|作为|纳入|确定为|列为)[^。\n]{{0,8}}实事)"
    # 实事清单上的13个事项
    rf"|(?<=(?:{_WHAT}|办实事)(?:项目|工程)?清单[^,。;\d\n]{{0,6}}){_THIS}"
    # 票决的10个项目
    rf"|(?<=(?:票决|票选|选出)(?:产生|确定|通过)?的){_THIS}"
    # 答应的7件事办得怎么样
    rf"|{_NUMBER} ?件事(?=办|干|做|怎么样|$|[,。!?:;])"
    # 得票居前9位的项目当选
    rf"|(?<=(?:得票|票数|排名)[^,。;\d\n]{{0,8}}前 ?){_NUMBER} ?(?:位|名|件|项|个)"
    # 省定5件、市定4件,共9件
    rf"|(?<=[件桩项],(?:[一总]?共|合计)(?:计|有)?){_NUMBER} ?{_PIECES}(?=[,。])"
    # 民生实事共10件
    rf"|(?<=(?:{_WHAT}|办实事)(?:项目|工程)?(?:今年|本年度?|全年)? {{0,3}}(?:共有|共计?|总计|有)? {{0,3}}){_THIS}"
    # 共安排实事项目10件; but 实施供水项目65个 is a figure
    rf"|(?<={_TAKEN_ON}[^,。;\d\n]{{0,20}}?(?:实事|民生工程|民生项目)(?:(?!分解|细化|涉及|包)[^,。;、\d\n]){{0,8}}){_THIS}"
    rf"|(?<={_TAKEN_ON}了?(?:重点|惠民|为民|年度)?项目){_THIS}"
)
_OF_A_LEVEL = (
    # 省级12件、市级8件
    rf"(?:(?<={_LEVEL_NAME}){_NUMBER} ?{_PIECES}"
    rf"|(?<={_LEVEL_NAME}[^,。;、\d\n]{{0,8}}(?:实事|行动|工程|项目)){_THIS}"
    # 实事项目(省定7个、市定3个)
    rf"|(?<=实事[^,。;(\n]{{0,6}}[(][^()\n]{{0,10}}{_LEVEL_NAME}){_THIS})(?=[,、;。)和及呢]|$)"
)
_SUB_ITEMS = (
    r"(?P<number>\d{1,3}|[一二三四五六七八九十两]{1,3}) ?(?:项|个|大|件) ?"
    r"(?!完成|达到|实现|超)[^,。;、\d\n“”的]{0,4}?"
    r"(?P<noun>(?:量化|具体|考核|分|细化|民生)?"
    r"(?:子项|小项|指标|任务|候选|分项|类|方面|子项目|事项))"
    r"|(?P<number>\d{1,3}|[一二三四五六七八九十两]{1,3}) ?(?:项|个|件)"  # 30个改造项目中,26个已完工
    r"(?P<noun>[^,。;、\d\n“”的]{0,6}?(?:项目|工程))(?=[中里],?(?:已?有)?\d)"
    r"|(?<=(?P<noun>子项目?|(?:量化|考核|具体|分项)(?:指标|任务))(?:共|有)?)(?P<number>\d{1,3}) ?[项个]"
)
_LEADS = "(?:承担|牵头|负责|承办|认领|领)了?"
_OF_A_BUREAU = (
    rf"(?<={_LEADS}(?:的也?[有是]|的?[^,。;\d\n]{{0,8}}(?:实事|任务|项目|工作|事项))?){_NUMBER} ?{_PIECES}(?!目)"
    rf"|(?<=介绍(?:的|其中|最后)?(?:有|是)?的?){_NUMBER} ?{_PIECES}(?=[,。;:])"
)
_OF_A_CLASS = rf"(?<=类){_NUMBER} ?{_PIECES}(?=[,、;。和])"  # 路网建设类3件、出行服务类3件
_IN_A_HEADING = rf"(?<=[(]){_NUMBER} ?{_PIECES}(?=[)] *(?:\n|\||$))"  # 一、就业创业(3件)
# What a number may count, the first that fits, and whether that is projects.
_COUNTS = (
    (_COMING, False),
    (_PROJECTS, True),
    (_OF_A_LEVEL, False),
    (_SUB_ITEMS, False),
    (_OF_A_CLASS, False),
    (_IN_A_HEADING, False),
    (_OF_A_BUREAU, True),
)
_WHOLE = plain(rf"{_NUMBER} ?{_PIECES}(?:全部|均|都)")  # 9件全部完成
_AGAIN = plain(rf"{_THIS} ?(?:民生|为民|惠民)?(?:实事)?(?:项目|实事|任务|工作(?!日)|工程)")
_STATE = plain(
    r"(?:已经|正在|因|提前|超额|按期|如期|完成(?:年度|全年)?(?:目标|任务))(?!全)"
)  # 4个项目已经完工,4个项目正在扫尾
_SOME_OF_THEM = plain(r"(?:全面|圆满|已)(?:完成|办结)")  # 10件实事中,9件实事全面完成
_NOUN = plain(
    r" ?(?:件|桩|项|个|大)(?:[^,。;、\d\n“”]{0,14}?的)?(?P<noun>[^,。;、\d\n“”的]{0,10}?"
    r"(?:实事项目|实事|民生工程|民心工程|民生项目|惠民工程|暖民心行动|任务|工作|项目)(?:项目)?)"
)
_NOUN_BEFORE = plain(
    r"(?P<noun>(?:重点|民生|为民|惠民|便民|办)*(?:实事|民生工程|民心工程|工程|项目|任务)(?:项目|工程)?)"
    r"(?:共计?|总计)? ?(?:\d{1,2} ?(?:大?类|个?方面),?(?:共计?)? ?)?$"  # 项目8类20项
)
_RESULT_BEFORE = plain(r"(?:其中|已有|尚有|还有|另有|余下|其余)[^,。;]{0,6}$|等 ?$")  # 池河镇幼儿园等8个项目
_RESULT_BEHIND = plain(
    r"(?!均|全部|全都|都)(?:[^,。;\d]{0,4}(?:(?<!已)如期|未达|正在|进入|收尾|转入|按期|超额|提前|超时序|超过|滞后|尚未|未完|接近"
    r"|达到序时)|(?<!实事)(?<!实事项目)[^,。;\d]{0,4}(?:已办结|已完成|已如期))"
)
_ALL_OF_THEM = plain(r"(?:承诺|确定|票决|安排|部署|许下|答应|公布|定下)的$")  # 承诺的15件民生实事如期兑现
_OF_NEXT_YEAR = r"%next-year%[^。;\n]{0,16}$"  # 8件实事…。明年,我市将再办10件实事
_APART = 60  # characters: levels counted so far from each other are not counted together


class Declared(NamedTuple):
    """One place that says how many projects there are, and what it calls them."""

    number: int
    span: Span
    counts_projects: bool
    noun: Span | None = None
    of_level: bool = False


def declared_numbers(folded: str, lists: WordLists) -> list[Declared]:
    """Every number that counts projects, sub-items or the projects of a level, in order."""
    found: dict[int, Declared] = {}
    again = []
    known: set[int] = set()  # how many projects there are, as told so far
    levels: int | None = None  # where the first number of a level ends
    kinds = [(lists.expression(pattern), counts, pattern is _OF_A_LEVEL) for pattern, counts in _COUNTS]
    for count in _COUNT.finditer(folded):
        start, end = count.span("number")
        kind = _kind_of_count(folded, start, kinds)
        if kind is None:
            again.append((start, end))
            continue
        match, counts, of_level = kind
        value = _value(folded[start:end])
        if counts and _SOME_OF_THEM.match(folded, match.end()) and any(one.number > value for one in found.values()):
            continue
        if counts and known:
            counts = not lists.plain(_OF_NEXT_YEAR).search(folded, max(0, start - 24), start)
        of_level = of_level and (levels is None or start - levels <= _APART)
        noun = _noun(folded, match, start, end)
        counts = counts and value > 1
        found[start] = Declared(value, Span(start, end), counts, noun, of_level)
        if counts:
            known.add(value)
        if of_level and levels is None:
            levels = end
    for start, end in again:
        named = _AGAIN.match(folded, start)
        value = _value(folded[start:end])
        all_of_them = value in known and (named or _WHOLE.match(folded, start))
        told = named is not None and _tells_how_far(folded, start, named)
        if all_of_them and not told and not _RESULT_BEFORE.search(folded, max(0, start - 12), start):
            noun = _noun(folded, named, start, end) if named else None
            found[start] = Declared(value, Span(start, end), False, noun)
    return _with_sums(folded, [found[start] for start in sorted(found)])


def _tells_how_far(folded: str, start: int, named: re.Match[str]) -> bool:
    """Whether what has a declared number again says how far so many are: 8个项目提前完成, 有8件实事提前完成."""
    if "实事" in named[0] and folded[start - 1] != "有":
        return False
    return any(state.match(folded, named.end()) for state in (_STATE, _RESULT_BEHIND))


def _with_sums(folded: str, found: list[Declared]) -> list[Declared]:
    """The numbers; where one adds others up (省里下达13项,自主安排4项,一共17项), it alone counts the projects."""
    for place, one in enumerate(found):
        if one.counts_projects and folded[one.span.start - 1] in "共计":
            for at in range(place - 1, -1, -1):
                if one.span.start - found[at].span.end >= _APART:
                    break
                if found[at].number < one.number:
                    found[at] = found[at]._replace(counts_projects=False)
    return found


def _kind_of_count(
    folded: str, start: int, kinds: Iterable[tuple[regex.Pattern[str], bool, bool]]
) -> tuple[regex.Match[str], bool, bool] | None:
    """What the number at ``start`` counts, whether that is projects, and whether it is those of a level."""
    for pattern, counts, of_level in kinds:
        match = pattern.match(folded, start)
        if match and (of_level or not _is_result(folded, start, match.end())):
            return match, counts, of_level
    return None


def _noun(folded: str, match: re.Match[str] | regex.Match[str], start: int, end: int) -> Span | None:
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
    """Whether a number says how many projects have come how far (其中8件已办结), not how many there are."""
    if _ALL_OF_THEM.search(folded, max(0, start - 4), start):
        return False
    return bool(_RESULT_BEFORE.search(folded, max(0, start - 12), start) or _RESULT_BEHIND.match(folded, end))
