"""The words around one number: which verb governs it, which noun it measures, what links them.

Ranges are of word indexes; nothing is copied from the text.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.release.phrase import (
    FARTHEST,
    LEAD,
    QUANTITY,
    STRONG,
    Range,
    end_without,
    front_edge,
    is_plan,
    label_before,
    label_of_item,
    noun_behind,
    start_without,
    trimmed,
    verb_and_noun,
)

# Behind the noun and before the number: links, adverbs, approximations.
_LINK: Final = "eaqtSTihHo<^_[]!b"
_TURNED: Final = frozenset("Tih")  # what makes a verb of change an action: 提高到
DONE: Final = frozenset(("已", "已经", "均已", "都已"))
_NAMELESS: Final = plain(r"[KMbmL]+|O[Kk]?")  # 任务, 两项指标: what tells of something named elsewhere
_TOPIC: Final = "(?:%works%|”)$"  # how the name of a project ends that a sentence opens with
_PEOPLE: Final = "%people%$"
_DOER: Final = "%offices%$"
_WITHIN: Final = frozenset(("在", "于"))  # behind them stands where it was done
_AFTER: Final = frozenset(("后", "以后", "前", "时"))  # 改造完成后|验收合格率
_ADDED: Final = "净增"  # what was newly made; by how much more than before, where that is named
_LONGEST_MANNER: Final = 4  # characters of 智慧化, 标准化
_STOP_BEHIND: Final = plain(r"[.;,:|ARPXFN]")
_PAYS: Final = plain(r"(?:z?k)?(?P<verb>[vf])")
_NAMED: Final = plain(r"[nk#]")
_COMPARED: Final = plain(r"[cy]")
_REST_PROMISED: Final = plain("r[^,;!]{0,30}!")  # 其余2个将收尾;投入资金3亿元: it is the rest that is promised


class Clause(NamedTuple):
    """What stands around the number at ``at``.

    action: a range of words or None; noun: ranges, joined they are the noun; behind: the noun stands behind the number;
    links: class characters between noun and number; part: the number is a 其中 part; listed: it continues a 、-list;
    change: "u" or "d" where the number says by how much something rose or fell; compared: an earlier period is named;
    plan: a goal word governs it; per: the base directly in front; rest: 其余.
    """

    at: int
    start: int
    action: Range | None
    noun: tuple[Range, ...]
    behind: bool
    links: str
    part: bool
    listed: bool
    change: str | None
    compared: bool
    plan: bool
    per: Range | None
    rest: bool
    scope: Range | None
    promise: bool
    fact: bool


def clause_around(row: Row, at: int, floor: int = 0) -> Clause:
    """Reads the clause of the number that is word ``at`` of the row, no further back than word ``floor``."""
    classes = row.classes
    edge = front_edge(classes, at)
    start = max(floor, edge)
    if start < at - 1 and classes[at - 1] in "/&" and not set("bmKf").isdisjoint(classes[start:at]):
        start = at - 1 if classes[start - 1 : start] in ("A", "N") else start  # 5件超时序、2件持平
    if classes[start] == "(":
        start = _behind_bracket(classes, start, at)
    listed = classes[start] in "/&" and start > 0 and (classes[start - 1] in "ARPXFN)" or start == floor)
    while start < at - 1 and classes[start] in "+->" and classes[start + 1] in "+->/&":  # 3万个以上、食堂80个
        start += 1
        listed = listed or classes[start] in "/&"
    if classes[start] in "/&":
        start += 1
    part = "p" in classes[start:at] or (start > 1 and classes[start - 2 : start] == "p:")
    end = end_without(classes, start, at, _LINK)
    links = classes[end:at]
    per, end = _base(classes, start, end)
    links = classes[end : per[0]] + links if per else links
    plan = is_plan(classes, start, at) and not _tells_pace(row, at)
    if end > start and classes[end - 1] == "K":
        end -= 1
    turned = None
    turns = end > start and (classes[end - 1] in "ud" or row.words[end - 1] == "调整")
    added = turns and row.words[end - 1] == _ADDED and _COMPARED.search(classes, start, end) is None  # 学位净增1628个
    if turns and (added or not _TURNED.isdisjoint(links)):  # 提高到, 降至, 调整为: the verb is the action
        turned, end = (end - 1, end), end - 1
        if per is None:  # 低保标准每人每月分别提高到650元
            per, end = _base(classes, start, end_without(classes, start, end, "e"))
    done = classes[end - 2 : end] == "wu" and classes[at] == "A" and not links  # 小巷整治提升93条
    change, compared, end = (None, False, end) if done else _change(classes, start, end, links)
    if change and end > start + 1 and row.words[end - 1] == "平均":  # 室内温度平均上升3摄氏度
        end -= 1
    lead, start = start, start_without(classes, start, end, LEAD)
    place = classes.find("s", lead, start)
    scope = (place, place + 1) if place >= 0 else None
    topic, start = start, _behind_topic(row, start, end, at)
    plan = plan or (start > topic and is_plan(classes, start, at))  # 畅通工程|年初排定断头路8条
    start = _from_base(row, start, end)
    if plan and "K" in classes[start:end]:  # 公交设施改善计划新辟线路15条
        behind_goal = classes.index("K", start, end) + 1
        start = start_without(classes, behind_goal if behind_goal < end else start, end, LEAD + "i")
        end = end if start < end or behind_goal < end else behind_goal - 1
    rest = "r" in classes[edge:at]
    multiple = classes[at] == "X" and end > start and classes[end - 1] == "z"
    label = _thing(row, label_before(classes, start)) if end <= start and not per else None
    if multiple:  # 完工量相当于上年的1.4倍: what is compared stands before the link
        cut = next((index for index in range(start, end) if classes[index] in "ih[]^_bLc"), end)
        links = classes[cut:at]
        end = cut
    start = _behind_promise(classes, start, end)
    action, front = _governed(row, at, start, end, change is not None, done)
    if front and action and front[1] <= action[0] and row.words[front[0] - 1] in _WITHIN:  # 在城区新建2所
        front = None
    if front is None and label is None and classes[lead - 1 : lead] == ":" and not per:
        label = _thing(row, label_of_item(classes, lead))
    if label and front is None and (parts := verb_and_noun(classes, *label))[0] and parts[1]:
        action, label = action or parts[0], parts[1]  # 新建公园:6个
    named = front or label
    noun: tuple[Range, ...] = (named,) if named else ()
    if front and action and classes[start] == "i" and classes[front[1] - 1] == "w" and _counts(row, at, "household"):
        whom = trimmed(classes, start + 1, action[0])  # 为残疾人家庭实施无障碍改造180户
        noun = (whom, front) if whom else noun
    if front and action is None and classes[start] in "i$" and (served := _served(classes, at)):
        action, object_of = served  # 为残疾儿童720人实施康复救助
        noun = (front, object_of)
    action = turned or action
    behind = False
    back = noun_behind(classes, at)
    if back and front and "q" in links and _leads_on(classes, front, back[1]):
        back = None
    # 养老项目为2.3万名老人提供服务, 温暖过冬工程为217所学校装上设备
    people = _counts(row, at, "people") or _counts(row, at, "household")
    topic_serves = front is not None and row.lists.plain(_TOPIC).search(row.words[front[1] - 1]) is not None
    serves = back and back[0] and links == "i" and (people or topic_serves)
    if per and _counts(row, at, "money") and (paid := _paid(classes, per[0], at)):
        action, noun, behind = paid[0] or action, (paid[1],), True
    elif back and (serves or not (front and links.strip("qtSe"))):
        tail_action, noun = back
        behind = True
        action = action or tail_action
    farthest = max(0, at - FARTHEST)
    sentence = classes[max(farthest, classes.rfind(".", farthest, at) + 1) : at]
    promise = "!" in sentence and _is_promised(sentence)
    fact = "'" in sentence
    return Clause(
        at, start, action, noun, behind, links, part, listed, change, compared, plan, per, rest, scope, promise, fact
    )


def _governed(row: Row, at: int, start: int, end: int, changed: bool, done: bool) -> tuple[Range | None, Range | None]:
    """The verb and the noun in front of the number; done: a process and how it went end the stretch (整治提升)."""
    classes = row.classes
    if done:
        return (end - 2, end), trimmed(classes, start, end - 2)
    covers = row.words[end - 1] in row.lists["shares"] and "覆盖" in row.words[start:end]
    if covers or "o" in classes[start:end]:  # 充电泊位占新建泊位的18.6%: the share is the noun
        return None, trimmed(classes, start, end)
    if end - 2 > start and classes[end - 1] == "w" and row.words[end - 2] in DONE:  # 积水点已治理
        return (end - 1, end), trimmed(classes, start, end - 2)
    if classes[end - 1 : end + 1] == "zo" and end - 1 > start:  # 培训后实现就业的占六成五
        return None, trimmed(classes, start, end - 1)
    measured = classes[at] in "RP" or changed or row.words[end - 1] in row.lists["durations"]
    action, noun = verb_and_noun(classes, start, end, rate=measured)
    if classes[at] == "R" and action and noun and _is_named_rate(row, action, noun):
        begin = start_without(classes, start, action[0], LEAD)
        if STRONG.search(classes, begin, action[0]) or row.words[action[0] - 1] in _AFTER:
            begin = action[0]
        action, noun = None, (begin, noun[1])
    if noun is None or _NAMELESS.fullmatch(classes, *noun) or _is_total(row, noun):
        return action, None
    if classes[at] == "P" and classes[noun[0]] in "bm":  # 高于全国平均水平0.4个百分点
        return action, None
    if action is None and (behind := _behind_process(row, noun)):
        return (noun[0], behind), (behind, noun[1])
    if action is None and classes[at] == "A" and (verb := _behind_doer(row, noun)):
        return verb, (verb[1], noun[1])
    if action is None and _counts(row, at, "people") and (behind := _behind_service(row, noun)):
        return (behind - 1, behind), (behind, noun[1])
    return action, noun


def _is_named_rate(row: Row, action: Range, noun: Range) -> bool:
    """Whether a verb only tells which rate it is: 验收|合格率."""
    alone = action[1] == noun[0] and action[1] - action[0] == 1 and noun[1] - noun[0] == 1
    return alone and row.classes[action[0]] == "v" and row.words[noun[0]].endswith("率")


def _is_promised(sentence: str) -> bool:
    """Whether what leads up to a number promises it: not 其余2个将收尾;投入资金3亿元."""
    earlier, _, own = sentence.rpartition(";")
    return "!" in own or "!" in _REST_PROMISED.sub("", earlier)


def _behind_topic(row: Row, start: int, end: int, at: int) -> int:
    """Where the words begin that say what was done, behind who did it: 安居工程|改造小区, 第三方评估|群众满意率."""
    classes = row.classes
    if classes[at] == "R" and row.words[end - 1].startswith("满意") and "w" in classes[start : end - 2]:
        return classes.rindex("w", start, end - 2) + 1
    if classes[at] != "A" or (start and classes[start - 1] not in ".;,"):
        return start
    for index in range(start + 1, end - 1):
        if classes[index] not in "vwf$K":
            continue
        topic = index - 2 if classes[index - 1 : index + 1] in ("q$", "j$") else index - 1  # 关爱工程|则|把
        if row.lists.plain(_TOPIC).search(row.words[topic]):
            if classes[index] == "$":  # 提标工程将低保标准提高到700元
                return index + 1
            if classes[index] == "K":
                return index
            if classes[index + 1] not in "k#z/&(" and row.starts[end] > row.starts[index + 1] + 1:
                return index
    return start


def _base(classes: str, start: int, end: int) -> tuple[Range | None, int]:
    """The base with which a stretch ends, and where the stretch ends without it and the links before it."""
    first = end_without(classes, start, end, "*")  # 每人|每年
    return ((first, end), end_without(classes, start, first, _LINK)) if first < end else (None, end)


def _behind_promise(classes: str, start: int, end: int) -> int:
    """Where what is promised begins, if it is named: 重点项目力争|一季度开工率达到60%; not 公共泊位确保|新增6500个."""
    promise = classes.rfind("!", start, end - 1)
    if promise < 0:
        return start
    begin = start_without(classes, promise + 1, end, LEAD)
    return begin if _NAMED.search(classes, begin, end) else start


def _leads_on(classes: str, front: Range, back: tuple[Range, ...]) -> bool:
    """Whether the noun behind a number is that of the next one: 长者食堂累计34家|日均用餐2600人次."""
    named = not classes[slice(*front)].strip("nkO")
    return named and classes[back[-1][1] : back[-1][1] + 1] in QUANTITY


def _thing(row: Row, label: Range | None) -> Range | None:
    """A label, if it names a thing and no part of what is told: not 进展:…, 建设内容:…, 【成绩】…."""
    if label is None or row.words[label[0] - 1 : label[0]] == ["【"]:
        return None
    is_part = (
        row.words[label[0]] in row.lists["bare-labels"] or row.words[label[1] - 1] in row.lists["parts-of-reports"]
    )
    return None if is_part else label


def _is_total(row: Row, noun: Range) -> bool:
    """总数达到38家 adds up what was named before."""
    return noun[1] - noun[0] == 1 and row.words[noun[0]] in row.lists["totals"]


def _behind_process(row: Row, noun: Range) -> int | None:
    """Where the object begins behind a process that tells what it is made: 智慧化改造|停车场, 适老化改造|家庭."""
    process = row.classes.find("w", noun[0] + 1, noun[1] - 1)
    if process < 0 or row.classes[process + 1] in "k#z/&(":
        return None
    manner = "".join(row.words[noun[0] : process])
    return process + 1 if manner.endswith("化") and len(manner) <= _LONGEST_MANNER else None


def _behind_doer(row: Row, noun: Range) -> Range | None:
    """What an office did to an object, or what grew somewhere: 市残联|评估|残疾人, 江滨停车场|增加|泊位."""
    for index in range(noun[0] + 1, noun[1] - 1):
        grew = row.words[index] in row.lists["growing"]
        if (grew or (row.classes[index] == "w" and row.lists.plain(_DOER).search(row.words[index - 1]))) and (
            row.classes[index + 1] not in "k#z/&("
        ):
            return index, index + 1
    return None


def _behind_service(row: Row, noun: Range) -> int | None:
    """Where those begin who were served: 图书馆服务|读者, 临时救助|困难群众."""
    process = row.classes.rfind("w", noun[0] + 1, noun[1] - 1)
    if process < 0 or row.words[process] not in row.lists["services"]:
        return None
    return process + 1 if row.lists.plain(_PEOPLE).search(row.words[noun[1] - 1]) else None


def _from_base(row: Row, start: int, end: int) -> int:
    """Where a base in the middle begins: 老年食堂|每餐补助, 社区|每百户设施面积."""
    classes = row.classes
    base = classes.find("*", start + 1, end - 1)
    if base < 0 or row.words[base][0] != "每" or classes[base + 1] not in "nwkOv" or "/" in classes[start:base]:
        return start
    return base if STRONG.search(classes, start, base) is None else start


def _tells_pace(row: Row, at: int) -> bool:
    """Whether a goal near a number only tells how far it is: 任务提前3个月完成, 2个项目符合序时进度."""
    return row.words[at - 1] == "提前" or not row.lists["paces"].isdisjoint(row.words[at + 1 : at + 6])


def _counts(row: Row, at: int, dimension: str) -> bool:
    unit = row.lexemes[at].unit
    return unit is not None and unit.dimension == dimension


def _end_behind(classes: str, at: int) -> int | None:
    """Where what is told behind a number ends; None where it leads to the next number."""
    stop = _STOP_BEHIND.search(classes, at + 1)
    if stop is None:
        return len(classes)
    return None if stop[0] in QUANTITY else stop.start()


def _paid(classes: str, per: int, at: int) -> tuple[Range | None, Range] | None:
    """Verb and noun behind a sum to each: 按每人每月50元(的标准)|发放|高龄津贴, 给予每人每天6元的|就餐补助."""
    end = _end_behind(classes, at)
    if end is None:
        return None
    if classes[per - 1 : per] == "$" and (verb := _PAYS.match(classes, at + 1, end)):
        action, noun = verb_and_noun(classes, verb.start("verb"), end)
    elif classes[per - 1 : per] == "v" and classes[at + 1 : at + 2] == "z" and not STRONG.search(classes, at + 2, end):
        action, noun = None, trimmed(classes, at + 2, end)
    else:
        return None
    return (action, noun) if noun else None


def _served(classes: str, at: int) -> tuple[Range, Range] | None:
    """Verb and object behind a number that counts those for whom it is done."""
    end = _end_behind(classes, at)
    if end is None or classes[at + 1 : at + 2] not in ("v", "f", "w"):
        return None
    action, noun = verb_and_noun(classes, at + 1, end)
    return (action, noun) if action and noun else None


def risen_from(row: Row, clause: Clause, origin: int, floor: int) -> Clause:
    """The clause of a value that something rose or fell to: the noun stands before 由, the base behind it or there."""
    classes = row.classes
    start = max(floor, front_edge(classes, origin))
    end = end_without(classes, start, origin, _LINK)
    links = classes[end:origin]
    per = clause.per
    if end > start and classes[end - 1] == "*":
        per, end = (end - 1, end), end - 1
    first = next((index for index in range(origin, clause.at) if classes[index] in QUANTITY), clause.at)
    between = next((index for index in range(origin + 1, first) if classes[index] == "*"), None)
    if between is not None:
        per = (between, between + 1)
    moved = next((index for index in range(end - 1, start, -1) if row.words[index] in ("将", "把")), None)
    start = start_without(classes, start if moved is None else moved + 1, end, LEAD)  # 提标项目将|低保标准由…
    since = classes.find("$D", start, end)
    if since > start:  # 低保标准自1月起由850元提高到900元
        end = since
    verb_of, noun = verb_and_noun(classes, start, end, rate=classes[origin] == "U")
    if noun is None and verb_of is None and (label := label_before(classes, start)):
        verb_of, noun = verb_and_noun(classes, *label)
    if classes[origin] != "U":
        named = (noun,) if noun else ()
        return clause._replace(noun=named, action=verb_of, per=per, behind=False, start=start, part=False)
    action = clause.action
    if action is None or classes[action[0]] not in "udvw":
        verb = next((index for index in range(clause.at - 1, first, -1) if classes[index] in "udvw"), None)
        action = (verb, verb + 1) if verb is not None else None
    return clause._replace(
        noun=(noun,) if noun else (), action=action, per=per, links=links + clause.links, behind=False, start=start
    )


def _change(classes: str, start: int, end: int, links: str) -> tuple[str | None, bool, int]:
    """Whether a verb of change ends the stretch, and where the stretch ends without it and its comparison."""
    change = None
    if end > start and classes[end - 1] in "ud" and _TURNED.isdisjoint(links):
        change = classes[end - 1]
        end -= 1
        while end - 1 > start and classes[end - 1] in "qe":
            end -= 1
    comparison = _COMPARED.search(classes, start, end)
    if comparison is None:
        return change, False, end
    return change or ("u" if links[-1:] == "b" else None), True, comparison.start()


def _behind_bracket(classes: str, start: int, at: int) -> int:
    """Index behind a bracket that belongs to the number before: (同比增长34.2%)、贴息."""
    depth = 0
    for index in range(start, at):
        depth += classes[index] == "("
        depth -= classes[index] == ")"
        if not depth:
            return index + 1 if set(classes[start:index]) & (QUANTITY | {"Y"}) else start
    return start
