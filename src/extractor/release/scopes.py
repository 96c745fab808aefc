"""The figures of every project, and of what stands around the projects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from extractor.language.patterns import Relation
from extractor.language.words import Row
from extractor.model import Figure, Finding, Header, Project, Role, Span
from extractor.release.asides import asides
from extractor.release.assemble import cut, figure_of
from extractor.release.draft import Draft, Value
from extractor.release.figures import VALUE_ROLES, drafts_in, name_all, span_of
from extractor.release.header import Declared
from extractor.release.labels import completion_ranges, target_ranges
from extractor.release.layout import Section
from extractor.release.lines import Line
from extractor.release.naming import follow_names, inherit_nouns
from extractor.release.pairing import noun_text, pair, resolve_plans, resolve_titles, share_rates, take_shares
from extractor.release.parts import check_parts
from extractor.release.phrase import QUANTITY, noun_at_end, start_without, verb_and_noun
from extractor.release.promises import is_plan, promised_ranges, reported_ranges
from extractor.release.table_rows import ReadUnit, row_drafts
from extractor.release.tables import Row as TableRow
from extractor.release.tables import Table

Roles = dict[int, tuple[Role, str | None]]


_SCOPE = "sptD~/:"  # classes of what a table's name can open with that is no part of it: 全市, 其中
_NAME_OF_RATE = "(?:率|%shares%)$"
_OPINIONS = ("建议", "意见", "留言", "问卷", "票")  # what was said of a plan was said: 征集建议6284条
_RESULTS = frozenset(("竣工", "完工", "投用", "建成", "开工", "交付", "启用", "完成"))


class Reader:
    """Reads the scopes of one release, one after the other, and keeps the roles of their numerals.

    skipped: stretches whose numbers are no figures; promised: stretches that look ahead; plan: the whole release does.
    """

    def __init__(
        self, text: str, folded: str, row: Row, relations: Sequence[Relation], *, skipped: Sequence[tuple[int, int]],
        promised: Sequence[tuple[int, int]], plan: bool, unit_of: ReadUnit,
    ) -> None:  # fmt: skip
        self.text, self.folded, self.row, self.relations, self.unit_of = text, folded, row, relations, unit_of
        self.by_word = {
            word: (role, relation) for relation in relations for role, words in relation.roles.items() for word in words
        }
        self.skipped, self.promised = self._marked(skipped), self._marked(promised)
        self.plan = plan
        self.ahead = False  # the project that is read is of a later year
        self.reported = self._marked(reported_ranges(folded)) if plan else frozenset[int]()
        self.targets = self._marked(target_ranges(folded))
        self.completions = self._marked(completion_ranges(folded))
        self.places = [relation.start for relation in relations]
        self.roles: Roles = {}
        self.findings: list[Finding] = []

    def words(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self.row.starts, start), bisect_left(self.row.starts, end)

    def _marked(self, spans: Sequence[tuple[int, int]]) -> set[int]:
        """The words that stand in any of the spans."""
        marked: set[int] = set()
        end = 0
        for first, last in sorted(self.words(*span) for span in spans):
            marked.update(range(max(first, end), last))  # each word once, however many spans it stands in
            end = max(end, last)
        return marked

    def _relations(self, spans: Sequence[Span]) -> list[Relation]:
        found: list[Relation] = []
        for span in spans:
            start, end = self.words(*span)
            among = self.relations[bisect_left(self.places, start) : bisect_left(self.places, end)]
            found += [relation for relation in among if relation.start not in self.skipped]
        return found

    def read_project(self, section: Section, prefix: str) -> tuple[Figure, ...]:
        """The figures of a project: of its title and of the text behind it."""
        inside = any(span.start <= section.title.start < span.end for span in section.body)
        heading = [] if inside or not self._has_numbers(section.title) else self._promised(section.title)
        drafts, relations = self._read(
            section.body, lambda: [draft.noun for draft in heading] or self._title_noun(section.title)
        )
        if heading and self.plan:  # what a plan's heading says and its text does not say again
            told = {(draft.lexeme.value, draft.lexeme.unit) for draft in drafts}
            again = [draft for draft in heading if (draft.lexeme.value, draft.lexeme.unit) in told]
            self.roles |= {draft.lexeme.start: ("name", None) for draft in again}
            drafts = [draft for draft in heading if draft not in again] + drafts
        elif heading:
            drafts = resolve_titles(self.row, self.text, heading, drafts)
        if (rate := self._rate_behind(section)) is not None:
            drafts = self._with_rate(section.title, rate, drafts)
        return self._finish(drafts, relations, prefix)

    def _rate_behind(self, section: Section) -> int | None:
        """The word that is a percentage between a title and the text below: 新建公园 120%."""
        start, end = self.words(section.title.end, section.body[0].start if section.body else section.span.end)
        alone = [word for word in range(start, end) if self.row.classes[word] in QUANTITY]
        return alone[0] if len(alone) == 1 and self.row.classes[alone[0]] == "R" else None

    def _with_rate(self, title: Span, rate: int, drafts: list[Draft]) -> list[Draft]:
        """The drafts with a heading's percentage: what it names, or how much of the first target is reached."""
        if self.row.lists.plain(_NAME_OF_RATE).search(self.folded, *title):
            return self._drafts([Span(title.start, self.row.ends[rate])], {}) + drafts
        first = next((draft for draft in drafts if draft.target), next(iter(drafts), None))
        value = self.row.lexemes[rate].value
        if first and value is not None:
            for draft in drafts:
                if draft.group == first.group and draft.kind == "amount":
                    draft.completion = draft.completion or Value(value, rate, "rate-behind-the-heading")
        return drafts

    def _promised(self, title: Span) -> list[Draft]:
        """The figures that a title promises; a number in a bracket counts what stands before: 建设公园(目标8个)."""
        drafts = self._drafts([title], {})
        for draft in drafts:
            if not draft.noun:
                draft.noun, draft.noun_rule = self._title_noun(title)[0], "noun-of-the-heading"
        return drafts

    def read_rest(
        self, spans: Sequence[Span], declared: Sequence[Declared], rows: Sequence[TableRow]
    ) -> tuple[Figure, ...]:
        """The figures outside every project; declared: what the release says it has so many of (其中8项超额完成)."""
        drafts, relations = self._read(spans, list)
        for draft in drafts:
            self._name_counted(draft, [one for one in declared if one.noun])
        for row in rows:
            for counted in filter(None, (row.cell("title"), row.cell("indicator"))) if row.total else ():  # 合计 | 12项
                for word in range(*self.words(*counted.span)):
                    self.roles.setdefault(self.row.starts[word], ("declared", None))
            found, _ = row_drafts(self.folded, self.row, row, None, self._cell, self.unit_of, self._noun)
            drafts += found
        return self._finish(drafts, relations, "r")

    def _name_counted(self, draft: Draft, declared: Sequence[Declared]) -> None:
        """The noun of 其中8项超额完成, 其余2件转入收尾: what the release said it has so many of."""
        unit = draft.lexeme.unit.text if draft.lexeme.unit else ""
        own = noun_text(self.text, draft) if draft.noun_rule == "noun-of-the-clause" else ""
        if draft.noun and (
            unit not in ("项", "件", "个")
            or self.row.lists.plain("%counted%").search(own)
            or (unit == "个" and own and not self.row.lists.plain("%progress%").match(own))
        ):
            return
        before = [one for one in declared if one.span.start < draft.lexeme.start] or list(declared)
        alike = [one for one in before if self.folded.startswith(unit, one.span.end)] or before
        if alike and alike[-1].noun:
            draft.noun, draft.noun_rule = [alike[-1].noun], "noun-that-was-counted"

    def _read(
        self, spans: Sequence[Span], nouns: Callable[[], Sequence[list[Span | str]]]
    ) -> tuple[list[Draft], list[Relation]]:
        drafts = self._drafts(spans, self.by_word)
        inherit_nouns(self.row, self.text, drafts, nouns)
        ahead = [draft for draft in drafts if draft.at not in self.reported] if self.plan else []
        reported = [draft for draft in drafts if draft.at in self.reported] if self.plan else drafts
        told = resolve_plans(self.row, self.text, reported, self.promised)
        drafts = sorted(ahead + told, key=lambda draft: draft.at) if ahead else told
        follow_names(self.row, drafts)
        relations = self._relations(spans)
        self.findings += pair(self.row, drafts, relations)
        drafts = take_shares(self.row, self.text, drafts)
        rates = [draft for draft in drafts if draft.at in self.completions and draft.kind == "rate"]
        return share_rates(drafts, rates) if rates else drafts, relations

    def _has_numbers(self, span: Span) -> bool:
        start, end = self.words(*span)
        return not QUANTITY.isdisjoint(self.row.classes[start:end])

    def _drafts(self, spans: Sequence[Span], roles: Mapping[int, tuple[str, Relation]]) -> list[Draft]:
        drafts: list[Draft] = []
        for span in spans:
            found = drafts_in(self.row, *self.words(*span), roles, self.targets)
            drafts += [draft for draft in found if not self._is_skipped(draft)]
        name_all(self.row, self.text, drafts)
        return drafts

    def read_rows(self, section: Section, prefix: str) -> tuple[Figure, ...]:
        """The figures of a project that is one or more rows of a table."""
        drafts: list[Draft] = []
        shares: list[int] = []
        for row in section.rows:
            found, rates = row_drafts(self.folded, self.row, row, section.title, self._cell, self.unit_of, self._noun)
            drafts += found
            shares += rates
            if number := row.cell("number"):
                for word in range(*self.words(*number.span)):
                    self.roles.setdefault(self.row.starts[word], ("layout", None))
        for draft in drafts:
            if not draft.noun:
                draft.noun = self._title_noun(section.title)[0]
                draft.noun_rule = draft.noun_rule or "noun-of-the-heading"
        follow_names(self.row, drafts)
        figures = self._finish(drafts, self._relations([section.span]), prefix)
        for word in shares:
            self.roles.setdefault(self.row.starts[word], ("completion", None))
        return figures

    def _noun(self, span: Span) -> tuple[Span, Span | None]:
        """Noun and verb of a cell: what stands behind the verb that opens it, else all but the scope: 实际投资."""
        start, end = self.words(*span)
        verb, noun = verb_and_noun(self.row.classes, start, end)
        if noun and verb and verb == (noun[1], end) and self.row.words[end - 1] in _RESULTS:  # 农村危房改造|竣工
            return span_of(self.row, noun), span_of(self.row, verb)
        if noun is None or noun[1] != end:
            return span, None
        if verb is None:
            return span_of(self.row, (start_without(self.row.classes, start, end, _SCOPE), end)), None
        return span_of(self.row, noun), span_of(self.row, verb)

    def _cell(self, span: Span, noted: Sequence[Draft]) -> list[Draft]:
        """The figures of a cell of prose; noted: those of the row that it may tell more of."""
        drafts = self._drafts([span], self.by_word)
        for draft in noted:
            draft.sentence = self.row.classes.count(".", 0, self.words(*span)[0])
        together = [*noted, *drafts]
        inherit_nouns(self.row, self.text, together, list)
        bound = {id(value) for draft in noted for _, value in draft.values()}
        self.findings += pair(self.row, together, self._relations([span]))
        for draft in noted:
            self._scale(draft, [value for _, value in draft.values() if id(value) not in bound])
        return drafts

    def _scale(self, draft: Draft, values: Sequence[Value]) -> None:
        """Puts bare numbers of a remark into the unit that the figure has from its column: 上年3.5 under 万人."""
        own, read = self.row.lexemes[draft.at].value, draft.lexeme.value
        if own and read and own != read:
            for value in values:
                value.value *= read / own if value.unit is None else 1

    def _finish(self, drafts: list[Draft], relations: Sequence[Relation], prefix: str) -> tuple[Figure, ...]:
        figures = []
        drafts = sorted(drafts, key=lambda draft: draft.at)
        for number, draft in enumerate(drafts, 1):
            draft.promised = draft.promised or self._is_promised(draft)
            figure = figure_of(draft, self.row, self.text, f"{prefix}.f{number}")
            figures.append(figure)
            self._enter(draft, figure)
        for relation in relations:
            for role, words in relation.roles.items():
                for word in words:
                    if role in VALUE_ROLES:
                        self.roles.setdefault(self.row.starts[word], (_LEDGER[role], None))
        self.findings += check_parts(self.text, drafts, [figure.id for figure in figures])
        return tuple(figures)

    def _title_noun(self, title: Span) -> list[list[Span | str]]:
        start, end = self.words(*title)
        opening = self.row.classes.find("(", start, end)
        if opening > start and not QUANTITY.isdisjoint(self.row.classes[opening:end]):
            end = opening
        noun = noun_at_end(self.row.classes, start, end)
        return [[span_of(self.row, noun)]] if noun else [[title]]

    def _is_skipped(self, draft: Draft) -> bool:
        return draft.at in self.skipped or draft.lexeme.value is None

    def _is_promised(self, draft: Draft) -> bool:
        unit = draft.lexeme.unit
        fact = (draft.clause.fact or noun_text(self.text, draft).endswith(_OPINIONS)) and not (
            unit and unit.dimension == "money"
        )  # 应到代表241名,票决项目总投资5亿元
        plan = (self.plan or self.ahead) and draft.at not in self.reported and not fact
        ahead = plan or draft.at in self.promised or draft.clause.promise
        return ahead and "已" not in self.row.words[max(0, draft.clause.start - 2) : draft.at]

    def _enter(self, draft: Draft, figure: Figure) -> None:
        self.roles[draft.lexeme.start] = ("figure", figure.id)
        for field, value in draft.values():
            self.roles.setdefault(self.row.starts[value.word], (field, figure.id))


_LEDGER: dict[str, Role] = {
    "completion": "completion", "exceeded": "completion", "share": "completion", "target": "target", "aim": "target",
    "ignored": "margin", "margin": "margin", "shortfall": "margin", "more": "margin", "less": "margin",
    "previous": "previous",
}  # fmt: skip


def read_figures(
    text: str, folded: str, row: Row, relations: Sequence[Relation], sections: Sequence[Section], lines: Sequence[Line],
    tables: Sequence[Table], declared: Sequence[Declared], header: Header, unit_of: ReadUnit,
) -> tuple[tuple[Project, ...], tuple[Figure, ...], Roles, tuple[Finding, ...]]:  # fmt: skip
    """Projects with their figures, all figures in order, the numerals' roles, and what could not be read."""
    furniture = [(line.start, line.end) for line in lines if line.furniture]
    counts = [(one.span.start, one.span.end) for one in declared]
    told = asides(folded, row)
    reader = Reader(
        text, folded, row, relations, skipped=furniture + counts + told,
        promised=promised_ranges(folded, lines, row.lists, header.year),
        plan=is_plan(folded, header, row, relations), unit_of=unit_of,
    )  # fmt: skip
    projects = []
    for number, section in enumerate(sections, 1):
        year = section.year if section.year != header.year else None
        if section.ahead and header.year:
            year = header.year + 1
        reader.ahead = bool(year and header.year and year > header.year)
        read = reader.read_rows if section.rows else reader.read_project
        figures = read(section, f"p{number:02d}")
        for word in range(*reader.words(section.span.start, section.title.start)):
            reader.roles.setdefault(row.starts[word], ("layout", None))
        title = cut(text, [section.title, *([section.more] if section.more else [])]) or ""
        projects.append(
            Project(
                section.number, year, title, section.level, section.departments, section.title, section.span, figures
            )
        )
    others = [row for table in tables for row in _other_rows(table, sections)]
    reader.ahead = False
    outside = reader.read_rest(_between(sections, lines, others), declared, others)
    for start, _ in counts:
        reader.roles.setdefault(start, ("declared", None))
    for start, end in furniture:
        low, high = reader.words(start, end)
        for word in range(low, high):
            if word in row.lexemes and row.lexemes[word].role is None:
                reader.roles.setdefault(row.starts[word], ("layout", None))
    for start, end in told:
        for word in range(*reader.words(start, end)):
            if word in row.lexemes and row.lexemes[word].role is None:
                reader.roles.setdefault(row.starts[word], ("specification", None))
    everything = tuple(figure for project in projects for figure in project.figures) + outside
    return tuple(projects), everything, reader.roles, tuple(reader.findings)


def _other_rows(table: Table, sections: Sequence[Section]) -> list[TableRow]:
    """The rows of a table that are no project's: its sums, all of them where it stands outside of every project."""
    if any(section.rows and section.rows[0] in table.rows for section in sections):
        return [row for row in table.rows if row.total]
    apart = all(one.span.end <= table.span.start or table.span.end <= one.span.start for one in sections)
    return list(table.rows) if sections and apart else []


def _between(sections: Sequence[Section], lines: Sequence[Line], rows: Sequence[TableRow]) -> list[Span]:
    """What stands outside every project and these rows, line by line."""
    inside = sorted([section.span for section in sections] + [row.span for row in rows])
    spans = []
    passed = 0
    for line in lines:
        if line.furniture:
            continue
        start = line.body
        while passed < len(inside) and inside[passed].end <= start:
            passed += 1
        for span in (inside[index] for index in range(passed, len(inside))):
            if span.start >= line.end:
                break
            if start < span.end:
                if start < span.start:
                    spans.append(Span(start, span.start))
                start = max(start, span.end)
        if start < line.end:
            spans.append(Span(start, line.end + 1))
    return spans
