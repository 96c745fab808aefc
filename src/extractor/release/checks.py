"""What a release says twice, compared; the tolerance of every comparison follows from the digits printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.model import Figure, Finding, Project, Span


def check_release(projects: Sequence[Project], figures: Sequence[Figure], declared: int | None) -> tuple[Finding, ...]:
    """All findings on a release, in the order of its text."""
    found: list[Finding] = []
    if declared is not None and projects:
        found.append(_declared(declared, projects))
    for figure in figures:
        found += _target_and_margin(figure)
        found += _target_and_completion(figure)
    return tuple(found)


def plain(value: Decimal) -> str:
    """A number as a reader writes it: no exponent, no trailing zeros."""
    return format(value.normalize(), "f") if value == value.to_integral() else format(value, "f").rstrip("0").rstrip(".")


def _declared(declared: int, projects: Sequence[Project]) -> Finding:
    years = {project.year for project in projects}
    found = sum(1 for project in projects if project.year is None) if len(years) > 1 else len(projects)
    agrees = found == declared
    sign = "=" if agrees else "≠"
    return Finding("declared-projects", "ok" if agrees else "warning", f"{declared} declared {sign} {found} found", (), None)


def step(value: Decimal, surface: str) -> Decimal:
    """The unit of the last digit printed: 0.01万 is 100."""
    exponent = value.as_tuple().exponent
    digits = surface.replace(",", "").replace(" ", "")
    scale = 1
    for sign, factor in (("亿", 10**8), ("万", 10**4)):
        if sign in digits:
            scale = factor
            break
    if "." in digits:
        fraction = digits.split(".", 1)[1]
        places = len(fraction) - len(fraction.lstrip("0123456789"))
        return Decimal(scale) / (Decimal(10) ** places)
    if scale > 1:
        return Decimal(scale)
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def _target_and_margin(figure: Figure) -> list[Finding]:
    target, margin = figure.target, figure.margin
    if not (target and margin and target.origin == "stated") or figure.value_max is not None:
        return []
    if margin.unit and figure.unit and margin.unit == "百分点" and figure.unit.dimension != "ratio":
        return []
    difference = figure.value - target.value
    sign = "−" if margin.value >= 0 else "−"
    text = f"{plain(figure.value)} {sign} {plain(target.value)} = {plain(difference)}"
    tolerance = step(figure.value, figure.surface) if figure.approx else step(figure.value, figure.surface) / 2
    agrees = abs(difference - margin.value) <= tolerance
    message = text if agrees else f"{text}, the text says {plain(margin.value)}"
    return [Finding("target-and-margin-agree", "ok" if agrees else "error", message, (figure.id,), figure.span)]


def _target_and_completion(figure: Figure) -> list[Finding]:
    target, completion = figure.target, figure.completion
    if not (target and completion and target.origin == "stated" and target.value) or figure.value_max is not None:
        return []
    reached = figure.value / target.value * 100
    printed = Decimal(1).scaleb(int(completion.value.as_tuple().exponent)) if completion.value.as_tuple().exponent else Decimal(1)
    printed = min(printed, Decimal(1))
    tolerance = printed + step(figure.value, figure.surface) / target.value * 100 * (2 if figure.approx else 1)
    agrees = abs(reached - completion.value) <= tolerance
    rounded = plain(reached.quantize(min(printed, Decimal("0.1"))))
    text = f"{plain(figure.value)} / {plain(target.value)} = {rounded}%"
    message = text if agrees else f"{text}, the text says {plain(completion.value)}%"
    return [Finding("target-and-completion-agree", "ok" if agrees else "error", message, (figure.id,), figure.span)]


__all__ = ["check_release", "plain", "step", "Span"]
