"""A comparison as CSV: a line for every indicator, the same columns for every release."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from extractor.attainment import number
from extractor.compare.comparison import Cell, Comparison, Row
from extractor.writing.csv import safe
from extractor.writing.rows import plain

_OF_A_ROW = ("project", "indicator", "kind", "state")
_OF_A_CELL = ("value", "value_max", "unit", "target", "completion", "change", "change_percent", "change_origin")


def csv_text(comparison: Comparison) -> str:
    """The comparison as CSV: numbers are plain digits, all of them; texts that a sheet would run are made harmless.

    state: "both" where the first and the last release have the indicator, else "appears", "disappears" or "between".
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    labels = _distinct([head.label for head in comparison.releases])
    writer.writerow(
        [safe(name) for name in (*_OF_A_ROW, *(f"{label} {name}" for label in labels for name in _OF_A_CELL))]
    )
    for row in comparison.rows:
        writer.writerow([*_cells_of(row)])
    return stream.getvalue()


def state(row: Row) -> str:
    """Whether an indicator is there throughout, or from when to when."""
    first, last = row.cells[0] is not None, row.cells[-1] is not None
    if first and last:
        return "both"
    return "disappears" if first else "appears" if last else "between"


def _cells_of(row: Row) -> Iterator[str]:
    yield from (safe(text or "") for text in (row.project, row.indicator, row.kind, state(row)))
    for cell in row.cells:
        yield from [""] * len(_OF_A_CELL) if cell is None else map(_written, _values(cell))


def _values(cell: Cell) -> tuple[Any, ...]:
    figure, change = cell.figure, cell.change
    return (
        number(figure["value"]),
        None if figure["value_max"] is None else number(figure["value_max"]),
        figure["unit"] and figure["unit"]["text"],
        figure["target"] and number(figure["target"]["value"]),
        figure["completion"] and number(figure["completion"]["value"]),
        change and change.difference,
        change and change.percent,
        change and change.origin,
    )


def _written(value: Any) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else safe(str(value))


def _distinct(labels: list[str]) -> list[str]:
    """The labels, the second of two alike with a number."""
    return [
        label if labels.index(label) == at else f"{label} ({labels[:at].count(label) + 1})"
        for at, label in enumerate(labels)
    ]
