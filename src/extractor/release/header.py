"""What a release says of itself: title, place, dates, and how many projects there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.language.expression import expression, plain
from extractor.language.word_lists import WordLists
from extractor.language.words import PICTURE
from extractor.model import Header, Region, Span
from extractor.release.dates import is_date, published_on, year_of
from extractor.release.declared import Declared, declared_numbers
from extractor.release.lines import Line
from extractor.release.region import find_region, region_names

__all__ = ["Declared", "declared_numbers", "read_header"]

_NAME_OF_SITE = (
    r"(?:%sites%|(?<![通汇公简快播月季年战])报)$"
    r"|^(?:\S{2,10} {1,4}){3,}\S{2,10}$"  # 内乡县人民政府 信息公开 重点工作 督查落实
    r"|(?:办公室|委员会|政府|局)\s+20\d\d年.{3,7}$|>|^[\d\W]*$|^\(?第\d+[号期]|第\d+期|[\[(]20\d\d[\])] ?\d+ ?号|请勿"
    r"|门户网站|政府网(?!上)|第 ?\d+ ?版|^\S{2,8}[日晚早晨时商]报(?:\s|$)"  # 内江日报  2022年1月7日  第03版:民生
)
_PATH = plain(r">| / ")  # 首页 > 政务公开
_DAY = plain(r"20\d\d[-/.年] ?\d{1,2}[-/.月]")
_OF_DOCUMENT = plain(r"\[20\d\d\] ?\d+ ?号|签发人")
_STAMP = plain(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日? *\d{1,2}:\d\d")  # the minute of publication
_HEADLINE = plain(r"[,?!]")  # what no name of a site or of a page has
_TOWN = expression(  # 西塘镇2024年度民生实事: towns have no code in the standard
    r"(?:(?<=关于|致|[县市区])|(?<!\p{Han}))(?P<name>(?!关于|全|致)\p{Han}{2,4}?(?:(?<![城乡集村小])镇|乡|街道))"
    r"(?=20\d\d|二|人民政府|党工?委|办事处|居民|乡亲|父老|民生|为民|十件)"
)
_REST = plain(  # 2018年为民办实事工程 / 完成情况的通报: the end of a title that stands on two lines
    r"(?:(?:项目|工作|事项)?(?:完成|进展|办理|实施|落实|推进|执行)(?:工作)?(?:情况|方案|计划))?的?"
    r"(?:通知|通报|公告|公示|报告|方案|清单|一览表|汇总表|决定|意见|说明)?"
)
_ADDRESS = plain(r"[^,。;\n]{1,10}?(?:路|街|大道|巷) ?\d+ ?号")  # 信函请寄秦州区民主西路34号
_CELL = plain(r"[^|]+")
_SIGNED = 3  # last lines, one of which may say who speaks
_FIRST_LINES = 24  # among which a title stands
_LONGEST = 70  # characters of a title


def read_header(
    text: str,
    folded: str,
    lines: Sequence[Line],
    declared: Sequence[Declared],
    projects: int,
    body: Span,
    lists: WordLists,
) -> Header:
    """The header of a release; projects: how many were found, body: where they stand (empty where there are none)."""
    title = _title(folded, lines, body, lists)
    year = year_of(folded, title, lines, next((one.span.start for one in declared if one.counts_projects), 0))
    published = published_on(folded, lines, year, body)
    if year is None and published:
        year = int(published[:4])
    return Header(
        title=_joined(text, title) if title else None,
        region=_region(text, folded, title, lines, year, body),
        published=published,
        year=year,
        declared_projects=_declared(declared, projects),
    )


def _joined(text: str, span: Span) -> str:
    """The characters of a title that may stand on two lines."""
    return "".join(line.strip() for line in text[span.start : span.end].split("\n"))


def _declared(declared: Sequence[Declared], projects: int) -> int | None:
    counts = [one.number for one in declared if one.counts_projects]
    if projects in counts or (not counts and projects > 2 and projects in [one.number for one in declared]):
        return projects  # also where they are only planned: 拟办实事10件, 候选项目15个
    return counts[0] if counts else None


def _title(folded: str, lines: Sequence[Line], body: Span, lists: WordLists) -> Span | None:
    candidates = _title_lines(folded, lines, body, lists)
    if not candidates:
        return None
    first = lines[candidates[0]]
    if _HEADLINE.search(folded, first.body, first.end):
        candidates = candidates[:1]
    speaks_of = lists.plain("%subjects%").search
    best = next((i for i in candidates if speaks_of(folded, lines[i].body, lines[i].end)), candidates[0])
    start, end = lines[best].body, lines[best].end
    if best and folded.startswith("关于", start) and _is_first_half(folded, lines[best - 1], lines[best]):
        start = lines[best - 1].body
    rest = lines[best + 1] if best + 1 < len(lines) else None
    if rest and rest.start <= end + 2 and _REST.fullmatch(folded, rest.start, rest.end):
        end = rest.end
    start, end = _title_cell(folded, start, end, lists)
    dash = folded.find("——", start + 4, end)
    return Span(start, dash if dash > 0 else end)


def _title_lines(folded: str, lines: Sequence[Line], body: Span, lists: WordLists) -> list[int]:
    """Indexes of the lines above the text that may be the title."""
    found = []
    for index, line in enumerate(lines[:_FIRST_LINES]):
        length = line.end - line.body
        sentence = folded[line.end - 1] in "。;" or length > _LONGEST or "。" in folded[line.body : line.end]
        if (sentence and not line.furniture) or (body.start < body.end and line.start >= body.start):
            break
        marked = line.kind and not line.kind.startswith(("markdown", "tag")) and not PICTURE.match(folded, line.start)
        if not line.furniture and length >= 5 and not marked and not _is_beside_title(folded, line, lists):
            found.append(index)
    return found


def _is_beside_title(folded: str, line: Line, lists: WordLists) -> bool:
    """Whether a line is a subtitle, a date or the name of the site."""
    return (
        folded.startswith(("——", "--"), line.start)
        or is_date(folded, line.body)
        or _STAMP.search(folded, line.body, line.end) is not None
        or lists.expression(_NAME_OF_SITE).search(folded[line.body : line.end]) is not None
    )


def _is_first_half(folded: str, line: Line, following: Line) -> bool:
    """Whether a title begins on the line before: 南阳市人民政府 / 关于2023年民生实事完成情况的通报."""
    return (
        line.end + 2 >= following.start
        and line.end - line.start < 30
        and not line.furniture
        and not folded.startswith("号", line.end - 1)
        and not _PATH.search(folded, line.start, line.end)
        and not _DAY.search(folded, line.start, line.end)
        and not _OF_DOCUMENT.search(folded, line.start, line.end)
    )


def _title_cell(folded: str, start: int, end: int, lists: WordLists) -> tuple[int, int]:
    """The likeliest cell of a title that stands in the row of a table."""
    cells = list(_CELL.finditer(folded, start, end))
    if len(cells) < 3:
        return start, end
    return max(cells, key=lambda cell: (bool(lists.plain("%subjects%").search(cell[0])), len(cell[0]))).span()


def _region(
    text: str, folded: str, title: Span | None, lines: Sequence[Line], year: int | None, body: Span
) -> Region | None:
    """The place in the title; else the one that the lines around the projects name most, else any line."""
    if title and (town := _TOWN.search(folded, *title)):
        return Region(text[slice(*town.span("name"))], None, None, None)
    if title and (names := region_names(folded[title.start : title.end])):
        return _found(text, names[-1][0], title.start, year)
    around = [line for line in lines if not body.start <= line.start < body.end]
    heads = [*around[:3], *lines[-_SIGNED:]]
    if town := next((town for line in heads if (town := _TOWN.match(folded, line.body, line.end))), None):
        return Region(text[slice(*town.span("name"))], None, None, None)
    weights: Counter[str] = Counter()
    spans: dict[str, Span] = {}
    for span, name, weight in (
        _named_in_lines(folded, around)
        or [(span, name, 1) for span, name in region_names(folded) if not _ADDRESS.match(folded, span.end)]
        or _short_names(folded, lines)
    ):
        weights[name] += weight
        spans.setdefault(name, span)
    if not weights:
        return None
    best = max(weights, key=lambda name: (weights[name], -spans[name].start))
    return _found(text, spans[best], 0, year)


def _named_in_lines(folded: str, lines: Sequence[Line]) -> list[tuple[Span, str, int]]:
    """Places that lines name, with twice the weight near a line's beginning."""
    return [
        (Span(line.start + span.start, line.start + span.end), name, 2 if span.start < 40 else 1)
        for line in lines
        for span, name in region_names(folded[line.start : line.end])
        if not _ADDRESS.match(folded, line.start + span.end)
    ]


def _short_names(folded: str, lines: Sequence[Line]) -> list[tuple[Span, str, int]]:
    """Places without their kind (南阳) in the first lines; the very first counts twice."""
    return [
        (Span(line.start + span.start, line.start + span.end), name, 2 if line is lines[0] else 1)
        for line in lines[:10]
        for span, name in region_names(folded[line.start : line.end], short=True)
    ]


def _found(text: str, span: Span, offset: int, year: int | None) -> Region:
    surface = text[offset + span.start : offset + span.end]
    return find_region(surface, year) or Region(surface, None, None, None)
