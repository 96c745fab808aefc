"""A rule pack: words, units, masks and patterns as data files, checked while they are read.

The built-in pack is ``packs/livelihood``.  A user's own folder holds any of the same files; what it lists is added on
top, and a line or rule of the same name replaces the built-in one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast, get_args

import regex

from extractor.language.spelling import ARABIC, CHINESE, HAN, shape_of
from extractor.language.words import CLASSES
from extractor.model import Role, Unit

BUILT_IN = Path(__file__).parent.parent / "packs" / "livelihood"
FILES = ("units.tsv", "words.tsv", "furniture.tsv", "masks.toml", "patterns.toml", "headings.toml")
PLACES = ("anywhere", "begins", "ends")
_LISTED = frozenset(CLASSES) - {"amount", "rate", "point", "times", "fold", "number", "date", "name", "layout", "stop",
                                "semicolon", "comma", "colon", "mark", "open", "close", "cell", "sign"}  # fmt: skip


class PackError(ValueError):
    """A rule pack cannot be used; the message names file, line and cause."""


class Mask(NamedTuple):
    """A rule for numerals that are no figures; match is searched in folded text."""

    name: str
    role: Role
    match: regex.Pattern[str]
    trigger: tuple[str, ...]
    example: str
    expect: tuple[str, ...]
    counterexample: str | None


class Pattern(NamedTuple):
    """A rule for what a numeral says of a figure; match is compiled over a row of words."""

    name: str
    match: regex.Pattern[str]
    trigger: str
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


Rule = TypeVar("Rule", Mask, Pattern, Heading)


class Pack(NamedTuple):
    """Everything that a rule pack says, ready for use.  version changes whenever any rule does."""

    version: str
    units: dict[str, Unit]
    factors: dict[str, Fraction]
    words: dict[str, str]
    masks: tuple[Mask, ...]
    unless: dict[str, tuple[str, ...]]
    patterns: tuple[Pattern, ...]
    headings: tuple[Heading, ...]
    heading_pattern: regex.Pattern[str]
    furniture: dict[str, str]
    furniture_pattern: re.Pattern[str]


def load_pack(folder: str | Path | None = None) -> Pack:
    """The built-in pack, with the files of ``folder`` on top where one is given.

    Raises PackError naming file, line and cause.
    """
    return _load(str(folder) if folder is not None else None)


@lru_cache(maxsize=8)
def _load(folder: str | None) -> Pack:
    folders = [BUILT_IN]
    if folder is not None:
        own = Path(folder)
        if not own.is_dir():
            raise PackError(f"{own}: no such folder; a rule pack is a folder with any of {', '.join(FILES)}")
        if not any((own / name).is_file() for name in FILES):
            raise PackError(f"{own}: none of {', '.join(FILES)} is in this folder")
        folders.append(own)
    units, factors, unless = _units(folders)
    masks = _by_name(folders, "masks.toml", "mask", _mask)
    define = _definitions(folders)
    furniture = _furniture(folders)
    headings = _by_name(folders, "headings.toml", "heading", _heading)
    return Pack(
        version=_version(folders),
        units=units,
        factors=factors,
        words=_words(folders),
        masks=masks,
        unless=unless,
        patterns=_by_name(folders, "patterns.toml", "pattern", lambda rule, where: _pattern(rule, where, define)),
        headings=headings,
        heading_pattern=regex.compile(
            "|".join(f"(?P<mark{i}>{heading.match.pattern})" for i, heading in enumerate(headings))
        ),
        furniture=furniture,
        # the standard library's engine: five times as fast for a plain list of phrases
        furniture_pattern=re.compile("|".join(map(re.escape, sorted(furniture, key=len, reverse=True)))),
    )


def _version(folders: list[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for name in FILES:
            if (folder / name).is_file():
                digest.update(name.encode() + (folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _lines(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    """Rows of a TSV file below its header, each with its place "file:line"."""
    if not path.is_file():
        return
    header = True
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        cells = line.split("\t")
        if len(cells) < columns or not all(cells[:columns]):
            raise PackError(f"{path}:{number}: {columns} columns parted by tabs are needed, found {line!r}")
        yield f"{path}:{number}", cells


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None


def _units(folders: list[Path]) -> tuple[dict[str, Unit], dict[str, Fraction], dict[str, tuple[str, ...]]]:
    units: dict[str, Unit] = {}
    factors: dict[str, Fraction] = {}
    unless: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for where, cells in _lines(folder / "units.tsv", 3):
            text, code, dimension, factor, following = (*cells, "", "")[:5]
            units[text] = Unit(text, code, dimension)
            unless[text] = tuple(following.split("|")) if following else ()
            if factor:
                try:
                    factors[text] = Fraction(factor)
                except ValueError:
                    raise PackError(f"{where}: factor {factor!r} is no number") from None
    return units, factors, unless


def _words(folders: list[Path]) -> dict[str, str]:
    words: dict[str, str] = {}
    for folder in folders:
        for where, (word, name, *_) in _lines(folder / "words.tsv", 2):
            if name not in _LISTED:
                raise PackError(f"{where}: no class {name!r}; the classes are {', '.join(sorted(_LISTED))}")
            words[word] = CLASSES[name]
    return words


def _furniture(folders: list[Path]) -> dict[str, str]:
    phrases: dict[str, str] = {}
    for folder in folders:
        for where, (phrase, place, *_) in _lines(folder / "furniture.tsv", 2):
            if place not in PLACES:
                raise PackError(f"{where}: place {place!r} is none of {', '.join(PLACES)}")
            phrases[phrase] = place
    return phrases


def _rules(path: Path, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rules of a TOML file, each with its place "file:line"."""
    if not path.is_file():
        return
    text = _text(path)
    try:
        rules = tomllib.loads(text).get(table, [])
    except tomllib.TOMLDecodeError as error:
        line = regex.search(r"line (\d+)", str(error))
        raise PackError(f"{path}:{line[1] if line else 1}: {error}") from None
    heads = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{table}]]"]
    for number, rule in zip(heads, rules, strict=False):
        yield f"{path}:{number}", rule


def _by_name(
    folders: list[Path], file: str, table: str, make: Callable[[dict[str, Any], str], Rule]
) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for folder in folders:
        own: set[str] = set()
        for where, rule in _rules(folder / file, table):
            for key in ("name", "match", "example", "expect"):
                if key not in rule:
                    raise PackError(f"{where}: a {table} needs {key!r}")
            if rule["name"] in own:
                raise PackError(f"{where}: a second {table} named {rule['name']!r}")
            own.add(rule["name"])
            found[rule["name"]] = make(rule, where)
    return tuple(found.values())


def _mask(rule: dict[str, Any], where: str) -> Mask:
    if rule.get("role") not in get_args(Role):
        raise PackError(f"{where}: role {rule.get('role')!r} is none of {', '.join(get_args(Role))}")
    parts = {"arabic": ARABIC, "chinese": CHINESE, "number": f"(?:{ARABIC}|{CHINESE})", "han": HAN}
    match = rule["match"]
    for name, part in parts.items():
        match = match.replace(f"%{name}%", part)
    trigger = tuple(map(shape_of, rule.get("trigger", ())))
    return Mask(
        rule["name"],
        cast(Role, rule["role"]),
        _compiled(match, where),
        trigger,
        rule["example"],
        tuple(rule["expect"]),
        rule.get("counterexample"),
    )


def _heading(rule: dict[str, Any], where: str) -> Heading:
    return Heading(
        rule["name"], _compiled(rule["match"], where), rule["example"], rule["expect"], rule.get("counterexample")
    )


def _compiled(match: str, where: str) -> regex.Pattern[str]:
    try:
        return regex.compile(match)
    except regex.error as error:
        raise PackError(f"{where}: the regular expression does not compile: {error}") from None


def _definitions(folders: list[Path]) -> dict[str, str]:
    define: dict[str, str] = {}
    for folder in folders:
        path = folder / "patterns.toml"
        if path.is_file():
            for _ in _rules(path, "pattern"):
                pass
            define |= tomllib.loads(_text(path)).get("define", {})
    return define


def _pattern(rule: dict[str, Any], where: str, define: dict[str, str]) -> Pattern:
    return Pattern(
        rule["name"],
        _compiled(row_expression(rule["match"], define, where), where),
        "".join(CLASSES[name] for name in rule.get("trigger", ()) if _class(name, where)),
        rule["example"],
        tuple(rule["expect"]),
        rule.get("counterexample"),
    )


def row_expression(match: str, define: dict[str, str], where: str) -> str:
    """A regular expression over the characters of a row, from one over class names.

    ``<amount>`` is a word of that class, ``<amount rate>`` one of either, ``<^stop>`` one of any other; ``$name`` is
    put in from the definitions; blanks are only for the eye.
    """
    for _ in range(6):
        if "$" not in match:
            break
        match = regex.sub(r"\$([a-z_]+)", lambda m: "(?:" + _defined(m[1], define, where) + ")", match)

    def char_class(m: regex.Match[str]) -> str:
        negated, names = m[1].startswith("^"), m[1].lstrip("^").split()
        chars = "".join(regex.escape(CLASSES[name]) for name in names if _class(name, where))
        return f"[{'^' if negated else ''}{chars}]"

    parts = regex.split(r"(\(\?P<\w+>|\(\?<[=!])", match)
    for i in range(0, len(parts), 2):
        parts[i] = regex.sub(r"<(\^?[a-z][a-z -]*)>", char_class, parts[i]).replace(" ", "")
    return "".join(parts)


def _defined(name: str, define: dict[str, str], where: str) -> str:
    if name not in define:
        raise PackError(f"{where}: ${name} is not defined; [define] has {', '.join(define)}")
    return define[name]


def _class(name: str, where: str) -> bool:
    if name not in CLASSES:
        raise PackError(f"{where}: no class {name!r}; the classes are {', '.join(CLASSES)}")
    return True
