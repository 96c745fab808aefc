"""What a release tells beside its report: residents' words, anecdotes, notes on how it was counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extractor.language.expression import plain
from extractor.language.word_lists import WordLists
from extractor.language.words import Row

_QUOTED = plain(r"“[^“”\n]{1,300}”")
# 司机老张, 王师傅; but 张师傅培训
_PERSON = r"%trades%[老小]%surnames%|(?<!“[^“”]{0,8})%surnames%\p{Han}{0,2}%forms-of-address%(?!培训|资格|队伍)"
_COMMENT = plain(r"(?:@[^\s:]{1,12}|网友[^:。\n]{0,16}):[^\n]*")  # a reader's own words
_TOLD = ("说", "讲", "反映", "告诉", "÷", "四舍五入", "口径", "算", "掌握", "”指", "”系指", "”是指")
_REMARK = (
    r"÷|”[系是]?指(?![标数导挥定引])|四舍五入|统计口径|口径统计|按[^,。;]{1,10}(?:计算|推算|核算|掌握)"
    r"|%residents%们?(?:说|讲|反映|告诉)"
)
_TURN = plain(r"(?<![账说道讲]):|——")
_STOP = plain(r"[.;]")
_SPOKEN = plain(r"[,。!?]")


def asides(folded: str, row: Row) -> list[tuple[int, int]]:
    """Stretches whose numbers report nothing: quoted speech, sentences about one person, notes on the counting."""
    found = [quote.span() for quote in _QUOTED.finditer(folded) if _SPOKEN.search(quote[0][1:-1])]
    found += [said.span() for said in _COMMENT.finditer(folded)]
    stops = [row.ends[stop.start()] for stop in _STOP.finditer(row.classes)]
    for at, is_person in _places(folded, row):
        number = bisect_left(stops, at + 1)
        start = stops[number - 1] if number else 0
        end = stops[number] if number < len(stops) else len(folded)
        if is_person and _is_official(folded, row.lists, start, at):
            continue
        turn = _TURN.search(folded, at, end) if is_person else None
        found.append((start, turn.start() if turn else end))
    return found


def _is_official(folded: str, lists: WordLists, start: int, at: int) -> bool:
    """Whether an official tells what follows: 市卫健委副主任刘某告诉记者,去年新建卫生院17家."""
    tells = lists.plain("%telling%").match(folded, at)
    return tells is not None and lists.plain("%officials%").search(folded, start, at) is not None


def _places(folded: str, row: Row) -> Iterator[tuple[int, bool]]:
    """Where a person is named (True), or a remark made."""
    word = row.classes.find("@")
    while word >= 0:
        yield row.starts[word], True
        word = row.classes.find("@", word + 1)
    if any(word in folded for word in row.lists["forms-of-address"] | row.lists["trades"]):
        for person in row.lists.expression(_PERSON).finditer(folded):
            yield person.start(), True
    if any(word in folded for word in _TOLD):
        for remark in row.lists.expression(_REMARK).finditer(folded):
            yield remark.start(), False
