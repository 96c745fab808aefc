"""Parts against the whole: 其中 parts must not exceed it, what is added up must be the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.model import Finding, Span
from extractor.release.checks import finding, plain, rounding
from extractor.release.draft import Draft
from extractor.release.pairing import REACH, noun_text, same_unit

_NEAR = Decimal("0.05")  # parts that come so near to the whole were meant to be all of it


def check_parts(text: str, drafts: Sequence[Draft], ids: Sequence[str]) -> Iterator[Finding]:
    """Findings on the parts and sums among a project's drafts; ids: those of their figures, in the same order."""
    for place, draft in enumerate(drafts):
        parts = _parts_of(text, drafts, place)
        if parts:
            yield from _compare(text, drafts, ids, place, parts, is_sum=False)
        if "S" in draft.clause.links and (summands := _summands(drafts, place)):
            yield from _compare(text, drafts, ids, place, summands, is_sum=True)


def _parts_of(text: str, drafts: Sequence[Draft], place: int) -> list[int]:
    whole = drafts[place]
    if place + 1 == len(drafts) or not drafts[place + 1].part:
        return []
    if whole.part or whole.kind != "amount" or whole.per or "均" in noun_text(text, whole):
        return []
    found = []
    for number in range(place + 1, len(drafts)):
        draft = drafts[number]
        if not draft.part or draft.sentence != whole.sentence:
            break
        if draft.kind == "amount" and same_unit(whole, draft) and draft.lexeme.unit == whole.lexeme.unit:
            found.append(number)
    return found


def _summands(drafts: Sequence[Draft], place: int) -> list[int]:
    total = drafts[place]
    found = [
        number
        for number, draft in enumerate(drafts[max(0, place - REACH) : place], max(0, place - REACH))
        if draft.sentence == total.sentence
        and draft.lexeme.unit == total.lexeme.unit
        and draft.kind == "amount"
        and not draft.part
    ]
    return found if len(found) > 1 and not total.clause.action else []


def _compare(
    text: str, drafts: Sequence[Draft], ids: Sequence[str], place: int, parts: Sequence[int], *, is_sum: bool
) -> Iterator[Finding]:
    compared = [drafts[number] for number in (place, *parts)]
    whole = compared[0].lexeme.value
    known = [draft.lexeme.value for draft in compared[1:] if draft.lexeme.value is not None]
    if whole is None or len(known) < len(parts) or any(draft.approx for draft in compared):
        return
    total = sum(known, Decimal(0))
    steps = [rounding(text[draft.lexeme.start : draft.lexeme.end], draft.lexeme.unit) for draft in compared]
    tolerance = sum(steps, Decimal(0)) / 2
    if not is_sum and total < whole - tolerance and (len(parts) < 2 or total < whole * (1 - _NEAR)):
        return
    agrees = abs(total - whole) <= tolerance if len(parts) > 1 else total <= whole + steps[0]
    first, last = sorted((place, parts[0] if parts[0] < place else parts[-1]))
    yield finding(
        "sum-agrees" if is_sum else "parts-and-whole-agree",
        agrees,
        " + ".join(map(plain, known)) + f" = {plain(total)}",
        plain(whole),
        tuple(ids[number] for number in (place, *parts)),
        Span(drafts[first].lexeme.start, drafts[last].lexeme.end),
        "error" if is_sum or total > whole else "warning",
    )
