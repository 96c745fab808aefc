"""Runs the blocks of a page one after the other, in a folder of its own that holds the corpus."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from made import MADE
from pages import REST, Block, blocks, commands, matches, read, renewed

from extractor.cli.columns import pad, width

ROOT = Path(__file__).resolve().parents[2]
_MARK = "\x1e"
_SECONDS = 300


class Difference(NamedTuple):
    """What a page tells and what there is instead; cause: where a block cannot be run at all.

    start, end: indexes of the page's lines that tell it; found: the lines to put there, None where a person has to.
    """

    start: int
    end: int
    told: list[str]
    found: list[str] | None
    cause: str = ""


class Page:
    """One page, and the state that its blocks leave behind for the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = read(path)
        self.language = "zh" if path.name.endswith((".zh.md", ".zh-CN.md")) else "en"
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._printed: list[str] | None = None

    def differences(self) -> Iterator[Difference]:
        """What is not as the page tells it, found by running the page."""
        before = Path.cwd()
        with tempfile.TemporaryDirectory() as folder, _environment(self.language):
            shutil.copytree(ROOT / "corpus", Path(folder) / "corpus")
            os.chdir(folder)
            try:
                for block in blocks(self.lines):
                    if block.not_run is None:
                        yield from self._run(block)
            finally:
                os.chdir(before)

    def _run(self, block: Block) -> Iterator[Difference]:
        printed, self._printed = self._printed, None
        if block.title and block.kind != "made":
            yield from _file(block)
        elif block.kind == "text":
            found = ["no block above prints this"] if printed is None else printed
            yield from _compared(block, 0, len(block.lines), found)
        elif block.kind in _RUNNERS:
            yield from _RUNNERS[block.kind](self, block)
        else:
            yield _failed(block, f"no way to check a block of {block.kind}: say why it is not run")

    def _console(self, block: Block) -> Iterator[Difference]:
        try:
            told = [*commands(block)]
        except ValueError as error:
            yield _failed(block, str(error))
            return
        for at, (command, (code, found)) in enumerate(zip(told, _shell([c.line for c in told]), strict=True)):
            asked = at + 1 < len(told) and told[at + 1].line == "echo $?"
            if code and not asked:
                yield _failed(block, f"{command.line} ended with {code}:\n" + "\n".join(found))
            elif command.end > command.start:
                yield from _compared(block, command.start, command.end, found)

    def _python(self, block: Block) -> Iterator[Difference]:
        code = "\n" * block.start + "\n".join(block.lines)
        with contextlib.redirect_stdout(io.StringIO()) as out:
            try:
                exec(compile(code, str(self.path), "exec"), self._names)
            except Exception:
                yield _failed(block, traceback.format_exc())
        self._printed = _lines(out.getvalue())

    def _sql(self, block: Block) -> Iterator[Difference]:
        database = max(Path().rglob("records.sqlite"), key=lambda path: path.stat().st_mtime_ns, default=Path("none"))
        with contextlib.closing(sqlite3.connect(database)) as connection:
            try:
                cursor = connection.execute("\n".join(block.lines))
                heads = [column[0] for column in cursor.description]
                self._printed = _aligned([heads, *([_cell(value) for value in row] for row in cursor)])
            except sqlite3.Error as error:
                yield _failed(block, str(error))

    def _made(self, block: Block) -> Iterator[Difference]:
        name, *arguments = (block.title or "").split()
        try:
            made = ["", *MADE[name](*arguments, language=self.language), ""]  # Markdown wants blank lines around
        except Exception:
            yield _failed(block, traceback.format_exc())
        else:
            yield from _compared(block, 0, len(block.lines), made)


_RUNNERS: dict[str, Callable[[Page, Block], Iterator[Difference]]] = {
    "console": Page._console, "python": Page._python, "sql": Page._sql, "made": Page._made,
}  # fmt: skip


def renew(page: Page, found: Sequence[Difference]) -> None:
    """Write into a page what there is instead of what it tells."""
    for difference in sorted(found, key=lambda one: one.start, reverse=True):
        if difference.found is not None:
            page.lines[difference.start : difference.end] = difference.found
    page.path.write_text("\n".join(page.lines), "utf-8")


def _file(block: Block) -> Iterator[Difference]:
    """A block with a file's name: an excerpt where the project has this file, else the file itself."""
    name = block.title or ""
    if (ROOT / name).is_file():
        whole = (ROOT / name).read_text("utf-8")
        if absent := [line for line in block.lines if line not in (*whole.split("\n"), REST) and line not in whole]:
            yield _failed(block, f"{name} has no {absent[0]}")
        return
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("\n".join(block.lines) + "\n", "utf-8")


def _shell(told: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Exit code and output of every command, run one after the other in one shell."""
    mark = f"__code=$?; printf '{_MARK}%s\\n' $__code; (exit $__code)"
    script = "\n".join([*(f"{mark}\n{command}" for command in told), mark])
    done = subprocess.run(
        ["bash", "-c", script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", timeout=_SECONDS, check=False,
    )  # fmt: skip
    parts = [part.split("\n", 1) for part in done.stdout.split(_MARK)[1:]]
    for (_, output), (code, _) in pairwise(parts):
        yield int(code), _lines(output)


def _compared(block: Block, start: int, end: int, found: Sequence[str]) -> Iterator[Difference]:
    told = block.lines[start:end]
    if not matches(told, found):
        new = renewed(told, found)
        lines = None if new is None else [(block.indent + line).rstrip() for line in new]
        cause = "" if new is not None else "there is instead:\n" + "\n".join(found)
        yield Difference(block.start + start, block.start + end, told, lines, cause)


def _failed(block: Block, cause: str) -> Difference:
    return Difference(block.start, block.end, [], None, cause)


def _lines(output: str) -> list[str]:
    return [line.rstrip() for line in output.rstrip("\n").split("\n")] if output.strip() else []


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _aligned(rows: list[list[str]]) -> list[str]:
    columns = [max(map(width, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * column for column in columns])
    return ["  ".join(pad(cell, at) for cell, at in zip(row, columns, strict=True)).rstrip() for row in rows]


@contextlib.contextmanager
def _environment(language: str) -> Iterator[None]:
    before = dict(os.environ)
    programs = Path(sys.executable).parent
    locale = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[language]
    os.environ |= {"EXTRACTOR_LANG": language, "LANG": locale, "COLUMNS": "80", "PYTHONUTF8": "1"}
    os.environ["PATH"] = f"{programs}{os.pathsep}{before['PATH']}"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
