"""Traditional characters read as simplified ones, character by character, so that offsets hold."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from extractor.language.expression import plain

# The most frequent ones of releases: a longer text without any of them is not traditional.
_FREQUENT = plain(
    "[個萬實務區項標業農辦爲為計戶級開劃點設達縣資億會單車鎮進網發處電別園鄉頭現動舊線條報場來責號養醫數門擴臺兩]"
)
_LONG = 200
_HAN = ("\u4e00", "\u9fff")


def simplify(text: str) -> str:
    """The text with simplified characters where it is written in traditional ones, as it is where it is not.

    The result has the length of text: a character that would become several stays.  Whether the text is traditional
    is decided over all of it, since single characters belong to both (乾县 is no 干县).
    """
    if not _may_be_traditional(text):
        return text
    counts = Counter(text)
    traditional = sum(count for character, count in counts.items() if _is_traditional(character))
    simplified = sum(count for character, count in counts.items() if _is_simplified(character))
    return _simplified(text) if traditional > simplified else text


def _may_be_traditional(text: str) -> bool:
    if len(text) < _LONG:
        return any(map(_is_traditional, text))
    return _FREQUENT.search(text) is not None


def _simplified(text: str) -> str:
    convert = _converter().convert
    return "\n".join(_of_same_length(line, convert(line), convert) for line in text.split("\n"))


def _of_same_length(line: str, converted: str, convert: Any) -> str:
    if len(converted) == len(line):
        return converted
    pairs = ((character, convert(character)) for character in line)
    return "".join(new if len(new) == 1 else character for character, new in pairs)


@cache
def _is_traditional(character: str) -> bool:
    """In the character set of Taiwan and Hong Kong, not in that of the mainland."""
    return _is_han(character) and not _is_in("gb2312", character) and _is_in("big5hkscs", character)


@cache
def _is_simplified(character: str) -> bool:
    return _is_han(character) and _is_in("gb2312", character) and not _is_in("big5hkscs", character)


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]


def _is_in(codec: str, character: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
