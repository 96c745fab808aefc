"""The files of a rule pack as they are written: rows and rules, each with its place "file:line"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from extractor.language.expression import expression

_LINE: Final = expression(r"line (\d+)")


class PackError(ValueError):
    """A rule pack cannot be used; the message names file, line and cause."""


def read_rows(path: Path, columns: Sequence[str], needed: int) -> Iterator[tuple[str, list[str]]]:
    """The rows of a TSV file, filled up with "" to the length of ``columns``; none where there is no such file.

    columns: what the header names, at least the first ``needed``; those have to be filled in every row.  No two rows
    begin with the same cell.  Lines that begin with # are comments.
    Raises PackError.
    """
    if not path.is_file():
        return
    lines = [(n, line) for n, line in enumerate(_text(path).splitlines(), 1) if line.strip() and line[0] != "#"]
    if not lines or lines[0][1].split("\t")[:needed] != list(columns[:needed]):
        first = f"{path}:{lines[0][0] if lines else 1}"
        raise PackError(f"{first}: the first line names the columns, parted by tabs: {' '.join(columns)}")
    seen: set[str] = set()
    for number, line in lines[1:]:
        cells = line.split("\t")
        if not needed <= len(cells) <= len(columns) or not all(cells[:needed]):
            raise PackError(f"{path}:{number}: {' '.join(columns)} are needed, parted by tabs; found {line!r}")
        if cells[0] in seen:
            raise PackError(f"{path}:{number}: a second line for {cells[0]!r}")
        seen.add(cells[0])
        yield f"{path}:{number}", cells + [""] * (len(columns) - len(cells))


def read_rules(path: Path, table: str) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, str]]:
    """The rules of a TOML file (one [[table]] each) and its [define]; none where there is no such file.

    Raises PackError.
    """
    if not path.is_file():
        return [], {}
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise PackError(f"{path}:{line[1] if line else 1}: not TOML: {error}") from None
    places = [f"{path}:{n}" for n, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith("[[")]
    rules, define = content.pop(table, []), content.pop("define", {})
    if content or not isinstance(rules, list) or not isinstance(define, dict) or len(places) != len(rules):
        raise PackError(f"{path}:1: only [[{table}]] rules and a table [define] of strings can stand here")
    return list(zip(places, rules, strict=True)), define


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(f"{path}:1: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise PackError(f"{path}: cannot be read: {error.strerror}") from None
