"""A figure with the fields that a reviewer gave it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractor.corrections.place import place
from extractor.model import Completion, Evidence, Figure, Margin, Previous, Span, Target, Unit

CORRECTED = "corrected"
RELATIONS = ("completion", "target", "margin", "previous")
_WORDS = ("indicator", "action", "scope", "per", "unit")
_OF_A_TARGET = {"value", "value_max", "completion", "margin"}  # what a derived target follows from
_UNKNOWN = "unknown"


class MisfitError(ValueError):
    """A correction that does not fit the release: the sentence says why."""


Given = Mapping[str, Any]


def blank(span: Span, text: str) -> Figure:
    """A figure of which nothing is known but where it stands."""
    nothing: dict[str, Any] = dict.fromkeys(Figure._fields)
    known = {"id": "", "kind": "amount", "promised": False, "rule": CORRECTED, "trace": ()}
    return Figure(**nothing | known | {"surface": text[slice(*span)], "span": span, "evidence": span})


def edit(figure: Figure, fields: Mapping[str, Given], text: str, within: Span, units: Mapping[str, Unit]) -> Figure:
    """The figure with these fields, each said to be corrected; one that is so already stays as it was read.

    within: where the words of its fields may stand; units: those known, by their text.
    Raises MisfitError where the fields contradict each other.
    """
    new = {name: _value(name, given, figure, text, units) for name, given in fields.items()}
    changed = {name: value for name, value in new.items() if not _same(getattr(figure, name), value)}
    if not changed:
        return figure
    if "target" not in new and figure.target and figure.target.origin == "derived" and _OF_A_TARGET & changed.keys():
        changed["target"] = None
    trace = [evidence for evidence in figure.trace if evidence.field not in changed]
    trace += [
        Evidence(name, CORRECTED, _spans(name, value, fields[name], figure, text, within))
        for name, value in changed.items()
        if value is not None
    ]
    edited = figure._replace(**changed, rule=CORRECTED, trace=tuple(trace))
    _check(edited)
    return edited._replace(evidence=_evidence(edited))


def _value(name: str, given: Given, figure: Figure, text: str, units: Mapping[str, Unit]) -> Any:
    value = given["value"]
    if value is None or name in ("kind", "direction", "approx", "promised"):
        return value
    if name == "unit":
        return units.get(value, Unit(value, value, _UNKNOWN))
    if name in RELATIONS:
        return _relation(name, Decimal(value), given, figure, text)
    return value if name in _WORDS else Decimal(value)


def _relation(name: str, number: Decimal, given: Given, figure: Figure, text: str) -> Any:
    span = Span(*given["spans"][0])
    if not 0 <= span.start < span.end <= len(text):
        raise MisfitError(f"the {name} stands at {[*span]}, outside the text")
    match name:
        case "completion":
            return Completion(number, span)
        case "target":
            return Target(number, "stated", text[slice(*span)], span)
        case "margin":
            return Margin(number, given.get("unit", figure.margin and figure.margin.unit), span)
    return Previous(number, span)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Target) and isinstance(new, Target):  # how the rules name it is no matter of the reviewer's
        return (old.value, old.span) == (new.value, new.span)
    return bool(old == new)


def _spans(name: str, value: Any, given: Given, figure: Figure, text: str, within: Span) -> tuple[Span, ...]:
    """The characters of a field: those pointed at, else those found; the figure's own where it is no words."""
    if name in RELATIONS:
        return (value.span,)
    pointed = tuple(Span(*span) for span in given.get("spans", ()))
    if name not in _WORDS:
        return pointed or (figure.span,)
    words = value.text if isinstance(value, Unit) else value
    if pointed and "".join(text[slice(*span)] for span in pointed) == words:
        return pointed
    return place(words, text, within, figure.span) or (figure.span,)


def _check(figure: Figure) -> None:
    if (figure.kind == "change") != (figure.direction is not None):
        raise MisfitError("a change has a direction, and nothing else has one")
    if figure.value_max is not None and figure.value_max < figure.value:
        raise MisfitError(f"the range ends at {figure.value_max}, below its beginning {figure.value}")


def _evidence(figure: Figure) -> Span:
    spans = [figure.span, *(span for evidence in figure.trace for span in evidence.spans)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))
