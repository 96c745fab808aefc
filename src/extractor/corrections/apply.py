"""Corrections applied to a record: figures put right, numerals and checks following them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extractor.corrections.edit import MisfitError, blank, edit
from extractor.corrections.file import Correction, Corrections, fits
from extractor.corrections.ledger import claims, keep, overlap
from extractor.language.pack import load_pack
from extractor.model import Figure, Finding, Project, Role, Span, Unit
from extractor.record.release import Release
from extractor.release.checks import check_release

MISFIT = "correction-does-not-fit"
NOTE = "reviewer-note"
_OUTSIDE = -1  # where a figure is at home that stands in no project
# What frees characters comes before what takes them.
_ORDER = {"delete": 0, "role": 1, "edit": 2, "add": 3, "note": 4}


def apply(release: Release, text: str, corrections: Corrections, *, units: Mapping[str, Unit] | None = None) -> Release:
    """The release as the reviewer wants it.

    text: what the release's spans refer to; units: those of the pack that read it, the built-in ones when None.
    Corrected figures and fields have the rule "corrected"; ids are counted anew; the checks are made anew, and notes
    are added to them.  A correction that does not fit (other characters, no such figure, a numeral in two roles)
    changes nothing and is named by a check of severity "error".
    """
    desk = _Desk(release, text, load_pack().units if units is None else units)
    if fits(corrections, release.source):
        for correction in sorted(corrections.corrections, key=lambda one: _ORDER[one.do]):
            desk.carry_out(correction)
    else:
        desk.refuse(None, f"the corrections of {corrections.name} are of another release")
    return _assembled(release, desk)


class _Desk:
    """A release laid out by the characters of its figures while corrections are carried out."""

    def __init__(self, release: Release, text: str, units: Mapping[str, Unit]) -> None:
        self.text = text
        self.units = units
        self.projects = release.projects
        self.numerals = release.numerals
        self.figures = {figure.span: figure for figure in _figures(release)}
        self.homes = {figure.span: at for at, project in enumerate(release.projects) for figure in project.figures}
        self.touched: set[Span] = set()
        self.roles: dict[Span, Role] = {}
        self.notes: list[tuple[Span, str]] = []
        self.misfits: list[Finding] = []

    def carry_out(self, correction: Correction) -> None:
        """Do what a correction says, or say why that cannot be done."""
        try:
            if self.text[slice(*correction.span)] != correction.surface:
                raise MisfitError("other characters stand there now")
            getattr(self, f"_{correction.do}")(correction)
        except MisfitError as reason:
            start, end = correction.span
            self.refuse(correction.span, f"{correction.do} {correction.surface} [{start}, {end}): {reason}")
        if correction.note:
            self.notes.append((correction.span, correction.note))

    def refuse(self, span: Span | None, message: str) -> None:
        """Take down what does not fit."""
        self.misfits.append(Finding(MISFIT, "error", message, (), span))

    def _delete(self, correction: Correction) -> None:
        self.figures.pop(correction.span, None)
        self._role(correction)

    def _role(self, correction: Correction) -> None:
        if any(overlap(claim.span, correction.span) for claim in claims(self.figures.values())):
            raise MisfitError("the numeral there serves another figure")
        if correction.role:
            self.roles[correction.span] = correction.role

    def _edit(self, correction: Correction) -> None:
        if correction.span not in self.figures:
            raise MisfitError("no figure has these characters")
        self._put(self.figures[correction.span], correction)

    def _add(self, correction: Correction) -> None:
        figure = self.figures.get(correction.span)
        if figure is None and any(overlap(span, correction.span) for span in self.figures):
            raise MisfitError("its characters belong to another figure: that one has to be deleted first")
        if not any(overlap(numeral.span, correction.span) for numeral in self.numerals):
            raise MisfitError("there is no numeral")
        self._put(figure or blank(correction.span, self.text), correction)

    def _note(self, correction: Correction) -> None:
        """Nothing but the note, which is taken down with every correction's."""

    def _put(self, figure: Figure, correction: Correction) -> None:
        home = self.homes.setdefault(figure.span, self._home(figure.span))
        within = Span(0, len(self.text)) if home == _OUTSIDE else self.projects[home].span
        edited = edit(figure, correction.fields, self.text, within, self.units)
        others = [span for span in self.figures if span != figure.span]
        for claim in claims([edited]):
            if any(overlap(claim.span, other) for other in others):
                raise MisfitError(f"its {claim.role} is a figure of its own: that one has to be deleted first")
        if edited is not figure:
            self.figures[figure.span] = edited
            self.touched.add(figure.span)

    def _home(self, span: Span) -> int:
        inside = (at for at, p in enumerate(self.projects) if p.span.start <= span.start < p.span.end)
        return next(inside, _OUTSIDE)


def _assembled(release: Release, desk: _Desk) -> Release:
    """The desk's figures back in their projects, under new ids, with the numerals and checks that follow from them."""
    ids = dict(_named(desk))
    figures = [desk.figures[span]._replace(id=ids[span]) for span in sorted(ids)]
    by_home: dict[int, list[Figure]] = {}
    for figure in figures:
        by_home.setdefault(desk.homes.get(figure.span, _OUTSIDE), []).append(figure)
    projects = tuple(p._replace(figures=tuple(by_home.get(at, ()))) for at, p in enumerate(release.projects))
    renamed = {figure.id: ids[figure.span] for figure in _figures(release) if figure.span in ids}
    touched = [figure for figure in figures if figure.span in desk.touched]
    unchanged = {old: new for old, new in renamed.items() if new not in {figure.id for figure in touched}}
    return release._replace(
        projects=projects,
        figures=tuple(by_home.get(_OUTSIDE, ())),
        checks=_checks(release, projects, figures, desk, renamed),
        numerals=tuple(keep(release.numerals, figures, touched, desk.roles, unchanged)),
    )


def _named(desk: _Desk) -> Iterator[tuple[Span, str]]:
    counts: dict[int, int] = {}
    for span in sorted(desk.figures):
        home = desk.homes.get(span, _OUTSIDE)
        counts[home] = counts.get(home, 0) + 1
        yield span, f"{'r' if home == _OUTSIDE else f'p{home + 1:02}'}.f{counts[home]}"


def _checks(
    release: Release, projects: tuple[Project, ...], figures: list[Figure], desk: _Desk, renamed: Mapping[str, str]
) -> tuple[Finding, ...]:
    old = check_release(release.projects, _figures(release), release.declared_projects)
    kept = [check._replace(figures=_known(check.figures, renamed)) for check in release.checks if check not in old]
    spoken = {figure.span: (figure.id,) for figure in figures}
    notes = [Finding(NOTE, "ok", note, spoken.get(span, ()), span) for span, note in desk.notes]
    new = check_release(projects, figures, release.declared_projects)
    return tuple(dict.fromkeys((*new, *kept, *notes, *desk.misfits)))


def _known(ids: Iterable[str], renamed: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(renamed[id] for id in ids if id in renamed)


def _figures(release: Release) -> list[Figure]:
    """All figures in the order of the text."""
    found = [*release.figures, *(figure for project in release.projects for figure in project.figures)]
    return sorted(found, key=lambda figure: figure.span)
