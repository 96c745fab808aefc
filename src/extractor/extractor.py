"""The path of one release, from its text to its record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Context, localcontext
from functools import cache, lru_cache
from pathlib import Path

from extractor.language.expression import plain
from extractor.language.fold import fold
from extractor.language.pack import Pack, load_pack
from extractor.language.patterns import relations
from extractor.language.quantity import Lexeme, Lexer
from extractor.language.words import Row, Words
from extractor.model import Quantity, Source, Span
from extractor.record.release import Release
from extractor.release.checks import check_release
from extractor.release.header import declared_numbers, read_header
from extractor.release.layout import find_sections
from extractor.release.ledger import keep_ledger
from extractor.release.lines import Furniture, find_furniture, read_lines, unwrap
from extractor.release.scopes import read_figures
from extractor.release.tables import find_tables

# Numbers are computed alike whatever context the caller's own are in.
_CONTEXT = Context()
_CELLS = plain(r" (?<=[^ \n|] ) +(?=[^ \n|])")  # blanks that part the cells of a table
_UNITS = 1024  # as columns of tables write them, kept once read


class Extractor:
    """Reads releases by a rule pack; safe to share between threads once made.

    pack: folder with a user's own words, units, masks, headings and patterns, put on top of the built-in ones.
    Raises PackError naming file, line and cause.
    """

    def __init__(self, pack: str | Path | None = None, *, pure: bool = False) -> None:
        self._made_of = pack, pure
        self.pack: Pack = load_pack(pack)
        self._lexer = Lexer(self.pack)
        self._words = Words(self.pack, pure=pure)
        self._unit = lru_cache(_UNITS)(self._read_unit)

    def __reduce__(self) -> tuple[Callable[..., Extractor], tuple[str | Path | None, bool]]:
        return _make, self._made_of

    def extract(self, text: str, *, name: str = "", source: Source | None = None) -> Release:
        """The record of one release.

        text: the release as it came; name: what to call it; source: where it came from, if more than a name is known.
        """
        with localcontext(_CONTEXT):
            return self._extract(text, source or _source(text, name))

    def _extract(self, text: str, source: Source) -> Release:
        folded, furniture = self._unwrapped(text)
        row = self._row(folded)
        said = relations(row, self.pack.patterns)
        lines = read_lines(folded, self.pack, furniture)
        declared = declared_numbers(folded, self.pack.lists)
        tables = find_tables(folded, lines, self.pack.lists)
        sections = find_sections(folded, lines, tables, declared, row)
        body = Span(sections[0].span.start, sections[-1].span.end) if sections else Span(0, 0)
        header = read_header(
            text,
            folded,
            lines,
            declared,
            sum(1 for one in sections if one.year == sections[0].year),
            body,
            self.pack.lists,
        )
        projects, figures, roles, findings = read_figures(
            text, folded, row, said, sections, lines, tables, declared, header, self._unit
        )
        levels = [one.number for one in declared if one.of_level]
        checks = check_release(projects, figures, header.declared_projects, levels) + findings
        numerals = keep_ledger(text, row.lexemes.values(), roles)
        outside = tuple(figure for figure in figures if figure.id.startswith("r."))
        return Release("release/1", source, header.title, header.published, header.year, header.region,
                       header.declared_projects, projects, outside, checks, numerals)  # fmt: skip

    def _read_unit(self, written: str) -> Lexeme | None:
        """One of a unit as written: 万元 is 10000 元."""
        return next(iter(self._lexer.read("1" + written)), None)

    def extract_file(self, path: str | Path) -> Release:
        """The record of the release in a file of any format that can be read.

        Raises ReadError with one sentence that says what is wrong with the file and what to do.
        """
        from extractor.reading import read_one

        document = read_one(Path(path))
        release = self.extract(document.text, source=document.source)
        return release._replace(checks=release.checks + document.findings)

    def row(self, text: str) -> Row:
        """The words of a text as the rules see them: each with its class, a quantity as one word."""
        return self._row(self._unwrapped(text)[0])

    def _unwrapped(self, text: str) -> tuple[str, Furniture]:
        folded = fold(text)
        furniture = find_furniture(folded, self.pack)
        return unwrap(folded, self.pack, furniture), furniture

    def _row(self, folded: str) -> Row:
        parted = _CELLS.sub(lambda gap: "|" + gap[0][1:], folded) if "  " in folded else folded
        return self._words.row(parted, self._lexer.read(folded))

    def quantities(self, text: str) -> list[Quantity]:
        """Every quantity of any text, in order."""
        with localcontext(_CONTEXT):
            return self._lexer.quantities(text)


def _make(pack: str | Path | None, pure: bool) -> Extractor:
    return Extractor(pack, pure=pure)


def _source(text: str, name: str) -> Source:
    data = text.encode("utf-8", "surrogatepass")
    return Source(name, "text/plain", "utf-8", hashlib.sha256(data).hexdigest(), len(text))


@cache
def _built_in() -> Extractor:
    return Extractor()


def extract(text: str, *, name: str = "") -> Release:
    """The record of one release, by the built-in rules; see Extractor.extract."""
    return _built_in().extract(text, name=name)


def extract_file(path: str | Path) -> Release:
    """The record of the release in a file of any format that can be read.

    Raises ReadError with one sentence that says what is wrong with the file and what to do.
    """
    return _built_in().extract_file(path)


def quantities(text: str) -> list[Quantity]:
    """Every quantity of any text, in order, by the built-in rules."""
    return _built_in().quantities(text)
