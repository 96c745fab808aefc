"""Regions: which division a name means, and where names of divisions stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractor.language.expression import expression, plain
from extractor.model import Region, Span
from extractor.release.gazetteer import Place, above, bare_names, bearers, endings, full_names, ordinary_words

LONGEST = 15  # 双江拉祜族佤族布朗族傣族自治县
LONGEST_BARE = 6  # 达尔罕茂明安

# 区域, 县域, 市场 and 都市圈 are words of their own: 以西安区域为重点 names no 西安区, 南昌都市圈 no 昌都市.
_TAIL = plain(r"[市县区州盟旗省](?![域场圈])")

_HAN = "㐀-䶿一-鿿〇"
_WORD_BEGINS = expression(rf"(?<![{_HAN}）)])|(?<=[在到从赴向年日])")
_NOUN_GOES_ON = plain(r"[城级直]|[（(]?[市县区乡镇]")  # 和县（市、区）, 新县城, 成县级
_OF_A_YEAR = plain(r"(?<=\d)年")  # 2023年诸暨…
_RUN = expression(rf"[{_HAN}]{{2,}}")
_PAPER = plain(r"[日晚早晨时商]报|都市报|新闻网|融媒|广播|电视|(?:人民)?政府|[市县区]委")
_YEAR_OR_END = plain(  # 昆山2024年, 诸暨十件民生实事
    r"(?m)[ \t　]*(?:19\d\d|20\d\d|二[〇○零]|$"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[件项大]?(?:为民|民生|惠民|暖心)?实事|民生|交出)"
)
_ROAD = plain(r"[东西南北中]?(?:路|街|大街|大道)")


def find_region(text: str, year: int | None = None, within: str | None = None) -> Region | None:
    """The region that a name means: official (昌吉回族自治州) or in its usual short form (昌吉州, 昌吉, 新疆).

    year: the one the text speaks of; a name counts from the year before it began to the year after it ended.  Without
    it names that still hold come first.  within: code of the region it lies in (411300, or a prefix of it: 4113).
    Of several places with the name the highest is meant (吉林 is the province); where that leaves more than one,
    or none that fits, code is None, and so is whatever else they do not agree on.
    Returns None where no place has the name.
    """
    places = bearers(text)
    if not places:
        return None
    fitting = _meant(text, _in_force([p for p in places if _lies_in(p, within)], year))
    return Region(
        text,
        _agreed(place.code for place in fitting),
        _agreed(place.name for place in fitting),
        _agreed(_parent(place) for place in fitting),
    )


def region_names(text: str, *, short: bool = False) -> list[tuple[Span, str]]:
    """Where names of regions stand in running text, with the names as written, in the text's order.

    Names with their tail (市, 县, 区, 州, 盟, 旗, 省) are found anywhere, the region in front of them that they lie in
    also without it (深圳南山区: 深圳, 南山区).  Names that are ordinary words count only where region_ordinary.tsv
    allows.  short: names without tail count as well where a word begins, those of counties and ordinary ones only in
    front of what tells them to be names (黄冈日报, 通江2024年).
    """
    found: list[Span] = []
    for tail in _TAIL.finditer(text):
        _add(found, _names_ending(text, tail.start() + 1))
    if short:
        found = sorted([*found, *_bare_names(text, found)])
    return [(span, text[span.start : span.end]) for span in found]


def _lies_in(place: Place, within: str | None) -> bool:
    """Whether the code is in that region: 411302 lies in 41, 4113, 410000 and 411300."""
    return within is None or place.code.startswith(re.sub("(?:00)+$", "", within))


def _in_force(places: list[Place], year: int | None) -> list[Place]:
    """The places that had their name in that year, else about that year; without a year the present ones, else all."""
    exact = [place for place in places if place.is_valid(year)]
    if exact or year is None:
        return exact or places
    return [place for place in places if place.is_valid(year - 1) or place.is_valid(year + 1)]


def _meant(text: str, places: list[Place]) -> list[Place]:
    """Those of the places that the name means: official before short, high before low.

    An ordinary word means a place only if the others of that name lie in it: 新乡 has 新乡市 and its 新乡县,
    but 朝阳 is a city and districts of other cities.
    """
    best = min(((place.name != text, place.level) for place in places), default=None)
    top = [place for place in places if (place.name != text, place.level) == best]
    if ordinary_words().get(text) == "paper" and any(not p.code.startswith(top[0].code[:4]) for p in places):
        return places
    return top


def _agreed(values: Iterable[str | None]) -> str | None:
    """The one value that all have, None where they differ."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def _parent(place: Place) -> str | None:
    """Code of the next region above; counties that no prefecture governs (仙桃市, 重庆市万州区) lie in the province."""
    return next((up.code for up in above(place)), None)


def _add(found: list[Span], spans: list[Span]) -> None:
    """Append the spans in place of those they cover; of two that cross, the earlier stays (天津市, not 津市市)."""
    while spans and found and found[-1].end > spans[0].start:
        if found[-1].start < spans[0].start:
            return
        found.pop()
    found.extend(spans)


def _names_ending(text: str, end: int) -> list[Span]:
    """The longest name that ends there, behind the region it lies in where that stands in front of it; or nothing."""
    if text[end - 2 : end] not in endings():
        return []
    known = full_names()
    for start in range(max(0, end - LONGEST), end - 1):
        if text[start:end] in known:
            parent = _parent_before(text, start, end)
            if parent or _counts_alone(text, start, end):
                return [*parent, Span(start, end)]
    return []


def _counts_alone(text: str, start: int, end: int) -> bool:
    """Whether the name is a region's without its parent in front; 和县 and its like run into the words around them."""
    name = text[start:end]
    where = ordinary_words().get(name, "edge" if len(name) == 2 else "anywhere")
    if where == "edge":
        return bool(_WORD_BEGINS.match(text, start)) and not _NOUN_GOES_ON.match(text, end)
    return where == "anywhere"


def _parent_before(text: str, start: int, end: int) -> list[Span]:
    """Span of the longest name that ends at start of a region that the region named from start to end lies in."""
    names = _names_above(text[start:end])
    length = max((len(name) for name in names if text.endswith(name, 0, start)), default=0)
    return [Span(start - length, start)] if length else []


@cache
def _names_above(name: str) -> frozenset[str]:
    """What the regions are called, with tail and without, that the places of that name lie in."""
    return frozenset(called for place in bearers(name) for up in above(place) for called in up.names)


def _bare_names(text: str, found: list[Span]) -> Iterator[Span]:
    """Names without tail in what lies between the spans found, each where a word begins or behind another name."""
    gaps = zip([0, *(span.end for span in found)], [*(span.start for span in found), len(text)], strict=True)
    for left, right in gaps:
        for run in _RUN.finditer(text, left, right):
            start = run.start() + bool(_OF_A_YEAR.match(text, run.start()))
            while span := _bare_name(text, start, run.end()):
                yield span
                start = span.end


def _bare_name(text: str, start: int, stop: int) -> Span | None:
    """The longest name without tail that begins there and that what follows lets be one."""
    for end in range(min(stop, start + LONGEST_BARE), start + 1, -1):
        word = text[start:end]
        if word in bare_names() and _is_told(word, text, end):
            return Span(start, end)
    return None


def _is_told(word: str, text: str, end: int) -> bool:
    """Whether the word in front of end is a region's name: one region's, and no ordinary word there."""
    region = find_region(word)
    if region is None or region.code is None:
        return False
    if _PAPER.match(text, end):
        return True
    if ordinary_words().get(word) == "paper":
        return False
    if region.code.endswith("00"):
        return not _ROAD.match(text, end)
    return bool(_YEAR_OR_END.match(text, end))
