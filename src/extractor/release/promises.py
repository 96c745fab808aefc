"""Which figures a release promises instead of reporting them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.language.expression import expression, plain
from extractor.language.patterns import Relation
from extractor.language.word_lists import WordLists
from extractor.language.words import Row
from extractor.model import Header
from extractor.release.lines import Line

_PLAN_NAME = plain(  # what a plan is called, whatever it is to bring forward: 推进落实方案
    r"^(?!.*(?:完成|进展|进度|晾晒|兑现|总结|季度|半年|收官|回顾)).*"
    r"(?:方案|计划|安排|分工|分解|清单)表?》?(?:的?(?:通知|公示|公告|通告|函))?$"
)
_CANDIDATES = plain(r"候选项目|征[求集](?!结果)[^,。]{0,24}(?:意见|建议)的?(?:公告|通知|启事)")
_CHOICE = plain(r"(?:票决|表决|票选|评选|投票|征集|遴选)(?:产生)?(?:的?结果|情况)")  # of what will be done
_LATE = "12"  # month in which it has been carried out
_EARLY = "04"  # month in which a year's programme is still to come
_COMING = "%next-year%|%later%|年底前|展望|各(?:责任)?单位要|(?:工作|有关|几点)要求"
_COMING_LABEL = (  # 【下一步】…, 下步措施:…
    r"[^【:\n]{0,3}【?%later%(?:工作|计划|安排|打算|措施|举措|考虑|思路|目标){0,2}[】:]"
)
_YEAR = plain(r"20[0-4]\d(?= ?年)(?! ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)")
_SOON = plain(r" ?年度?,?[^,。;\n]{0,10}?(?:准备|初步|将|拟|计划|打算|还要)")
_THIS_YEAR = plain(r"今[年春][^,。;\n]{0,8}(?:还要|还将|要再|再增|将再|接着办|补上)[^。;\n]{0,60}")
_WE_PLAN = plain(  # 今年,我们计划加装电梯180部,惠及居民3000户; not 今年我市计划改造28个小区,目前已开工26个
    r"今年,?我[^,。;\n]{0,3}(?:计划|打算|准备)(?:(?!目前|截至|现已|已经|已[开完建投]|完成)[^。;\n])*"
)
_DONE = plain(r"收到|征集到|已完成")
_SOME_TIME = r"(?:前|内|底|节后|明年|来年|年初|开春|寒假|季度|半年|[上中下]旬|\d ?月(?! ?\d))"
_REMAINDER = plain(  # 其余2座8月底前完工, 另有1所春节后启用; not 其余6项正在收尾
    rf"(?:其余|剩余|余下|剩下)(?:(?!正在|已经|已|如期)[^。;\n]){{0,48}}?(?:{_SOME_TIME}|续建|接续|将|预计|力争|确保)[^,。;\n]{{0,12}}"
    rf"|(?:另有|还有)[\d.两三四五六七八九十]{{1,5}}[^,。;\n\d在]{{1,4}}{_SOME_TIME}[^,。;\n]{{0,12}}"
)
_RESULTS = 3  # completions and margins, so many as no plan has
_DEMANDED = plain(r"(?:会议|通报|通知|[县市区州]委|[县市区州]政府|各级?)(?:强调|要求|提出),[^\n]*")
_LONGEST_VERSE = 4  # lines over which a sentence is broken
_BEGINS = plain(  # what goes on with no sentence: a gap, a label, a mark, a table's row
    r" *(?:\n|$|[^,。;\n]{0,10}[:|]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、.|]|\n)|[(【①-⑳●■▲◆★▶☑✔√·•—-])"
)
_LONGEST_HEAD = 16  # characters of a line that heads a part
_PUT = plain(r"(?:主持人|记者|问):[^\d。]{4,30}。?")  # 主持人:最后请您谈谈明年。
_LONGEST_CALL = 5  # characters with which a sentence addresses its readers
_NEXT_YEAR = plain(
    r"(?:明年|来年|下一年度?)[^。!?\n]{0,120}"
    r"(?:将|(?<![比较超度])计划|拟|要|力争|确保|争取|打算)[^。!?\n]{0,120}"
)
# Stretches inside a paragraph, each with the words without which it cannot begin.
_STRETCHES = (
    (_DEMANDED, ("要求", "强调", "提出")),
    (_THIS_YEAR, ("今年", "今春")),
    (_WE_PLAN, ("今年",)),
    (_NEXT_YEAR, ("明年", "来年", "下一年")),
    (_REMAINDER, ("其余", "剩余", "余下", "剩下", "另有", "还有")),
)
_ASKED = "%next-year%|%later%|怎么安排|打算"  # in an interview's question: 明年有什么打算?

# Why something is planned: 提出理由:…, 立项依据:…, 现状:…
_BACKGROUND = expression(
    r"(?<=(?:^|[\n。;])[^:。;\n\p{Han}]{0,6})(?:提出|立项|申报|入选|推荐|建议|实施|项目)?"
    r"(?:理由|依据|缘由|背景|现状|必要性|前期工作|前期基础|基本情况|群众呼声|群众诉求)(?:说明|分析)?[:】][^\n]*"
    r"|(?<=(?:^|[\n。])[^。;\n\p{Han}]{0,4})(?:回头看|回顾|去年|过去的?一年)[^\n]*"
)


def is_plan(folded: str, header: Header, row: Row, relations: Sequence[Relation]) -> bool:
    """Whether the whole release says what will be done."""
    reached = sum(1 for relation in relations if {"completion", "margin", "previous"} & relation.roles.keys())
    title, choices = _CHOICE.subn("", header.title or "")
    if _CANDIDATES.search(title):
        return True
    if row.lists.plain("%titles-of-results%").search(title) and not _PLAN_NAME.match(title):
        return False
    if _is_late(header):
        return False
    results = sum(1 for relation in relations if {"completion", "margin"} & relation.roles.keys())
    if (choices or row.lists.plain("%titles-of-plans%").search(title) or _is_early(header)) and results < _RESULTS:
        return reached * 4 <= row.classes.count("A")
    ahead = row.classes.count("!") + row.classes.count("[")
    return reached == 0 and ahead >= 3 and "已" not in folded


def _is_early(header: Header) -> bool:
    """Whether a release came out before its programme's year, or at the beginning of it."""
    if header.year is None or header.published is None:
        return False
    return header.published < f"{header.year}-{_EARLY}"


def _is_late(header: Header) -> bool:
    """Whether a release came out when its programme's year was nearly over."""
    return bool(header.year and header.published and header.published > f"{header.year}-{_LATE}")


def promised_ranges(folded: str, lines: Sequence[Line], lists: WordLists, year: int | None) -> list[tuple[int, int]]:
    """The stretches of a report that look ahead."""
    found = [(line.body, line.end) for line in lines if _looks_ahead(folded, line, lists)]
    parts = [index for index in range(len(lines)) if _heads_coming(folded, lines, index, lists)]
    found += [(lines[index].body, _end_of_part(lines, index)) for index in parts]
    found += [(answer.start, answer.end) for line, answer in pairwise(lines) if _asks_ahead(folded, line, lists)]
    for at, end, is_dated in _openings(folded, lists, year):
        stop = min((place for place in (folded.find(c, end) for c in "。!?\n") if place >= 0), default=len(folded))
        announced = folded.startswith(":", end) or lists.plain("%announcing%").search(folded, end, stop) is not None
        if _DONE.search(folded, end, stop) is None if is_dated else announced:
            found.append((at, _end_of_paragraph(folded, end, broken=announced)))
    for pattern, words in _STRETCHES:
        if any(word in folded for word in words):
            found += [match.span() for match in pattern.finditer(folded)]
    return found


def reported_ranges(folded: str) -> list[tuple[int, int]]:
    """The stretches of a plan that tell what is: the reasons for what is planned."""
    return [told.span() for told in _BACKGROUND.finditer(folded)]


def _looks_ahead(folded: str, line: Line, lists: WordLists) -> bool:
    """Whether a paragraph opens by turning to what comes, and says that it will be done."""
    if lists.plain(_COMING_LABEL).match(folded, line.start, line.end):
        return True
    comes = lists.plain(_COMING)
    coming = comes.match(folded, line.body, line.end) or (
        line.outlook and comes.search(folded, line.body, line.body + 40)
    )
    return bool(coming and lists.plain("%announcing%").search(folded, line.body, line.end))


def _heads_coming(folded: str, lines: Sequence[Line], index: int, lists: WordLists) -> bool:
    """Whether a short line heads the part on what comes: 三、下一步打算."""
    line = lines[index]
    short = bool(line.kind) and line.end - line.body <= _LONGEST_HEAD and folded[line.end - 1] not in "。;"
    return short and lists.plain(_COMING).match(folded, line.body, line.end) is not None


def _end_of_part(lines: Sequence[Line], index: int) -> int:
    """Where the part ends that a heading opens: at the next of its kind."""
    following = next((line for line in lines[index + 1 :] if line.kind == lines[index].kind or line.furniture), None)
    return following.start if following else lines[-1].end


def _asks_ahead(folded: str, line: Line, lists: WordLists) -> bool:
    asks = folded[line.end - 1] == "?" or _PUT.fullmatch(folded, line.body, line.end) is not None
    return asks and lists.plain(_ASKED).search(folded, line.start, line.end) is not None


def _end_of_paragraph(folded: str, at: int, *, broken: bool) -> int:
    """The end of the line; of the last up to a stop or a gap where sentences are broken over lines, as in verses."""
    end = folded.find("\n", at)
    lines = _LONGEST_VERSE if broken else 0
    while lines and end > 0 and folded[end - 1] not in "。!?;:" and not _BEGINS.match(folded, end + 1):
        end = folded.find("\n", end + 1)
        lines -= 1
    return end if end >= 0 else len(folded)


def _openings(folded: str, lists: WordLists, year: int | None) -> Iterator[tuple[int, int, bool]]:
    """Where sentences open with a later year (True) or another word of what is to come: place, end of the word."""
    for match in _YEAR.finditer(folded):
        later = year and int(match[0]) > year
        if later and (_opens(folded, match.start()) or _SOON.match(folded, match.end())):
            yield match.start(), match.end(), True
    for words, is_dated in ((lists["next-year"], True), (lists["later"], False)):
        for word in words:
            at = folded.find(word)
            while at >= 0:
                if _opens(folded, at):
                    yield at, at + len(word), is_dated
                at = folded.find(word, at + 1)


def _opens(folded: str, at: int) -> bool:
    """Whether a word stands among the first of its sentence."""
    before = folded[max(0, at - 9) : at]
    cut = max(before.rfind(c) for c in "。!?:\n")
    opening = before[cut + 1 :].lstrip()
    called, comma, behind = opening.partition(",")  # 乡亲们,新的一年
    alone = not comma or (len(called) < _LONGEST_CALL and "," not in behind)
    return alone and ";" not in opening and (cut >= 0 or at < 9)
