"""A release explained: every field of every figure with the rule and the characters that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from extractor.cli.bilingual import tr
from extractor.cli.columns import indent, pad, visible, width
from extractor.model import Completion, Figure, Finding, Margin, Numeral, Project, Span, Target, Unit
from extractor.record.release import Release

_OPEN, _CLOSE = "⟦", "⟧"
_AROUND = (12, 10, 8, 6, 4)  # characters shown before and behind what a rule read, as the line allows
_NAME = 12  # columns of a field's name
# What makes a figure is told field by field; these say where it stands and come in its heading.
_HEADING = {"id", "surface", "span", "evidence", "rule", "trace"}


def explain(release: Release, text: str, columns: int, figure: str | None = None) -> Iterator[str]:
    """The lines of an explanation, in at most so many columns where a line can be broken.

    text: what the release's spans refer to; figure: the id of the only figure to be explained.
    Nothing is given when there is no figure of this id.
    """
    writer = _Explanation(release, text, columns)
    return writer.of_figure(figure) if figure else writer.of_release()


def ids(release: Release) -> list[str]:
    """The ids of a release's figures, those outside every project first."""
    return [figure.id for figure in _figures(release)]


class _Explanation:
    def __init__(self, release: Release, text: str, columns: int) -> None:
        self.release = release
        self.text = text
        self.columns = columns

    def of_release(self) -> Iterator[str]:
        yield from self._heading()
        for project in self.release.projects:
            yield from self._project(project)
        if self.release.figures:
            yield from self._section(tr("项目之外的数据", "Figures outside every project"))
            yield from self._figures(self.release.figures)
        yield from self._unexplained()
        yield from self._checks(self.release.checks)

    def of_figure(self, id: str) -> Iterator[str]:
        for project in self.release.projects:
            if any(figure.id == id for figure in project.figures):
                yield from self._section(_title(project))
        yield from self._figures([figure for figure in _figures(self.release) if figure.id == id])
        yield from self._checks([check for check in self.release.checks if id in check.figures])

    def _heading(self) -> Iterator[str]:
        release = self.release
        projects, numerals = len(release.projects), len(release.numerals)
        figures = len(_figures(release))
        unexplained = sum(numeral.role == "unexplained" for numeral in release.numerals)
        counts = tr(
            f"{projects} 个项目，{figures} 项数据，{numerals} 个数字，其中 {unexplained} 个未能解释",
            f"{projects} projects, {figures} figures, {numerals} numerals, {unexplained} of them unexplained",
        )
        for line in (release.source.name, release.title or "", counts):
            yield from self._lines("", line)

    def _section(self, title: str) -> Iterator[str]:
        yield ""
        yield from self._lines("── ", title)

    def _project(self, project: Project) -> Iterator[str]:
        yield from self._section(_title(project))
        yield from self._figures(project.figures)

    def _figures(self, figures: Sequence[Figure]) -> Iterator[str]:
        for figure in figures:
            yield ""
            yield from self._lines(f"{figure.id}  ", f"{figure.surface} · {_place(figure.span)} · {figure.rule}")
            for name in figure._fields:
                value = getattr(figure, name)
                if name not in _HEADING and value is not None and value is not False:
                    yield from self._field(figure, name, value)

    def _field(self, figure: Figure, name: str, value: Any) -> Iterator[str]:
        yield from self._lines("  " + pad(name, _NAME), shown(value))
        read = [(evidence.rule, evidence.spans) for evidence in figure.trace if evidence.field == name]
        for rule, spans in read or _own(figure, value):
            yield from self._lines(" " * (_NAME + 2), self._context(spans, f"← {rule} · "))

    def _unexplained(self) -> Iterator[str]:
        numerals = [numeral for numeral in self.release.numerals if numeral.role == "unexplained"]
        if numerals:
            yield from self._section(tr("未能解释的数字", "Unexplained numerals"))
            for numeral in numerals:
                yield from self._numeral(numeral)

    def _numeral(self, numeral: Numeral) -> Iterator[str]:
        yield from self._lines("  " + pad(_place(numeral.span), _NAME), self._context((numeral.span,)))

    def _checks(self, checks: Sequence[Finding]) -> Iterator[str]:
        if checks:
            yield from self._section(tr("核对", "Checks"))
        for check in checks:
            told = " · ".join([check.code, check.message, *check.figures])
            yield from self._lines("  " + pad(check.severity, _NAME), told)

    def _lines(self, first: str, text: str) -> Iterator[str]:
        """A text behind its name, all further lines under the text."""
        yield from indent(visible(text), self.columns, first=first, rest=" " * width(first)).splitlines()

    def _context(self, spans: Sequence[Span], first: str = "") -> str:
        """The characters of the spans, marked, behind first: with as much around them as fits on one line."""
        lines = (first + self._marked(sorted(spans), around) for around in _AROUND)
        line = next(lines)
        return next((shorter for shorter in (line, *lines) if width(shorter) <= self.columns - _NAME - 2), line)

    def _marked(self, spans: Sequence[Span], around: int) -> str:
        at = max(0, spans[0].start - around)
        line = "…" if at else ""
        for span in spans:
            gap = self.text[at : span.start]
            line += gap if len(gap) <= 2 * around else f"{gap[:around]}…{gap[-around:]}"
            line += _OPEN + self.text[max(at, span.start) : span.end] + _CLOSE
            at = max(at, span.end)
        return line + self.text[at : at + around] + ("…" if at + around < len(self.text) else "")


def shown(value: Any) -> str:
    """A field's value as a person reads it."""
    match value:
        case Decimal():
            return f"{value:f}"
        case Unit():
            return f"{value.text} ({value.code}, {value.dimension})"
        case Completion():
            return f"{value.value:f} %"
        case Target():
            return " ".join([f"{value.value:f}", value.origin, value.text or ""])
        case Margin():
            return f"{value.value:+f} {value.unit or ''}"
        case tuple():
            return shown(value[0])
        case _:
            return "true" if value is True else str(value)


def _figures(release: Release) -> list[Figure]:
    return [*release.figures, *(figure for project in release.projects for figure in project.figures)]


def _title(project: Project) -> str:
    level = f"（{project.level}）" if project.level else ""
    return f"{project.number or ''} {project.title}{level}"


def _place(span: Span) -> str:
    return f"[{span.start},{span.end})"


def _own(figure: Figure, value: Any) -> list[tuple[str, tuple[Span, ...]]]:
    """Where a field without evidence of its own says it stands."""
    span = getattr(value, "span", None)
    return [(figure.rule, (span,))] if span else []
