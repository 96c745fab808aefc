"""Projects in running text: enumerated aloud, a paragraph each, or named where the text turns to the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from extractor.model import Span
from extractor.release.lines import Line, _number, is_outlook

Counts = Callable[[int, int], int]
Place = tuple[int, Span, int | None]  # where a project begins, its title, its number

_SPOKEN = regex.compile(
    r"(?<=^|[\n。;:,”)])[ ]*(?:(?P<number>[一二三四五六七八九十]{1,2})是(?!否)|第(?P<number>[一二三四五六七八九十]{1,2})(?:块|个方面|方面|项工作|项)?(?:是|,|、|:)"
    r"|(?P<word>首先|其次|再次|然后|最后|此外|另外)(?:是|,|:))"
)
_BRACKETED = regex.compile(r"(?<=[。;,:” ])[(](?P<number>\d{1,2})[)]")
_ORDER = {"首先": 1}
_PROJECT = r"(?P<name>(?:“[^”]{2,14}”)?[^,。;:、“”\d—]{0,14}(?:“[^”]{2,14}”)?[^,。;:、“”\d—]{0,12}?(?:项目|工程|行动)(?:建设|改造)?(?=[^的;、和与等]|中[,，]|全年|:))"
_TURN = regex.compile(rf"(?:来自|得益于|归功于|源于|就是|——){_PROJECT}")
_NAME = regex.compile(rf"(?:由[^,。;]{{2,14}}(?:牵头|承担|负责|实施)的|在|作为|围绕|聚焦)?{_PROJECT}")
_SENTENCE = regex.compile(r"[^。!?\n]+[。!?]?[”]?")
_LATER = regex.compile(r"20\d\d ?年,")
_CLAUSE_END = regex.compile(r"[,。;:]")


def spoken(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Projects counted aloud inside paragraphs: 一是…二是…, 第一块是…第二块是…, 首先…其次…"""
    found: list[Place] = []
    for match in _SPOKEN.finditer(folded):
        number = _number(match.captures("number")[-1]) if match.captures("number") else _ORDER.get(match["word"])
        title = _first_clause(folded, match.end())
        if title.start < title.end:
            found.append((match.start() + len(match[0]) - len(match[0].lstrip()), title, number))
    return found


def in_brackets(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Projects counted by (1)…(2)… inside paragraphs."""
    found: list[Place] = []
    for match in _BRACKETED.finditer(folded):
        title = _first_clause(folded, match.end())
        if title.start < title.end:
            found.append((match.start(), title, int(match["number"])))
    return found


def _first_clause(folded: str, start: int) -> Span:
    while start < len(folded) and folded[start] in " ,、:是":
        start += 1
    stop = _CLAUSE_END.search(folded, start, start + 60)
    end = stop.start() if stop else min(len(folded), start + 30)
    newline = folded.find("\n", start, end)
    return Span(start, newline if newline > 0 else end)


def paragraphs(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """One paragraph a project, without any heading: the title is its first clause."""
    found: list[Place] = []
    for line in lines:
        if (
            line.kind
            or line.furniture
            or is_outlook(folded, line)
            or line.end - line.start < 20
            or _LATER.match(folded, line.body)
            or not counts(line.start, line.end)
        ):
            continue
        title = _first_clause(folded, line.body)
        found.append((line.start, title, None))
    return found


def named(folded: str, lines: Sequence[Line], counts: Counts) -> list[Place]:
    """Projects named at the beginning of a sentence: 停车泊位项目新增泊位6.1万个."""
    found: list[Place] = []
    seen: set[str] = set()
    for line in lines:
        if line.furniture or line.kind or is_outlook(folded, line) or "。" not in folded[line.body : line.end]:
            continue
        for sentence in _SENTENCE.finditer(folded, line.body, line.end):
            match = _TURN.search(sentence[0]) or _NAME.match(sentence[0])
            if (
                not match
                or match.end("name") - match.start("name") < 5
                or match["name"] in seen
                or "实事" in match["name"]
            ):
                continue
            seen.add(match["name"])
            title = Span(sentence.start() + match.start("name"), sentence.start() + match.end("name"))
            found.append((sentence.start() + (match.start() if match.start() else 0), title, None))
    return found
