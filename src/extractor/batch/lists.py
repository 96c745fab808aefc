"""The journal of a run -> two lists: every document with what became of it, and those in the quarantine."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from extractor.batch.journal import query
from extractor.batch.model import Trouble
from extractor.writing.output import staged

DOCUMENTS, QUARANTINE = "documents.csv", "quarantine.csv"
_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")  # what spreadsheets take for the start of one, or hide
_COLUMNS = ("name", "member", "sha256", "status", "duplicate_of", "stage", "cause", "remedy")
_ROWS = """
    SELECT
        name,
        member,
        substr(content, 1, 64),
        iif(stage IS NOT NULL, 'quarantined', iif(position = first, 'record', 'duplicate')),
        iif(position > first, (SELECT label FROM places AS other WHERE other.position = places.first), NULL),
        stage,
        cause,
        remedy
    FROM places ORDER BY position
"""
_QUARANTINED = """
    SELECT label, stage, cause, remedy FROM places WHERE stage IS NOT NULL ORDER BY position LIMIT ?
"""


def write_lists(journal: Path, output: Path) -> None:
    """documents.csv and quarantine.csv in the output folder, as spreadsheets open them.

    Raises WriteError, BatchError.
    """
    with ExitStack() as stack:
        paths = [stack.enter_context(staged(output / name)) for name in (DOCUMENTS, QUARANTINE)]
        streams = [stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")) for path in paths]
        documents, quarantine = map(csv.writer, streams)
        documents.writerow(_COLUMNS)
        quarantine.writerow(_COLUMNS)
        for row in query(journal, _ROWS):
            cells = [f"'{cell}" if cell and cell.startswith(_FORMULA) else cell for cell in row]
            documents.writerow(cells)
            if row[-1]:
                quarantine.writerow(cells)


def quarantined(journal: Path, most: int) -> Iterator[tuple[str, Trouble]]:
    """(document, trouble) of the first documents in the quarantine, so many at most.  Raises BatchError."""
    for label, *trouble in query(journal, _QUARANTINED, [most]):
        yield label, Trouble(*trouble)
