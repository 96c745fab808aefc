"""Projects of an interview: what the one side asks about and the other side answers with numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span
from extractor.release.declared import Declared
from extractor.release.lines import SPEAKER, Line
from extractor.release.names import echo, ends_on_process, name_at, names_in, without_predicate
from extractor.release.prose import Counts, Place, topic_of_answer

_ASKS = "记者"
_LATER = plain(
    r"(?<![到至])明年|下一步|下一年|今后|来年|接下来[^说看]{0,6}打算"
    r"|(?:20\d\d|今)年[^,。?]{0,8}(?:打算|设想|思路|有(?:什么|哪些|何)[^,。?]{0,4}(?:计划|安排|部署))"
)
_THIS_IS = plain(r"(?:这|那)(?:一?[件项])?(?:就|也)?(?:是|叫|属于)")  # 这是困难老年人家庭适老化改造。
_LEAST = 3  # questions that make an interview


def asked(
    folded: str,
    lines: Sequence[Line],
    row: Row,
    turns: Sequence[tuple[Span, Span]],
    declared: Sequence[Declared],
    counts: Counts,
    *,
    guess: bool = False,
) -> list[Place]:
    """Where an interview turns to a project: the name is the answer's where it opens with one, else the question's.

    turns: questions and their answers; guess: a question may name what its answer does not say again.
    """
    found: list[Place] = []
    told = [one.span.start for one in declared if one.counts_projects]
    for question, answer in turns:
        if _any_in(told, question) or not counts(*answer) or _LATER.search(folded, *question):
            continue
        name = _answered(folded, row, lines, answer) or _asked_about(folded, row, question, answer, guess)
        if name and _any_in(told, answer) and not ends_on_process(row, name):
            continue  # of all projects
        if name and not any(_is_same(folded, name, place.title) for place in found):
            found.append(Place(question.start, name, None, answer.end))
        elif found and (name or guess or not _asked_about(folded, row, question, answer, True)):  # he asks on
            found[-1] = found[-1]._replace(end=answer.end)
    return found if len(found) >= _LEAST else []


def _answered(folded: str, row: Row, lines: Sequence[Line], answer: Span) -> Span | None:
    """The name with which an answer opens: 公交线路优化,今年新开线路12条."""
    line = lines[bisect_left(lines, answer.start, key=lambda line: line.start)]
    if name := topic_of_answer(folded, line, row.lists):
        return name
    at = _behind_speaker(folded, line)
    lead = _THIS_IS.match(folded, at, line.end)
    name = name_at(row, bisect_left(row.starts, lead.end() if lead else at))
    closed = name and folded.startswith((",", "。") if lead else ",", name.end)
    return name if name and closed and ends_on_process(row, name) else None


def _asked_about(folded: str, row: Row, question: Span, answer: Span, guess: bool) -> Span | None:
    """The name in a question of which its answer says most again; to guess, the longest."""
    names = [without_predicate(row, name) for name in names_in(row, *question)]
    said = {name: told for name in names if (told := echo(folded, name, *answer))}
    if said:
        return max([name for name in said if ends_on_process(row, name)] or said, key=said.__getitem__)
    named = [name for name in names if ends_on_process(row, name)] or names
    return max(named, key=lambda name: name.end - name.start, default=None) if guess else None


def _any_in(places: Sequence[int], span: Span) -> bool:
    """Whether any of the places, in order, stands in a span."""
    return bisect_left(places, span.start) < bisect_left(places, span.end)


def _is_same(folded: str, name: Span, other: Span) -> bool:
    one, two = folded[slice(*name)], folded[slice(*other)]
    return one in two or two in one


def _behind_speaker(folded: str, line: Line) -> int:
    match = SPEAKER.match(folded, line.body, line.end)
    return match.end() if match else line.body


def turns_of(folded: str, lines: Sequence[Line], counts: Counts) -> list[tuple[Span, Span]]:
    """Every question (behind who asks it) and its answer, in order; empty where the release is no interview."""
    asking = _asking(folded, lines, counts)
    turns: list[tuple[Span, Span]] = []
    for at in sorted(asking):
        end = at + 1
        while end < len(lines) and end not in asking and not lines[end].furniture:
            end += 1
        if end > at + 1:
            answer = Span(lines[at + 1].start, lines[end - 1].end)
            turns.append((Span(_behind_speaker(folded, lines[at]), lines[at].end), answer))
    return turns if len(turns) >= _LEAST else []


def _asking(folded: str, lines: Sequence[Line], counts: Counts) -> set[int]:
    """Indexes of the lines that ask: those of the speakers who tell the fewest numbers, else those that end with ?."""
    speakers = {
        index: _ASKS if _ASKS in match["who"] else match["who"]  # each of another paper
        for index, line in enumerate(lines)
        if not line.furniture and (match := SPEAKER.match(folded, line.body, line.end))
    }
    times = Counter(speakers.values())
    told = Counter(who for index, who in speakers.items() if counts(lines[index].body, lines[index].end) > 1)
    asks = {who for index, who in speakers.items() if folded[lines[index].end - 1] == "?"}
    hosts = {who for who in asks if told[who] * 3 < times[who]}
    asked = sum(times[who] for who in hosts)
    if asked >= _LEAST and len(speakers) - asked >= _LEAST:
        return {index for index, who in speakers.items() if who in hosts}
    return {
        index
        for index, line in enumerate(lines)
        if not line.furniture and folded[line.body : line.end].rstrip("”").endswith("?")
    }
