"""A comparison as lines of a terminal, in columns that hold for Chinese too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.attainment import number
from extractor.cli.bilingual import tr
from extractor.cli.columns import pad, visible, width, wrap
from extractor.compare import Cell, Change, Comparison, Row
from extractor.compare.table import state

_GAP = "  "
_LEAST = 16  # columns of an indicator
_WIDEST = 30  # columns of a value or a head


def lines(comparison: Comparison, columns: int) -> Iterator[str]:
    """The lines of a comparison: what all have first, then what appears, what disappears."""
    heads = [tr("指标", "Indicator"), *(_short(head.label) for head in comparison.releases), tr("变化", "Change")]
    sections = {
        "both": tr("各份都有", "In the first and the last"),
        "appears": tr("新出现", "New"),
        "disappears": tr("不再出现", "Gone"),
        "between": tr("其间出现", "Only in between"),
    }
    rows = [(state(row), _cells(row)) for row in comparison.rows]
    widths = [max(width(cells[at]) for cells in [heads, *(cells for _, cells in rows)]) for at in range(1, len(heads))]
    first = max(_LEAST, min(columns - sum(widths) - len(_GAP) * len(widths), _indicators(rows)))
    yield from _line(heads, first, widths)
    for name, title in sections.items():
        found = [cells for of, cells in rows if of == name]
        if found:
            yield f"── {title} ({len(found)})"
        for cells in found:
            yield from _line(cells, first, widths)


def _indicators(rows: Sequence[tuple[str, list[str]]]) -> int:
    return max((width(cells[0]) for _, cells in rows), default=0)


def _line(cells: Sequence[str], first: int, widths: Sequence[int]) -> Iterator[str]:
    """One row: the indicator on as many lines as it needs, the values at the right of their columns."""
    head, *rest = wrap(cells[0], first)
    values = [" " * (room - width(cell)) + cell for cell, room in zip(cells[1:], widths, strict=True)]
    yield _GAP.join([pad(head, first), *values]).rstrip()
    yield from rest


def _cells(row: Row) -> list[str]:
    moved = [cell.change for cell in row.cells if cell and cell.change]
    values = ["" if cell is None else _value(cell) for cell in row.cells]
    return [visible(row.indicator or "—"), *map(_short, values), _moved(moved[-1]) if moved else ""]


def _value(cell: Cell) -> str:
    figure = cell.figure
    high = "" if figure["value_max"] is None else f"–{number(figure['value_max']):,f}"
    unit = figure["unit"]["text"] if figure["unit"] else ""
    sign = {"up": "+", "down": "−"}.get(figure["direction"], "")
    reached = f" ({number(figure['completion']['value']):f}%)" if figure["completion"] else ""
    return f"{sign}{number(figure['value']):,f}{high} {unit}{reached}".strip()


def _moved(change: Change) -> str:
    percent = "" if change.percent is None else f" {_signed(change.percent)}%"
    origin = tr("（原文）", " (stated)") if change.origin == "stated" else ""
    doubt = "" if change.contradiction is None else tr(
        f" ≠ 上期 {change.contradiction:,f}", f" ≠ {change.contradiction:,f} before"
    )  # fmt: skip
    return f"{_signed(change.difference)}{percent}{origin}{doubt}"


def _signed(value: Decimal) -> str:
    return f"{'−' if value < 0 else '+' if value > 0 else '±'}{abs(value):,f}"


def _short(text: str) -> str:
    text = visible(text)
    while width(text) > _WIDEST:
        text = text[:-2] + "…"
    return text
