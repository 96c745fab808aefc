"""The figures of a stretch of text: which numbers are figures, what they measure, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.language.patterns import Relation
from extractor.language.quantity import Lexeme
from extractor.language.words import Row
from extractor.model import Approx, Span
from extractor.release.clause import QUANTITY, Clause, clause_around
from extractor.release.draft import Draft
from extractor.release.sharing import distribute, members

_APPROX: dict[str, Approx] = {"<": "about", "^": "over", "_": "under", "[": "at_least", "]": "at_most", "b": "over"}
_APPROX_BEHIND: dict[str, Approx] = {">": "about", "+": "over", "-": "at_most"}
# Roles in which a number is a value of another figure.
VALUE_ROLES = frozenset({"completion", "exceeded", "target", "aim", "margin", "shortfall", "previous", "ignored", "more", "less", "share"})


def drafts_in(row: Row, start: int, end: int, roles: dict[int, tuple[str, Relation]]) -> list[Draft]:
    """A draft for every number of ``row[start:end]`` that is a figure of its own, in order."""
    found: list[Draft] = []
    sentence = 0
    for index in range(start, end):
        c = row.classes[index]
        if c == ".":
            sentence += 1
        if c not in QUANTITY:
            continue
        role, relation = roles.get(index, ("", None))
        if role in VALUE_ROLES:
            continue
        clause = clause_around(row, index, start)
        lexeme = row.lexemes[index]
        if not role and not is_figure(row, index, lexeme, clause):
            continue
        found.append(_draft(row, index, lexeme, clause, sentence, role, relation, found))
    return found


def is_figure(row: Row, index: int, lexeme: Lexeme, clause: Clause) -> bool:
    """Whether a number that no pattern took reports something."""
    classes = row.classes
    after = classes[index + 1 : index + 2]
    if lexeme.rule == "indefinite-one" and classes[index - 1 : index] not in ("v", "f"):
        return False  # 一名县领导联系, 不让一户居民; but 建成一所
    if lexeme.cls == "N":
        if lexeme.rule == "number" and not _has_multiplier(lexeme) and not (clause.noun and (clause.links or clause.action)):
            return False
        return bool(clause.noun)
    if after in "+-" and lexeme.cls == "A" and after and classes[index + 2 : index + 3] in "nkxwO" and classes[index + 2 : index + 3]:
        # 10千伏及以下线路, 50米范围内: a measure that only tells which ones; 新建10家以上社区食堂 does report
        return lexeme.unit is not None and lexeme.unit.dimension in ("count", "people", "household") and clause.action is not None
    return True


def _has_multiplier(lexeme: Lexeme) -> bool:
    return lexeme.value is not None and lexeme.value >= 1000 and lexeme.value % 100 == 0


def _draft(row: Row, index: int, lexeme: Lexeme, clause: Clause, sentence: int, role: str, relation: Relation | None, before: list[Draft]) -> Draft:
    draft = Draft(index, lexeme, clause, sentence, "amount")
    draft.approx = _approx(row, index, lexeme, clause)
    draft.part = clause.part or (clause.listed and bool(before) and before[-1].part)
    draft.plan = clause.plan
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
    else:
        draft.group = index
    return draft


def _is_change(lexeme: Lexeme, clause: Clause) -> bool:
    """A verb of change in front of a number makes it a change, unless the number counts what was cut or added."""
    return lexeme.cls in "RPXF" or clause.compared or (clause.action is None and bool(clause.noun) and not clause.behind)


def _approx(row: Row, index: int, lexeme: Lexeme, clause: Clause) -> Approx | None:
    if lexeme.approx:
        return lexeme.approx
    for c in clause.links:
        if c in _APPROX:
            return _APPROX[c]
    behind = row.classes[index + 1 : index + 2]
    return _APPROX_BEHIND.get(behind) if behind else None


def is_run(row: Row, first: int, second: int) -> bool:
    """Whether two numbers stand side by side in one list: 106%、87%."""
    return 1 <= second - first - 1 <= 2 and all(c in "/&,<^" for c in row.classes[first + 1 : second]) and row.classes[first + 1] != ","


def span_of(row: Row, words: tuple[int, int]) -> Span:
    return Span(row.starts[words[0]], row.ends[words[1] - 1])


def name_all(row: Row, text: str, drafts: list[Draft]) -> None:
    """Gives every draft the noun and action of its own clause or of the list that it stands in."""
    for group in _groups(drafts):
        first = group[0]
        nouns = _nouns_of(row, text, group)
        for number, draft in enumerate(group):
            if draft.clause.action:
                draft.action, draft.action_rule = [span_of(row, draft.clause.action)], "governing-verb"
            elif number and first.action:
                draft.action, draft.action_rule = first.action, "verb-of-the-list"
            if nouns[number]:
                draft.noun, draft.noun_rule = nouns[number], "noun-of-the-clause" if not number else "shared-head"


def _groups(drafts: list[Draft]) -> Iterator[list[Draft]]:
    group: list[Draft] = []
    for draft in drafts:
        if group and draft.group != group[0].group:
            yield group
            group = []
        group.append(draft)
    if group:
        yield group


def _nouns_of(row: Row, text: str, group: list[Draft]) -> list[list[Span]]:
    own = [[span_of(row, words) for words in draft.clause.noun] for draft in group]
    noun = group[0].clause.noun
    if len(group) > 1 and len(noun) == 1 and not any(own[1:]):
        parts = members(row, noun[0])
        if len(parts) == len(group):
            return [[span_of(row, words) for words in words_list] for words_list in distribute(row, text, parts)]
        return [own[0]] * len(group)
    return own
