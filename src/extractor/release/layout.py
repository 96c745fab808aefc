"""Where a release's projects stand: which system of headings it uses, and at which level its projects are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.language.words import Row as WordRow
from extractor.model import Span
from extractor.release.columns import Table
from extractor.release.declared import Declared
from extractor.release.lines import Line
from extractor.release.prose import Counts
from extractor.release.sections import Section
from extractor.release.systems import RUN, System, coming_list, find_systems, heads_of
from extractor.release.titles import is_chapter

__all__ = ["Section", "find_sections"]

_YEAR = plain(r"(?<!\d)(?P<year>20[0-4]\d) ?年(?! ?\d{1,2} ?月 ?\d{1,2} ?日)")
_ONLY_A_YEAR = r"20\d\d ?年?|%next-year%[^,。]{0,4}"  # heads what is to come
_OPENING = plain(r"(?P<number>\d{1,2})[ \n|]*(?=[^\d\s%.,|])")
_CERTAIN = 4.2  # a score that no other system will pass: as many as declared, all of them filled
# What speaks for a system because of its kind: tables are made to list projects, prose is divided on suspicion only.
_OF_KIND = {
    "table": 0.5,
    "spoken": -0.5,
    "spoken-and-named": -0.7,
    "in-brackets": -0.5,
    "sentences": -0.6,
    "headlines": 0.3,
    "opened": -0.5,
    "told": 0.0,
    "about": 0.5,
    "asked": -0.1,
    "asked-and-topics": -0.5,
    "asked-and-spoken": -0.4,
    "asked-at-a-guess": -0.2,
    "paragraphs": -0.6,
    "named": -0.4,
    "topics": -0.8,
    "named-and-topics": -0.6,
}
_OF_TITLE = 2  # lines that the title may take
_TRIMMED = -0.9
_INNER = 2.0  # a list that begins anew in every part divides the parts
_MANY_NAMED = 0.5  # a release that names its projects as such, one after the other
_RUNNING = 1.0  # numbers that run on through groups number the projects
_TOLD = 0.6
_ASKED = 0.8  # a question names a project, but it is no name
_REPEATED = 2.0  # headings that recur are labels: 目标任务, 完成情况
_CHAPTERS = 1.5
_TELLING = r"[了吗]|不[用再是]|没|[,:]|是[^否]|属于|^“[^”]*$|(?:%telling%|获悉|记者)[^,。]{0,4}$"


def find_sections(
    folded: str, lines: Sequence[Line], tables: Sequence[Table], declared: Sequence[Declared], row: WordRow
) -> tuple[Section, ...]:
    """The release's projects, by the system of headings that fits it best.

    declared: how many projects the release says there are.
    """
    numbers = [
        row.starts[word]
        for word, lexeme in row.lexemes.items()
        if lexeme.role is None and lexeme.rule != "indefinite-one"  # 一件接着一件办 counts nothing
    ]

    def counts(start: int, end: int) -> int:
        return bisect_left(numbers, end) - bisect_left(numbers, start)

    best = _best(folded, lines, tables, declared, row, counts)
    index, coming = coming_list(folded, lines, row.lists, counts)
    if not coming or not best:
        return best
    span = Span(lines[index].start, lines[index].end)
    if all(span.start <= one.span.start < span.end for one in best):
        others = [*lines[:index], *lines[index + 1 :]]
        told = [one for one in declared if not span.start <= one.span.start < span.end]
        earlier = _best(folded, others, tables, told, row, counts, span.start)
        return (*earlier, *coming) if len(earlier) > 2 else best
    return (*best, *coming) if all(one.span.end <= span.start for one in best) else best


def _best(
    folded: str,
    lines: Sequence[Line],
    tables: Sequence[Table],
    declared: Sequence[Declared],
    row: WordRow,
    counts: Counts,
    before: int | None = None,
) -> tuple[Section, ...]:
    """The projects by the system that fits best, of those that stand before a place; none where none does."""
    nested = _nested_headings(lines, counts)
    running = _running_through(lines)
    dated = _dated(folded, lines)
    best, most = None, 0.0
    for system in find_systems(folded, lines, tables, declared, row, counts):
        system = _of_projects(folded, system, row.lists)
        if len(system.sections) < 2 or (before and system.sections[-1].span.end > before):
            continue
        kind = system.name.removesuffix(RUN)
        score = _fit(folded, dated, declared, counts, system, row.lists, kind in nested)
        if kind in running:
            score += _RUNNING
        if best is None or score > most:
            best, most = system, score
            if most >= _CERTAIN:
                break
    return _with_years(dated, _numbered(folded, best.sections)) if best else ()


def _of_projects(folded: str, system: System, lists: WordLists) -> System:
    """The system without headings that name nothing but a year: what stands below them is to come."""
    only_a_year = lists.plain(_ONLY_A_YEAR).fullmatch
    named = tuple(one for one in system.sections if not only_a_year(folded, *one.title))
    return system if len(named) == len(system.sections) else system._replace(sections=named)


def _numbered(folded: str, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections whose titles open with bare numbers from 1 on, as a line above them, by these numbers: 01 / 增加学位."""
    opened = [one.number is None and _OPENING.match(folded, *one.title) for one in sections]
    if [int(mark["number"]) for mark in opened if mark] != list(range(1, len(sections) + 1)):
        return sections
    return tuple(
        one._replace(number=number, title=Span(mark.end(), one.title.end)) if mark else one
        for number, (one, mark) in enumerate(zip(sections, opened, strict=True), 1)
    )


def _fit(
    folded: str,
    dated: Sequence[tuple[Line, int]],
    declared: Sequence[Declared],
    counts: Counts,
    system: System,
    lists: WordLists,
    is_nested: bool,
) -> float:
    """How well a system fits: as many projects as declared, each with quantities, few quantities outside, numbered."""
    sections = system.sections
    found = _of_first_year(dated, sections)
    told = _without_parts([one.number for one in declared if one.counts_projects])
    filled = sum(1 for one in sections if sum(counts(*body) for body in one.body) or counts(*one.title))
    covered = sum(counts(*section.span) for section in sections)
    tagged = sum(1 for section in sections if section.level) * 2 >= found
    numbers = [section.number for section in sections]
    counted = found > 2 and numbers == list(range(1, len(numbers) + 1)) and not system.name.endswith(RUN)
    first = numbers.index(1, 1) if 1 in numbers[1:] else found  # of several runs the first may be all that are told
    return (
        _agreement(first if told[:1] == [first] else found, told)
        + 1.5 * (filled / len(sections))
        + covered / (counts(0, len(folded)) or 1)
        + (1.0 if tagged else 0.0)
        - (1.0 if found < 3 and found not in told else 0.0)
        + (_TRIMMED if system.name.endswith("-trimmed") else _OF_KIND.get(system.name, 0.0))
        + (0.4 if is_nested else 0.0)
        + (0.4 if counted else 0.0)
        - (_INNER if found > 2 and set(numbers) == {1} else 0.0)
        + (_MANY_NAMED if system.name in ("named", "named-and-topics") and found > 5 else 0.0)
        - _REPEATED * (1 - len({folded[slice(*section.title)] for section in sections}) / len(sections))
        - _CHAPTERS * sum(1 for one in sections if is_chapter(folded, *one.title, lists)) / len(sections)
        - (_TOLD if not counted and system.name != "picture" and _are_sentences(folded, sections, lists) else 0.0)
        - (_ASKED if sum(folded[one.title.end - 1] == "?" for one in sections) * 2 > len(sections) else 0.0)
    )


def _are_sentences(folded: str, sections: Sequence[Section], lists: WordLists) -> bool:
    """Whether most headings tell something, as a newspaper's do (六楼的老师下楼了), instead of naming a project."""
    tells = lists.plain(_TELLING).search
    telling = sum(1 for section in sections if tells(folded, *section.title))
    return telling * 2 > len(sections)


def _without_parts(told: list[int]) -> list[int]:
    """The numbers of projects without those of several bureaus, parts of the first: 8件, of which 2件 and 3件."""
    for at in range(2, len(told)):
        if told[at] == sum(told[:at]):  # 省定3件、市定2件,共5件
            return told[at:]
    parts = told[1:]
    return told[:1] if len(parts) > 1 and max(parts) < told[0] and sum(parts) <= told[0] else told


def _agreement(found: int, told: Sequence[int]) -> float:
    """How well a number of projects agrees with those that the release tells, of which the first counts most."""
    if told[:1] == [found]:
        return 2.0
    if found in told:
        return 1.4
    if told and found * 2 < told[0]:
        return -0.4
    return 0.6 if found - 1 in told or found + 1 in told else 0.0


def _nested_headings(lines: Sequence[Line], counts: Counts) -> set[str]:
    """Kinds of marks that open headings below other headings: short, without numbers, the text on the next line."""
    found = set()
    for kind in {line.kind for line in lines if line.kind}:
        heads = heads_of(lines, kind)
        short = sum(1 for index in heads if _is_short_heading(lines, index, counts))
        below = any(index and lines[index - 1].kind not in ("", kind) for index in heads)
        if len(heads) > 2 and short >= 0.8 * len(heads) and below:
            found.add(kind)
    return found


def _running_through(lines: Sequence[Line]) -> set[str]:
    """Kinds of marks whose numbers run on through groups of another kind: (一)教育类 1. 2. (二)医疗类 3. 4."""
    found = set()
    for kind in {line.kind for line in lines if line.number == 1 and not line.furniture}:
        heads = heads_of(lines, kind)
        group = lines[heads[0] - 1].kind if heads[0] else ""
        if group and any(lines[index - 1].kind == group and (lines[index].number or 0) > 1 for index in heads[1:]):
            found.add(kind)
    return found


def _is_short_heading(lines: Sequence[Line], index: int, counts: Counts) -> bool:
    line = lines[index]
    alone = index + 1 < len(lines) and lines[index + 1].kind != line.kind
    return alone and line.end - line.body <= 30 and not counts(line.start, line.end)


def _dated(folded: str, lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Short lines that name a year, and the year."""
    found = []
    for line in [line for line in lines if not line.furniture][_OF_TITLE:]:
        if line.end - line.start >= 40 or folded[line.end - 1] in "。?!;,":
            continue
        if match := _YEAR.search(folded, line.start, line.end):
            found.append((line, int(match["year"])))
    return found


def _with_years(dated: Sequence[tuple[Line, int]], sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections under lines of one kind that name different years are of these years: part two is next year's plan."""
    if not dated:
        return sections
    starts = {section.span.start for section in sections}
    rows = [row.span for section in sections for row in section.rows]
    groups: dict[str, list[tuple[int, int]]] = {}
    for line, year in dated:
        if line.start not in starts and not any(row.start < line.start < row.end for row in rows):
            groups.setdefault(line.kind, []).append((line.start, year))
    heads = next((heads for heads in groups.values() if len({year for _, year in heads}) > 1), [])
    if not heads:
        return sections
    return tuple(
        section._replace(year=max((head for head in heads if head[0] < section.span.start), default=(0, None))[1])
        for section in sections
    )


def _of_first_year(dated: Sequence[tuple[Line, int]], sections: tuple[Section, ...]) -> int:
    """How many of the sections are of the first year."""
    years = [section.year for section in _with_years(dated, sections)]
    return sum(1 for year in years if year == years[0] or year is None)
