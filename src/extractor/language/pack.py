"""A rule pack: words, units, masks and patterns as data files, checked while they are read.

The built-in pack is ``packs/livelihood``.  A user's own folder holds any of the same files; what it lists is added on
top: a line or rule of the same name replaces the built-in one, a new rule is tried before the built-in ones, a list has
its words beside the built-in ones.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import regex

from extractor.language.pack_files import PackError, read_rows, read_rules
from extractor.language.rules import Heading, Mask, Pattern, check_expression, heading, mask, pattern, word_list
from extractor.language.spelling import ARABIC, CHINESE, HAN
from extractor.language.word_lists import WordLists
from extractor.language.words import CLASSES
from extractor.model import Unit

__all__ = ["BUILT_IN", "FILES", "PLACES", "Heading", "Mask", "Pack", "PackError", "Pattern", "load_pack"]

BUILT_IN = Path(__file__).parent.parent / "packs" / "livelihood"
FILES = ("units.tsv", "words.tsv", "furniture.tsv", "masks.toml", "patterns.toml", "headings.toml", "lists.toml")
PLACES = ("anywhere", "begins", "ends")
_LISTED: Final = frozenset(CLASSES) - {
    "amount", "rate", "point", "times", "fold", "number", "date", "name", "layout",
    "stop", "semicolon", "comma", "colon", "mark", "open", "close", "cell", "sign",
}  # fmt: skip
_UNIT_COLUMNS: Final = ("unit", "code", "dimension", "factor", "unless")

Rule = TypeVar("Rule", Mask, Pattern, Heading)


class Pack(NamedTuple):
    """Everything that a rule pack says, ready for use.

    version: changes whenever any rule does; units: by their text; factors: to the base unit of a unit's dimension;
    unless: what does not stand behind a unit; words: the character of each word's class, "" for what is cut apart.
    """

    version: str
    units: dict[str, Unit]
    factors: dict[str, Fraction]
    unless: dict[str, tuple[str, ...]]
    words: dict[str, str]
    masks: tuple[Mask, ...]
    patterns: tuple[Pattern, ...]
    headings: tuple[Heading, ...]
    heading_pattern: regex.Pattern[str]
    furniture: dict[str, str]
    furniture_pattern: re.Pattern[str]
    lists: WordLists


def load_pack(folder: str | Path | None = None) -> Pack:
    """The built-in pack, with the files of ``folder`` on top where one is given.

    Raises PackError naming file, line and cause.
    """
    if folder is None:
        return _built_in()
    own = Path(folder)
    if not own.is_dir():
        raise PackError(f"{own}: no such folder; a rule pack is a folder with any of {', '.join(FILES)}")
    if not any((own / name).is_file() for name in FILES):
        raise PackError(f"{own}: none of {', '.join(FILES)} is in this folder")
    return _load((BUILT_IN, own), _version([BUILT_IN, own]))


@cache
def _built_in() -> Pack:
    return _load((BUILT_IN,), _version([BUILT_IN]))


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], version: str) -> Pack:
    units, factors, unless = _units(folders)
    latin = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True) if regex.match("[A-Za-z]", unit))
    parts = {
        "arabic": ARABIC,
        "chinese": CHINESE,
        "number": f"(?:{ARABIC}|{CHINESE})",
        "han": HAN,
        "unit": f"(?:{latin})",
    }
    headings = _rules(folders, "headings.toml", "heading", lambda rule, where, _: heading(rule, where))
    furniture = _furniture(folders)
    return Pack(
        version=version,
        units=units,
        factors=factors,
        unless=unless,
        words=_words(folders),
        masks=_rules(folders, "masks.toml", "mask", lambda rule, where, _: mask(rule, where, parts)),
        patterns=_rules(folders, "patterns.toml", "pattern", pattern),
        headings=headings,
        heading_pattern=regex.compile(
            "|".join(f"(?:{one.match.pattern})(?P<mark{i}>)" for i, one in enumerate(headings))
        ),
        furniture=furniture,
        # the standard library's engine: five times as fast for a plain list of phrases
        furniture_pattern=re.compile("|".join(map(re.escape, sorted(furniture, key=len, reverse=True)))),
        lists=_lists(folders),
    )


def _version(folders: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for name in FILES:
            if (folder / name).is_file():
                digest.update(name.encode() + (folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _units(folders: Sequence[Path]) -> tuple[dict[str, Unit], dict[str, Fraction], dict[str, tuple[str, ...]]]:
    units: dict[str, Unit] = {}
    factors: dict[str, Fraction] = {}
    unless: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for where, (text, code, dimension, factor, following) in read_rows(folder / "units.tsv", _UNIT_COLUMNS, 3):
            units[text] = Unit(text, code, dimension)
            unless[text] = tuple(filter(None, following.split("|")))
            factors.pop(text, None)
            if factor:
                factors[text] = _factor(factor, where)
    return units, factors, unless


def _factor(text: str, where: str) -> Fraction:
    try:
        factor = Fraction(text)
    except (ValueError, ZeroDivisionError):
        factor = Fraction(0)
    if factor <= 0:
        raise PackError(f"{where}: factor {text!r} is no number above zero, such as 0.01 or 2000/3")
    return factor


def _words(folders: Sequence[Path]) -> dict[str, str]:
    words: dict[str, str] = {}
    for folder in folders:
        for where, (word, name) in read_rows(folder / "words.tsv", ("word", "class"), 2):
            if name not in _LISTED:
                raise PackError(f"{where}: no class {name!r}; the classes are {', '.join(sorted(_LISTED))}")
            words[word] = CLASSES[name]
    return words


def _furniture(folders: Sequence[Path]) -> dict[str, str]:
    phrases: dict[str, str] = {}
    for folder in folders:
        for where, (phrase, place) in read_rows(folder / "furniture.tsv", ("phrase", "place"), 2):
            if place not in PLACES:
                raise PackError(f"{where}: place {place!r} is none of {', '.join(PLACES)}")
            phrases[phrase] = place
    return phrases


def _lists(folders: Sequence[Path]) -> WordLists:
    lists: dict[str, frozenset[str]] = {}
    for folder in folders:
        own: dict[str, frozenset[str]] = {}
        for where, rule in read_rules(folder / "lists.toml", "list")[0]:
            made = word_list(rule, where)
            if made.name in own:
                raise PackError(f"{where}: a second list named {made.name!r}")
            if folder != BUILT_IN and made.name not in lists:
                raise PackError(f"{where}: no list {made.name!r}; the lists are {', '.join(sorted(lists))}")
            own[made.name] = made.words
        lists |= {name: words | lists.get(name, frozenset()) for name, words in own.items()}
    return WordLists(lists)


def _rules(
    folders: Sequence[Path], file: str, table: str, make: Callable[[dict[str, Any], str, dict[str, str]], Rule]
) -> tuple[Rule, ...]:
    """The rules of all folders in the order in which they are tried."""
    found: dict[str, Rule] = {}
    define: dict[str, str] = {}
    for folder in folders:
        rules, own_define = read_rules(folder / file, table)
        define |= own_define
        own: dict[str, Rule] = {}
        for where, rule in rules:
            made = make(rule, where, define)
            if made.name in own:
                raise PackError(f"{where}: a second {table} named {made.name!r}")
            if folder != BUILT_IN:
                check_expression(made.match, where)
            own[made.name] = made
        found = {name: one for name, one in own.items() if name not in found} | found | own
    return tuple(found.values())
