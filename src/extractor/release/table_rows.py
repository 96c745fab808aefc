"""The figures of a table's row: a number gets its unit, its noun and its role from its column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.language.expression import plain
from extractor.language.quantity import Lexeme
from extractor.language.words import Row as WordRow
from extractor.model import Span
from extractor.release.clause import Clause
from extractor.release.columns import Cell, Column, Row
from extractor.release.draft import Draft, Value
from extractor.release.pairing import likeness, noun_text, same_unit, set_target

_BARE = plain(r"(?:[≤≥<>+-]|不[高低少多大小]于|不超过)? ?[\d,. ]+%?(?: ?[(][^()]*[)])?$")  # also 36(其中农村21)
_LESS = plain(r"[-−减降少低]")
_MORE = plain(r"[+增升提多高]")
_PLANNED_MONEY = plain(r"(?:年度)?(?:计划|预算|概算|下达|安排|批复)")
_SPENT_MONEY = plain(r"完成|到位|支付|拨付|实际|已")
_OF_MONEY = plain(r"投资|资金|支付|拨付")
_KIND_OF_MONEY = plain("到位|下达|拨付|配套")  # 到位资金 and 下达资金 are columns beside 资金
_RATE = plain(r"[^;、\n]+")
_ALIKE = 0.5  # likeness of names from which they are of one thing
_UNIT_IN_BRACKETS = plain(r"[(](?P<unit>[^()]{1,6})[)]\s*$")
_EMPTY = Clause(0, 0, None, (), False, "", False, False, None, False, False, None, False, None, False, False)

ReadProse = Callable[[Span, Sequence[Draft]], list[Draft]]
ReadUnit = Callable[[str], Lexeme | None]
ReadNoun = Callable[[Span], tuple[Span, Span | None]]


def row_drafts(
    folded: str,
    words: WordRow,
    row: Row,
    title: Span | None,
    read: ReadProse,
    unit_of: ReadUnit,
    noun_of: ReadNoun,
) -> tuple[list[Draft], list[int]]:
    """The figures of one row, and the words that are percentages of its targets.

    read: drafts of a cell of prose; unit_of: a unit as written, read as "1 unit" (万元 is 10000 元);
    noun_of: the noun of a cell that names what a number measures, and its verb (新建公办幼儿园 -> 公办幼儿园, 新建).
    """
    numeric = {cell.column: _number(words, folded, cell) for cell in row.cells}
    named = row.cell("indicator") or row.cell("title")
    noun, verb, unit = [title] if title else [], None, None
    if named:
        name, unit = _name_and_unit(folded, named.span, unit_of)
        named_noun, verb = noun_of(name)
        noun = [named_noun]
    if unit_cell := row.cell("unit"):
        unit = unit_cell.span
    results: list[Draft] = []
    targets: list[Draft] = []
    measures: list[Draft] = []
    for cell in row.cells:
        role = cell.column.role
        number = numeric[cell.column]
        if role in ("target", "result") and number is not None:
            draft = _numeric_draft(words, number, noun, "noun-of-the-row", verb)
            draft.lexeme = _with_unit(draft.lexeme, folded, unit, cell, unit_of)
            draft.kind = "rate" if draft.lexeme.cls == "R" else "amount"
            (results if role == "result" else targets).append(draft)
        elif role == "change":
            results += _changes(words, folded, cell, noun, unit_of)
        elif role == "measure" and number is not None:
            measures.append(_of_column(folded, words, number, cell, unit_of, noun_of))
        elif role == "combined":
            results += _combined(words, folded, row, cell, unit_of, noun_of)
        elif role in ("note", "measure"):
            results += read(cell.span, results[-1:] if number is None else [])
        elif role == "result":
            results += read(cell.span, [])
        elif role == "target" or (role == "indicator" and row.cell("target") is None and row.cell("result") is None):
            targets += read(cell.span, [])
    for cell in row.cells:
        number = numeric[cell.column]
        if cell.column.role == "margin" and number is not None and results[:1]:
            results[0].margin = _margin(words, folded, cell, number, results[0])
        elif cell.column.role == "previous" and number is not None and results[:1]:
            value = _with_unit(words.lexemes[number], folded, unit, cell, unit_of).value
            assert value is not None
            results[0].previous = Value(value, number, "previous-of-the-row")
    money = _money(folded, words, row, numeric, unit_of, noun_of)
    drafts = _matched(folded, words, row, targets, results) if results else targets
    rates = _share_rates(words, folded, row, results, targets, money)
    return drafts + money + measures, rates


def _changes(words: WordRow, folded: str, cell: Cell, noun: Sequence[Span], unit_of: ReadUnit) -> Iterator[Draft]:
    """By how much the row's value rose or fell: +8.2%, -6个, 提高2.4个百分点; 持平 tells no number."""
    word = _first_number(words, cell.span)
    if word is None:
        return
    sign = Span(cell.span.start, words.starts[word])
    down, up = _LESS.search(folded, *sign), _MORE.search(folded, *sign)
    if down or up:
        draft = _numeric_draft(words, word, noun, "noun-of-the-row")
        draft.kind, draft.direction = "change", "down" if down else "up"
        draft.lexeme = _with_unit(draft.lexeme, folded, None, cell, unit_of)
        yield draft


def _margin(words: WordRow, folded: str, cell: Cell, number: int, result: Draft) -> Value:
    """By how much a row's result is ahead or behind: -1.7 under 比序时(±百分点)."""
    value = words.lexemes[number].value
    assert value is not None
    less = _LESS.search(folded, cell.span.start, words.starts[number]) is not None
    unit = cell.column.unit or cell.column.head
    points = "百分点" in folded[slice(*unit)] or "%" in folded[slice(*unit)]
    own = result.lexeme.unit.text if result.lexeme.unit else None
    return Value(-abs(value) if less else value, number, "margin-of-the-row", "百分点" if points else own)


def _combined(
    words: WordRow, folded: str, row: Row, cell: Cell, unit_of: ReadUnit, noun_of: ReadNoun
) -> Iterator[Draft]:
    """Results of a cell such as 12/5/41.7%;85/82.6/97.2% under 目标/完成/比例."""
    named = row.cell("indicator") or row.cell("title")
    names = _pieces(folded, named.span, ";") if named else [cell.span]
    for place, piece in enumerate(_pieces(folded, cell.span, ";")):
        values: dict[str, int] = {}
        for role, span in zip(cell.column.parts, _pieces(folded, piece, "/"), strict=False):
            if (word := _first_number(words, span)) is not None:
                values[role] = word
        if values.get("result", values.get("target")):
            yield _of_values(words, folded, cell, values, names[min(place, len(names) - 1)], unit_of, noun_of)


def _of_values(
    words: WordRow,
    folded: str,
    cell: Cell,
    values: Mapping[str, int],
    name: Span,
    unit_of: ReadUnit,
    noun_of: ReadNoun,
) -> Draft:
    """The figure whose result, target and rate these words are; name: what they measure, its unit in brackets."""
    name, unit = _name_and_unit(folded, name, unit_of)
    one = unit_of(folded[slice(*unit)]) if unit else None
    noun, verb = noun_of(name)
    main = values.get("result", values.get("target", 0))
    draft = _numeric_draft(words, main, [noun], "noun-of-the-row", verb)
    draft.lexeme = _times(draft.lexeme, one)
    draft.kind = "rate" if draft.lexeme.cls == "R" else "amount"
    draft.promised = "result" not in values
    for role, word in values.items():
        value = _times(words.lexemes[word], one if role == "target" else None).value
        if word != main and value is not None:
            stated = Value(value, word, "number-in-a-table")
            if role == "rate":
                draft.completion = stated
            else:
                draft.target = stated
    return draft


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
    return _first_number(words, cell.span) if _BARE.match(folded[cell.span.start : cell.span.end]) else None


def _first_number(words: WordRow, span: Span) -> int | None:
    """Word index of the first number in a span."""
    first, last = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
    for word in range(first, last):
        if word in words.lexemes and words.lexemes[word].value is not None:
            return word
    return None


def _numeric_draft(words: WordRow, word: int, noun: Sequence[Span], rule: str, verb: Span | None = None) -> Draft:
    draft = Draft(word, words.lexemes[word], _EMPTY._replace(at=word), 0, "amount")
    draft.noun, draft.noun_rule, draft.rule = list(noun), rule, "number-in-a-table"
    draft.action, draft.action_rule = ([verb], rule) if verb else ([], "")
    draft.group = word
    return draft


def _name_and_unit(folded: str, named: Span, unit_of: ReadUnit) -> tuple[Span, Span | None]:
    """What a cell names, and the unit in brackets behind it: 新建公园(个)."""
    bracket = _UNIT_IN_BRACKETS.search(folded, *named)
    if bracket is None or (one := unit_of(bracket["unit"])) is None or one.unit is None:
        return named, None
    return Span(named.start, bracket.start()), Span(*bracket.span("unit"))


def _with_unit(lexeme: Lexeme, folded: str, unit: Span | None, cell: Cell, unit_of: ReadUnit) -> Lexeme:
    """The number under the unit that its row, or its column's head, names."""
    if lexeme.unit is not None or lexeme.value is None:
        return lexeme
    span = unit or cell.column.unit
    return _times(lexeme, unit_of(folded[span.start : span.end]) if span else None)


def _exact(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _money(
    folded: str,
    words: WordRow,
    row: Row,
    numeric: Mapping[Column, int | None],
    unit_of: ReadUnit,
    noun_of: ReadNoun,
) -> list[Draft]:
    """Sums of money, each named by its column: 总投资(万元); 计划投资 is the target of 完成投资."""
    planned: list[Draft] = []
    found: list[Draft] = []
    for cell in row.cells:
        number = numeric[cell.column]
        if cell.column.role == "money" and number is not None:
            draft = _of_column(folded, words, number, cell, unit_of, noun_of)
            head = cell.column.head
            is_planned = _PLANNED_MONEY.search(folded, *head) and not _SPENT_MONEY.search(folded, *head)
            (planned if is_planned else found).append(draft)
    spent = [draft for draft in found if _SPENT_MONEY.search(folded, *_head_of(row, draft))]
    if len(planned) != 1 or len(spent) != 1:
        return sorted(planned + found, key=lambda draft: draft.at)
    own = spent[0].noun
    set_target(words, folded, spent[0], planned[0], "target-of-the-row")
    spent[0].noun, spent[0].noun_rule = own, "head-of-the-column"
    return found


def _of_column(folded: str, words: WordRow, number: int, cell: Cell, unit_of: ReadUnit, noun_of: ReadNoun) -> Draft:
    """A number that its column names: 4800 under 完成投资(万元), 1080 under 受益人数(人)."""
    head = cell.column.head
    bracket = folded.find("(", head.start, head.end)
    end = bracket if bracket > head.start else head.end
    name = Span(head.start, head.start + len(folded[head.start : end].rstrip(" \n")))
    whole = cell.column.role == "measure" or _KIND_OF_MONEY.match(folded, *name)
    noun, verb = (name, None) if whole else noun_of(name)
    draft = _numeric_draft(words, number, [noun], "head-of-the-column", verb)
    draft.lexeme = _with_unit(draft.lexeme, folded, None, cell, unit_of)
    draft.kind = "rate" if draft.lexeme.cls == "R" else "amount"
    return draft


def _head_of(row: Row, draft: Draft) -> Span:
    """The head of the column in which a number stands."""
    at = draft.lexeme.start
    return next(cell.column.head for cell in row.cells if cell.span.start <= at < cell.span.end)


def _share_rates(
    words: WordRow, folded: str, row: Row, results: list[Draft], targets: list[Draft], money: Sequence[Draft]
) -> list[int]:
    """Percentages of the rate column, by order, to the row's results, to its money where the head says so.

    A gap such as — keeps its place.
    """
    cell = row.cell("rate")
    if cell is None:
        return []
    values = [_first_number(words, Span(*piece.span())) for piece in _RATE.finditer(folded, *cell.span)]
    rates = [word for word in values if word is not None]
    spent = [draft for draft in money if draft.target] if _OF_MONEY.match(folded, *cell.column.head) else []
    wanted = (
        spent
        or _one_a_target(results, targets, len(values))
        or _one_a_part(folded, row, results, targets, len(values))
        or _awaiting_rates(results, targets, len(values))
    )
    for draft, word in zip(wanted, rates if len(values) > len(wanted) else values, strict=False):
        if word is not None and draft.completion is None:
            value = words.lexemes[word].value
            assert value is not None
            draft.completion = Value(value, word, "rate-of-the-row")
    return rates


def _one_a_target(results: list[Draft], targets: list[Draft], rates: int) -> list[Draft]:
    """One draft for each target, where there are as many rates as targets: its result, itself where it has none."""
    aimed = [target for target in targets if not target.part]
    if len(aimed) != rates:
        return []
    met = {draft.target.word: draft for draft in reversed(results) if draft.target}
    return [met.get(target.at, target) for target in aimed]


def _one_a_part(folded: str, row: Row, results: list[Draft], targets: list[Draft], rates: int) -> list[Draft]:
    """One draft for each part of the result's cell, where there are as many rates as parts: 建成5所;公园全部投用."""
    cell = row.cell("result")
    parts = _pieces(folded, cell.span, ";") if cell else []
    if len(parts) != rates or rates < 2:
        return []
    found = []
    for part in parts:
        own = [draft for draft in results if part.start <= draft.lexeme.start < part.end and not draft.part]
        own = own or [target for target in targets if _is_all_done(folded, part, target)]
        found += own[:1]
    return found if len(found) == rates else []


def _is_all_done(folded: str, part: Span, target: Draft) -> bool:
    """Whether a part without a number says that all of a target is done: 文化广场全部投用."""
    words = folded[part.start : part.end]
    noun = noun_text(folded, target)
    return "全部" in words and len(noun) > 1 and noun[-2:] in words


def _awaiting_rates(results: list[Draft], targets: list[Draft], rates: int) -> list[Draft]:
    """The results to which a row's rates belong: those with a target, amounts only where rates are too few for all."""
    mains = [draft for draft in results if not draft.part and draft.kind != "change" and not draft.clause.rest]
    wanted = [draft for draft in mains if any(same_unit(draft, target) for target in targets)] or mains
    amounts = [draft for draft in wanted if draft.kind == "amount"]
    return amounts if len(amounts) == rates < len(wanted) else wanted


def _matched(text: str, words: WordRow, row: Row, targets: Sequence[Draft], results: list[Draft]) -> list[Draft]:
    """Results with the targets of their row: by unit, each target once, in order; what found no result is promised."""
    unmet = []
    free = [draft for draft in results if draft.target is None and draft.kind != "change" and not draft.clause.rest]
    for target in targets:
        fitting = [draft for draft in free if same_unit(target, draft) and draft.part == target.part]
        if not fitting:
            cell = row.cell("result")
            parts = (
                [part for span in _pieces(text, cell.span, ";") for part in _pieces(text, span, ",")] if cell else []
            )
            target.promised = not any(_is_all_done(text, part, target) for part in parts)
            unmet.append(target)
            continue
        alike = max(fitting, key=lambda draft: likeness(text, target, draft))
        fit = alike if likeness(text, target, alike) >= _ALIKE else fitting[0]
        free.remove(fit)
        set_target(words, text, fit, target, "target-of-the-row")
    return sorted(unmet + results, key=lambda draft: draft.at)
