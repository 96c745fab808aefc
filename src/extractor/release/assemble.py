"""Drafts become figures: texts are cut out, values take their final form, targets are derived."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.language.expression import expression
from extractor.language.traditional import simplify
from extractor.language.words import Row
from extractor.model import Completion, Evidence, Figure, Margin, Previous, Span, Target, Unit
from extractor.release.draft import Draft, Value

_DIGITS = 20  # of a derived target: beyond them the percentage was no completion
_BREAK = expression(r"\s*\n\s*")


def figure_of(draft: Draft, row: Row, text: str, identity: str) -> Figure:
    """The figure that a draft has become."""
    lexeme, margin = draft.lexeme, draft.margin
    assert lexeme.value is not None
    span = Span(lexeme.start, lexeme.end)
    surface = text[lexeme.start : lexeme.end]
    trace = [Evidence("value", draft.rule, (span,))]
    noun = [*draft.noun, draft.object] if draft.object else draft.noun
    if noun:
        words = tuple([piece for piece in noun if not isinstance(piece, str)])
        trace.append(Evidence("indicator", draft.noun_rule, words))
    if draft.action:
        trace.append(Evidence("action", draft.action_rule, tuple(draft.action)))
    spans = {}
    for field, value in draft.values():
        spans[field] = Span(row.starts[value.word], row.ends[value.word])
        trace.append(Evidence(field, value.rule, (spans[field],)))
    return Figure(
        id=identity,
        indicator=cut(text, noun),
        action=cut(text, draft.action),
        scope=cut(text, [draft.scope]) if draft.scope else None,
        kind=draft.kind,
        direction=draft.direction,
        value=lexeme.value,
        value_max=lexeme.value_max,
        approx=draft.approx,
        unit=_unit(lexeme.unit, surface),
        completion=Completion(draft.completion.value, spans["completion"]) if draft.completion else None,
        per=cut(text, [draft.per]) if draft.per else None,
        target=_stated(draft.target, text, spans["target"]) if draft.target else _derived(draft),
        margin=Margin(margin.value, margin.unit, spans["margin"]) if margin else None,
        previous=Previous(draft.previous.value, spans["previous"]) if draft.previous else None,
        promised=draft.promised,
        surface=surface,
        span=span,
        evidence=_evidence(trace),
        rule=draft.rule,
        trace=tuple(trace),
    )


def cut(text: str, spans: Sequence[Span | str]) -> str | None:
    """The characters of the spans, joined; line breaks and the blanks around them are taken out."""
    if not spans:
        return None
    joined = "".join([piece if isinstance(piece, str) else text[piece.start : piece.end] for piece in spans])
    return (_BREAK.sub("", joined) if "\n" in joined else joined).strip() or None


def _unit(unit: Unit | None, surface: str) -> Unit | None:
    """The unit as the text writes it: 個 stays 個, its code is that of 个."""
    if unit is None or surface.endswith(unit.text) or "%" in unit.text:
        return unit
    written = "".join(surface.split())[-len(unit.text) :]
    return Unit(written, unit.code, unit.dimension) if simplify(written) == unit.text else unit


def _evidence(trace: list[Evidence]) -> Span:
    """All that the evidence lies in."""
    spans = [span for evidence in trace for span in evidence.spans]
    return Span(min(spans).start, max([span.end for span in spans]))


def _stated(target: Value, text: str, span: Span) -> Target:
    return Target(target.value, "stated", text[span.start : span.end], span)


def _derived(draft: Draft) -> Target | None:
    """The target that follows exactly from a margin or a completion."""
    if draft.margin is None and draft.completion is None:
        return None
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
