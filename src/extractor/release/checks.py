"""What a release says twice, compared; the tolerance of every comparison follows from the digits printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.model import Figure, Finding, Project, Severity, Span, Unit

_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "億": Decimal(10**8), "萬": Decimal(10**4)}


def check_release(
    projects: Sequence[Project], figures: Sequence[Figure], declared: int | None, levels: Sequence[int] = ()
) -> tuple[Finding, ...]:
    """All findings on a release; levels: how many projects it says each level has."""
    found: list[Finding] = []
    if declared is not None and projects:
        found.append(_declared(declared, projects))
    if declared is not None and len(levels) > 1:
        found.append(_levels(declared, levels))
    for figure in figures:
        if figure.target and figure.target.origin == "stated":
            found += filter(None, (_target_and_margin(figure), _target_and_completion(figure)))
    found += _changes(figures)
    found += _stated_twice(figures)
    return tuple(found)


def plain(value: Decimal) -> str:
    """A number as a reader writes it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def step(surface: str) -> Decimal:
    """The unit of the last digit printed: 0.01万 is 100."""
    digits = "".join(surface.split())
    scale = next((factor for sign, factor in _SCALES.items() if sign in digits), Decimal(1))
    if "." in digits:
        fraction = digits.split(".", 1)[1]
        places = len(fraction) - len(fraction.lstrip("0123456789０１２３４５６７８９"))
        return scale.scaleb(-places)
    return scale


def rounding(surface: str, unit: Unit | None) -> Decimal:
    """How far a printed value may be from the true one: a count without 万 is exact."""
    counted = unit is not None and unit.dimension in ("count", "people", "household")
    return Decimal(0) if counted and step(surface) == 1 else step(surface)


def finding(
    code: str,
    agrees: bool,
    text: str,
    said: str,
    figures: tuple[str, ...],
    span: Span | None,
    worse: Severity = "error",
) -> Finding:
    """A comparison: its arithmetic, and what the text says instead where the two do not agree."""
    return Finding(code, "ok" if agrees else worse, text if agrees else f"{text}, the text says {said}", figures, span)


def _declared(declared: int, projects: Sequence[Project]) -> Finding:
    found = sum(1 for project in projects if project.year is None)
    agrees = found == declared
    return Finding("declared-projects", _mild(agrees), f"{declared} declared {_sign(agrees)} {found} found", (), None)


def _levels(declared: int, levels: Sequence[int]) -> Finding:
    agrees = sum(levels) == declared
    message = f"{' + '.join(map(str, levels))} {_sign(agrees)} {declared} declared"
    return Finding("levels-add-up", _mild(agrees), message, (), None)


def _mild(agrees: bool) -> Severity:
    """What may be a matter of reading is no error."""
    return "ok" if agrees else "warning"


def _sign(agrees: bool) -> str:
    return "=" if agrees else "≠"


def _target_and_margin(figure: Figure) -> Finding | None:
    target, margin = figure.target, figure.margin
    if not (target and margin and target.origin == "stated") or figure.value_max is not None:
        return None
    if margin.unit == "百分点" and (figure.unit is None or figure.unit.dimension != "ratio"):
        return None
    difference = figure.value - target.value
    text = f"{plain(figure.value)} − {plain(target.value)} = {plain(difference)}"
    tolerance = step(figure.surface) * (1 if figure.approx else Decimal("0.5"))
    agrees = abs(difference - margin.value) <= tolerance
    return finding("target-and-margin-agree", agrees, text, plain(margin.value), (figure.id,), figure.span)


def _target_and_completion(figure: Figure) -> Finding | None:
    target, completion = figure.target, figure.completion
    if not (target and completion and target.origin == "stated" and target.value) or figure.value_max is not None:
        return None
    reached = figure.value / target.value * 100
    printed = Decimal(1).scaleb(int(completion.value.as_tuple().exponent))
    off = rounding(figure.surface, figure.unit)  # of the result alone: what is to be done is a round number, and exact
    tolerance = printed + off / abs(target.value) * 100 * (2 if figure.approx else Decimal("0.5"))
    agrees = abs(reached - completion.value) <= tolerance
    text = f"{plain(figure.value)} / {plain(target.value)} = {_percent(reached)}"
    said = f"{plain(completion.value)}%"
    return finding("target-and-completion-agree", agrees, text, said, (figure.id,), figure.span)


def _percent(value: Decimal) -> str:
    return f"{plain(value.quantize(Decimal('0.1')))}%"


def _changes(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Changes against the two values that they lie between."""
    levels = {_measured(figure): figure for figure in figures if figure.previous and figure.previous.value}
    for change in figures if levels else ():
        level = levels.get(_measured(change)) if change.kind == "change" and not change.approx else None
        if level and (checked := _change(change, level)):
            yield checked


def _measured(figure: Figure) -> tuple[str, str | None]:
    """What tells the indicators of a release apart: the project and the name."""
    return _project(figure), figure.indicator


def _project(figure: Figure) -> str:
    return figure.id.split(".")[0]


def _change(change: Figure, level: Figure) -> Finding | None:
    """A change in percent, in points of a rate or in the same unit, against the earlier value and the later one.

    Points that rounding explains are worth a look: 92.1% to 95.6% may be 3.6 points of the unrounded values.
    """
    if level.previous is None or change.unit is None or level.unit is None:
        return None
    before, now = level.previous.value, level.value
    sign = 1 if change.direction == "up" else -1
    difference = (now - before) * sign
    printed = step(change.surface)
    worse: Severity = "error"
    if change.unit.dimension == "ratio" and level.unit.dimension != "ratio":
        grown = difference / before * 100
        agrees = abs(grown - change.value) <= printed + 200 * step(level.surface) / before
        text = f"({plain(now)} − {plain(before)}) / {plain(before)} = {_percent(grown * sign)}"
    elif (change.unit.dimension, level.unit.dimension) == ("point", "ratio") or change.unit.code == level.unit.code:
        agrees = difference == change.value
        rounded = change.unit.dimension == "point" and abs(difference - change.value) <= printed
        worse = "warning" if rounded else worse
        text = f"{plain(now)} − {plain(before)} = {plain(difference * sign)}"
    else:
        return None
    said = plain(change.value * sign)
    return finding("change-agrees", agrees, text, said, (level.id, change.id), change.span, worse)


def _stated_twice(figures: Sequence[Figure]) -> Iterator[Finding]:
    """The same thing stated at two places of the release."""
    first: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        if figure.kind == "change" or figure.promised or figure.per or len(figure.indicator or "") < 6:
            continue
        key = (figure.indicator, figure.action, figure.unit and figure.unit.code, figure.kind, figure.scope)
        other = first.setdefault(key, figure)
        if other is not figure and _project(other) != _project(figure):
            agrees = other.value == figure.value
            text = f"{other.surface} {_sign(agrees)} {figure.surface}"
            yield Finding("stated-twice", _mild(agrees), text, (other.id, figure.id), figure.span)
