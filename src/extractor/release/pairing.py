"""What belongs together: completions, targets, margins and earlier values find their figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Set
from decimal import Decimal
from functools import partial
from itertools import takewhile

from extractor.language.expression import plain
from extractor.language.patterns import Relation
from extractor.language.quantity import Lexeme
from extractor.language.words import Row
from extractor.model import Finding, Span
from extractor.release.clause import DONE
from extractor.release.draft import Draft, Value
from extractor.release.phrase import front_edge

_SIGN = {"margin": 1, "more": 1, "shortfall": -1, "less": -1}
_HUNDRED = Decimal(100)
REACH = 100  # figures, counted from a word, that it can speak of: what bounds the time for endless sentences
_LONGEST_RUN = 3  # results for one target, without its first
_LONGEST_ANSWER = 3  # sentences in which an answer comes to what was asked
_LEAST_ALIKE = 0.3  # likeness of nouns from which they are of one thing
_PLANNED = "planned-then-done"
_SENTENCE = plain(r"[^.]+")  # in the classes of words: the next that does not only end one
_AGAIN = plain(r"[,(]K[vwuf]{0,2}[nk#wx]{0,6}")  # what leads from a result to its target: ,计划改造小区
_FARTHEST = 400  # words around a plan that can say what came of it: as far as no sentence goes


def pair(row: Row, drafts: list[Draft], relations: Iterable[Relation]) -> list[Finding]:
    """Binds the values of ``relations`` to ``drafts``; returns findings on those that found no or too few figures."""
    lost: list[Finding] = []
    by_word = {draft.at: draft for draft in drafts}
    for relation in relations:
        values = {role: words for role, words in relation.roles.items() if role not in ("figure", "up", "down")}
        if not values:
            continue
        anchors = _anchors(row, drafts, by_word, relation, values)
        wanted = max(len(words) for words in values.values())
        span = Span(row.starts[relation.start], row.ends[relation.end - 1])
        if not anchors:
            if "in-brackets" in relation.rule or "inside-brackets" in relation.rule:
                continue  # 时序进度(75%): what all are measured by
            lost.append(
                Finding("value-without-figure", "warning", f"{relation.rule}: no figure for it before", (), span)
            )
            continue
        if wanted > len(anchors):
            message = f"{relation.rule}: {wanted} values for {len(anchors)} figures"
            lost.append(Finding("list-does-not-come-out-even", "warning", message, (), span))
        for role, words in values.items():
            chosen = words * len(anchors) if len(words) == 1 else words
            for draft, word in zip(anchors, chosen, strict=False):
                _bind(row, draft, role, word, relation.rule)
    return lost


def _bind(row: Row, draft: Draft, role: str, word: int, rule: str) -> None:
    lexeme = row.lexemes[word]
    if lexeme.value is None:
        return
    value = Value(lexeme.value, word, rule, lexeme.unit.text if lexeme.unit else None)
    if role in ("completion", "share", "exceeded"):
        value.value = value.value.scaleb(2) if lexeme.cls == "X" or lexeme.rule == "fraction" else value.value
        if role == "exceeded" and value.value < _HUNDRED:  # 超额完成任务112% tells the whole
            value.value += _HUNDRED
        draft.completion = draft.completion or value
    elif role in ("target", "aim"):
        draft.target = draft.target or value
    elif role == "previous":
        draft.previous = draft.previous or value
    elif role in _SIGN:
        value.value *= _SIGN[role]
        draft.margin = draft.margin or value


def _anchors(
    row: Row, drafts: list[Draft], by_word: dict[int, Draft], relation: Relation, values: dict[str, tuple[int, ...]]
) -> list[Draft]:
    """The figures that a relation speaks of, in order."""
    if "figure" in relation.roles:
        told = [by_word[word] for word in relation.roles["figure"] if word in by_word]
        return _and_continued(row, drafts, told[0]) if len(told) == 1 and values.keys() == {"target"} else told
    count = max(len(words) for words in values.values())
    end = bisect_left(drafts, relation.start, key=lambda draft: draft.at)
    if (aimed := _aimed_in_bracket(row, drafts[max(0, end - REACH) : end], relation)) and count <= len(aimed):
        return aimed
    before = [draft for draft in drafts[max(0, end - REACH) : end] if draft.kind != "change" and not draft.plan]
    if not before:
        return []
    if aimed := _aimed_before(row, before, relation, values):
        return aimed
    near = _near(row, before, relation, values)
    if not near:
        return []
    if _speaks_of_all(row, relation):
        edge = max(row.classes.rfind(";", 0, relation.start), row.classes.rfind(".", 0, relation.start))
        together = [draft for draft in near if draft.at > edge]
        if len(together) >= count:
            return together if count == 1 else together[-count:]
    if count > 1:
        whole = [draft for draft in near if not draft.part]
        return whole if len(whole) == count else near[-count:]
    whole = [draft for draft in near if not draft.part]
    if whole and _inside_part(row, near[-1], relation):
        return [near[-1]]
    done = [draft for draft in whole or near if not _is_under_way(row, draft)]
    return [(done or whole or near)[-1]]


def _and_continued(row: Row, drafts: list[Draft], first: Draft) -> list[Draft]:
    """A result and those behind it that are measured by the same target: 30个小区已开工28个、完工20个."""
    place = bisect_left(drafts, first.at, key=lambda draft: draft.at) + 1
    further = [draft for draft in drafts[place : place + _LONGEST_RUN] if draft.target is None]
    return [first, *takewhile(partial(_continues, row, first), further)]


def _aimed_before(row: Row, before: list[Draft], relation: Relation, values: dict[str, tuple[int, ...]]) -> list[Draft]:
    """The results of planned numbers that a line of percentages speaks of: 占比:分别占目标的90%、92%."""
    edge = row.classes.rfind(".", 0, relation.start)
    if values.keys().isdisjoint(("completion", "share")) or before[-1].at > edge:
        return []
    if named := _named_before(row, before, relation):
        return [named]
    aimed = [draft for draft in before if draft.target and draft.completion is None and draft.target.rule == _PLANNED]
    firsts = list({draft.target.word: draft for draft in reversed(aimed) if draft.target}.values())
    wanted = max(len(words) for words in values.values())
    return sorted(firsts, key=lambda draft: draft.at) if len(firsts) == wanted else []


def _named_before(row: Row, before: list[Draft], relation: Relation) -> Draft | None:
    """The figure that a percentage on a line of its own names again: 道路硬化118公里。占比:道路硬化达到目标的108%."""
    start = front_edge(row.classes, relation.start)
    subject = _words_in(row, (start, relation.start))
    if not subject:
        return None
    free = [draft for draft in reversed(before) if draft.completion is None and draft.clause.noun]
    shared = [(len(subject & _words_in(row, draft.clause.noun[0])), draft) for draft in free]
    count, best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best if count * 2 > len(subject) else None


def _words_in(row: Row, words: tuple[int, int]) -> set[str]:
    """The words of a stretch that name something."""
    return {row.words[word] for word in range(*words) if row.classes[word] in "nwk#x"}


def _aimed_in_bracket(row: Row, before: list[Draft], relation: Relation) -> list[Draft]:
    """The figures whose targets stand in the relation's own bracket: (目标:50所、9个;完成率:102%、100%)."""
    opening = row.classes.rfind("(", 0, relation.start)
    if opening < 0 or row.classes.find(")", opening, relation.start) >= 0:
        return []
    aimed = [draft for draft in before if draft.target and opening < draft.target.word < relation.start]
    return sorted(aimed, key=lambda draft: draft.target.word if draft.target else 0)


def _near(row: Row, before: list[Draft], relation: Relation, values: dict[str, tuple[int, ...]]) -> list[Draft]:
    """The drafts of the relation's sentence that its values can belong to."""
    edge = row.classes.rfind(".", 0, relation.start)
    same = [draft for draft in before if draft.at > edge]
    pool = same or before[-4:]
    return [draft for draft in pool if _fits(row, draft, values)]


def _fits(row: Row, draft: Draft, values: dict[str, tuple[int, ...]]) -> bool:
    for role, words in values.items():
        if role in ("completion", "exceeded", "share"):
            if draft.kind == "rate" and draft.lexeme.cls != "X":
                return False
        elif not any(_comparable(row.lexemes[word], draft.lexeme) for word in words):
            return False
    return True


def _comparable(value: Lexeme, figure: Lexeme) -> bool:
    """Whether a target, margin or earlier value can be one of the figure's."""
    if value.cls == "P" or value.unit is None or figure.unit is None:
        return True
    if value.unit.dimension == "count":
        return value.unit.text in (figure.unit.text, figure.unit.text.partition("/")[0])
    return value.unit.dimension == figure.unit.dimension


def _speaks_of_all(row: Row, relation: Relation) -> bool:
    """均完成…, 双双超过…: whether the clause says its values of all figures before it."""
    edge = max(row.classes.rfind(c, 0, relation.start) for c in ",;.") + 1
    return "a" in row.classes[edge : relation.end]


def _inside_part(row: Row, draft: Draft, relation: Relation) -> bool:
    """Whether the relation stands in the part's own bracket or directly behind it without a comma."""
    between = row.classes[draft.at + 1 : relation.start]
    return draft.part and not set(between) & set(",;)")


def resolve_plans(row: Row, text: str, drafts: list[Draft], ahead: Set[int]) -> list[Draft]:
    """The drafts, without the planned numbers that became targets of the results that follow them.

    ahead: words of stretches that look ahead, in which nothing is a result.
    """
    met = _met_in_turn(row, text, drafts)
    for place, plan in enumerate(drafts):
        if not plan.plan or plan.at in met:
            continue
        before, behind = drafts[max(0, place - REACH) : place], drafts[place + 1 : place + 1 + REACH]
        behind = [draft for draft in behind if draft.at not in ahead]
        results = (
            _results_before(row, text, plan, before)
            or _results_of(row, text, plan, before, behind)
            or _compared_with(row, text, plan, before)
            or _told_above(text, plan, before)
        )
        for draft in results:
            set_target(row, text, draft, plan, _PLANNED)
        if results:
            met.add(plan.at)
        else:
            plan.promised = not _is_done(row, plan)
    return [draft for draft in drafts if draft.at not in met] if met else drafts


def _met_in_turn(row: Row, text: str, drafts: list[Draft]) -> set[int]:
    """Places of the plans that numbers side by side answer: 新增泊位1500个、充电桩400个 … 两项分别完成1620个、336个."""
    plans = [draft for draft in drafts if draft.labelled and draft.plan and not draft.part]
    run = _run_like(row, plans, [draft for draft in drafts if not draft.plan and not draft.clause.noun])
    for plan, result in zip(plans, run, strict=False):
        set_target(row, text, result, plan, _PLANNED)
        result.noun, result.noun_rule = plan.noun, "noun-of-the-target"
    return {plan.at for plan in plans} if run else set()


def share_rates(drafts: list[Draft], rates: list[Draft]) -> list[Draft]:
    """The drafts without the percentages behind a label, which go in order to the results that have a target."""
    aimed = [draft for draft in drafts if draft.target and draft.completion is None and draft not in rates]
    aimed.sort(key=lambda draft: draft.target.word if draft.target else 0)
    if len(rates) > len(aimed):
        return drafts
    for draft, rate in zip(aimed, rates, strict=False):
        if rate.lexeme.value is not None:
            draft.completion = Value(rate.lexeme.value, rate.at, "rate-behind-a-label")
    return [draft for draft in drafts if draft not in rates]


def take_shares(row: Row, text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts without percentages that only say 占比 of a result with a target: 计划3亿元,完成2.4亿元,占比80%."""
    kept: list[Draft] = []
    for draft in drafts:
        last = kept[-1] if kept else draft
        aimed = last.target and last.completion is None and last.sentence == draft.sentence
        share = draft.kind == "rate" and noun_text(text, draft) in row.lists["shares"]
        if aimed and share and draft.lexeme.value is not None:
            last.completion = Value(draft.lexeme.value, draft.at, "share-of-the-target")
        else:
            kept.append(draft)
    return kept


def _is_done(row: Row, plan: Draft) -> bool:
    """计划打通断头路3条,已全部打通; 说好的20个全部建成: the number planned is the number done."""
    if row.classes[plan.at + 1 : plan.at + 3] in ("av", "af", "aw"):
        return True
    farthest = plan.at + _FARTHEST
    stop = row.classes.find(".", plan.at, farthest)
    end = stop if stop >= 0 else farthest
    words = row.words[plan.at : end]
    if plan.labelled:  # 完成情况:已全部完成
        sentence = _SENTENCE.search(row.classes, end, end + _FARTHEST)
        following = row.words[slice(*sentence.span())] if sentence else []
        if "全部" in following and not DONE.isdisjoint(following):
            return True
    return not DONE.isdisjoint(words) or "qa" in row.classes[plan.at : end]


def _results_before(row: Row, text: str, plan: Draft, before: list[Draft]) -> list[Draft]:
    """The result that a target in a bracket behind it is for: 新增学位2万个。(目标:1.8万个)."""
    opening = row.classes.rfind("(", max(0, plan.at - _FARTHEST), plan.at)
    if not plan.labelled or opening < 0 or row.classes.find(")", opening, plan.at) >= 0:
        return []
    free = [
        draft for draft in before
        if draft.at < opening and not draft.plan and draft.target is None and not draft.part
        and (draft.kind == "change") == (plan.kind == "change") and same_unit(plan, draft)
    ]  # fmt: skip
    named = plan.noun and plan.noun_rule == "noun-of-the-clause"
    if row.classes[opening - 1 : opening] != ".":  # 小区10个、公园9座(目标:8座)
        free = free[-1:]
    best = max(free, key=lambda draft: (likeness(text, plan, draft) if named else 0, -draft.at), default=None)
    return [best] if best else []


def _told_above(text: str, plan: Draft, before: list[Draft]) -> list[Draft]:
    """The result above a line of targets that stands below it: 实际办结:建成7所 / 当初承诺:建设6所."""
    if not plan.labelled:
        return []
    free = [
        draft for draft in before
        if not draft.plan and draft.target is None and not draft.part and not draft.clause.rest
        and draft.kind == plan.kind and _same_measure(text, plan, draft)
    ]  # fmt: skip
    best = max(free, key=lambda draft: (likeness(text, plan, draft), -draft.at), default=None)
    return [best] if best and (len(free) == 1 or likeness(text, plan, best) >= _LEAST_ALIKE) else []


def _compared_with(row: Row, text: str, plan: Draft, before: list[Draft]) -> list[Draft]:
    """The result that stands directly before its target, verb and noun said again: 改造小区72个,计划改造60个."""
    result = before[-1] if before else plan
    if result.plan or result.part or result.target or result.kind != plan.kind or not same_unit(plan, result):
        return []
    same_noun = plan.noun_rule != "noun-of-the-clause" or noun_text(text, plan) == noun_text(text, result)
    said_again = same_noun and _cut(text, plan.action) in ("", _cut(text, result.action))
    return [result] if said_again and _AGAIN.fullmatch(row.classes, result.at + 1, plan.at) else []


def _accumulates(row: Row, draft: Draft) -> bool:
    """新建12间,累计达到67间: what there is by now is no result of this year's plan."""
    if draft.clause.noun or ("h" not in draft.clause.links and draft.action_rule):
        return False
    return _added_up(row, draft)


def _added_up(row: Row, draft: Draft) -> bool:
    return any(word.startswith("累计") for word in row.words[max(0, draft.clause.start - 2) : draft.at])


def _results_of(row: Row, text: str, plan: Draft, before: list[Draft], behind: list[Draft]) -> list[Draft]:
    """The results of a plan among the drafts behind it."""
    reach = _LONGEST_ANSWER if _is_asked(row, plan) else 1
    free = [
        draft for draft in behind
        if not draft.plan and draft.target is None
        and (draft.kind == "change") == (plan.kind == "change") and draft.part == plan.part and not draft.clause.rest
        and not _accumulates(row, draft) and _same_measure(text, plan, draft)
        and (plan.labelled or draft.sentence - plan.sentence <= reach)
    ]  # fmt: skip
    if not free:
        return []
    if plan.labelled:
        if again := [draft for draft in free if _repeats_process(row, text, plan, draft)]:
            return again[:1]
        named = [draft for draft in free if draft.noun and draft.noun_rule == "noun-of-the-clause"]
        best = max(named, key=lambda draft: (likeness(text, plan, draft), -draft.at), default=None)
        alone = not any(other.labelled and same_unit(other, plan) for other in before + behind)
        if (
            best
            and likeness(text, plan, best) >= _LEAST_ALIKE
            and not (alone and free[0].noun_rule != "noun-of-the-clause")
        ):
            return [best, *_same_result(row, best, free, behind)]
    bare = [draft for draft in free if draft.noun_rule != "noun-of-the-clause"]
    if not plan.labelled and plan.noun and free[0].noun_rule == "noun-of-the-clause":  # 计划投资…,到位资金…,完成投资…
        planned = noun_text(text, plan)
        alike = [draft for draft in free if noun_text(text, draft) == planned]
        free = free[free.index(alike[0]) :] if alike else free
    first = free[0] if not plan.labelled else (bare[0] if bare else free[0])
    for_each = plan.count == 1 and "e" in plan.clause.links  # 筛查各2万人: 分别完成1.06万人、9800人
    each = [draft for draft in free if for_each and draft.group == first.group and draft is not first]
    return [first, *each, *_same_result(row, first, free, behind)]


def _is_asked(row: Row, plan: Draft) -> bool:
    """Whether a question names the plan, as in 2.8万人的目标守住了吗, which its answer speaks of."""
    stop = row.classes.find(".", plan.at, plan.at + _FARTHEST)
    return stop >= 0 and row.words[stop] == "?"


def _is_under_way(row: Row, draft: Draft) -> bool:
    """在建18部, 已有287个完工: its clause tells in front of it that it is no result."""
    words = row.words[draft.clause.start : draft.at]
    return draft.kind != "rate" and not row.lists["under-way"].isdisjoint(words)


def _same_result(row: Row, first: Draft, free: list[Draft], behind: list[Draft]) -> list[Draft]:
    """Further results for the same thing, such as what is finished of what was begun; 已有287个完工 tells of these."""
    other = min((draft.at for draft in behind if draft.plan and draft.at > first.at), default=first.at + 10**9)
    return [
        draft for draft in free
        if first.at < draft.at < other and draft.sentence == first.sentence
        and not _is_under_way(row, draft)
        and (draft.group != first.group or draft.kind == "change")
        and (draft.noun_rule != "noun-of-the-clause" or draft.noun == first.noun) and not draft.clause.behind
    ]  # fmt: skip


def likeness(text: str, plan: Draft, draft: Draft) -> float:
    """How much of the result's noun stands in the planned one's, 0 to 1."""
    words, own = set(noun_text(text, plan)), set(noun_text(text, draft))
    return len(words & own) / max(1, len(own)) if len(words & own) > 1 else 0.0


def noun_text(text: str, draft: Draft) -> str:
    return _cut(text, draft.noun)


def _cut(text: str, spans: Iterable[Span | str]) -> str:
    return "".join(piece if isinstance(piece, str) else text[slice(*piece)] for piece in spans)


def _repeats_process(row: Row, text: str, plan: Draft, draft: Draft) -> bool:
    """Whether all that a result names is the process that its target names too: 接种疫苗2.5万人 … 接种2.73万人."""
    words = draft.clause.noun[0] if len(draft.clause.noun) == 1 else (0, 0)
    if words[1] - words[0] != 1 or row.classes[words[0]] != "w":
        return False
    planned = noun_text(text, plan) + _cut(text, plan.action)
    return row.words[words[0]] in planned


def set_target(row: Row, text: str, draft: Draft, plan: Draft, rule: str) -> None:
    """Makes the planned number the target of a result, which takes its noun where it has none."""
    if plan.lexeme.value is None or draft.target is not None:
        return
    draft.target = Value(plan.lexeme.value, plan.at, rule, plan.lexeme.unit.text if plan.lexeme.unit else None)
    repeats = draft.noun_rule == "noun-of-the-clause" and _repeats_process(row, text, plan, draft)
    if plan.noun and (repeats or (draft.noun_rule != "noun-of-the-clause" and rule != "promised-in-the-title")):
        draft.noun, draft.noun_rule = plan.noun, "noun-of-the-target"
    if not draft.action and plan.action and not draft.clause.action:
        draft.action, draft.action_rule = plan.action, "verb-of-the-target"


def _same_measure(text: str, a: Draft, b: Draft) -> bool:
    """Whether two numbers can be target and result: not a standard (补助标准69元) and a sum (补助资金3亿元)."""
    is_money = a.lexeme.unit is not None and a.lexeme.unit.dimension == "money"
    return same_unit(a, b) and (
        not is_money or noun_text(text, a).endswith("标准") == noun_text(text, b).endswith("标准")
    )


def same_unit(a: Draft, b: Draft) -> bool:
    """Whether two numbers can be compared: the same unit, or one of the two without any."""
    x, y = a.lexeme.unit, b.lexeme.unit
    if x is None or y is None:
        return a.lexeme.cls == "N" or b.lexeme.cls == "N"
    if x.dimension in ("count", "people", "household"):
        return x.text == y.text or {x.text, y.text} <= {"人", "名", "位"}
    return x.dimension == y.dimension


def resolve_titles(row: Row, text: str, titled: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """Numbers in the title become targets of the results for the same thing; those without a result stay figures."""
    run = _run_like(row, titled, drafts)
    unmet = []
    for number, plan in enumerate(titled):
        results = [
            draft
            for draft in drafts
            if draft.target is None
            and draft.kind != "change"
            and not draft.part
            and _same_measure(text, plan, draft)
            and not _is_under_way(row, draft)
            and not _accumulates(row, draft)
        ]
        results = [run[number]] if run else _alike(row, text, plan, results)
        if not results:
            unmet.append(plan)
        for draft in results:
            set_target(row, text, draft, plan, "promised-in-the-title")
            if run:
                draft.noun, draft.noun_rule = plan.noun, "noun-of-the-target"
                draft.action = draft.action or plan.action
    return unmet + drafts


def _run_like(row: Row, titled: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """两项指标实际分别为232个、1046个: as many numbers side by side as the title promises."""
    if len(titled) < 2:
        return []
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.group, []).append(draft)
    for run in groups.values():
        in_turn = "e" in row.classes[max(0, run[0].clause.start - 2) : run[0].at]
        if len(run) == len(titled) and in_turn and all(map(same_unit, titled, run)):
            return run
    return []


def _alike(row: Row, text: str, plan: Draft, results: list[Draft]) -> list[Draft]:
    """Of the results in the title's unit, the total, else those without a noun of their own, else the most alike."""
    total = [draft for draft in results if "S" in draft.clause.links]
    if total:
        return total[:1]
    bare = [draft for draft in results if draft.noun_rule != "noun-of-the-clause" and draft.noun == plan.noun]
    if bare:
        return [draft for draft in bare if not draft.clause.rest]
    if again := [draft for draft in results if _repeats_process(row, text, plan, draft)]:
        return again[:1]
    best = max(results, key=lambda draft: (likeness(text, plan, draft), -draft.at), default=None)
    if not best:
        return []
    if likeness(text, plan, best) < 0.34 and len(results) > 1:
        measured = [draft for draft in results if draft.completion]
        return measured if len(measured) == 1 else []
    return [best, *(draft for draft in results if draft.at > best.at and _continues(row, best, draft))]


def _continues(row: Row, first: Draft, draft: Draft) -> bool:
    """危桥改造开工15座、完工6座: both are results for one thing; not 完工106部,在建18部."""
    return (
        (draft.clause.listed or (draft.clause.action is not None and not _added_up(row, draft)))
        and draft.sentence == first.sentence and draft.noun == first.noun
        and draft.noun_rule != "noun-of-the-clause" and not draft.clause.rest
        and not _is_under_way(row, draft)
    )  # fmt: skip
