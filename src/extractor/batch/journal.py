"""What a batch remembers, in a SQLite file: nothing done is done again, whatever ended the run before."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from extractor.batch.model import BatchError, Counts, Entry, File, Result, Trouble
from extractor.record.encode import encode
from extractor.record.normalise import normalise

NAME = "journal.sqlite"
_PAGE = 1000  # rows read at once: a cursor that stayed open would keep the log of writes from being taken in
_NO_TROUBLE = (None, None, None)


class Known(NamedTuple):
    """What the journal knows of a content: the figures and findings of its record, or that it is in the quarantine."""

    figures: int
    findings: int
    is_quarantined: bool


class Journal:
    """An open journal: the notes of one run, and all results ever made under the same rules."""

    def __init__(self, database: sqlite3.Connection, rules: int) -> None:
        self._database = database
        self._rules = rules

    def enlist(self, found: Iterable[File]) -> int:
        """Note the files of this run, each path once; the bytes of all."""
        self._database.executemany(
            "INSERT OR IGNORE INTO files (path, name, size, stage, cause, remedy) VALUES (?, ?, ?, ?, ?, ?)",
            ((os.fsencode(file.path), file.name, file.size, *(file.trouble or _NO_TROUBLE)) for file in found),
        )
        self.commit()
        (size,) = self._database.execute("SELECT ifnull(sum(size), 0) FROM files").fetchone()
        return int(size)

    def files(self) -> Iterator[File]:
        """The files of this run in their order."""
        page = "SELECT * FROM files WHERE position > ? ORDER BY position LIMIT ?"
        last = 0
        while rows := self._database.execute(page, [last, _PAGE]).fetchall():
            last = rows[-1][0]
            for _, path, name, size, *trouble in rows:
                yield File(Path(os.fsdecode(path)), name, size, _trouble(trouble))

    def note(self, entry: Entry, content: str | None) -> bool:
        """Note the next entry of this run; whether it is the first with this content."""
        seen = self._database.execute("SELECT 1 FROM entries WHERE content = ? LIMIT 1", [content]).fetchone()
        found = encode([normalise(finding) for finding in entry.findings]).decode()
        self._database.execute(
            "INSERT INTO entries (name, member, content, findings, stage, cause, remedy) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (entry.name, entry.member, content, found, *(entry.trouble or _NO_TROUBLE)),
        )
        return not seen

    def known(self, content: str) -> Known | None:
        """What came of a content, in this run or before; None for a new one."""
        query = "SELECT figures, findings, record IS NULL FROM results WHERE content = ? AND rules = ?"
        row = self._database.execute(query, [content, self._rules]).fetchone()
        return row and Known(row[0], row[1], bool(row[2]))

    def store(self, results: Mapping[str, Result]) -> None:
        """Keep what came of some contents; once this returns, no death of this process loses it."""
        self._database.executemany(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (content, self._rules, result.record, result.figures, result.findings, *(result.trouble or _NO_TROUBLE))
                for content, result in results.items()
            ),
        )
        self.commit()

    def forgive(self) -> None:
        """Forget what is in the quarantine, so that it is done again."""
        self._database.execute("DELETE FROM results WHERE record IS NULL AND rules = ?", [self._rules])
        self.commit()

    def commit(self) -> None:
        """Make all notes so far permanent."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    def counts(self) -> Counts:
        """What came of this run."""
        own = "stage IS NULL AND position = first"
        columns = (
            "count(*)",
            f"total({own})",
            f"total(iif({own}, figures, 0))",
            f"total(iif({own}, findings + json_array_length(found) + has_copies, 0))",
            "total(stage IS NULL AND position > first)",
            "total(stage IS NOT NULL)",
        )
        row = self._database.execute(f"SELECT {', '.join(columns)} FROM places").fetchone()
        return Counts(*map(int, row))


@contextmanager
def kept(path: Path, rules: str) -> Iterator[Journal]:
    """The journal in a file, for a new run under some rules.

    Raises BatchError, also for what goes wrong inside the block: disk full, journal damaged.
    """
    with _told(path), closing(sqlite3.connect(path, isolation_level=None)) as database:
        # A killed process loses no transaction in this mode, and a power cut at most the last ones, each as a whole.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(files(__package__).joinpath("journal.sql").read_text("utf-8"))
        database.execute("BEGIN")
        database.execute("INSERT OR IGNORE INTO rules (name) VALUES (?)", [rules])
        (number,) = database.execute("SELECT id FROM rules WHERE name = ?", [rules]).fetchone()
        database.execute("INSERT INTO run VALUES (?)", [number])
        yield Journal(database, number)
        database.execute("COMMIT")


def query(path: Path, select: str, values: Sequence[object] = ()) -> Iterator[Any]:
    """The rows that a SELECT gives out of the journal in a file.  Raises BatchError."""
    with _told(path), closing(sqlite3.connect(path)) as database:
        yield from database.execute(select, values)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the database complains of into a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(path, error) from error


def _sentence(path: Path, error: sqlite3.Error) -> BatchError:
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind == sqlite3.SQLITE_FULL:
        return BatchError(
            f"磁盘已满，无法写入 {path}：请腾出空间，再运行同一命令，即从中断处继续。",
            f"The disk is full, {path} cannot grow: free some space and run the same command, which goes on from here.",
        )
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return BatchError(
            f"日志 {path} 已损坏：请删除它后再运行，全部从头做起。",
            f"The journal {path} is damaged: delete it and run again, which then begins anew.",
        )
    return BatchError(
        f"无法写入日志 {path}（{error}）：请检查磁盘和权限，再运行同一命令，即从中断处继续。",
        f"The journal {path} cannot be written ({error}): check disk and permissions and run the same command, "
        "which goes on from here.",
    )


def _trouble(columns: Sequence[str | None]) -> Trouble | None:
    stage, cause, remedy = columns
    return Trouble(stage, cause or "", remedy or "") if stage else None
