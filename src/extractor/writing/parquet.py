"""Parquet: one file per table in row groups, numbers as exact decimals.  Needs the extra extractor[parquet]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.writing.arrow import filled, schema
from extractor.writing.output import WriteError
from extractor.writing.rows import Record, Row, rows
from extractor.writing.tables import Table, select

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

_GROUP_ROWS = 20_000
_GROUP_CHARACTERS = 8 << 20  # of text, where the rows are long: whole records


def write(records: Iterable[Record], target: Path, *, numerals: bool = False) -> None:
    """A folder with releases.parquet, projects.parquet, figures.parquet, findings.parquet; numerals: also those.

    Every number is a decimal128(38, 12), null if it does not fit; beside it stands NAME_exact with its own digits.
    releases.record holds every record whole.  Raises WriteError where pyarrow is not installed.
    """
    _require()
    from pyarrow.parquet import ParquetWriter

    tables = select(numerals=numerals)
    target.mkdir()
    with ExitStack() as stack:
        groups = {}
        for table in tables:
            writer = ParquetWriter(target / f"{table.name}.parquet", schema(table), compression="zstd")
            groups[table.name] = _Group(table, stack.enter_context(writer))
        for name, row in rows(records, tables):
            groups[name].add(row)
        for group in groups.values():
            group.flush()


def texts(path: Path) -> Iterator[str]:
    """The JSON of every record of a releases.parquet, in order.  Raises WriteError where pyarrow is not installed."""
    _require()
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=64, columns=["record"]):
            yield from batch.column(0).to_pylist()


class _Group:
    """The rows of one table that wait to be written together."""

    def __init__(self, table: Table, writer: ParquetWriter) -> None:
        self._table = table
        self._writer = writer
        self._rows: list[Row] = []
        self._characters = 0

    def add(self, row: Row) -> None:
        """One row more; enough of them are written."""
        self._rows.append(row)
        self._characters += sum(len(cell) for cell in row if isinstance(cell, str))
        if len(self._rows) >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one row group."""
        if self._rows:
            self._writer.write_table(filled(self._table, self._rows))
        self._rows, self._characters = [], 0


def _require() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise WriteError(
            "Parquet 需要 pyarrow：pip install 'extractor[parquet]'。",
            "Parquet needs pyarrow: pip install 'extractor[parquet]'.",
        ) from error
