"""Drafts become figures: texts are cut out, values take their final form, targets are derived."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import regex

from extractor.language.traditional import simplify
from extractor.language.words import Row
from extractor.model import Completion, Evidence, Figure, Margin, Previous, Span, Target, Unit
from extractor.release.draft import Draft, Value

_DIGITS = 20  # of a derived target: beyond them the percentage was no completion
_BREAK = regex.compile(r"\s*\n\s*")


def figure_of(draft: Draft, row: Row, text: str, identity: str) -> Figure:
    """The figure that a draft has become."""
    lexeme = draft.lexeme
    span = Span(lexeme.start, lexeme.end)
    assert lexeme.value is not None
    trace = [Evidence("value", draft.rule, (span,))]
    if draft.noun:
        trace.append(
            Evidence("indicator", draft.noun_rule, tuple(span for span in draft.noun if not isinstance(span, str)))
        )
    if draft.action:
        trace.append(Evidence("action", draft.action_rule, tuple(draft.action)))
    for name, value in (
        ("completion", draft.completion),
        ("target", draft.target),
        ("margin", draft.margin),
        ("previous", draft.previous),
    ):
        if value:
            trace.append(Evidence(name, value.rule, (_span(row, value),)))
    target = _target(draft, row, text)
    return Figure(
        id=identity,
        indicator=cut(text, draft.noun),
        action=cut(text, draft.action),
        scope=cut(text, [draft.scope]) if draft.scope else None,
        kind=draft.kind,
        direction=draft.direction,
        value=lexeme.value,
        value_max=lexeme.value_max,
        approx=draft.approx,
        unit=_unit(lexeme.unit, text[span.start : span.end]),
        completion=Completion(draft.completion.value, _span(row, draft.completion)) if draft.completion else None,
        per=cut(text, [draft.per]) if draft.per else None,
        target=target,
        margin=Margin(draft.margin.value, draft.margin.unit, _span(row, draft.margin)) if draft.margin else None,
        previous=Previous(draft.previous.value, _span(row, draft.previous)) if draft.previous else None,
        promised=draft.promised,
        surface=text[span.start : span.end],
        span=span,
        evidence=_evidence(trace),
        rule=draft.rule,
        trace=tuple(trace),
    )


def cut(text: str, spans: Iterable[Span | str]) -> str | None:
    """The characters of the spans, joined; line breaks and the blanks around them are taken out."""
    joined = "".join([piece if isinstance(piece, str) else text[piece.start : piece.end] for piece in spans])
    return (_BREAK.sub("", joined) if "\n" in joined else joined).strip() or None


def _span(row: Row, value: Value) -> Span:
    return Span(row.starts[value.word], row.ends[value.word])


def _unit(unit: Unit | None, surface: str) -> Unit | None:
    """The unit as the text writes it: 個 stays 個, its code is that of 个."""
    if unit is None or surface.endswith(unit.text) or "%" in unit.text:
        return unit
    written = "".join(surface.split())[-len(unit.text) :]
    return Unit(written, unit.code, unit.dimension) if simplify(written) == unit.text else unit


def _evidence(trace: list[Evidence]) -> Span:
    spans = [span for evidence in trace for span in evidence.spans]
    return Span(min(spans)[0], max([span[1] for span in spans]))


def _target(draft: Draft, row: Row, text: str) -> Target | None:
    if draft.target:
        span = _span(row, draft.target)
        return Target(draft.target.value, "stated", text[span.start : span.end], span)
    value = draft.lexeme.value
    if value is None or draft.lexeme.value_max is not None or draft.approx:
        return None
    if draft.margin and (draft.margin.unit != "百分点" or draft.lexeme.cls == "R"):
        return Target(value - draft.margin.value, "derived", None, None)
    if draft.completion and draft.completion.value:
        exact = value * 100 / draft.completion.value
        if exact == exact.to_integral_value() and exact.adjusted() < _DIGITS:
            return Target(exact.quantize(Decimal(1)), "derived", None, None)
    return None
