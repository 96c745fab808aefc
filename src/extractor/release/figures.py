"""The figures of a stretch of text: which numbers are figures, what they measure, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from extractor.language.expression import plain
from extractor.language.patterns import Relation
from extractor.language.quantity import Lexeme
from extractor.language.words import Row
from extractor.model import Approx, Span
from extractor.release.clause import DONE, Clause, clause_around, risen_from
from extractor.release.draft import Draft
from extractor.release.phrase import QUANTITY, Range, front_edge, verb_and_noun
from extractor.release.predicate import predicate
from extractor.release.sharing import distribute, members

_APPROX: dict[str, Approx] = {"<": "about", "^": "over", "_": "under", "[": "at_least", "]": "at_most", "b": "over"}
_APPROX_BEHIND: dict[str, Approx] = {">": "about", "+": "over", "-": "at_most"}
_MORE = plain(r"(?:r?b|r)[,.;)]")
_PLACE = plain(r"(?:[市县镇州旗盟]|(?<!下)乡|(?<![社小园校景厂库])区|街道|三角|^[\u4e00-\u9fff]?[东西南北中])$")
_LONGEST_LIST = 60  # words of a list of places
_LISTED_ON = plain(r"[nwk#xOM]{1,8}[/&][^.,;:()f]{0,12}")  # what leads from 2所|学校、扩建|1所
_NUMBER_OR_STOP = plain("[.ARPXFN]")
_NEXT_PART = plain(r",[nk#xwO]{1,4}")  # what leads to it behind a comma
_BOUND = plain(r"[\[\]]")
_AHEAD = "提前"
_INTENDED = "拟"
_ANSWER = plain(r",[tqD]{0,2}[vfw]?[vfw][<^]?[AN]")  # a number without a noun
_OBJECT = plain(r"[nkwvx&]+")  # 主体工程 of 2所完成主体工程
_NO_ROLE: tuple[str, Relation | None] = ("", None)
# Roles in which a number is a value of another figure.
VALUE_ROLES = frozenset(
    {"completion", "exceeded", "target", "aim", "margin", "shortfall", "previous", "ignored", "more", "less", "share"}
)


def drafts_in(
    row: Row, start: int, end: int, roles: Mapping[int, tuple[str, Relation]], targets: Set[int] = frozenset()
) -> list[Draft]:
    """A draft for every number of ``row[start:end]`` that is a figure of its own, in order.

    roles: what patterns say of numbers; targets: words that stand behind a label such as 年度目标.
    """
    found: list[Draft] = []
    classes = row.classes
    sentence = classes.count(".", 0, start)
    for match in _NUMBER_OR_STOP.finditer(classes, start, end):
        index = match.start()
        if match[0] == ".":
            sentence += 1
            continue
        role, relation = roles.get(index, _NO_ROLE)
        if role in VALUE_ROLES:
            continue
        clause = clause_around(row, index, max(start, _parted(classes, found[-1].clause)) if found else start)
        if role == "figure" and relation and not _has_noun(classes, clause, relation):
            clause = risen_from(row, clause, relation.start, start)
            if index != relation.roles["figure"][0]:
                clause = clause._replace(noun=())
        lexeme = row.lexemes[index]
        if not role and not is_figure(row, index, lexeme, clause):
            continue
        found.append(_draft(row, index, lexeme, clause, sentence, role, relation, found, targets))
    return found


def _parted(classes: str, clause: Clause) -> int:
    """Where the next member of a list begins behind a number and its noun: 56个小区|、市政道路38公里; else 0."""
    if not (clause.behind and len(clause.noun) == 1 and clause.noun[0][0] == clause.at + 1):
        return 0
    end = clause.noun[0][1]
    return end if classes[end : end + 1] == "/" and classes[end + 1 : end + 2] not in QUANTITY else 0


def _has_noun(classes: str, clause: Clause, relation: Relation) -> bool:
    """Whether the noun stands between the two numbers of a relation: 12处积水点已治理9处."""
    opens = classes[relation.start] in QUANTITY and "→" not in classes[relation.start : clause.at]
    return opens and bool(clause.noun)


def is_figure(row: Row, index: int, lexeme: Lexeme, clause: Clause) -> bool:
    """Whether a number that no pattern took reports something."""
    classes = row.classes
    if lexeme.rule == "indefinite-one":
        vague = lexeme.unit is not None and lexeme.unit.text == "批"
        if vague or classes[index - 1 : index] not in ("v", "f"):
            return False  # 一名县领导联系, 再办一批, 不让一户居民; but 建成一所
    if lexeme.cls == "N":
        if (
            lexeme.rule == "number"
            and not _has_multiplier(lexeme)
            and not (clause.noun and (clause.links or clause.action))
        ):
            return False
        return bool(clause.noun)
    return True


def _has_multiplier(lexeme: Lexeme) -> bool:
    return lexeme.value is not None and lexeme.value >= 1000 and lexeme.value % 100 == 0


def _draft(
    row: Row,
    index: int,
    lexeme: Lexeme,
    clause: Clause,
    sentence: int,
    role: str,
    relation: Relation | None,
    before: list[Draft],
    targets: Set[int],
) -> Draft:
    draft = Draft(index, lexeme, clause, sentence, "amount")
    draft.approx = _approx(row, index, lexeme, clause)
    draft.part = clause.part or (bool(before) and before[-1].part and _is_next_part(row, draft, before[-1]))
    opens = row.classes[clause.start - 1 : clause.start] == "(" and clause.start > 1
    if opens and before and before[-1].at == clause.start - 2 and before[-1].lexeme.unit == lexeme.unit:
        draft.part = True  # 泊位640个(路内210个、路外430个)
    draft.labelled = index in targets
    draft.plan = clause.plan or draft.labelled or _is_answered(row, clause) or _continues_plan(row, clause, before)
    if role in ("up", "down"):
        draft.kind, draft.direction = "change", "up" if role == "up" else "down"
    elif clause.change and _is_change(lexeme, clause):
        draft.kind, draft.direction = "change", "up" if clause.change == "u" else "down"
    elif lexeme.cls in "RX" or (lexeme.unit is None and lexeme.rule in ("fraction", "ratio-to-one")):
        draft.kind = "rate"
    elif lexeme.cls == "P":
        draft.kind, draft.direction = "change", "up"
    draft.rule = relation.rule if relation else lexeme.rule
    if clause.per:
        draft.per = span_of(row, clause.per)
    if clause.scope:
        draft.scope = span_of(row, clause.scope)
    if before and is_run(row, before[-1].at, index):
        draft.run = before[-1].run + 1
        draft.group = before[-1].group
        first = before[-draft.run]
        draft.per = draft.per or first.per  # 每人每月2100元和1700元
        if first.kind == "change" and not clause.noun:
            draft.kind, draft.direction = "change", first.direction
        shared = set(first.clause.links)
        if draft.approx is None and (shared & set("[]") or ("e" in shared and shared & set("<^_"))):
            draft.approx = first.approx
    else:
        draft.group = index
    return draft


def _is_answered(row: Row, clause: Clause) -> bool:
    """Whether what is intended is told of in the next clause: 全年拟新增260个,上半年到位133个."""
    if _INTENDED not in row.words[max(0, clause.start - 2) : clause.at]:
        return False
    return _ANSWER.match(row.classes, clause.at + 1) is not None


def _is_next_part(row: Row, draft: Draft, last: Draft) -> bool:
    """Whether a number goes on with the parts of a whole: 其中地下车库660个、路侧1032个, also behind a comma."""
    if draft.clause.listed:
        return not _closes(row, last.at, draft.at)
    alike = draft.lexeme.unit == last.lexeme.unit and draft.clause.action is None and not draft.clause.behind
    return alike and _NEXT_PART.fullmatch(row.classes, last.at + 1, draft.at) is not None


def _closes(row: Row, part: int, index: int) -> bool:
    """Whether the bracket of a part ends before the next number: 公路50公里(其中产业路20公里)、桥梁9座."""
    between = row.classes[part:index]
    return between.count(")") > between.count("(")


def _continues_plan(row: Row, clause: Clause, before: list[Draft]) -> bool:
    """计划新辟线路15条、优化35条 and 说好新建2所学校、扩建1所 plan both; 计划60部、竣工63部 only the first."""
    if not before or not before[-1].plan:
        return False
    if not DONE.isdisjoint(row.words[max(0, clause.start - 1) : clause.at]):
        return False  # 计划新增1200个、已建成1080个
    last = before[-1].clause
    listed = clause.listed or (last.behind and _LISTED_ON.fullmatch(row.classes, last.at + 1, clause.at) is not None)
    return listed and (clause.action is None or last.action is not None)


def _is_change(lexeme: Lexeme, clause: Clause) -> bool:
    """A verb of change in front of a number makes it a change, unless the number counts what was cut or added."""
    if clause.action is not None and lexeme.cls not in "RPXF" and not clause.compared:
        return False  # 实施精细化提升537.5公里
    measured = lexeme.unit is not None and lexeme.unit.dimension not in ("count", "people", "household")
    return lexeme.cls in "RPXF" or clause.compared or (not clause.behind and (bool(clause.noun) or measured))


def _approx(row: Row, index: int, lexeme: Lexeme, clause: Clause) -> Approx | None:
    if lexeme.approx:
        return lexeme.approx
    for c in reversed(clause.links):
        if c in _APPROX and not (c == "b" and (clause.compared or clause.change)):
            return _APPROX[c]
    first = clause.action[0] if clause.action else index
    if bound := _BOUND.search(row.classes, clause.start if clause.start < first else max(0, first - 2), first):
        return _APPROX[bound[0]]
    behind = row.classes[index + 1 : index + 2]
    if behind == "b" and lexeme.cls == "R" and row.words[index + 1] == "多":
        return "over"  # 七成多当天送达
    if behind in ("r", "b") and _MORE.match(row.classes, index + 1):
        return "over"  # 占九成多, 翻了一番还多
    return _APPROX_BEHIND.get(behind) if behind else None


def is_run(row: Row, first: int, second: int) -> bool:
    """Whether two numbers stand side by side in one list: 106%、87%."""
    between = row.classes[first + 1 : second]
    return 1 <= len(between) <= 4 and between[0] in "/&" and set(between) <= set("/&<^*")


def span_of(row: Row, words: tuple[int, int]) -> Span:
    return Span(row.starts[words[0]], row.ends[words[1] - 1])


def name_all(row: Row, text: str, drafts: list[Draft]) -> None:
    """Gives every draft the noun and action of its own clause or of the list that it stands in."""
    for group in _groups(drafts):
        first = group[0]
        for draft in group:
            draft.count = len(group)
            if group[-1].approx == "at_most":  # 控制在10分钟、15分钟以内
                draft.approx = draft.approx or "at_most"
        if spelled := _spelled_out(row, group):
            for draft, (verb, noun) in zip(group, spelled, strict=True):
                draft.action, draft.action_rule = [span_of(row, verb)] if verb else [], "governing-verb"
                draft.noun, draft.noun_rule = [span_of(row, noun)], "noun-of-the-clause"
            continue
        nouns = _nouns_of(row, text, group)
        for number, draft in enumerate(group):
            if draft.action:
                pass
            elif draft.clause.action:
                draft.action, draft.action_rule = [span_of(row, draft.clause.action)], "governing-verb"
            elif len(group) == 1 and (told := _told_behind(row, draft)):
                draft.action, draft.action_rule = [span_of(row, told)], "predicate-behind"
                if _has_object(row, told):
                    draft.action = [span_of(row, (told[0], told[0] + 1))]
                    draft.object = span_of(row, (told[0] + 1, told[1]))
            elif number and first.action:
                draft.action, draft.action_rule = first.action, "verb-of-the-list"
            if nouns[number] and not draft.rule.startswith("rate-of-"):
                draft.noun, draft.noun_rule = nouns[number], "noun-of-the-clause" if not number else "shared-head"


def _told_behind(row: Row, draft: Draft) -> Range | None:
    """What is told behind a number of its things, and the noun of these: 3件提前完成, 2个项目滞后."""
    unit, noun = draft.lexeme.unit, draft.clause.noun
    if row.words[draft.at - 1] == _AHEAD and unit and unit.dimension == "time":
        return draft.at - 1, draft.at  # 比原计划提前2个月完工
    if draft.kind != "amount" or draft.lexeme.cls not in "AN" or (unit and unit.dimension == "time"):
        return None
    named = draft.clause.behind and row.words[noun[0][0]] not in row.lists["progress"]
    return predicate(row, noun[-1][1] if named else draft.at + 1)


def _has_object(row: Row, told: Range) -> bool:
    """Whether a predicate tells what of the things was done: 完成主体工程, but 实现“双过半”."""
    first = told[0] + 1
    return (
        row.classes[told[0]] == "f"
        and _OBJECT.fullmatch(row.classes, first, told[1]) is not None
        and row.words[first] != "“"
    )


def _groups(drafts: list[Draft]) -> Iterator[list[Draft]]:
    group: list[Draft] = []
    for draft in drafts:
        if group and draft.group != group[0].group:
            yield group
            group = []
        group.append(draft)
    if group:
        yield group


def _spelled_out(row: Row, group: list[Draft]) -> list[tuple[Range | None, Range]]:
    """Verb and noun of each number where a list names them all: 新改建农村公路、改造危桥分别为864公里和63座."""
    first = group[0].clause
    if len(group) < 2 or "e" not in first.links or "/" not in row.classes[first.start : group[0].at]:
        return []
    end = row.classes.find("e", first.start, group[0].at)
    parts = [verb_and_noun(row.classes, *part) for part in members(row, (first.start, end))]
    told = [(verb, noun) for verb, noun in parts if noun]
    return told if len(told) == len(group) == len(parts) and all(verb for verb, _ in told) else []


def _nouns_of(row: Row, text: str, group: list[Draft]) -> list[list[Span | str]]:
    own: list[list[Span | str]] = [[span_of(row, words) for words in draft.clause.noun] for draft in group]
    noun = group[0].clause.noun
    if noun and len(group) > 1 and (places := _places_of(row, text, group)):
        return [[place, *own[0]] for place in places]
    if len(noun) != 1:
        return own
    if len(group) == 1 and "S" not in group[0].clause.links:
        return own
    parts = members(row, noun[0])
    if len(group) == 1:
        return [_joint(row, text, group[0], parts)] if len(parts) > 1 else own
    if any(own[1:]):
        return own
    if len(parts) == len(group):
        return list(distribute(row, text, parts))
    first = noun[0][0]
    if len(group) == 2 and text[row.starts[first] : row.ends[first]] == "城乡":  # 城乡低保标准分别达到…
        rest = [Span(row.ends[first], row.ends[noun[0][1] - 1])]
        return [["城市", *rest], ["农村", *rest]]
    return [own[0]] * len(group)


def _places_of(row: Row, text: str, group: list[Draft]) -> list[Span]:
    """The places that a list of numbers is told of in turn: 城关镇、河东镇分别新增学位300个、200个."""
    first = group[0].clause
    each = row.classes.rfind("e", max(0, first.at - _LONGEST_LIST), first.action[0]) if first.action else -1
    if each < 0 or each + 1 != (first.action or (0, 0))[0]:
        return []
    begin = front_edge(row.classes, each)
    spans = [span_of(row, part) for part in members(row, (begin, each))] if begin < each else []
    return spans if len(spans) == len(group) and all(_PLACE.search(text[slice(*span)]) for span in spans) else []


def _joint(row: Row, text: str, draft: Draft, parts: list[tuple[int, int]]) -> list[Span | str]:
    """新增停车泊位、智慧化改造停车泊位共15117个: one thing, done in two ways."""
    whole = span_of(row, (parts[0][0], parts[-1][1]))
    thing = text[slice(*span_of(row, parts[0]))]
    tails = [text[slice(*span_of(row, part))] for part in parts[1:]]
    if draft.clause.action and all(tail.endswith(thing) and tail != thing for tail in tails):
        others = [Span(row.starts[part[0]] - 1, row.ends[part[1] - 1] - len(thing)) for part in parts[1:]]
        draft.action, draft.action_rule = [span_of(row, draft.clause.action), *others], "verbs-of-one-thing"
        return [span_of(row, parts[0])]
    return [whole]
