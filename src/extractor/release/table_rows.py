"""The figures of a table's row: a number gets its unit, its noun and its role from its column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import regex

from extractor.language.quantity import Lexeme
from extractor.language.words import Row as WordRow
from extractor.model import Span
from extractor.release.clause import Clause
from extractor.release.draft import Draft, Value
from extractor.release.pairing import likeness, same_unit, set_target
from extractor.release.tables import Cell, Row

_BARE = regex.compile(r"[\d,. ]+%?$")
_UNIT_IN_BRACKETS = regex.compile(r"[(](?P<unit>[^()]{1,6})[)]\s*$")
_EMPTY = Clause(0, 0, None, (), False, "", False, False, None, False, False, None, False, None, False, False)

ReadProse = Callable[[Span], list[Draft]]
ReadUnit = Callable[[str], Lexeme | None]


def row_drafts(
    folded: str,
    words: WordRow,
    row: Row,
    title: Span | None,
    read: ReadProse,
    unit_of: ReadUnit,
    noun_of: Callable[[Span], Span],
) -> tuple[list[Draft], list[int]]:
    """The figures of one row, and the words that are percentages of its targets.

    read: drafts of a cell of prose; unit_of: a unit as written, read as "1 unit" (万元 is 10000 元);
    noun_of: the noun of a cell that names what a number measures (新建公办幼儿园 -> 公办幼儿园).
    """
    numeric = {cell.column: _number(words, folded, cell) for cell in row.cells}
    unit_cell = row.cell("unit")
    named = row.cell("indicator") or row.cell("title")
    noun = [noun_of(named.span)] if named else ([title] if title else [])
    results: list[Draft] = []
    targets: list[Draft] = []
    for cell in row.cells:
        role = cell.column.role
        number = numeric[cell.column]
        if role in ("target", "result") and number is not None:
            draft = _numeric_draft(words, number, cell, noun, "noun-of-the-row")
            draft.lexeme = _with_unit(draft.lexeme, folded, unit_cell, cell, unit_of)
            draft.kind = "rate" if draft.lexeme.cls == "R" else "amount"
            (results if role == "result" else targets).append(draft)
        elif role == "combined":
            results += _combined(words, folded, row, cell, unit_of, noun_of)
        elif role in ("result", "note"):
            results += read(cell.span)
        elif role == "target" or (role == "indicator" and row.cell("target") is None and row.cell("result") is None):
            targets += read(cell.span)
    money = _money(folded, words, row, numeric, unit_of, noun_of)
    rates = _share_rates(words, folded, row, results, targets)
    drafts = _matched(folded, targets, results) if results else targets
    return drafts + money, rates


def _combined(
    words: WordRow, folded: str, row: Row, cell: Cell, unit_of: ReadUnit, noun_of: Callable[[Span], Span]
) -> list[Draft]:
    """Results of a cell such as 12/5/41.7%;85/82.6/97.2% under 目标/完成/比例."""
    found = []
    named = row.cell("indicator") or row.cell("title")
    names = _pieces(folded, named.span, ";") if named else []
    for place, piece in enumerate(_pieces(folded, cell.span, ";")):
        name = names[min(place, len(names) - 1)] if names else cell.span
        bracket = _UNIT_IN_BRACKETS.search(folded, name.start, name.end)
        one = unit_of(bracket["unit"]) if bracket else None
        noun = noun_of(Span(name.start, bracket.start() if bracket else name.end))
        values: dict[str, int] = {}
        for role, span in zip(cell.column.parts, _pieces(folded, piece, "/"), strict=False):
            word = next((word for word, lexeme in words.lexemes.items() if span.start <= lexeme.start < span.end), None)
            if word is not None and words.lexemes[word].value is not None:
                values[role] = word
        if main := values.get("result", values.get("target")):
            draft = _numeric_draft(words, main, cell, [noun], "noun-of-the-row")
            draft.lexeme = _times(draft.lexeme, one)
            draft.kind = "rate" if draft.lexeme.cls == "R" else "amount"
            draft.promised = "result" not in values
            for role, word in values.items():
                value = _times(words.lexemes[word], one if role == "target" else None).value
                if word != main and value is not None:
                    setattr(draft, "completion" if role == "rate" else "target", Value(value, word, "number-in-a-table"))
            found.append(draft)
    return found


def _pieces(folded: str, span: Span, sign: str) -> list[Span]:
    """The parts of a span between signs."""
    found, start = [], span.start
    while start <= span.end:
        cut = folded.find(sign, start, span.end)
        cut = span.end if cut < 0 else cut
        found.append(Span(start, cut))
        start = cut + 1
    return found


def _times(lexeme: Lexeme, one: Lexeme | None) -> Lexeme:
    """A bare number in a unit that stands elsewhere: 2.4 under 万人 is 24000 人."""
    if lexeme.value is None or one is None or one.value is None or lexeme.unit is not None:
        return lexeme
    return lexeme._replace(value=_exact(lexeme.value * one.value), unit=one.unit, cls=one.cls)


def _number(words: WordRow, folded: str, cell: Cell) -> int | None:
    """Word index of the number that is all of a cell."""
    if not _BARE.match(folded[cell.span.start : cell.span.end]):
        return None
    return next(
        (
            word
            for word, lexeme in words.lexemes.items()
            if cell.span.start <= lexeme.start < cell.span.end and lexeme.value is not None
        ),
        None,
    )


def _numeric_draft(words: WordRow, word: int, cell: Cell, noun: list[Span], rule: str) -> Draft:
    lexeme = words.lexemes[word]
    draft = Draft(word, lexeme, _EMPTY._replace(at=word), 0, "amount")
    draft.noun, draft.noun_rule, draft.rule = list(noun), rule, "number-in-a-table"
    draft.group = word
    return draft


def _with_unit(lexeme: Lexeme, folded: str, unit_cell: Cell | None, cell: Cell, unit_of: ReadUnit) -> Lexeme:
    """The number under the unit that its row, or its column's head, names."""
    if lexeme.unit is not None or lexeme.value is None:
        return lexeme
    span = unit_cell.span if unit_cell else cell.column.unit
    return _times(lexeme, unit_of(folded[span.start : span.end]) if span else None)


def _exact(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _money(
    folded: str, words: WordRow, row: Row, numeric: dict, unit_of: ReadUnit, noun_of: Callable[[Span], Span]
) -> list[Draft]:  # type: ignore[type-arg]
    found = []
    for cell in row.cells:
        number = numeric[cell.column]
        if cell.column.role == "money" and number is not None:
            head = cell.column.head
            bracket = folded.find("(", head.start, head.end)
            name = Span(head.start, bracket if bracket > head.start else head.end)
            while name.end > name.start and folded[name.end - 1] in " \n":
                name = Span(name.start, name.end - 1)
            draft = _numeric_draft(words, number, cell, [noun_of(name)], "head-of-the-column")
            draft.lexeme = _with_unit(draft.lexeme, folded, None, cell, unit_of)
            found.append(draft)
    return found


def _share_rates(words: WordRow, folded: str, row: Row, results: list[Draft], targets: list[Draft]) -> list[int]:
    """Percentages of the rate column, by order, to the row's results; a gap such as — keeps its place."""
    cell = row.cell("rate")
    if cell is None:
        return []
    pieces = [piece for piece in regex.finditer(r"[^;、\n]+", folded[cell.span.start : cell.span.end])]
    mains = [draft for draft in results if not draft.part and draft.kind != "change" and not draft.clause.rest]
    wanted = [draft for draft in mains if any(same_unit(draft, target) for target in targets)] or mains
    values: list[int | None] = []
    for piece in pieces:
        start, end = cell.span.start + piece.start(), cell.span.start + piece.end()
        values.append(
            next(
                (
                    word
                    for word, lexeme in words.lexemes.items()
                    if start <= lexeme.start < end and lexeme.value is not None
                ),
                None,
            )
        )
    rates = [word for word in values if word is not None]
    amounts = [draft for draft in wanted if draft.kind == "amount"]
    if len(values) < len(wanted) and len(amounts) == len(values):
        wanted = amounts
    if len(values) > len(wanted) and any(value is None for value in values):
        values = [value for value in values if value is not None]
    for draft, word in zip(wanted, values, strict=False):
        if word is not None and draft.completion is None:
            value = words.lexemes[word].value
            assert value is not None
            draft.completion = Value(value, word, "rate-of-the-row")
    return rates


def _matched(text: str, targets: Sequence[Draft], results: list[Draft]) -> list[Draft]:
    """Results with the targets of their row: by unit, each target once, in order; what found no result is promised."""
    unmet = []
    free = [
        draft
        for draft in results
        if draft.target is None and draft.kind != "change" and not draft.part and not draft.clause.rest
    ]
    for target in targets:
        fitting = [draft for draft in free if same_unit(target, draft)]
        alike = max(fitting, key=lambda draft: likeness(text, target, draft), default=None)
        fit = alike if alike and likeness(text, target, alike) >= 0.5 else fitting[0] if fitting else None
        if fit is None:
            target.promised = True
            unmet.append(target)
            continue
        free.remove(fit)
        set_target(fit, target, "target-of-the-row")
    return sorted(unmet + results, key=lambda draft: draft.at)
