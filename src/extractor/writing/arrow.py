"""The tables as Arrow has them: typed fields, numbers as exact decimals.  Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.writing.rows import Cell, Row, plain
from extractor.writing.tables import Column, Table

if TYPE_CHECKING:
    import pyarrow

_DIGITS, _SCALE = 38, 12  # a decimal128: 26 digits before the point and 12 behind it
_MOST = Decimal(10) ** (_DIGITS - _SCALE)
_LARGEST = 2**63 - 1


def schema(table: Table) -> pyarrow.Schema:
    """A table's fields: a number is a decimal128(38, 12), beside it stands NAME_exact with its own digits."""
    import pyarrow

    fields = [field for column in table.columns for field in _fields(column, is_key=column is table.columns[0])]
    return pyarrow.schema(fields, metadata={"description": table.description, "title": table.label})


def filled(table: Table, rows: Iterable[Row]) -> pyarrow.Table:
    """Rows of a table in Arrow; null where a number or date is one that its type cannot hold."""
    import pyarrow

    fields = schema(table)
    kept = [*rows]
    if not kept:
        return fields.empty_table()
    columns = zip(table.columns, zip(*kept, strict=True), strict=True)
    arrays = [values for column, cells in columns for values in _values(cells, column)]
    return pyarrow.table(arrays, schema=fields)


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


def _values(cells: Iterable[Cell], column: Column) -> Iterator[list[Any]]:
    cells = [*cells]
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
