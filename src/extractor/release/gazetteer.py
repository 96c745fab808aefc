"""The administrative divisions of China since 2000, by name and by code (GB/T 2260).

Three tables beside this file: regions.tsv (written by scripts/refresh_regions.py), region_short.tsv (short names that
do not follow from the official ones) and region_ordinary.tsv (names that are ordinary words as well).
The first stays one string that is searched: a release asks for five of its four thousand rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

# The tails behind which a short name takes the last character of the official one: 恩施州, 丰宁县, 莫力达瓦旗, 管城区.
_TAILS = ("自治州", "自治县", "自治旗", "族区")


class Place(NamedTuple):
    """One name and code that a division had, with the first and the last year at whose end it had them.

    last is empty while it still has them; short is empty where it is the name without the last character.
    """

    code: str
    name: str
    short: str
    first: str
    last: str

    @property
    def level(self) -> int:
        """How far down it stands: 0 province, 1 prefecture, 2 county."""
        return 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2

    @property
    def names(self) -> tuple[str, str, str]:
        """Official name, short name with a tail (昌吉州), name without tail (昌吉)."""
        return self.name, _with_tail(self.name, self.short), self.short or self.name[:-1]

    def is_valid(self, year: int | None) -> bool:
        """Whether it had name and code at the end of that year; without a year: whether it still has."""
        return not self.last if year is None else self.first <= str(year) <= (self.last or "9999")


@cache
def full_names() -> frozenset[str]:
    """Every name with a tail: official ones, and short ones such as 昌吉州 and 锡盟."""
    names, shorts = _columns()
    tailed = (_with_tail(name, short) for name, short in zip(names, shorts, strict=True) if short)
    return frozenset((*names, *tailed, *(name for name in _others() if name[-1] in "州盟旗县")))


@cache
def bare_names() -> frozenset[str]:
    """Every name without tail: 黄冈, 昌吉, 内蒙古; a single character (和县) is no name."""
    names, shorts = _columns()
    bare = {short or name[:-1] for name, short in zip(names, shorts, strict=True) if len(name) > 2}
    return frozenset(bare | (_others().keys() - full_names()))


@cache
def endings() -> frozenset[str]:
    """The last two characters of every name with a tail: 市 mostly stands behind what cannot end a name (全市)."""
    return frozenset(name[-2:] for name in full_names())


@cache
def ordinary_words() -> dict[str, str]:
    """Names that are ordinary words as well, and where alone they count: parent, edge or paper."""
    return {word: where for word, where, _ in read_table("region_ordinary.tsv")}


def bearers(name: str) -> tuple[Place, ...]:
    """The places of that name; those that bear it without tail only where none bears it with one."""
    return _bearers(name) if name in full_names() or name in bare_names() else ()


@cache
def above(place: Place) -> tuple[Place, ...]:
    """The prefecture and the province that the place lies in, nearest first, under every name they had."""
    codes = (place.code[:4] + "00", place.code[:2] + "0000")
    return tuple(up for code in codes if code != place.code for up in _rows_with(f"\n{code}"))


def read_table(name: str) -> list[list[str]]:
    """Rows of a table beside this file, without comments and header."""
    return [line.split("\t") for line in _body(name).split("\n")[1:-1]]


@cache
def _bearers(name: str) -> tuple[Place, ...]:
    stem = name[:-1] if name in full_names() else name
    places = [place for place in _rows_with(f"\t{stem}") if name in place.names]
    others = [place for code in _others().get(name, ()) for place in _rows_with(f"\n{code}")]
    return tuple(dict.fromkeys([*places, *others]))


def _with_tail(name: str, short: str) -> str:
    """The short name of an autonomous place with the last character of its official name; else the official name."""
    return short + name[-1] if short and name.endswith(_TAILS) else name


def _rows_with(part: str) -> Iterator[Place]:
    """Rows in which a field begins so: tab and name, or line feed and code."""
    table = _body("regions.tsv")
    at = table.find(part)
    while at >= 0:
        end = table.index("\n", at + 1)
        yield Place(*table[table.rindex("\n", 0, at + 1) + 1 : end].split("\t"))
        at = table.find(part, end)


@cache
def _columns() -> tuple[list[str], list[str]]:
    """Names and short names of all rows: every fourth tab begins one, the line feed hides in the last field."""
    fields = _body("regions.tsv").split("\t")
    return fields[1::4], fields[2::4]


@cache
def _others() -> dict[str, list[str]]:
    """Codes by the short names that do not follow from the official ones."""
    codes: dict[str, list[str]] = {}
    for code, short in read_table("region_short.tsv"):
        codes.setdefault(short, []).append(code)
    return codes


@cache
def _body(name: str) -> str:
    """The rows of a table beside this file, each between two line feeds."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return re.sub(r"\A(?:#.*\n)*.*", "", text, count=1)
