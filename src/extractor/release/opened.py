"""Projects of a briefing: a sentence opens with a name, counted aloud, introduced, or said again in what follows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span
from extractor.release.lines import Line
from extractor.release.names import echo, is_process, name_at, up_to_process
from extractor.release.prose import TELLER, Counts, Place

_SENTENCE = plain(r"[^。!?;\n]+")
_WHOLE_SENTENCE = plain(r"[^。!?\n]+")
_INTRODUCED = plain(  # 先说学校食堂, 再来看公交优化, 最后是普惠托育
    r"(?:首先|其次|再次|然后|最后|接着|接下来|先|再|另外|此外|还有|一个是|另一个是)?(?:来|给大家|向大家)?"
    r"(?:(?:说说|说到|说|讲讲|讲|谈谈|谈|聊聊|看看|看|介绍|汇报|报告)(?:一下)?|要?数|就?是)[,:]?"
)
_ABOUT = plain(r"(?:关于|至于|对于|围绕|在(?=[^,。;:]{3,14}(?:方面|上),))")
_LEAD = plain(  # 同步实施的|供热旧管网更新工程, 市卫健委牵头的|“2+3”健康服务包
    r" *(?:(?:同时|此外|同步|另外),)?(?:对[^,。;]{2,8},)?(?:[^,。;:“”\d]{1,10}(?<!是)的(?=[^,。;:]{4}))?"
    r"(?:[^,。;:\d]{2,12}是|[^,。;:\d]{2,4}来自)?"
)
_GOES_ON = plain(r"的(?!年度|全年|目标|任务|计划)|[和与、及率量]")  # behind what is no name yet
_LEAST = 4  # characters of a name
_CLOSED = plain(r"(?P<matter>方面|这一?块|这[件项]实?事|上)?[,:]|(?P<told>全年|[今去]年|已|累计|共|完成|投资)")
_LEAD_IN = rf"(?:{TELLER})?(?:[^。;:\n]{{2,24}}:)?"  # 据市教育局介绍,教育类实事有两件:


def opened(folded: str, lines: Sequence[Line], row: Row, aloud: Sequence[Place], counts: Counts) -> list[Place]:
    """Projects that sentences open with; of a line that counts aloud, what it counts."""
    found: list[Place] = []
    for line in lines:
        if line.furniture or line.outlook:
            continue
        first, last = (bisect_left(aloud, end, key=lambda place: place.start) for end in (line.start, line.end))
        counted = list(aloud[first:last])
        if not any(place.number for place in counted) and counts(line.body, line.end):
            titles = {place.title for place in counted}
            others = [place for place in _openings(folded, line, row, counts) if place.title not in titles]
            counted = sorted([*counted, *others])
        found += counted
    return found


def told(folded: str, lines: Sequence[Line], row: Row, counts: Counts) -> list[Place]:
    """Projects of a story: sentences that open with what is done, whatever they tell of it: 学位扩容交出高分:…."""
    found: list[Place] = []
    for line in lines:
        if line.furniture or line.kind or line.outlook:
            continue
        stops = [sentence.span() for sentence in _WHOLE_SENTENCE.finditer(folded, line.body, line.end)]
        for number, (start, end) in enumerate(stops):
            until = stops[number + 1][1] if number + 1 < len(stops) else end
            name = _told_of(folded, row, start, end)
            if name and counts(name.end, until):
                found.append(Place(start, name))
    return found


def _told_of(folded: str, row: Row, start: int, end: int) -> Span | None:
    """The name at the head of a sentence that says what is done."""
    lead = _LEAD.match(folded, start, end)
    at = lead.end() if lead else start
    word = bisect_left(row.starts, at)
    name = name_at(row, word)
    if name is None or name.start != at or row.classes[word] in "vfud":
        return None
    cut = up_to_process(row, name)
    return cut if cut and cut.end - cut.start >= _LEAST and not _GOES_ON.match(folded, cut.end) else None


def _openings(folded: str, line: Line, row: Row, counts: Counts) -> list[Place]:
    """The places of one line where a sentence opens with a name; those introduced alone, where more than one is."""
    introduced: list[Place] = []
    places: list[Place] = []
    teller = row.lists.plain(TELLER).match(folded, line.body, line.end)  # 县交通局局长介绍,农村道路“白改黑”完成78公里
    for sentence in _SENTENCE.finditer(folded, line.body, line.end):
        start, end = sentence.span()
        if start == line.body and (lead_in := row.lists.plain(_LEAD_IN).match(folded, start, end)):
            start = lead_in.end()
        while start < end and folded[start] == " ":
            start += 1
        lead = _INTRODUCED.match(folded, start, end) or _ABOUT.match(folded, start, end)
        at = lead.end() if lead else start
        name = name_at(row, bisect_left(row.starts, at))
        closed = _CLOSED.match(folded, name.end, end) if name and name.start == at else None
        if not name or not closed or not counts(name.end, end):
            continue
        if closed["told"] and not (teller and start == teller.end()):
            continue
        if lead and lead.re is _INTRODUCED:
            introduced.append(Place(start, name))
        elif not (closed["matter"] or _is_name(folded, row, name) or echo(folded, name, name.end, end)):
            continue
        places.append(Place(start, name))
    return introduced if len(introduced) > 1 else places


def _is_name(folded: str, row: Row, name: Span) -> bool:
    """Whether a run of words is a name by itself: it says what is done, or ends in quotation marks."""
    return folded[name.end - 1] == "”" or is_process(folded, row, name)
