"""Parquet: one file per table in row groups, numbers as exact decimals.  Needs the extra extractor[parquet]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.writing.output import WriteError
from extractor.writing.rows import Cell, Record, Row, plain, rows
from extractor.writing.tables import Column, Table, select

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

_DIGITS, _SCALE = 38, 12  # a decimal128: 26 digits before the point and 12 behind it
_MOST = Decimal(10) ** (_DIGITS - _SCALE)
_LARGEST = 2**63 - 1
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
            schema = _schema(table)
            writer = ParquetWriter(target / f"{table.name}.parquet", schema, compression="zstd")
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
        self._columns = table.columns
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
            import pyarrow

            columns = zip(self._columns, zip(*self._rows, strict=True), strict=True)
            arrays = [values for column, cells in columns for values in _values(cells, column)]
            self._writer.write_table(pyarrow.table(arrays, schema=self._writer.schema))
        self._rows, self._characters = [], 0


def _require() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise WriteError(
            "Parquet 需要 pyarrow：pip install 'extractor[parquet]'。",
            "Parquet needs pyarrow: pip install 'extractor[parquet]'.",
        ) from error


def _schema(table: Table) -> pyarrow.Schema:
    import pyarrow

    fields = [field for column in table.columns for field in _fields(column, is_key=column is table.columns[0])]
    return pyarrow.schema(fields, metadata={"description": table.description, "title": table.label})


def _fields(column: Column, is_key: bool) -> Iterator[pyarrow.Field]:
    """A column's field, and the one with a number's own digits."""
    import pyarrow

    types: dict[str, Any] = {
        "integer": pyarrow.int64(),
        "decimal": pyarrow.decimal128(_DIGITS, _SCALE),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    metadata = {"description": column.description, "title": column.label}
    yield pyarrow.field(column.name, types.get(column.type, pyarrow.string()), nullable=not is_key, metadata=metadata)
    if column.type == "decimal":
        exact = {"description": f"{column.name} with its own digits.", "title": column.label}
        yield pyarrow.field(f"{column.name}_exact", pyarrow.string(), metadata=exact)


def _values(cells: tuple[Cell, ...], column: Column) -> Iterator[list[Any]]:
    if column.type == "decimal":
        numbers = [cell if isinstance(cell, Decimal) else None for cell in cells]
        yield [number if number is not None and _fits(number) else None for number in numbers]
        yield [None if number is None else plain(number) for number in numbers]
    elif column.type == "date":
        yield [None if cell is None else _day(str(cell)) for cell in cells]
    else:
        yield [None if isinstance(cell, int) and abs(cell) > _LARGEST else cell for cell in cells]


def _fits(number: Decimal) -> bool:
    return abs(number) < _MOST and int(number.as_tuple().exponent) >= -_SCALE


def _day(text: str) -> date | None:
    """The day of an ISO date; None for one that no calendar has (it stands in the record)."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
