"""The rules of a pack: masks for what is no figure, patterns for what a number says, marks of headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, cast, get_args

import regex

from extractor.language.expression import expression, plain
from extractor.language.pack_files import PackError
from extractor.language.spelling import shape_of
from extractor.language.words import CLASSES
from extractor.model import Role

_WORDS: Final = "words"
_DEPTH: Final = 6  # definitions within definitions
_REFERENCE: Final = plain(r"\$([a-z_]+)")
_CLASS: Final = plain(r"<(\^?[a-z][a-z -]*)>")
_SYNTAX: Final = plain(r"(\(\?P<\w+>|\(\?<[=!])")


class Mask(NamedTuple):
    """A rule for numerals that are no figures; match is searched in folded text.

    trigger: strings, one of which stands in every text that match takes anything of, any digit written 0.
    """

    name: str
    role: Role
    match: regex.Pattern[str]
    trigger: tuple[str, ...]
    example: str
    expect: tuple[str, ...]
    counterexample: str | None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """What the group n of every match took, or all that a match without one took."""
        matches = self.match.finditer(text)
        if "n" in self.match.groupindex:
            return [span for match in matches for span in match.spans("n") or [match.span()]]
        return [match.span() for match in matches]


class Pattern(NamedTuple):
    """A rule for what a numeral says of a figure; match is an expression over a row of words."""

    name: str
    match: regex.Pattern[str]
    trigger: str
    example: str
    expect: tuple[str, ...]
    counterexample: str | None


class WordList(NamedTuple):
    """Words that rules in code look up by the name of their list; expect: those of them that stand in example."""

    name: str
    about: str
    words: frozenset[str]
    example: str
    expect: tuple[str, ...]
    counterexample: str | None


class Heading(NamedTuple):
    """A mark that opens a heading; match is tried at the beginning of a folded line."""

    name: str
    match: regex.Pattern[str]
    example: str
    expect: str
    counterexample: str | None


def mask(rule: Mapping[str, Any], where: str, parts: Mapping[str, str]) -> Mask:
    """A mask as it is written; parts: what %name% stands for in its expression."""
    _check(rule, where, "mask", {"match": str, "role": str, "expect": list}, {"trigger": list})
    if rule["role"] not in get_args(Role):
        raise PackError(f"{where}: role {rule['role']!r} is none of {', '.join(get_args(Role))}")
    match = rule["match"]
    for name, part in parts.items():
        match = match.replace(f"%{name}%", part)
    trigger = tuple(map(shape_of, rule.get("trigger", ())))
    role = cast(Role, rule["role"])
    return Mask(rule["name"], role, expression(match), trigger, *_told(rule), rule.get("counterexample"))


def pattern(rule: Mapping[str, Any], where: str, define: Mapping[str, str]) -> Pattern:
    """A pattern as it is written; define: what $name stands for in its expression."""
    _check(rule, where, "pattern", {"match": str, "expect": list}, {"trigger": list})
    match = expression(row_expression(rule["match"], define, where))
    trigger = "".join(_class(name, where) for name in rule.get("trigger", ()))
    return Pattern(rule["name"], match, trigger, *_told(rule), rule.get("counterexample"))


def heading(rule: Mapping[str, Any], where: str) -> Heading:
    """A heading's mark as it is written."""
    _check(rule, where, "heading", {"match": str, "expect": str}, {})
    match = expression(rule["match"])
    return Heading(rule["name"], match, rule["example"], rule["expect"], rule.get("counterexample"))


def word_list(rule: Mapping[str, Any], where: str) -> WordList:
    """A list of words as it is written."""
    _check(rule, where, "list", {"words": list, "expect": list}, {"about": str})
    if not rule["words"] or "" in rule["words"]:
        raise PackError(f"{where}: {_WORDS!r} are one or more, none of them empty")
    return WordList(
        rule["name"], rule.get("about", ""), frozenset(rule["words"]), *_told(rule), rule.get("counterexample")
    )


def check_expression(match: regex.Pattern[str], where: str) -> None:
    """Raises PackError where the expression does not compile."""
    try:
        assert match.flags
    except regex.error as error:
        raise PackError(f"{where}: the regular expression does not compile: {error}") from None


def row_expression(match: str, define: Mapping[str, str], where: str) -> str:
    """A regular expression over the characters of a row, from one over class names.

    ``<amount>`` is a word of that class, ``<amount rate>`` one of either, ``<^stop>`` one of any other; ``$name`` is
    put in from the definitions; blanks are only for the eye.
    Raises PackError.
    """
    for _ in range(_DEPTH):
        match = _REFERENCE.sub(lambda m: f"(?:{_defined(m[1], define, where)})", match)

    def any_of(m: re.Match[str]) -> str:
        excluded = m[1].startswith("^")
        classes = [regex.escape(_class(name, where)) for name in m[1].removeprefix("^").split()]
        return classes[0] if len(classes) == 1 and not excluded else f"[{'^' * excluded}{''.join(classes)}]"

    parts = _SYNTAX.split(match)
    parts[::2] = [_CLASS.sub(any_of, part).replace(" ", "") for part in parts[::2]]
    return "".join(parts)


def _defined(name: str, define: Mapping[str, str], where: str) -> str:
    if name not in define:
        raise PackError(f"{where}: ${name} is not defined; [define] has {', '.join(define)}")
    return define[name]


def _class(name: str, where: str) -> str:
    if not CLASSES.get(name):
        raise PackError(f"{where}: no class {name!r}; the classes are {', '.join(filter(CLASSES.get, CLASSES))}")
    return CLASSES[name]


def _told(rule: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    return rule["example"], tuple(rule["expect"])


def _check(rule: Mapping[str, Any], where: str, table: str, needed: dict[str, type], more: dict[str, type]) -> None:
    """Raises PackError where a key is missing, unknown, or no string or list of strings."""
    keys: dict[str, type] = {"name": str, "example": str} | needed
    known = keys | more | {"counterexample": str}
    for key in keys:
        if key not in rule:
            raise PackError(f"{where}: a {table} needs {key!r}")
    for key, value in rule.items():
        if key not in known:
            raise PackError(f"{where}: a {table} has no {key!r}; it has {', '.join(known)}")
        strings = value if isinstance(value, list) else [value]
        if not isinstance(value, known[key]) or not all(isinstance(one, str) for one in strings):
            raise PackError(f"{where}: {key!r} is {'a list of strings' if known[key] is list else 'a string'}")
