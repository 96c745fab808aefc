"""Which words of a clause can name a project: runs of words for things, and for what is done to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span

_NAMING: Final = frozenset("nwkxvOYDMud&/")
_BRACKETED: Final = plain(r"\([nxk]{1,3}\)(?=[nwkxvu])")
_HEADS: Final = frozenset("nwkxvudO")
_WORK: Final = r"%works%\Z"
_WHAT_IS_DONE: Final = "%matters%$"  # 危房改造, 住房供给
_ASPECTS: Final = frozenset({"了", "过", "着", "得", "给", "到"})
_LEAST, _LONGEST = 3, 22  # characters of a name


def name_at(row: Row, word: int) -> Span | None:
    """The name that begins with a word of the row; None where what stands there is none."""
    end = _end_of_run(row, word)
    span = Span(row.starts[word], row.ends[end - 1]) if end > word else None
    return span if span and _LEAST <= span.end - span.start <= _LONGEST else None


def names_in(row: Row, start: int, end: int) -> Iterator[Span]:
    """Every run of words between two places that could be a name."""
    word, last = bisect_left(row.starts, start), bisect_left(row.starts, end)
    while word < last:
        stop = min(_end_of_run(row, word), last)
        if stop == word:
            word += 1
            continue
        opened = row.words[word] == "“" and "”" not in row.words[word:stop]  # a question in quotation marks
        span = Span(row.starts[word + opened], row.ends[stop - 1])
        if _LEAST <= span.end - span.start <= _LONGEST:
            yield span
        word = stop


def ends_on_process(row: Row, name: Span) -> bool:
    """Whether a name's last word says what is done: 公交线路优化, 老旧小区改造."""
    return row.classes[bisect_left(row.ends, name.end)] in "wvud"


def named_in(folded: str, row: Row, told: Span, rest: Span) -> Span | None:
    """The name in one stretch that says what is done, of which the rest of its section says most again."""
    names = [cut for name in names_in(row, *told) if (cut := up_to_process(row, name))]
    said = [echo(folded, name, *rest) for name in names]
    return names[said.index(max(said))] if names else None


def without_predicate(row: Row, name: Span) -> Span:
    """A run of words without the verbs behind what is done: 健身圈建设 of 健身圈建设覆盖."""
    first, end = bisect_left(row.starts, name.start), bisect_left(row.ends, name.end) + 1
    while end - first > 2 and row.classes[end - 1] == "v" and row.classes[end - 2] in "wvu":
        end -= 1
    return Span(name.start, row.ends[end - 1]) if row.classes[end - 1] in "wu" else name


def up_to_process(row: Row, name: Span) -> Span | None:
    """A run of words up to a 项目, or to the last that says what is done: 残疾儿童康复 of 残疾儿童康复格外温情."""
    first, end = bisect_left(row.starts, name.start), bisect_left(row.ends, name.end) + 1
    is_called, is_done = row.lists.plain(_WORK).search, row.lists.plain(_WHAT_IS_DONE).search
    called = next((at for at in range(first + 1, end) if is_called(row.words[at])), None)
    if called is not None:
        return Span(name.start, row.ends[called])
    while end > first and not (row.classes[end - 1] in "wu" or is_done(row.words[end - 1])):
        end -= 1
    return Span(name.start, row.ends[end - 1]) if end - first > 1 else None


def is_work(folded: str, row: Row, name: Span) -> bool:
    """Whether a name says of itself that it is a project's: 农村公路“建养一体”工程."""
    return row.lists.plain(_WORK).search(folded, *name) is not None


def is_process(folded: str, row: Row, name: Span) -> bool:
    """Whether a name says what is done: 困难群众救助提标, 农村公路“建养一体”工程."""
    return is_work(folded, row, name) or ends_on_process(row, name)


def echo(folded: str, name: Span, start: int, end: int) -> int:
    """How many pairs of characters of a name a stretch says again: 天然气入户 in 新增天然气用户1.5万户 has two."""
    text = folded[start:end]
    return sum(1 for at in range(name.start, name.end - 1) if folded[at : at + 2] in text)


def _end_of_run(row: Row, word: int) -> int:
    """Index behind the last word of the run that begins with a word; that word itself where none does."""
    end = word
    classes, words = row.classes, row.words
    manners, talk = row.lists["manners"], row.lists["talk"]  # 适龄妇女|免费|筛查
    while end < len(words):
        if (classes[end] in _NAMING or words[end] in manners) and words[end] not in talk:
            end += 1
        elif end > word and classes[end] == "(" and (bracket := _BRACKETED.match(classes, end)):
            end = bracket.end()  # 城中村(棚户区)改造
        else:
            break
    if end - word > 1 and end < len(words):
        end -= _predicate(words, classes, end)
    while end > word and classes[end - 1] not in _HEADS:  # a list's mark closes no name
        end -= 1
    return end if any(classes[at] in _HEADS for at in range(word, end)) else word


def _predicate(words: Sequence[str], classes: str, end: int) -> int:
    """How many words before ``end`` are what the clause says of the name: 改造|搞了一年, 改造|轮得到我们."""
    said = words[end] in _ASPECTS or (words[end] == "的" and words[end + 1 : end + 2] == ["是"])
    if said and len(words[end - 1]) < 3 and classes[end - 1] not in "wu":
        return 1
    return 2 if words[end - 1][0] == "得" and len(words[end - 2]) == 1 else 0
