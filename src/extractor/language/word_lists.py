"""The word lists of a pack, and expressions in which any word of a list can stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import regex

from extractor.language.expression import plain

_REFERENCE: Final = plain("%([a-z-]+)%")


class WordLists(dict[str, frozenset[str]]):
    """The words of every list, by its name.

    Expressions name lists: ``%office%长`` is any word of the list "office" with 长 behind it.  Each is compiled when it
    is first asked for, and kept.
    """

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        super().__init__(lists)
        self._plain: dict[str, re.Pattern[str]] = {}
        self._expressions: dict[str, regex.Pattern[str]] = {}

    def plain(self, pattern: str) -> re.Pattern[str]:
        """The expression for the standard library's engine."""
        if pattern not in self._plain:
            self._plain[pattern] = re.compile(self._written_out(pattern))
        return self._plain[pattern]

    def expression(self, pattern: str) -> regex.Pattern[str]:
        """The expression for the engine that looks behind by any length."""
        if pattern not in self._expressions:
            self._expressions[pattern] = regex.compile(self._written_out(pattern))
        return self._expressions[pattern]

    def _written_out(self, pattern: str) -> str:
        return _REFERENCE.sub(lambda name: f"(?:{'|'.join(map(re.escape, self._longest_first(name[1])))})", pattern)

    def _longest_first(self, name: str) -> list[str]:
        return sorted(self[name], key=lambda word: (-len(word), word))
