"""What a release says twice, compared; the tolerance of every comparison follows from the digits printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.model import Figure, Finding, Project, Severity, Span

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
        found += _target_and_margin(figure)
        found += _target_and_completion(figure)
    found += _growth(figures)
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


def _rounding(figure: Figure) -> Decimal:
    """How far a printed value may be from the true one: a count without 万 is exact."""
    counted = figure.unit is not None and figure.unit.dimension in ("count", "people", "household")
    return Decimal(0) if counted and step(figure.surface) == 1 else step(figure.surface)


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
    message = f"{declared} declared {'=' if agrees else '≠'} {found} found"
    return Finding("declared-projects", "ok" if agrees else "warning", message, (), None)


def _levels(declared: int, levels: Sequence[int]) -> Finding:
    agrees = sum(levels) == declared
    sums = " + ".join(map(str, levels))
    return Finding(
        "levels-add-up", "ok" if agrees else "warning", f"{sums} {'=' if agrees else '≠'} {declared} declared", (), None
    )


def _target_and_margin(figure: Figure) -> list[Finding]:
    target, margin = figure.target, figure.margin
    if not (target and margin and target.origin == "stated") or figure.value_max is not None:
        return []
    if margin.unit == "百分点" and (figure.unit is None or figure.unit.dimension != "ratio"):
        return []
    difference = figure.value - target.value
    text = f"{plain(figure.value)} − {plain(target.value)} = {plain(difference)}"
    tolerance = step(figure.surface) * (1 if figure.approx else Decimal("0.5"))
    agrees = abs(difference - margin.value) <= tolerance
    return [finding("target-and-margin-agree", agrees, text, plain(margin.value), (figure.id,), figure.span)]


def _target_and_completion(figure: Figure) -> list[Finding]:
    target, completion = figure.target, figure.completion
    if not (target and completion and target.origin == "stated" and target.value) or figure.value_max is not None:
        return []
    reached = figure.value / target.value * 100
    printed = Decimal(1).scaleb(int(completion.value.as_tuple().exponent))
    rounding = (
        _rounding(figure)
        + (step(target.text or "") if "万" in (target.text or "") or "." in (target.text or "") else 0) * reached / 100
    )
    tolerance = printed + rounding / abs(target.value) * 100 * (2 if figure.approx else Decimal("0.5"))
    agrees = abs(reached - completion.value) <= tolerance
    text = f"{plain(figure.value)} / {plain(target.value)} = {plain(reached.quantize(Decimal('0.1')))}%"
    return [
        finding("target-and-completion-agree", agrees, text, f"{plain(completion.value)}%", (figure.id,), figure.span)
    ]


def _growth(figures: Sequence[Figure]) -> Iterator[Finding]:
    """A change against the two values that it lies between."""
    levels = {
        (figure.id.split(".")[0], figure.indicator): figure
        for figure in figures
        if figure.previous and figure.previous.value
    }
    for change in figures:
        level = levels.get((change.id.split(".")[0], change.indicator))
        if (
            change.kind != "change"
            or change.approx
            or not level
            or not level.previous
            or change.unit is None
            or level.unit is None
        ):
            continue
        sign = 1 if change.direction == "up" else -1
        difference = (level.value - level.previous.value) * sign
        if change.unit.dimension == "ratio" and level.unit.dimension != "ratio":
            grown = difference / level.previous.value * 100
            agrees = (
                abs(grown - change.value) <= step(change.surface) + 200 * step(level.surface) / level.previous.value
            )
            text = f"({plain(level.value)} − {plain(level.previous.value)}) / {plain(level.previous.value)} = {plain((grown * sign).quantize(Decimal('0.1')))}%"
        elif change.unit.dimension == "point" and level.unit.dimension == "ratio":
            agrees = abs(difference - change.value) <= step(change.surface)
            text = f"{plain(level.value)} − {plain(level.previous.value)} = {plain(difference * sign)}"
        else:
            continue
        yield finding("change-agrees", agrees, text, plain(change.value * sign), (level.id, change.id), change.span)


def _stated_twice(figures: Sequence[Figure]) -> Iterator[Finding]:
    """The same thing stated at two places of the release."""
    first: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        if figure.kind == "change" or figure.promised or figure.per or len(figure.indicator or "") < 6:
            continue
        key = (figure.indicator, figure.action, figure.unit and figure.unit.code, figure.kind, figure.scope)
        other = first.setdefault(key, figure)
        if other is not figure and other.id.split(".")[0] != figure.id.split(".")[0]:
            agrees = other.value == figure.value
            text = f"{other.surface} {'=' if agrees else '≠'} {figure.surface}"
            yield Finding("stated-twice", "ok" if agrees else "warning", text, (other.id, figure.id), figure.span)
