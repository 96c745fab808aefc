"""Runs what the documentation shows: ``python scripts/docs`` tells what differs, ``--write`` puts it right.

A block of ``console`` is run in a shell, and what stands below a command is what it prints, ``…`` for the rest;
``python`` and ``sql`` (on the page's newest ``records.sqlite``) are run, and a ``text`` right below is what they print.
A block with a ``title`` is a file of that name, or an excerpt of the project's own; ``<!-- made: … -->`` stands above
what made.py makes.  All others need ``<!-- not run: why -->``.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from run import ROOT, Difference, Page, renew


def main(arguments: Sequence[str]) -> int:
    """Check the pages, all where none is named; the exit code: 1 where a page tells what is not so."""
    named = [Path(argument).resolve() for argument in arguments if not argument.startswith("-")]
    wrong = 0
    for path in named or sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]):
        page = Page(path)
        found = [*page.differences()]
        if "--write" in arguments:
            renew(page, found)
            found = [difference for difference in found if difference.found is None]
        for difference in found:
            print(_told(path, difference))
        wrong += len(found)
    return 1 if wrong else 0


def _told(path: Path, difference: Difference) -> str:
    place = f"{path}:{difference.start + 1}: "
    if difference.cause:
        return place + difference.cause
    lines = difflib.unified_diff(difference.told, difference.found or [], "told", "found", lineterm="", n=1)
    return place + "not as told\n" + "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
