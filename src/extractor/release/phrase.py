"""Verbs and nouns of a phrase, by the classes of its words.

All functions work on a row's class characters and return ranges of word indexes; nothing is copied from the text.
"""

from __future__ import annotations

from typing import Final

from extractor.language.expression import plain

Range = tuple[int, int]

QUANTITY: Final = frozenset("ARPXFN")
# Before the verb or noun: where, when, how.
LEAD: Final = "stqDjp!aeL&/rS~$M…YTz[]→"
# Behind the noun: what is no part of it.
_TAIL: Final = "qtz/&~eaSLK!$"
_OF_A_LEVEL: Final = frozenset(("Mn", "Mk", "Mw"))  # what otherwise tells whose goal it is
_LONGEST_BRACKET: Final = 120  # words
FARTHEST: Final = 400  # words, counted back from a number, that can speak of it: bounds the time for endless clauses
# What begins with .* finds the last place.
_EDGE: Final = plain(r"(?s).*[.;,:|ARPXFN()]")
_EDGE_BEHIND: Final = plain(r"[.;,:|ARPXFN()bcymEoyghHTi<^_[\]l]")
STRONG: Final = plain(r"[vfE']")
_BRACKET: Final = plain(r"(?s).*[()]")
_STRONG_OR_BRACKET: Final = plain(r"(?s).*[vfE'()]")
_FINITE: Final = plain(r"[vf]")
_TOLD_OF: Final = plain(r"v[n#k]{1,3}[aqtD]{1,3}[vf]")
_SERVING: Final = plain(r"[vf]|(?<=q)w|w(?=[nO])")  # behind 为: 为女生|免费|接种|疫苗
_LATER: Final = plain(r"(?<=[tqD])[wu](?=[^k#z/&(fv])")  # …项目|全年|提升改造|农村公路
_AFTER_NOUN: Final = frozenset("tqaDL!$")
_DONE_OR_COMPARED: Final = frozenset("fEbmcqh")
_GOAL_OR_VERB: Final = plain(r"[Kvf]")
_ANSWERED: Final = plain(r"[nk#xwOM]{0,8},|[nk#xwOMq]{0,8}[vfw]A")
_GOAL_BEHIND: Final = plain(r"z?[nwvk#Mx]{0,4}K")
_FARTHEST_GOAL: Final = 7  # words behind a number among which its goal stands


def noun_at_end(classes: str, start: int, end: int) -> Range | None:
    """The noun of a stretch that leads to no number, such as a title."""
    return verb_and_noun(classes, start, end)[1]


def front_edge(classes: str, at: int) -> int:
    """Index of the first word that leads up to the number: after a break, a number or an open bracket."""
    farthest = max(0, at - FARTHEST)
    while edge := _EDGE.match(classes, farthest, at):
        at = edge.end() - 1
        if classes[at] != ")" or (opening := _opening(classes, at)) is None:
            return at + 1
        at = opening
    return farthest


def _opening(classes: str, at: int) -> int | None:
    """Where the bracket opens that closes at this word; None where it never does: 1)."""
    farthest = max(0, at - _LONGEST_BRACKET)
    depth = 1
    while bracket := _BRACKET.match(classes, farthest, at):
        at = bracket.end() - 1
        depth += 1 if classes[at] == ")" else -1
        if not depth:
            return at
    return None


def end_without(classes: str, start: int, end: int, tail: str) -> int:
    """Where the stretch ends without the words of these classes at its end."""
    return start + len(classes[start:end].rstrip(tail))


def start_without(classes: str, start: int, end: int, lead: str) -> int:
    """Where the stretch begins without the words of these classes at its beginning."""
    return end - len(classes[start:end].lstrip(lead)) if start < end else start


def verb_and_noun(classes: str, start: int, end: int, *, rate: bool = False) -> tuple[Range | None, Range | None]:
    """The verb group and the noun in ``classes[start:end]``; a rate's noun may begin with a process (供热投诉量)."""
    end = end_without(classes, start, end, "zK")
    if start >= end:
        return None, None
    relative = classes.rfind("z", start, end)
    if relative > start and relative < end - 1 and any(c in "vfhuw" for c in classes[start:relative]):
        if _strong_verb(classes, relative + 1, end - 1, rate) is not None:  # 为符合条件的|老年人发放补贴
            return verb_and_noun(classes, relative + 1, end, rate=rate)
        inner = max(index for index in range(start, relative) if classes[index] in "vfhuw")
        action, _ = verb_and_noun(classes, start, inner)
        return action, (relative + 1, end)
    first = start_without(classes, start, end, LEAD)
    if first < end and classes[first] == "*":  # 户均投入, 每餐优惠: behind a base, a process is a noun
        return None, trimmed(classes, first, end)
    if (strong := _strong_verb(classes, start, end, rate)) is not None:
        return _around_strong(classes, start, end, strong)
    if first < end and classes[first] in "i$":  # 为女孩接种疫苗: the process behind the object of 为 is the verb
        verb = next(
            (
                index
                for index in range(first + 2, end - 1)
                if classes[index] in "wud" and classes[index + 1] not in "k#z"
            ),
            None,
        )
        if verb is not None:
            return (verb, _group_end(classes, verb, end)), trimmed(classes, _group_end(classes, verb, end), end)
        first += 1
    if not rate and (later := _LATER.search(classes, first + 1, end)):
        first = later.start()
    every = classes.find("*", first, end)
    if every > first and (
        classes[first - 1 : first] == "$" or ("O" in classes[first:every] and "/" not in classes[first:every])
    ):  # 对老年人每餐优惠
        first = every
    if first < end and classes[first] in ("ud" if rate else "wud"):
        stop = _group_end(classes, first, end)
        if stop < end and (classes[stop] not in "k#z/&(" or (classes[first] in "ud" and classes[stop] == "k")):
            return (first, stop), trimmed(classes, stop, end)
        if stop >= end and stop - first >= 1:
            return ((first, end), None) if classes[first] == "w" else (None, (first, end))
    return None, trimmed(classes, first, end)


def _strong_verb(classes: str, start: int, end: int, rate: bool) -> int | None:
    """Index of the last verb outside brackets that is not only what is measured."""
    depth = 0
    at = end
    while found := _STRONG_OR_BRACKET.match(classes, start, at):
        at = found.end() - 1
        if classes[at] == ")":
            depth += 1
        elif classes[at] == "(":
            depth -= 1
        elif not depth and not _is_measured(classes, start, at, end, rate):
            return at
    return None


def _is_measured(classes: str, start: int, index: int, end: int, rate: bool) -> bool:
    """Whether a verb only tells what is measured: 患病报告发现|率, 一本上线|人数."""
    behind = set(classes[index + 1 : end])
    if classes[end - 1] == "#" and index > start and behind <= {"w", "#"}:  # 残疾人享受|补贴人数
        return True
    if rate and behind <= {"v", "w", "k"} and classes[end - 1] == "k":  # 申领办理|时限
        return True
    if not behind or not behind <= {"k", "#"}:
        return False
    governed = STRONG.search(classes, start, index) is not None  # 发放|稳岗返还资金
    return rate or governed or (behind == {"#"} and index > start)


def _around_strong(classes: str, start: int, end: int, strong: int) -> tuple[Range | None, Range | None]:
    stop = _group_end(classes, strong, end)
    begin = strong
    while begin > start and (
        classes[begin - 1] in "vf" or (classes[begin - 1] in "/&" and begin - 1 > start and classes[begin - 2] in "vwf")
    ):
        begin -= 1
    if begin > start and classes[begin - 1] == "w" and (begin - 1 == start or classes[begin - 2] in LEAD):
        begin -= 1
    if stop < end:
        return (begin, stop), trimmed(classes, stop, end)
    first = start
    while first < begin - 1 and classes[first] in "vwq":  # 新建改扩建|幼儿园|竣工
        first += 1
    if not classes[first:begin].strip("w"):  # 康复救助|完成
        first = end_without(classes, start, first, "w")
    aside = classes.find("$", first + 1, begin)  # 危桥改造受台风影响完成47座
    return (begin, end), trimmed(classes, first, aside if aside > first else begin)


def _group_end(classes: str, first: int, end: int) -> int:
    """Index behind the verb group that begins at ``first``: 新建和改造, 发现并处置."""
    index = first + 1
    while index < end:
        if (
            classes[index] in "vf"
            or (
                classes[index] in "wud"
                and index + 1 < end
                and classes[index + 1] not in "k#z/&("
                and classes[index - 1] in "/&j"
            )
            or (
                classes[index] in "/&j"
                and index + 1 < end
                and classes[index + 1] in "vwfu"
                and index + 2 < end
                and classes[index + 2] not in "/&k#z"
            )
        ):
            index += 1
        else:
            break
    return index


def trimmed(classes: str, start: int, end: int) -> Range | None:
    first = start_without(classes, start, end, LEAD)
    if first > start and classes[first - 1 : first + 1] in _OF_A_LEVEL:  # 争取上级|补助
        first -= 1
    end = end_without(classes, first, end, _TAIL)
    return (first, end) if first < end else None


def label_before(classes: str, start: int) -> Range | None:
    """投资:2.86亿元: the word before a colon names what stands behind it."""
    if classes[start - 1 : start] != ":":
        return None
    first = start - 1
    while first > 0 and classes[first - 1] in "nk#wvxOu*/&KM+qz" and start - first < 12:
        first -= 1
    label = classes[first : start - 1]
    opens = label.strip("KM") != "" and classes[first - 1 : first] in (".", ";", "~", "|", "Y", "")
    return (first, first + len(label.rstrip("K"))) if opens else None  # 计划投资, 投资计划; but 目标任务 names nothing


def label_of_item(classes: str, start: int) -> Range | None:
    """①公办幼儿园:计划新建12所: the name of an item that a mark or a sign opens."""
    label = label_before(classes, start)
    return label if label and classes[label[0] - 1 : label[0]] in ("Y", "~") else None


def _noun_stop(classes: str, first: int, end: int) -> int:
    """Where a noun ends before time, manner or promise: 学校|秋季开学前."""
    return next((index for index in range(first, end) if classes[index] in _AFTER_NOUN), end)


def noun_behind(classes: str, at: int) -> tuple[Range | None, tuple[Range, ...]] | None:
    """Verb and noun that follow a number directly: 4216名残疾儿童提供康复救助."""
    first = at + 1
    while classes[first : first + 1] == "+":
        first += 1
    before = at - 1 if classes[at - 1 : at] in ("<", "^", "[", "]") else at  # 近43公里
    opens = classes[before - 1 : before] in (".", ",", ";", "")
    if opens:
        while classes[first : first + 1] in ("q", "t"):  # 全年助餐, 免费接种疫苗
            first += 1
    told_of = _TOLD_OF.match(classes, first) is not None  # 37名|确诊患儿|全部转介
    if first >= len(classes) or (classes[first] not in ("nk#xwOsMv*" if opens else "nk#xwOsM") and not told_of):
        return None
    end = _noun_edge(classes, first)
    followed = classes[end : end + 1]
    if followed == ":":
        return None  # …318.4万元 责任单位:
    if opens and classes[first] in "v*" and not told_of:  # 3960个 / 新增学位: an infographic gives the number first
        action, noun = verb_and_noun(classes, first, end)
        return (action, (noun,)) if noun else None
    serves = before > 0 and classes[before - 1] == "i"
    finite = (_SERVING if serves else _FINITE).search(classes, first + 1, end)
    if finite is None:
        stop = end
        if followed in QUANTITY and "/" in classes[first:end]:
            stop = classes.rfind("/", first, end)
        noun = trimmed(classes, first, _noun_stop(classes, first, stop))
        return (None, (noun,)) if noun else None
    verb = finite.start()
    noun = trimmed(classes, first, _noun_stop(classes, first, verb))
    if noun is None:
        return None
    stop = _group_end(classes, verb, end)
    action = (verb, stop)
    rest = trimmed(classes, stop, end)
    if rest and followed not in QUANTITY and not set(classes[slice(*rest)]) & set("LMK"):
        return action, (noun, rest)
    return action, (noun,)


def _noun_edge(classes: str, first: int) -> int:
    """Index behind the words that belong to a noun behind its number."""
    depth = 0
    for edge in _EDGE_BEHIND.finditer(classes, first):
        if edge[0] == "(":
            farthest = edge.end() + FARTHEST
            close = classes.find(")", edge.end(), farthest)
            if not QUANTITY.isdisjoint(classes[edge.end() : close if close >= 0 else farthest]):
                return edge.start()
            depth += 1
        elif edge[0] == ")":
            if not depth:
                return edge.start()
            depth -= 1
        elif not depth:
            return edge.start()
    return len(classes)


def is_plan(classes: str, start: int, at: int) -> bool:
    """Whether a goal word governs the number: 计划新增500个, 95户改造任务; not 完成建设任务68处."""
    if "K" not in classes[max(0, start - 1) : at + _FARTHEST_GOAL]:
        return False
    if classes[at - 1] == "K" and _DONE_OR_COMPARED.isdisjoint(classes[start:at]):  # 加装电梯原定50部
        return True
    if classes[at - 2 : at] == "Kz":  # 列入计划的14处积水点,已治理12处; but 列入计划的58个小区全部开工
        return _DONE_OR_COMPARED.isdisjoint(classes[start:at]) and _ANSWERED.match(classes, at + 1) is not None
    opened = _GOAL_OR_VERB.search(classes, start, at)
    if opened and opened[0] == "K":
        goal = opened.start()
        done = "e" in classes[goal:at] and "f" in classes[goal:at]  # 两项任务分别完成1623个、214根
        return classes[goal - 1 : goal] != "c" and "q" not in classes[goal:at] and not done
    return _GOAL_BEHIND.match(classes, at + 1) is not None and set("fE").isdisjoint(classes[start:at])
