"""Projects in running text: enumerated aloud, a paragraph each, or named where the text turns to the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractor.language.expression import expression, plain
from extractor.language.word_lists import WordLists
from extractor.model import Span
from extractor.release.declared import Declared
from extractor.release.lines import RUN_IN, Line, is_labelled, number_of_mark, speaks
from extractor.release.titles import LEVEL_WORD

Counts = Callable[[int, int], int]  # how many quantities stand in a range


class Place(NamedTuple):
    """Where a project begins, its title, its number, and where it ends at the latest."""

    start: int
    title: Span
    number: int | None = None
    end: int | None = None


_ALOUD = r"(?P<number>[一二三四五六七八九十]{1,2})"
_SPOKEN = expression(
    rf"(?<=^|[\n。;:,”)]) *(?:{_ALOUD}是(?!否)"
    rf"|(?:这就)?(?:讲到|说到|轮到)?(?:第{_ALOUD}(?:块|[件桩](?:民生)?(?:实?事)?|个方面|方面|项工作|项|个)?(?:就?是|,|、|:)|其{_ALOUD}(?:就?是|,|:))"
    r"|(?P<word>首先|其次|再次|然后|最后(?:一[块件项个])?|此外|另外|另?一[件项](?:实?事)?)"
    r"(?:由[^,。;\d]{2,12}(?:承担|负责|牵头|实施|办理)(?=[,的]))?的?(?:,?是|,|:|说|来看))"
)
_MARKED = expression(  # (1)…(2)…, ①…②…, 1.…2.…, 一、…二、…
    r"(?<=[。;,:” ])(?:[(](?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[)]|(?P<number>[①-⑳❶-❿])"
    r"|(?<=[。;:])(?:(?P<number>\d{1,2})[.、](?!\d)|(?P<number>[一二三四五六七八九十]{1,3})、))"
)
_ORDER = {"首先": 1}
_PROJECT = (
    r"(?P<name>(?:12\d{3})?(?:“[^”]{2,14}”)?[^,。;:、“”\d—的]{0,14}?(?:“[^”]{2,14}”)?[^,。;:、“”\d—的]{0,12}?"
    r"%works%(?!处[^理治置]|办[^理结成完]|[部队师量款局院]|指挥|技术|质量)(?:(?:建设|改造)(?=[,已全累进顺去今共年]))?(?=[^的;、和与等]|的(?:\d|受益|推进|实施|建设|落地|开展|完成|竣工)))"
)
# 大爷家的电梯来自旧楼加梯工程, 随着停车倍增行动的推进: what a change is due to
_TURN = (
    r"(?:%owing-to%(?:实施|了)?|是(?!否)|最多的是|的还有"
    rf"|要数|——){_PROJECT}"
)
# 视察城镇老旧小区改造工程, 了解了义务教育扩容项目的建设情况: what those who look at it are shown
_LOOKED_AT = (
    r"(?:属于|是靠|这里是|是(?=“)|%inspecting%)了?(?:现场)?"
    r"(?P<name>(?:“[^”]{2,14}”)?[^,。;:、“”\d—的了]{0,16}?(?:“[^”]{2,14}”)?[^,。;:、“”\d—的了]{0,12}?%works%)"
    r"(?=[,。时开送带]|的(?:一个)?缩影|的?(?:建设|进展|推进|实施|办理|落实|有关)?(?:进度|情况))"
)
_IN_QUOTES = r"“[^“”\n]{2,16}”%works%"
_NAME = (
    rf"(?:由[^,。;]{{2,14}}(?:牵头|承担|负责|实施)的|(?!其中)[^,。;:、“”\d]{{2,14}},"
    rf"|[^,。;:、“”\d]{{1,6}}的|[^,。;:、“”\d]{{2,9}}最[^,。;:、“”\d]的|[^,。;:、“”\d]{{2,9}}是|在|作为|围绕|聚焦)?{_PROJECT}"
)
# 清洁取暖改造去年做了4万户, 停车设施建设的目标是5000个: what a sentence takes up, without a mark
_PROCESS = "(?:%works%|%matters%)"
_NO_NAME = r",。;:、【】\d我他她这那该其各把将"
_TOPIC = (
    r"(?P<speaker>[^,。;:、【】]{1,8}:|【[^】]{1,20}】)?(?:好的?[。,]|对[。,]|是的?,)?(?:所以|因此)?(?:是|再看|再说|先说|首先是|其次是|还有)?"
    r"(?:(?:这就)?要?说到|[^,。;:、\d]{2,6}的是|[^,。;:、\d]{2,6}(?:地|来)[讲说],)?"
    rf"(?:(?P<name>[^{_NO_NAME}]{{2,12}}?{_PROCESS})"
    r"(?=了?[,。]|这(?:件事|一块|项工作)|是|去年|今年|全年|年初|当年|上半年|年内|累计|已经?|完成|的(?:年度)?(?:目标|任务)"
    r"|方面|这[件项块个]|比较|进展|实际|原定|原?计划|(?:同步|有序|稳步|顺利|加快)推进)"
    rf"|(?P<name>[^{_NO_NAME}的是]{{2,12}}?(?:建设|改造|%works%))(?!\d)(?(speaker)|(?!))"  # as an answer opens
    rf"|(?P<name>[^{_NO_NAME}“”]{{2,10}}“[^“”\n]{{2,8}}”)(?=去年|今年|全年|已|累计)"
    rf"|(?P<name>[^{_NO_NAME}]{{4,14}}?)(?=这(?:件事|一块|项工作))"
    rf"|(?P<name>(?![全本各市省县区])[^{_NO_NAME}“”]{{3,7}}?)(?=[今去]年(?:的任务|的目标|新|动|又)|也没|新[开建辟]\d))"
)
# 先看城乡低保提标(省级)。: the level in a bracket tells that the name is a project's
_LEVELLED = expression(
    r"(?<=^|[\n。;:,!?]是?|先看|再看|还有|就是)(?!先看|再看|还有|就是|是)(?P<name>[^,。;:、()\d\n]{4,20}?)"
    rf"\({LEVEL_WORD}\)"
    # 省定的零工市场建设,目标是…: or stands in front of it
    rf"|(?<=[\n。;:,是]{LEVEL_WORD}的)(?P<name>(?:“[^”]{{2,14}}”)?[^,。;:、()\d\n的]{{2,18}}?)"
    r"(?=,|去年|今年|全年|上半年|原?计划|目标|任务|原定|已)"
)
# 在教育方面, 围绕养老, 说到出行, 住房上: a paragraph turns to its matter
_MATTER = plain(
    r"(?:(?:在|再看|先看)?(?P<name>[^,。;:、\d在]{2,8}?)(?:方面|领域|上),"
    r"|(?:围绕|聚焦|说到|谈到|说起|谈起|再看|先看|至于)(?P<other>[^,。;:、\d]{2,8}),)"
)
# 普惠托育也补上了缺口, 看病就医同样有变化, 供暖是另一桩心事: so does a sentence inside it
_NEXT_MATTER = plain(
    r"(?P<name>[^,。;:、\d“”这那他她我]{2,6}?)(?:这个老?大?难|也(?!是)|同样|(?:则)?是另[一外]|方面|这[件块头])[^。]"
)
_SENTENCE = plain(r"[^。!?;\n]+[。!?;]?”?")
_STATEMENT = plain(r"[^。!?;:\n]+[。!?;:]?”?")
_TIME = plain(r"[今去前]年|全年|年初|目前|截至|这|计划|新增")
_QUOTED = plain(r"(?<=“)[^“”\n,。;:!?]{4,16}(?=”)")
_WHOLE_SENTENCE = plain(r"[^。!?\n]+[。!?]?”?")
_SHORT = 12  # characters that are no paragraph
_MANY = 4  # projects of one paragraph
_LABEL = plain(r"[^,。;:\d]{2,8}:")
_LATER = plain(r"20\d\d ?年,")
# 市教育局副局长王强表示, 据市民政局介绍: who tells what follows
TELLER = r"据?[^,。;:\d]{2,24}%telling%[,:]"
_AS_TO = plain(r"方面$")
_CLAUSE_END = plain(r"[,。;:]")


def spoken(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Projects that 一是…二是…, 第一块是…第二块是… or 首先…其次… count inside paragraphs."""
    found: list[Place] = []
    for match in _SPOKEN.finditer(folded):
        number = number_of_mark(match["number"]) if match["number"] else _ORDER.get(match["word"])
        title = _first_clause(folded, match.end())
        if title.start < title.end:
            found.append(Place(match.start() + len(match[0]) - len(match[0].lstrip()), title, number))
    return found


def in_brackets(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Projects that (1)…(2)…, ①…②… or 1.…2.… count inside paragraphs."""
    found: list[Place] = []
    for match in _MARKED.finditer(folded):
        title, number = _first_clause(folded, match.end()), number_of_mark(match["number"])
        if title.start < title.end and number in (1, (found[-1].number or 0) + 1 if found else 1):
            found.append(Place(match.start(), title, number))
    return found


def sentences(folded: str, lines: Sequence[Line], declared: Sequence[Declared], counts: Counts) -> list[Place]:
    """Projects of a paragraph with as many sentences, or parts between semicolons, as there are projects.

    Each has quantities; its first clause is the title.
    """
    told = [one for one in declared if one.counts_projects and one.number >= _MANY]
    numbers = {one.number for one in told}
    for line in lines if told else ():
        if line.furniture or line.outlook:
            continue
        start, end = _listed(folded, line, told)
        for part in (_SENTENCE, _WHOLE_SENTENCE):
            found = [
                Place(one.start(), _first_clause(folded, one.start()))
                for one in part.finditer(folded, start, end)
                if counts(*one.span())
            ]
            if len(found) in numbers:
                return found
    return []


def _listed(folded: str, line: Line, told: Sequence[Declared]) -> tuple[int, int]:
    """Where the projects of a line can stand: behind the colon, else the sentence, that says how many they are."""
    said = next((one.span.start for one in reversed(told) if line.start <= one.span.start < line.end), -1)
    if said < 0:
        return line.body, line.end
    stop = folded.find("。", said, line.end)
    stop = line.end if stop < 0 else stop
    colon = folded.find(":", said, stop)
    if colon < 0:
        return stop + 1, line.end
    return colon + 1, stop + 1 if ";" in folded[colon:stop] else line.end


def _first_clause(folded: str, start: int) -> Span:
    if folded.startswith(("其中,", "其中:"), start):
        start += 3
    while start < len(folded) and folded[start] in " ,、:是":
        start += 1
    if run_in := RUN_IN.match(folded, start):
        return Span(start, run_in.end())
    stop = _CLAUSE_END.search(folded, start, start + 60)
    end = stop.start() if stop else min(len(folded), start + 30)
    newline = folded.find("\n", start, end)
    return Span(start, newline if newline > 0 else end)


def paragraphs(folded: str, lines: Sequence[Line], lists: WordLists, counts: Counts) -> list[Place]:
    """One paragraph a project, without any heading: the title is its first clause."""
    found: list[Place] = []
    labels = Counter(_label(folded, line) for line in lines)
    for line in lines:
        if (
            line.kind
            or line.furniture
            or (line.end - line.body > 20 and labels[_label(folded, line)] > 1)
            or line.outlook
            or line.end - line.start < _SHORT
            or _LATER.match(folded, line.body)
            or speaks(folded, line, lists)
            or is_labelled(folded, line)
            or not counts(line.start, line.end)
        ):
            continue
        teller = lists.plain(TELLER).match(folded, line.body, line.end)
        title = _first_clause(folded, teller.end() if teller else line.body)
        matter = _AS_TO.search(folded, *title)
        found.append(Place(line.start, Span(title.start, matter.start()) if matter else title))
    return found


def _label(folded: str, line: Line) -> str:
    """What stands before a colon at the beginning of a line: who speaks, what is told."""
    label = _LABEL.match(folded, line.body, line.end)
    return label[0] if label else folded[line.body : line.end]


def named(folded: str, lines: Sequence[Line], lists: WordLists, counts: Counts) -> list[Place]:
    """Projects named at the beginning of a sentence: 停车泊位项目新增泊位6.1万个."""
    looked_at, turns_to = lists.plain(_LOOKED_AT).search, lists.plain(_TURN).search
    opens = lists.plain(_NAME).match
    found: list[Place] = []
    seen: set[str] = set()
    for line in lines:
        if line.furniture or line.outlook or "。" not in folded[line.body : line.end]:
            continue
        for sentence in _STATEMENT.finditer(folded, line.body, line.end):
            match = looked_at(sentence[0]) or turns_to(sentence[0]) or opens(sentence[0])
            if not match or len(match["name"]) < 5 or match["name"] in seen or "实事" in match["name"]:
                continue
            seen.add(match["name"])
            at = sentence.start()
            found.append(Place(at + match.start(), Span(at + match.start("name"), at + match.end("name"))))
    return found


def quoted(folded: str, lines: Sequence[Line], lists: WordLists, counts: Counts) -> list[Place]:
    """Projects whose names stand in quotation marks, in a question or its answer: “稳就业”项目."""
    found: list[Place] = []
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.furniture or line.outlook:
            continue
        start = lines[index - 1].start if index and folded[lines[index - 1].end - 1] == "?" else line.start
        for name in lists.plain(_IN_QUOTES).finditer(folded, line.body, line.end):
            if name[0] not in seen:
                seen.add(name[0])
                begins = max(folded.rfind("。", line.start, name.start()) + 1, start)
                found.append(Place(start if not found or found[-1][0] < start else begins, Span(*name.span())))
    return found


def quoted_alone(folded: str, lines: Sequence[Line], declared: Sequence[Declared]) -> list[Place]:
    """Projects whose names alone stand in quotation marks, as many as there are projects: 先说“清洁供暖”."""
    names: dict[str, Place] = {}
    for line in lines:
        if not line.furniture and not line.outlook and "。" in folded[line.body : line.end]:
            for sentence in _SENTENCE.finditer(folded, line.body, line.end):
                if name := _QUOTED.search(folded, *sentence.span()):
                    names.setdefault(name[0], Place(sentence.start(), Span(*name.span())))
    found = list(names.values())
    told = [one.number for one in declared if one.counts_projects and one.number >= _MANY]
    return found if len(found) in told else []


def topics(folded: str, lines: Sequence[Line], lists: WordLists, counts: Counts) -> list[Place]:
    """Projects that sentences take up in passing, as answers in an interview do: 停车设施建设的目标是5000个."""
    found: list[Place] = []
    seen: set[str] = set()
    for line in lines:
        if line.furniture or line.kind or "。" not in folded[line.body : line.end]:
            continue
        for sentence in _SENTENCE.finditer(folded, line.body, line.end):
            match = lists.expression(_TOPIC).match(sentence[0])
            if not match or match["name"] in seen:
                continue
            seen.add(match["name"])
            at = sentence.start()
            found.append(Place(at + match.start("name"), Span(at + match.start("name"), at + match.end("name"))))
    return found


def topic_of_answer(folded: str, line: Line, lists: WordLists) -> Span | None:
    """What an answer takes up with its first words."""
    match = lists.expression(_TOPIC).match(folded, line.body, line.end)
    return Span(*match.span("name")) if match and not _TIME.match(match["name"]) else None


def levelled(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Projects whose level stands in a bracket behind their name: 孤儿基本生活保障(省级)同步提标."""
    found: list[Place] = []
    for match in _LEVELLED.finditer(folded):
        found.append(Place(match.start("name"), Span(*match.span("name"))))
    return found


def turns(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Matters that a story turns to, at the head of a paragraph or inside it: 说到出行, …停车也有所松动."""
    found: list[Place] = []
    heads = 0
    for line in lines:
        opening = _MATTER.match(folded, line.body, line.end) if not line.furniture and not line.kind else None
        if not opening:
            continue
        heads += 1
        group = "name" if opening["name"] else "other"
        found.append(Place(line.start, Span(*opening.span(group))))
        for sentence in _SENTENCE.finditer(folded, opening.end(), line.end):
            if turn := _NEXT_MATTER.match(folded, sentence.start(), sentence.end()):
                found.append(Place(sentence.start(), Span(*turn.span("name"))))
    return found if heads > 2 else []
