"""Where a release's projects stand: which system of headings it uses, and at which level its projects are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.language.words import Row as WordRow
from extractor.model import Span
from extractor.release.header import Declared
from extractor.release.lines import Line, is_outlook, number_of_mark
from extractor.release.prose import Place, in_brackets, named, paragraphs, spoken
from extractor.release.tables import Row, Table

_LEVEL = re.compile(
    r"[(\[【](?P<level>(?:省|市|区|县|州|盟|旗|自治区|自治州|国家|中央|镇|街道)(?:定|级|列|办|直|本级)?(?:、?(?:省|市|区|县)(?:定|级|列))?)(?:重点)?(?:民生实事|实事|项目)?(?:之[一二三四五六七八九十]{1,3})?[)\]】]"
)
_GROUP_LEVEL = re.compile(
    r"(?P<level>(?:省|市|区|县|州|自治区|国家)(?:定|级|列|办))(?:重点)?(?:民生|为民|惠民)?(?:办)?(?:实事|项目)"
)
_TAG = re.compile(
    r"[(\[【](?:已?(?:完成|办结|超额完成|达标|竣工|投用)|进行中|推进中|未完成|超额|提前完成|序时推进|正在推进|基本完成|超时序|滞后)[^)\]】]{0,6}[)\]】]"
)
_DEPARTMENT = re.compile(
    r"[(\[]?(?:牵头|责任|主管|承办|实施|配合|主办|落实)(?:单位|部门|处室|科室)(?:及配合单位)?[::] ?(?P<names>[^)\]\n。]{2,80})[)\]]?"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>20[0-4]\d) ?年")
_OFFICE = re.compile(r"[(\[](?P<names>[^()\[\]\d]{2,30}(?:局|委|办|办公室|中心|集团|公司|联|会|部|院|政府))[)\]]")
_PUNCTUATION = re.compile(r"[,;。]")
_SENTENCE = re.compile(r"[,;。\d]")
_INLINE = re.compile(r"[。::]")
TITLE_LONGEST = 60
_CERTAIN = 4.2  # a score that no other system will pass: as many as declared, all of them filled


Counts = Callable[[int, int], int]


class Section(NamedTuple):
    """One project's place: its title, the whole of it, and the stretches of its body that are read for figures."""

    number: int | None
    title: Span
    span: Span
    body: tuple[Span, ...]
    heading: Span | None  # the heading where it is read for numbers apart from the body
    level: str | None
    departments: tuple[str, ...]
    year: int | None = None
    rows: tuple[Row, ...] = ()
    more: Span | None = None  # the rest of a title that is broken over two rows


class System(NamedTuple):
    """A way to divide the release; headings: index of the line, where the title begins and ends, where the body begins."""

    name: str
    sections: tuple[Section, ...]


def find_sections(
    folded: str, lines: Sequence[Line], tables: Sequence[Table], declared: Sequence[Declared], row: WordRow
) -> tuple[Section, ...]:
    """The release's projects, by the system of headings that fits it best."""
    numbers = [row.starts[word] for word, lexeme in sorted(row.lexemes.items()) if lexeme.role is None]

    def counts(start: int, end: int) -> int:
        return bisect_left(numbers, end) - bisect_left(numbers, start)

    return _best(folded, lines, tables, declared, counts)


def _best(
    folded: str, lines: Sequence[Line], tables: Sequence[Table], declared: Sequence[Declared], counts: Counts
) -> tuple[Section, ...]:
    """declared: how many projects the release says there are; counts: how many quantities stand in a range."""
    total = counts(0, len(folded)) or 1
    told = [one.number for one in declared if one.counts_projects]
    said, first = set(told), told[:1]

    def score(system: System) -> float:
        sections = system.sections
        n = _main(folded, lines, sections)
        filled = sum(
            1 for section in sections if sum(counts(*body) for body in section.body) or counts(*section.title)
        ) / len(sections)
        covered = sum(counts(*section.span) for section in sections) / total
        exact = 2.0 if [n] == first else 1.4 if n in said else 0.6 if {n - 1, n + 1} & said else 0.0
        tagged = 1.0 if sum(1 for section in sections if section.level) * 2 >= n else 0.0
        few = -1.0 if n < 3 and n not in said else 0.0
        prose = (
            -0.5
            if system.name in ("spoken", "in-brackets", "paragraphs", "named")
            else 0.5
            if system.name == "table"
            else -0.9
            if system.name.endswith("-trimmed")
            else 0.0
        )
        nested = 0.4 if system.name in deeper else 0.0
        numbers = [section.number for section in sections]
        counted = 0.4 if n > 2 and numbers == list(range(1, len(numbers) + 1)) else 0.0
        return exact + 1.5 * filled + covered + tagged + few + prose + nested + counted

    deeper = _nested_headings(folded, lines, counts)
    best, most = None, 0.0
    for system in _systems(folded, lines, tables, declared, counts):
        if len(system.sections) > 1 and (best is None or score(system) > most):
            best, most = system, score(system)
            if most >= _CERTAIN:
                break
    return _with_years(folded, lines, best.sections) if best else ()


def _nested_headings(folded: str, lines: Sequence[Line], counts: Counts) -> set[str]:
    """Kinds of marks whose lines are headings below other headings: short, without numbers, the text on the next line."""
    found = set()
    for kind in {line.kind for line in lines if line.kind}:
        heads = [i for i, line in enumerate(lines) if line.kind == kind and not line.furniture]
        short = [
            i for i in heads
            if lines[i].end - lines[i].body <= 30 and not counts(lines[i].start, lines[i].end)
            and i + 1 < len(lines) and lines[i + 1].kind != kind
        ]  # fmt: skip
        above = sum(1 for i in heads if i and lines[i - 1].kind not in ("", kind))
        if len(heads) > 2 and len(short) >= 0.8 * len(heads) and above:
            found.add(kind)
    return found


def _with_years(folded: str, lines: Sequence[Line], sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections under lines of one kind that name different years belong to these years: part two is next year's plan."""
    starts = {section.span.start for section in sections}
    groups: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        match = _YEAR.search(folded, line.start, line.end)
        if (
            match
            and number > 1
            and not line.furniture
            and line.start not in starts
            and line.end - line.start < 40
            and folded[line.end - 1] != "。"
        ):
            groups.setdefault(line.kind, []).append((line.start, int(match["year"])))
    heads = next((heads for heads in groups.values() if len({year for _, year in heads}) > 1), [])
    if not heads:
        return sections
    return tuple(
        section._replace(year=max((head for head in heads if head[0] < section.span.start), default=(0, None))[1])
        for section in sections
    )


def _main(folded: str, lines: Sequence[Line], sections: tuple[Section, ...]) -> int:
    """How many of the sections are of the first year."""
    dated = _with_years(folded, lines, sections)
    years = [section.year for section in dated]
    return sum(1 for year in years if year == years[0] or year is None)


def _systems(
    folded: str, lines: Sequence[Line], tables: Sequence[Table], declared: Sequence[Declared], counts: Counts
) -> Iterator[System]:
    """Ways to divide the release, the likeliest first: by tables, by marks, by plain headings, by what the prose names."""
    for table in tables:
        yield System("table", _in_table(folded, table))
    for kind in dict.fromkeys(line.kind for line in lines if line.kind and not line.furniture):
        heads = [i for i, line in enumerate(lines) if line.kind == kind and not line.furniture]
        if len(heads) > 1:
            yield System(kind, _divide(folded, lines, heads))
    counting = [one.span.start for one in declared if one.counts_projects]
    apart = [line for line in lines if not any(line.start <= head < line.end for head in counting)]
    plain = [i for i, line in enumerate(lines) if _is_plain_heading(folded, lines, i, counts)]
    lead = [i for i, line in enumerate(lines) if _has_lead(folded, line, counts)]
    loose = [System("plain", _divide(folded, lines, plain)), System("lead", _divide(folded, lines, lead))]
    for name, find, among in (("spoken", spoken, lines), ("in-brackets", in_brackets, lines), ("paragraphs", paragraphs, apart), ("named", named, lines)):
        loose.append(System(name, _in_prose(folded, lines, find(folded, among, counts))))
    yield from loose
    for system in loose:
        if system.name != "spoken" and len(system.sections) > 3:
            yield System(system.name + "-trimmed", system.sections[:-1])
            yield System(system.name + "-trimmed", system.sections[1:])


def _in_prose(folded: str, lines: Sequence[Line], places: Sequence[Place]) -> tuple[Section, ...]:
    """Sections that begin inside paragraphs and end where the next begins, or where the text looks ahead."""
    sections = []
    for index, (start, title, number) in enumerate(places):
        end = places[index + 1][0] if index + 1 < len(places) else _end_of_prose(folded, lines, start)
        for line in lines:
            if start < line.start < end and (line.furniture or is_outlook(folded, line) or _is_aside(folded, line)):
                end = line.start
                break
        while end > start and folded[end - 1] in " \n":
            end -= 1
        level = _LEVEL.search(folded, start, min(end, title.end + 12)) or _GROUP_LEVEL.search(
            folded, folded.rfind("\n", 0, start) + 1, start
        )
        sections.append(
            Section(
                number,
                _without_tags(folded, title.start, title.end),
                Span(start, end),
                (Span(start, end),),
                None,
                level["level"] if level else None,
                (),
            )
        )
    return tuple(sections)


def _is_aside(folded: str, line: Line) -> bool:
    """A resident's words, a paragraph of their own."""
    return folded[line.body] == "“" and "说" in folded[line.body : line.end]


def _end_of_prose(folded: str, lines: Sequence[Line], start: int) -> int:
    return next((line.end for line in lines if line.start <= start < line.end), start)


def _in_table(folded: str, table: Table) -> tuple[Section, ...]:
    sections: list[Section] = []
    numbered = any(row.cell("number") for row in table.rows)
    for row in table.rows:
        title = row.cell("title")
        if row.total:
            continue
        if title is None or (numbered and sections and row.cell("number") is None):
            if sections:
                last = sections[-1]
                broken = title.span if title and row.cell("indicator") and last.more is None else last.more
                sections[-1] = last._replace(
                    more=broken,
                    span=Span(last.span.start, row.span.end),
                    rows=(*last.rows, row),
                    body=(Span(last.span.start, row.span.end),),
                )
            continue
        number = row.cell("number")
        level = _GROUP_LEVEL.search(folded, *row.group) if row.group else None
        level = level or _LEVEL.search(folded, *title.span)
        departments = row.cell("department")
        names = tuple(_names(folded[slice(*departments.span)])) if departments else ()
        value = number_of_mark(folded[slice(*number.span)]) if number else None
        sections.append(
            Section(
                value,
                _without_tags(folded, *title.span),
                row.span,
                (row.span,),
                None,
                level["level"] if level else None,
                names,
                rows=(row,),
            )
        )
    return tuple(sections)


def _is_plain_heading(folded: str, lines: Sequence[Line], index: int, counts: Counts) -> bool:
    line = lines[index]
    text = line.text(folded)
    if (
        line.kind
        or text.startswith(("——", "--"))
        or line.furniture
        or index + 1 >= len(lines)
        or not 3 <= len(text) <= 36
        or text[-1] in "。;,:!?、)"
        or index == 0
    ):
        return False
    following = lines[index + 1]
    return (
        not following.furniture
        and len(following.text(folded)) > len(text)
        and (folded[following.end - 1] in "。;!”)" or counts(following.start, following.end) > 1)
    )


def _has_lead(folded: str, line: Line, counts: Counts) -> bool:
    """Whether a paragraph opens with a short name of its own: 中小学幼儿园扩容项目。全年建成…"""
    if line.kind or line.furniture:
        return False
    stop = _INLINE.search(folded, line.body, min(line.end, line.body + 30))
    return bool(
        stop
        and stop.start() - line.body >= 4
        and stop.end() < line.end - 10
        and not counts(line.body, stop.start())
        and "," not in folded[line.body : stop.start()]
    )


def _divide(folded: str, lines: Sequence[Line], heads: Sequence[int]) -> tuple[Section, ...]:
    sections = []
    longest = 0
    for place, index in enumerate(heads):
        following = heads[place + 1] if place + 1 < len(heads) else None
        last = _last_line(folded, lines, heads, index, following, longest if place else len(lines))
        longest = max(longest, last - index)
        sections.append(_section(folded, lines, index, last))
    return tuple(section for section in sections if section is not None)


def _last_line(
    folded: str, lines: Sequence[Line], heads: Sequence[int], index: int, following: int | None, longest: int
) -> int:
    """Index of the last line of the section that line ``index`` opens."""
    end = following if following is not None else len(lines)
    rank = lines[index].kind
    for at in range(index + 1, end):
        line = lines[at]
        if line.furniture or (following is None and (is_outlook(folded, line) or at - index > longest)):
            return at - 1
        if line.kind and line.kind != rank and line.kind not in _below(lines, index, end) and at > index:
            return at - 1
        if (
            following is not None
            and _GROUP_LEVEL.search(folded, line.start, line.end)
            and line.end - line.start < 30
            and at == end - 1
        ):
            return at - 1
    return end - 1


def _below(lines: Sequence[Line], index: int, end: int) -> frozenset[str]:
    """Kinds of marks that open sub-items of the section: all but those that also stand in front of its heading."""
    before = {line.kind for line in lines[:index] if line.kind}
    inside = {line.kind for line in lines[index + 1 : end]}
    order = [
        "markdown",
        "chinese-number",
        "chinese-number-in-brackets",
        "nth",
        "labelled",
        "number",
        "number-in-brackets",
        "circled-number",
    ]
    own = lines[index].kind
    if own in order:
        inside -= {kind for kind in order[: order.index(own)] if kind in before}
    return frozenset(inside)


def _section(folded: str, lines: Sequence[Line], index: int, last: int) -> Section | None:
    line = lines[index]
    span = Span(line.start, lines[last].end)
    title, body = _title(folded, line)
    if title.start >= title.end:
        return None
    head = folded[line.start : min(line.end, title.end + 24)]
    level = _LEVEL.search(head)
    departments = []
    if office := _OFFICE.search(folded, title.end, min(line.end, title.end + 34)):
        departments += _names(office["names"])
    for match in _DEPARTMENT.finditer(folded, span.start, span.end):
        departments += _names(match["names"])
    bodies = [Span(body, line.end)] if body < line.end else []
    bodies += [Span(lines[at].start, lines[at].end) for at in range(index + 1, last + 1)]
    whole = Span(bodies[0].start, bodies[-1].end) if bodies else Span(line.end, line.end)
    has_body = bool(bodies)
    return Section(
        line.number,
        title,
        span,
        (whole,),
        title if has_body else title,
        level["level"] if level else _level_above(folded, lines, index),
        tuple(departments),
    )


def _names(listed: str) -> list[str]:
    return [name for name in regex.split(r"[、,;/\s]+|<br>", listed) if name]


def _level_above(folded: str, lines: Sequence[Line], index: int) -> str | None:
    for at in range(index - 1, -1, -1):
        line = lines[at]
        if line.end - line.start > 40:
            continue
        match = _GROUP_LEVEL.search(folded, line.start, line.end)
        if match and not line.furniture and line.kind != lines[index].kind:
            return str(match["level"]) if at > 1 else None
    return None


def _title(folded: str, line: Line) -> tuple[Span, int]:
    """The title's span and where the body begins; marks, level and status tags are no part of the title."""
    start, end = line.body, line.end
    tag = _LEVEL.match(folded, start, end)
    if tag:
        start = tag.end()
    while start < end and folded[start] in " :、.":
        start += 1
    if folded[start : start + 1] == "【" and (close := folded.find("】", start, end)) > 0:
        behind = _behind_tags(folded, close + 1, end)
        if not 3 < end - behind <= TITLE_LONGEST or _PUNCTUATION.search(folded, behind, end):
            return Span(start + 1, close), behind
        start = behind  # 【省级实事之一】开展重点人群技能培训
    stop = _INLINE.search(folded, start, end)
    clause = _PUNCTUATION.search(folded, start, end)
    prose = end - start > 30 or folded[end - 1] in "。;"
    first = clause is not None and clause[0] in ",;" and clause.end() < end and (stop is None or clause.start() < stop.start())
    if clause and (clause.start() - start > TITLE_LONGEST or (prose and first)):
        return _without_tags(folded, start, clause.start()), start  # prose from the mark on: its first clause
    if stop and stop.end() < end and not _is_subtitle(folded, stop, end):
        return _without_tags(folded, start, stop.start()), stop.end()
    if end - start > TITLE_LONGEST:
        return Span(start, clause.start() if clause else end), start
    return _without_tags(folded, start, end), end


def _is_subtitle(folded: str, stop: re.Match[str], end: int) -> bool:
    """饮水:窖水换成自来水 is one title: what stands behind the colon is short and no sentence."""
    return stop[0] in "::" and end - stop.end() <= 16 and not _SENTENCE.search(folded, stop.end(), end)


def _behind_tags(folded: str, start: int, end: int) -> int:
    match = _LEVEL.match(folded, start, end)
    return match.end() if match else start


def _without_tags(folded: str, start: int, end: int) -> Span:
    while end > start and not folded[end - 1].isalnum() and folded[end - 1] not in "”)》】]!?":
        end -= 1
    changed = folded[end - 1 : end] in (")", "]", "】")
    while changed:
        changed = False
        for pattern in (_LEVEL, _TAG, _OFFICE):
            for match in pattern.finditer(folded, start, end):
                if match.end() == end and match.start() > start:
                    end = match.start()
                    while end > start and folded[end - 1] == " ":
                        end -= 1
                    changed = True
                    break
    return Span(start, end)
