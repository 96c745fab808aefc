"""Ways to divide a release into projects: by tables, by marks, by plain headings, by what the prose names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.language.words import Row as WordRow
from extractor.model import Span
from extractor.release.asked import asked, turns_of
from extractor.release.columns import Row, Table
from extractor.release.dates import is_date
from extractor.release.declared import Declared
from extractor.release.headlines import named_below
from extractor.release.lines import RUN_IN, Line, is_labelled, number_of_mark, speaks
from extractor.release.opened import opened, told
from extractor.release.prose import (
    TELLER,
    Counts,
    Place,
    in_brackets,
    levelled,
    named,
    paragraphs,
    quoted,
    quoted_alone,
    sentences,
    spoken,
    topics,
    turns,
)
from extractor.release.recurring import recurring
from extractor.release.sections import Section
from extractor.release.titles import (
    departments_in,
    is_chapter,
    level_above,
    level_before,
    level_in,
    level_of_group,
    levels_named,
    name_below,
    names_in,
    title_and_body,
    without_tags,
)

_INLINE = plain(r"[。:]")
_REMARK = plain(r"[—─━=~-]{2,}[^—─━=~-]{4,}[—─━=~-]{2,}$")  # —— 以上6个项目提前完成 ——
_OFFICE = r"[省市县区州旗镇][^,。]{1,12}%offices%$"  # 市卫健委:已为…
# Marks from the outer to the inner: one below the heading's own that also stands above it opens no part of it.
_ORDER = (
    "markdown",
    "chinese-number",
    "chinese-number-in-brackets",
    "nth",
    "labelled",
    "number",
    "number-in-brackets",
    "circled-number",
)


RUN = "-run"  # behind a system's name: one of the runs of numbers that a kind of mark begins anew
_LEAST_OF_RUN = 3  # heads
_PARAGRAPH = 120  # characters of a line that lists projects, and of its beginning that says so
_ANNOUNCES = plain(
    r"(?:今年|明年|新的一年|20\d\d ?年)[^。:]{0,60}?(?:件|项)[^。:]{0,8}(?:实事|项目)[^。:]{0,8}:(?= ?[①(1一])"
)
_SHORT = 24  # characters of a heading with a colon
_ADDRESSED = plain(r"[,、]|(?:单位|政府|部门|委员会|同志|们|朋友|如下|办事处|委员|代表|主任):")


class System(NamedTuple):
    """A way to divide the release, by name, and the projects that it gives."""

    name: str
    sections: tuple[Section, ...]


def find_systems(
    folded: str,
    lines: Sequence[Line],
    tables: Sequence[Table],
    declared: Sequence[Declared],
    row: WordRow,
    counts: Counts,
) -> Iterator[System]:
    """Ways to divide the release, the likeliest first; counts: how many quantities stand in a range."""
    for table in tables:
        yield System("table", _in_table(folded, table, row.lists))
    marked: list[System] = []
    for kind in dict.fromkeys(line.kind for line in lines if line.kind and not line.furniture):
        heads = heads_of(lines, kind)
        if len(heads) > 1:
            runs = _below_chapters(folded, lines, heads, row.lists)
            marked.append(System(kind, _divide(folded, lines, row.lists, [index for run in runs for index in run])))
            yield marked[-1]
            yield from _of_runs(folded, lines, row.lists, kind, runs, counts)
    for kind, opened_lines in recurring(folded, lines):
        yield System(kind, _divide(folded, opened_lines, row.lists, heads_of(opened_lines, kind)))
    for system in marked:
        yield from _without_chapters(folded, system, row.lists)
    loose = []
    for system in _without_marks(folded, lines, declared, row, counts):
        loose.append(system)
        yield system
    for system in loose:  # the first or the last may be an introduction, or a closing word
        if system.name != "spoken" and len(system.sections) > 3:
            yield System(system.name + "-trimmed", system.sections[:-1])
            yield System(system.name + "-trimmed", system.sections[1:])


def heads_of(lines: Sequence[Line], kind: str) -> list[int]:
    """Indexes of the lines that a kind of mark opens."""
    heads = [index for index, line in enumerate(lines) if line.kind == kind and not line.furniture]
    return heads[1:] if kind == "tag" and heads[:1] == [0] else heads  # 【民生追踪】年初许下的诺 is the title


def _without_chapters(folded: str, system: System, lists: WordLists) -> Iterator[System]:
    """The system without headings that any document could have, where those are few: 七、存在的问题."""
    about = tuple(section for section in system.sections if not is_chapter(folded, *section.title, lists))
    if len(system.sections) > len(about) > len(system.sections) / 2:
        yield System(system.name, about)


def _below_chapters(folded: str, lines: Sequence[Line], heads: Sequence[int], lists: WordLists) -> list[list[int]]:
    """The runs of heads, where their numbers begin anew below other chapters; without those of 保障措施, 工作要求.

    One run where they never begin anew.
    """
    starts = [at for at, index in enumerate(heads) if at == 0 or lines[index].number == 1]
    runs = [list(heads[start:end]) for start, end in pairwise([*starts, len(heads)])]
    about = [run for run in runs if not _is_beside(folded, lines[run[0] - 1] if run[0] else None, lists)]
    return about if sum(map(len, about)) > 1 else runs


def _is_beside(folded: str, above: Line | None, lists: WordLists) -> bool:
    """Whether a line heads a chapter that is about no project."""
    title = folded[above.body : above.end] if above and is_chapter(folded, above.body, above.end, lists) else ""
    return "类" not in title and lists.plain("%beside%").search(title) is not None


def _of_runs(
    folded: str, lines: Sequence[Line], lists: WordLists, kind: str, runs: Sequence[list[int]], counts: Counts
) -> Iterator[System]:
    """Where a kind of mark counts from 1 on anew: the runs that report, taken together, and each run alone."""
    kept = [run for run in runs if _reports(lines, run, counts)]
    if 1 < len(kept) < len(runs):
        yield System(kind, _divide(folded, lines, lists, [index for run in kept for index in run]))
    for run in runs if len(runs) > 1 else ():
        if len(run) >= _LEAST_OF_RUN:
            yield System(kind + RUN, _divide(folded, lines, lists, run))


def _reports(lines: Sequence[Line], run: Sequence[int], counts: Counts) -> bool:
    """Whether most heads of a run have numbers."""
    ends = [*run[1:], min(run[-1] + 2, len(lines))]
    return 2 * sum(counts(lines[i].body, lines[end - 1].end) > 0 for i, end in zip(run, ends, strict=True)) > len(run)


def _without_marks(
    folded: str, lines: Sequence[Line], declared: Sequence[Declared], row: WordRow, counts: Counts
) -> Iterator[System]:
    def in_prose(name: str, places: Sequence[Place]) -> System:
        return System(name, _in_prose(folded, lines, row.lists, places))

    first = next((index for index, line in enumerate(lines) if not line.furniture), 0)
    plain = [index for index in range(first + 1, len(lines) - 1) if _is_plain_heading(folded, lines, index, counts)]
    lead = [index for index, line in enumerate(lines) if _has_lead(folded, line, row.lists, counts)]
    headed = System("plain", _divide(folded, lines, row.lists, plain))
    yield System("headlines", named_below(folded, row, headed.sections))
    yield headed
    yield System("plain", _divide(folded, lines, row.lists, _with_colons(folded, lines)))
    yield System("lead", _divide(folded, lines, row.lists, lead))
    counting = [one.span.start for one in declared if one.counts_projects]
    apart = [line for line in lines if not any(line.start <= head < line.end for head in counting)]
    aloud, by_name = spoken(folded, lines, counts), named(folded, lines, row.lists, counts)
    yield in_prose("spoken", aloud)
    yield in_prose("spoken-and-named", _in_order([*aloud, *by_name]))
    yield in_prose("in-brackets", in_brackets(folded, lines, counts))
    yield in_prose("paragraphs", paragraphs(folded, apart, row.lists, counts))
    yield in_prose("named", by_name)
    yield in_prose("quoted", quoted(folded, lines, row.lists, counts))
    yield in_prose("quoted-alone", quoted_alone(folded, lines, declared))
    yield in_prose("levelled", levelled(folded, lines, counts))
    yield in_prose("turns", turns(folded, lines, counts))
    yield in_prose("sentences", sentences(folded, lines, declared, counts))
    yield in_prose("opened", opened(folded, lines, row, aloud, counts))
    yield in_prose("told", told(folded, lines, row, counts))
    taken_up = topics(folded, lines, row.lists, counts)
    yield in_prose("topics", taken_up)
    yield in_prose("named-and-topics", _merged(by_name, taken_up))
    if interview := turns_of(folded, lines, counts):
        by_question = asked(folded, lines, row, interview, declared, counts)
        yield in_prose("asked", by_question)
        yield in_prose("asked-and-topics", _answers_too(folded, by_question, taken_up))
        yield in_prose("asked-and-spoken", _answers_too(folded, by_question, aloud))
        guessed = asked(folded, lines, row, interview, declared, counts, guess=True)
        yield in_prose("asked-at-a-guess", guessed)


def coming_list(
    folded: str, lines: Sequence[Line], lists: WordLists, counts: Counts
) -> tuple[int, tuple[Section, ...]]:
    """The line that lists the next year's projects inside a paragraph, and these; -1 where there is none.

    新的一年,我们将办好十件民生实事:①新建幼儿园5所;②…
    """
    announcing = [
        index
        for index, line in enumerate(lines)
        if not line.furniture
        and line.end - line.body >= _PARAGRAPH
        and _ANNOUNCES.search(folded, line.body, line.body + _PARAGRAPH)
    ]
    listed = in_brackets(folded, lines, counts) if announcing else []
    for index in announcing:
        first, last = (bisect_left(listed, end, key=lambda place: place.start) for end in lines[index][:2])
        if last - first > 2:
            return index, tuple(
                one._replace(ahead=True) for one in _in_prose(folded, [lines[index]], lists, listed[first:last])
            )
    return -1, ()


def _merged(by_name: Sequence[Place], taken_up: Sequence[Place]) -> list[Place]:
    """Places of either kind, once each."""
    ends = {place.title.end for place in by_name}
    return _in_order([*by_name, *(place for place in taken_up if place.title.end not in ends)])


def _answers_too(folded: str, by_question: Sequence[Place], taken_up: Sequence[Place]) -> list[Place]:
    """What is asked about, and what else the answers take up."""
    if not by_question:
        return []
    questions = [(place.start, folded.find("\n", place.start)) for place in by_question]
    named = {folded[slice(*place.title)] for place in by_question}
    more = [
        place
        for place in taken_up
        if folded[slice(*place.title)] not in named
        and not any(start <= place.start < end for start, end in questions)
        and questions[0][0] < place.start < (by_question[-1].end or 0)
    ]
    return sorted([*by_question, *more])


def _in_order(places: Sequence[Place]) -> list[Place]:
    """Places by where they stand, each title once."""
    return [place for _, place in sorted({place.title: place for place in reversed(places)}.items())]


def _apart(places: Sequence[Place]) -> list[Place]:
    """Places of which none begins inside the title before; of two titles with one end, the shorter: 首先说|金通工程."""
    found: list[Place] = []
    for place in places:
        if found and found[-1].title.end == place.title.end:
            found[-1] = place._replace(start=min(found[-1].start, place.start))
        elif not found or place.start >= found[-1].title.end:
            found.append(place)
    return found


def _in_prose(folded: str, lines: Sequence[Line], lists: WordLists, places: Sequence[Place]) -> tuple[Section, ...]:
    """Sections that begin inside paragraphs and end where the next begins, or where the text looks ahead."""
    sections = []
    named = ((place, without_tags(folded, *place.title, lists)) for place in _apart(places))
    places = [place._replace(title=title) for place, title in named if title.start < title.end]
    group_levels: dict[int, tuple[int, str] | None] = {}  # by the line that names one
    for index, (start, title, number, last) in enumerate(places):
        end = last or _end_of_line(lines, title.start)
        if index + 1 < len(places):
            end = min(last or len(folded), places[index + 1].start)
        span = Span(start, _end_of_report(folded, lines, start, end, lists))
        level = (
            level_in(folded, start, min(span.end, title.end + 12))
            or level_before(folded, title.start)
            or _level_of_line(folded, lines, start, group_levels)
        )
        sections.append(Section(number, title, span, (span,), None, level, ()))
    return tuple(sections)


def _level_of_line(
    folded: str, lines: Sequence[Line], start: int, known: dict[int, tuple[int, str] | None]
) -> str | None:
    """The level that the line of a place names before the place; known: what lines that were looked at name."""
    number = bisect_right(lines, start, key=lambda line: line.start) - 1
    if number < 0:
        return None
    if number not in known:
        known[number] = level_of_group(folded, lines[number].start, lines[number].end)
    named = known[number]
    return named[1] if named and named[0] <= start else None


def _end_of_report(folded: str, lines: Sequence[Line], start: int, end: int, lists: WordLists) -> int:
    """Where what follows is furniture, a look ahead or a resident's words, at the latest ``end``."""
    for number in range(bisect_right(lines, start, key=lambda line: line.start), len(lines)):
        line = lines[number]
        if line.start >= end:
            break
        if line.furniture or line.outlook or _is_aside(folded, line, lists):
            end = line.start
            break
    while end > start and folded[end - 1] in " \n":
        end -= 1
    return end


def _is_aside(folded: str, line: Line, lists: WordLists) -> bool:
    """A resident's words, a paragraph of their own; an official's report numbers."""
    if not folded.startswith("“", line.body) or (told := folded.find("说", line.body, line.end)) < 0:
        return False
    return not lists.plain("%officials%|记者").search(folded, folded.rfind("”", line.body, told) + 1, told)


def _end_of_line(lines: Sequence[Line], start: int) -> int:
    number = bisect_right(lines, start, key=lambda line: line.start) - 1
    return max(lines[number].end, start) if number >= 0 else start


def _in_table(folded: str, table: Table, lists: WordLists) -> tuple[Section, ...]:
    """One section a row, but for rows that go on with the project of the row before."""
    sections: list[Section] = []
    numbered = any(row.cell("number") for row in table.rows)
    for row in table.rows:
        if row.total:
            continue
        title = row.cell("title")
        opens = title and not (numbered and sections and row.cell("number") is None)
        section = _section_of_row(folded, row, title.span, lists) if title and opens else None
        if section and section.title.start < section.title.end:
            sections.append(section)
        elif sections:
            sections[-1] = _continued(sections[-1], row)
    return tuple(sections)


def _section_of_row(folded: str, row: Row, title: Span, lists: WordLists) -> Section:
    number, departments = row.cell("number"), row.cell("department")
    _, level = (level_of_group(folded, *row.group) if row.group else None) or (0, None)
    return Section(
        number=number_of_mark(folded[slice(*number.span)]) if number else None,
        title=without_tags(folded, *title, lists),
        span=row.span,
        body=(row.span,),
        heading=None,
        level=level or level_in(folded, *title),
        departments=tuple(names_in(folded[slice(*departments.span)])) if departments else (),
        rows=(row,),
    )


def _continued(section: Section, row: Row) -> Section:
    """A section with one more row; where that has an indicator, what stands under the title is the title's rest."""
    title = row.cell("title")
    span = Span(section.span.start, row.span.end)
    more = title.span if title and row.cell("indicator") and section.more is None else section.more
    return section._replace(more=more, span=span, rows=(*section.rows, row), body=(span,))


def _is_plain_heading(folded: str, lines: Sequence[Line], index: int, counts: Counts) -> bool:
    """Whether a short line without a mark stands above a longer one that is prose."""
    line, following = lines[index], lines[index + 1]
    text, more = line.text(folded), following.text(folded)
    if line.kind or line.furniture or not 3 <= len(text) <= 36 or is_date(folded, line.body):
        return False
    if is_labelled(folded, line) or text.startswith(("——", "--")) or text[-1] in "。;,:!?、)" or text.endswith("?”"):
        return False
    is_prose = folded[following.end - 1] in "。;!”)" or counts(following.start, following.end) > 1
    return not following.furniture and len(more) > len(text) and is_prose


def _with_colons(folded: str, lines: Sequence[Line]) -> list[int]:
    """Indexes of short lines that end with a colon each, the text on the next."""
    return [
        index
        for index, line in enumerate(lines[:-1])
        if 4 < line.end - line.body <= _SHORT
        and folded[line.end - 1] == ":"
        and not line.kind
        and not _ADDRESSED.search(folded, line.body, line.end)
    ]


def _has_lead(folded: str, line: Line, lists: WordLists, counts: Counts) -> bool:
    """Whether a paragraph opens with a short name of its own, as in 中小学幼儿园扩容项目。全年建成5所."""
    if line.kind or line.furniture or speaks(folded, line, lists) or is_labelled(folded, line):
        return False
    if lists.plain(TELLER).match(folded, line.body, line.end):
        return False
    if RUN_IN.match(folded, line.body, line.end):
        return True
    stop = _INLINE.search(folded, line.body, min(line.end, line.body + 30))
    return bool(
        stop
        and stop.start() - line.body >= 4
        and not lists.plain(_OFFICE).match(folded, line.body, stop.start())
        and (stop.end() < line.end - 10 or _states(folded, stop.end(), line.end, counts))
        and not counts(line.body, stop.start())
        and "," not in folded[line.body : stop.start()]
    )


def _states(folded: str, start: int, end: int, counts: Counts) -> bool:
    """Whether a short text is a sentence with a number, and no value: 硬化公路136公里。 but 民生支出:38.7亿元."""
    return start < end and folded[end - 1] == "。" and not folded[start].isdigit() and counts(start, end) > 0


def _divide(folded: str, lines: Sequence[Line], lists: WordLists, heads: Sequence[int]) -> tuple[Section, ...]:
    """Sections from each heading to the next; the last is no longer than the longest before it."""
    sections = []
    longest = 0
    named = levels_named(folded, lines)
    for index, following in zip(heads, [*heads[1:], None], strict=False):
        last = _last_line(folded, lines, index, following, longest if index != heads[0] else len(lines))
        longest = max(longest, last - index)
        sections.append(_section(folded, lines, lists, index, last, level_above(named, lines[index].kind, index)))
    return tuple(section for section in sections if section is not None)


def _last_line(folded: str, lines: Sequence[Line], index: int, following: int | None, longest: int) -> int:
    """Index of the last line of the section that line ``index`` opens."""
    end = following if following is not None else len(lines)
    inner = _inner_marks(lines, index, end)
    for at in range(index + 1, end):
        line = lines[at]
        if line.furniture or (line.kind and line.kind not in inner) or _REMARK.match(folded, line.start, line.end):
            return at - 1
        if following is None:
            if line.outlook or at - index > longest:
                return at - 1
        elif at == end - 1 and line.end - line.start < 30 and level_of_group(folded, line.start, line.end):
            return at - 1  # 二、市级民生实事 heads what follows
    return end - 1


def _inner_marks(lines: Sequence[Line], index: int, end: int) -> frozenset[str]:
    """Kinds of marks that open sub-items of a section: its own, and all but outer ones that stand above it, too."""
    own = lines[index].kind
    inside = {line.kind for line in lines[index + 1 : end]}
    if own in _ORDER:
        outer = _ORDER[: _ORDER.index(own)]
        inside -= {kind for kind in inside.intersection(outer) if any(line.kind == kind for line in lines[:index])}
    return frozenset(inside | {own})


def _section(
    folded: str, lines: Sequence[Line], lists: WordLists, index: int, last: int, above: str | None
) -> Section | None:
    """The section from one line to another; None where its heading has no title."""
    line = lines[index]
    span = Span(line.start, lines[last].end)
    title, start = title_and_body(folded, line, lists, lines[index + 1] if last > index else None)
    if title.start >= title.end:
        named = name_below(folded, lines[index + 1 : last + 1], lists)
        if named is None:
            return None
        title, start = named, lines[index + 1].start
    if start >= line.end:  # nothing of the heading's line is left
        start = lines[index + 1].start if last > index else line.end
    return Section(
        number=line.number,
        title=title,
        span=span,
        body=(Span(start, span.end),),
        heading=title,
        level=level_in(folded, line.start, min(line.end, title.end + 24)) or above,
        departments=departments_in(folded, span, title, line, lists),
    )
