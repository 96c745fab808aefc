"""Nouns and verbs for the figures whose own clause has none."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.language.words import Row
from extractor.model import Span
from extractor.release.draft import Draft
from extractor.release.pairing import same_unit


def inherit_nouns(row: Row, text: str, drafts: Sequence[Draft], heading: Sequence[list[Span]]) -> None:
    """Takes the noun of the base figure, of the figure before in the sentence, of the whole, or of the heading."""
    for number, draft in enumerate(drafts):
        before = drafts[:number]
        if draft.noun:
            if draft.part or _is_kind(row, draft):
                _complete(row, draft, before)
            continue
        source = _source(draft, before)
        if source is not None and source.noun:
            draft.noun, draft.noun_rule = list(source.noun), "noun-of-the-figure-before"
            if not draft.action and draft.kind != "change" and draft.group == source.group:
                draft.action, draft.action_rule = source.action, "verb-of-the-list"
        elif heading:
            draft.noun, draft.noun_rule = list(heading[min(draft.run, len(heading) - 1)]), "noun-of-the-heading"
    for number, draft in enumerate(drafts):
        if not draft.action and draft.kind == "amount" and (draft.part or draft.clause.listed) and not draft.clause.behind and number:
            if draft.part or not set(draft.clause.links) & set("ihTH"):
                draft.action, draft.action_rule = drafts[number - 1].action, "verb-of-the-list"


def _source(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The figure whose noun a draft without one takes."""
    if draft.kind == "change":
        bases = [other for other in before if other.kind != "change" and not other.part] or [other for other in before if other.kind != "change"]
        bases = bases or list(before)
        size = _run_size(draft, before)
        if draft.run:
            first = next(other for other in before if other.group == draft.group)
            run = [other for other in bases if other.at < first.at]
            return run[-1] if run else first
        return bases[-1 - size] if len(bases) > size else (bases[-1] if bases else None)
    if draft.run and before:
        return before[-1]
    same = [other for other in before if other.sentence == draft.sentence and other.kind != "change"]
    alike = [other for other in same if same_unit(other, draft) and not other.part]
    return (alike or same)[-1] if same else None


def _run_size(draft: Draft, before: Sequence[Draft]) -> int:
    return 0


def _is_kind(row: Row, draft: Draft) -> bool:
    noun = draft.clause.noun
    return len(noun) == 1 and draft.noun_rule == "noun-of-the-clause" and all(c in "x/&" for c in row.classes[noun[0][0] : noun[0][1]])


def _complete(row: Row, draft: Draft, before: Sequence[Draft]) -> None:
    """城区12个 of 社区幸福养老工程: a part that names only a place or a kind takes the head of the whole."""
    if not _is_kind(row, draft):
        return
    wholes = [other for other in before if other.noun and same_unit(other, draft) and not _was_completed(other)]
    wholes = [other for other in wholes if not other.part] or wholes
    if not wholes:
        return
    whole = wholes[-1]
    draft.noun = [*draft.noun, *_without_kind(row, whole)]
    draft.noun_rule = "kind-of-the-whole"


def _was_completed(draft: Draft) -> bool:
    return draft.noun_rule == "kind-of-the-whole"


def _without_kind(row: Row, whole: Draft) -> list[Span]:
    """The whole's noun without a kind of its own in front: 城市|低保标准."""
    if len(whole.clause.noun) == 1 and whole.noun_rule == "noun-of-the-clause":
        start, end = whole.clause.noun[0]
        first = start
        while first < end - 1 and row.classes[first] in "x":
            first += 1
        if first > start:
            return [Span(row.starts[first], row.ends[end - 1])]
    return list(whole.noun)
