"""The figures of every project, and of what stands around the projects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.language.patterns import Relation
from extractor.language.words import Row
from extractor.model import Figure, Finding, Header, Project, Role, Span
from extractor.release.assemble import cut, figure_of
from extractor.release.clause import noun_at_end
from extractor.release.draft import Draft
from extractor.release.figures import VALUE_ROLES, drafts_in, name_all, span_of
from extractor.release.header import Declared
from extractor.release.layout import Section
from extractor.release.lines import Line
from extractor.release.naming import inherit_nouns
from extractor.release.pairing import pair, resolve_plans, resolve_titles
from extractor.release.table_rows import ReadUnit, row_drafts
from extractor.release.promises import is_plan, promised_ranges

Roles = dict[int, tuple[Role, str | None]]


class Reader:
    """Reads the scopes of one release, one after the other."""

    def __init__(self, text: str, folded: str, row: Row, relations: Sequence[Relation], skipped: Sequence[tuple[int, int]], promised: Sequence[tuple[int, int]], plan: bool, unit_of: ReadUnit) -> None:
        self.text, self.folded, self.row, self.relations, self.unit_of = text, folded, row, relations, unit_of
        self.by_word = {word: (role, relation) for relation in relations for role, words in relation.roles.items() for word in words}
        self.skipped, self.promised, self.plan = skipped, promised, plan
        self.roles: Roles = {}
        self.findings: list[Finding] = []

    def words(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self.row.starts, start), bisect_left(self.row.starts, end)

    def read(self, spans: Sequence[Span], title: Span | None, prefix: str) -> tuple[Figure, ...]:
        """The figures of a scope: stretches of text that speak of one thing, and its title."""
        ranges = [self.words(*span) for span in spans]
        heading = self._heading(title) if title else []
        drafts: list[Draft] = []
        for start, end in ranges:
            drafts += [draft for draft in drafts_in(self.row, start, end, self.by_word) if not self._is_skipped(draft)]
        name_all(self.row, self.text, drafts)
        inherit_nouns(self.row, self.text, drafts, [draft.noun for draft in heading] or self._title_noun(title))
        if not self.plan:
            resolve_plans(self.row, drafts)
        relations = [relation for relation in self.relations if any(start <= relation.start < end for start, end in ranges)]
        pair(self.row, drafts, relations)
        if title:
            titled = [draft for draft in heading if draft.lexeme.role is None]
            drafts = resolve_titles(self.row, self.text, titled, drafts) if titled else drafts
        figures = self._finish(drafts, prefix)
        for relation in relations:
            for role, words in relation.roles.items():
                for word in words:
                    if role in VALUE_ROLES:
                        self.roles.setdefault(self.row.starts[word], (_LEDGER[role], None))
        return figures

    def _finish(self, drafts: list[Draft], prefix: str) -> tuple[Figure, ...]:
        figures = []
        for number, draft in enumerate(sorted(drafts, key=lambda draft: draft.at), 1):
            draft.promised = draft.promised or self._is_promised(draft)
            figure = figure_of(draft, self.row, self.text, f"{prefix}.f{number}")
            figures.append(figure)
            self._enter(draft, figure)
        return tuple(figures)

    def read_rows(self, section: Section, prefix: str) -> tuple[Figure, ...]:
        """The figures of a project that is one or more rows of a table."""
        drafts: list[Draft] = []
        for row in section.rows:
            found, roles = row_drafts(self.text, self.folded, self.row, row, section.title, self._cell, self.unit_of)
            drafts += found
            for word, role in roles.items():
                self.roles.setdefault(self.row.starts[word], ("completion" if role == "completion" else "layout", None))
            number = row.cell("number")
            if number:
                for word in range(*self.words(*number.span)):
                    self.roles.setdefault(self.row.starts[word], ("layout", None))
        title = self._title_noun(section.title)
        for draft in drafts:
            if not draft.noun and title:
                draft.noun, draft.noun_rule = title[0], "noun-of-the-heading"
        return self._finish(drafts, prefix)

    def _cell(self, span: Span) -> list[Draft]:
        """The figures of a cell of prose."""
        start, end = self.words(*span)
        drafts = [draft for draft in drafts_in(self.row, start, end, self.by_word) if not self._is_skipped(draft)]
        name_all(self.row, self.text, drafts)
        inherit_nouns(self.row, self.text, drafts, [])
        pair(self.row, drafts, [relation for relation in self.relations if start <= relation.start < end])
        return drafts

    def _heading(self, title: Span) -> list[Draft]:
        start, end = self.words(*title)
        drafts = [draft for draft in drafts_in(self.row, start, end, {}) if not self._is_skipped(draft)]
        name_all(self.row, self.text, drafts)
        return drafts

    def _title_noun(self, title: Span | None) -> list[list[Span]]:
        if title is None:
            return []
        start, end = self.words(*title)
        noun = noun_at_end(self.row.classes, start, end)
        return [[span_of(self.row, noun)]] if noun else [[title]]

    def _is_skipped(self, draft: Draft) -> bool:
        return any(start <= draft.lexeme.start < end for start, end in self.skipped) or draft.lexeme.value is None

    def _is_promised(self, draft: Draft) -> bool:
        at = draft.lexeme.start
        return (self.plan and not draft.clause.fact) or any(start <= at < end for start, end in self.promised) or draft.clause.promise

    def _enter(self, draft: Draft, figure: Figure) -> None:
        self.roles[draft.lexeme.start] = ("figure", figure.id)
        for name in ("completion", "target", "margin", "previous"):
            value = getattr(draft, name)
            if value:
                self.roles.setdefault(self.row.starts[value.word], (name, figure.id))


_LEDGER: dict[str, Role] = {
    "completion": "completion", "exceeded": "completion", "share": "completion", "target": "target", "aim": "target",
    "ignored": "margin", "margin": "margin", "shortfall": "margin", "more": "margin", "less": "margin",
    "previous": "previous",
}  # fmt: skip


def read_figures(
    text: str, folded: str, row: Row, relations: Sequence[Relation], sections: Sequence[Section], lines: Sequence[Line],
    declared: Sequence[Declared], header: Header, unit_of: ReadUnit,
) -> tuple[tuple[Project, ...], tuple[Figure, ...], Roles, tuple[Finding, ...]]:  # fmt: skip
    """Projects with their figures, all figures in order, the numerals' roles, and what could not be read."""
    furniture = [(line.start, line.end) for line in lines if line.furniture]
    counts = [(one.span.start, one.span.end) for one in declared]
    plan = is_plan(folded, header, row, relations)
    promised = promised_ranges(folded, lines, header.year)
    reader = Reader(text, folded, row, relations, furniture + counts, promised, plan, unit_of)
    projects = []
    for number, section in enumerate(sections, 1):
        prefix = f"p{number:02d}"
        figures = reader.read_rows(section, prefix) if section.rows else reader.read(section.body, section.title, prefix)
        title = cut(text, [section.title]) or ""
        level = section.level
        projects.append(Project(section.number, section.year, title, level, section.departments, section.title, section.span, figures))
    outside = reader.read(_between(sections, lines), None, "r")
    for start, end in counts:
        reader.roles.setdefault(start, ("declared", None))
    for start, end in furniture:
        low, high = reader.words(start, end)
        for word in range(low, high):
            if word in row.lexemes and row.lexemes[word].role is None:
                reader.roles.setdefault(row.starts[word], ("layout", None))
    everything = tuple(figure for project in projects for figure in project.figures) + outside
    return tuple(projects), everything, reader.roles, tuple(reader.findings)


def _between(sections: Sequence[Section], lines: Sequence[Line]) -> list[Span]:
    """The lines that belong to no project."""
    inside = [section.span for section in sections]
    return [Span(line.body, line.end + 1) for line in lines if not any(span.start <= line.start < span.end for span in inside) and not line.furniture]
