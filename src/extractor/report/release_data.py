"""What the script of a release's page works on: figures, numerals and projects, every number a decimal string."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

from extractor.attainment import number
from extractor.extractor import quantities
from extractor.language.fold import fold
from extractor.language.numeral import NumeralError, parse_numeral
from extractor.language.pack import load_pack
from extractor.model import Quantity, Span, Unit
from extractor.report.release_view import figures

_NUMBERS = ("value", "value_max")
_RELATIONS = ("completion", "target", "margin", "previous")
_KEPT = ("id", "indicator", "action", "scope", "kind", "direction", "approx", "per", "promised", "surface", "span",
         "rule", "trace")  # fmt: skip


def release_data(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The data of a release's page, fields that are null left out.

    numerals: [start, end, role, figure, value, unit] of each; value and unit are what the rules read in its text or,
    where they took it for no quantity there, in the numeral alone.
    """
    read = {quantity.span: quantity for quantity in quantities(text)}
    return {
        "source": {name: record["source"][name] for name in ("name", "sha256", "page", "member")},
        "figures": [_figure(figure) for figure in figures(record)],
        "numerals": [_numeral(numeral, read.get(Span(*numeral["span"]))) for numeral in record["numerals"]],
        "projects": [{"span": project["span"], "title": project["title"]} for project in record["projects"]],
    }


def _figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: figure[name] for name in _KEPT if figure[name]}
    told |= {name: plain(figure[name]) for name in _NUMBERS if figure[name] is not None}
    told |= {name: _relation(figure[name]) for name in _RELATIONS if figure[name]}
    return told | ({"unit": figure["unit"]["text"]} if figure["unit"] else {})


def _relation(relation: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in relation.items() if value is not None} | {"value": plain(relation["value"])}


def _numeral(numeral: Mapping[str, Any], read: Quantity | None) -> list[Any]:
    value, unit = (read.value, read.unit) if read else _alone(fold(numeral["text"]))
    told = ["" if value is None else plain(value), unit.text if unit else ""]
    return [*numeral["span"], numeral["role"], numeral["figure"], *told]


def _alone(text: str) -> tuple[Decimal | None, Unit | None]:
    """Value and unit of a numeral on its own: with the longest unit there is, else as much of it as is a number."""
    units = load_pack().units
    cuts = [(text[:end].strip(), units.get(text[end:].strip())) for end in range(1, len(text) + 1)]
    for surface, unit in sorted(cuts, key=lambda cut: (cut[1] is None, len(cut[0]) * (-1 if cut[1] is None else 1))):
        with suppress(NumeralError):
            return parse_numeral(surface), unit
    return None, None


def plain(value: Any) -> str:
    """A number as a decimal string."""
    return f"{number(value):f}"
