"""Regular expressions that are compiled when they are first used: on one text, half of them never are."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

import regex


def plain(pattern: str) -> re.Pattern[str]:
    """An expression for the standard library's engine, the faster one where it is enough.

    Only a range of all Han characters takes it as long to compile as ten other expressions.
    """
    return cast("re.Pattern[str]", _Expression(re.compile, pattern))


def expression(pattern: str) -> regex.Pattern[str]:
    """An expression for the engine that looks behind by any length and keeps all that a group took."""
    return cast("regex.Pattern[str]", _Expression(regex.compile, pattern))


class _Expression:
    """Stands for the compiled pattern; what it was asked for once it has itself, and gives as fast."""

    def __init__(self, compile: Callable[[str], Any], pattern: str) -> None:
        self._compile = compile
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> Any:
        return self._compile(self.pattern)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value
