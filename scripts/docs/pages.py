"""A page of the documentation: its blocks of code, in order, and where in the page they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(r'(?P<indent> *)```(?P<kind>[a-z]+)(?: title="(?P<title>[^"]+)")?(?P<rest>.*)')
_NOT_RUN = re.compile(r"\s*<!-- (?:not run: (?P<reason>.+)|try|test) -->")
_MADE = re.compile(r"(?P<indent> *)<!-- made: (?P<call>.+) -->")
_END = "<!-- end -->"
_PROMPT, _MORE = "$ ", "> "
REST = "…"  # as a line: whatever stands there


class Block(NamedTuple):
    """What stands between two fences, or between a made comment and its end.

    kind: of the fence, or "made" with the call as title; start, end: indexes of its lines in the page;
    not_run: why it is not run, None where it is.
    """

    kind: str
    title: str | None
    start: int
    end: int
    indent: str
    lines: list[str]
    not_run: str | None


class Command(NamedTuple):
    """A command of a console block; start, end: indexes of the lines of its output in the block."""

    line: str
    start: int
    end: int


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Every block of a page.  Raises ValueError for one that does not end."""
    at = 0
    while at < len(lines):
        fence, made = _FENCE.fullmatch(lines[at]), _MADE.fullmatch(lines[at])
        if opening := fence or made:
            indent = opening["indent"]
            end = _end(lines, at, indent + ("```" if fence else _END))
            content = [line.removeprefix(indent) for line in lines[at + 1 : end]]
            kind, title = (fence["kind"], fence["title"]) if fence else ("made", opening["call"])
            yield Block(kind, title, at + 1, end, indent, content, _reason(lines, at))
            at = end
        at += 1


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block, each with the lines that it is said to print."""
    at = 0
    while at < len(block.lines):
        if not block.lines[at].startswith(_PROMPT):
            raise ValueError(f"line {block.start + at + 1}: output without a command")
        told = [block.lines[at].removeprefix(_PROMPT)]
        at += 1
        while at < len(block.lines) and block.lines[at].startswith(_MORE):
            told.append(block.lines[at].removeprefix(_MORE))
            at += 1
        start = at
        while at < len(block.lines) and not block.lines[at].startswith(_PROMPT):
            at += 1
        end = at
        while end > start and not block.lines[end - 1].strip():
            end -= 1
        yield Command("\n".join(told), start, end)


def matches(told: Sequence[str], found: Sequence[str]) -> bool:
    """Whether lines are those that a page tells, where REST stands for any number of them."""
    if REST not in told:
        return list(told) == list(found)
    first, *middle, last = _parts(told)
    if list(found[: len(first)]) != first or list(found[len(found) - len(last) :]) != last:
        return False
    at, stop = len(first), len(found) - len(last)
    for part in middle:
        place = next((i for i in range(at, stop - len(part) + 1) if list(found[i : i + len(part)]) == part), None)
        if place is None:
            return False
        at = place + len(part)
    return at <= stop


def renewed(told: Sequence[str], found: Sequence[str]) -> list[str] | None:
    """What a page has to tell instead: as much of it as before; None where only a person can choose."""
    if REST not in told:
        return [*found]
    if told.index(REST) == len(told) - 1:
        return [*found[: len(told) - 1], *([REST] if len(found) > len(told) - 1 else [])]
    return None


def read(path: Path) -> list[str]:
    """The lines of a page."""
    return path.read_text("utf-8").split("\n")


def _end(lines: Sequence[str], at: int, closing: str) -> int:
    end = next((i for i in range(at + 1, len(lines)) if lines[i].rstrip() == closing), None)
    if end is None:
        raise ValueError(f"line {at + 1}: no {closing.strip()} below it")
    return end


def _reason(lines: Sequence[str], at: int) -> str | None:
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    found = _NOT_RUN.fullmatch(above)
    return (found["reason"] or "run by the checks of the project") if found else None


def _parts(told: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in told:
        if line == REST:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts
