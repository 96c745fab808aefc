"""The word lists of a pack, and expressions in which any word of a list can stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import regex

from extractor.language.expression import plain

_REFERENCE: Final = plain("%([a-z-]+)%")


class WordLists(dict[str, frozenset[str]]):
    """The words of every list, by its name.

    Expressions name lists: ``[老小]%surnames%`` is 老 or 小 in front of any word of "surnames".  Each is compiled when
    it is first asked for, and kept.
    """

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        super().__init__(lists)
        self.plain: Callable[[str], re.Pattern[str]] = cache(self._plain)
        self.expression: Callable[[str], regex.Pattern[str]] = cache(self._expression)

    def _plain(self, pattern: str) -> re.Pattern[str]:
        """The expression for the standard library's engine."""
        return re.compile(self._written_out(pattern))

    def _expression(self, pattern: str) -> regex.Pattern[str]:
        """The expression for the engine that looks behind by any length."""
        return regex.compile(self._written_out(pattern))

    def _written_out(self, pattern: str) -> str:
        return _REFERENCE.sub(lambda name: _any_of(self[name[1]]), pattern)


def _any_of(words: frozenset[str]) -> str:
    """The expression for any of the words, the longest that fits."""
    longest_first = [re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))]
    characters = max(map(len, words)) == 1
    return f"[{''.join(longest_first)}]" if characters else f"(?:{'|'.join(longest_first)})"
