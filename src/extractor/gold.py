"""Annotated releases: NAME.txt with NAME.json, what a person read in it.

An annotation names a figure by its characters (``before`` + ``surface``), not by offsets, so that a person can write
it; here its figures get their spans, and a record that was put right by hand becomes an annotation of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from extractor.model import Span

Gold = dict[str, Any]
VALUES = ("value", "value_max", "completion", "target", "margin", "previous")
_TEXTS = ("kind", "direction", "approx", "indicator", "action", "per")
_SHORTEST, _LONGEST = 2, 12  # characters that an annotation shows in front of a figure
_SERVES = ("figure", "completion", "target", "margin", "previous")


class GoldError(ValueError):
    """An annotation that cannot be used: one sentence with the place and what to do."""


class Entry(NamedTuple):
    """A figure as annotations tell it.  project: position of its project in the release, None outside every one."""

    span: Span
    surface: str
    project: int | None
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    kind: str
    direction: str | None
    approx: str | None
    indicator: str | None
    action: str | None
    per: str | None
    completion: Decimal | None
    target: Decimal | None
    margin: Decimal | None
    previous: Decimal | None
    promised: bool


def read(path: Path) -> tuple[Gold, str]:
    """The annotation of NAME.json and the text of NAME.txt beside it.

    path: either of the two files.  Raises GoldError: unreadable, not JSON, no annotation.
    """
    try:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        gold = json.loads(path.with_suffix(".json").read_bytes())
    except OSError as error:
        raise GoldError(f"{error.filename} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise GoldError(f"{path} is neither UTF-8 text nor JSON: {error}.") from error
    if not isinstance(gold, dict) or not isinstance(gold.get("projects"), list):
        raise GoldError(f"{path} is no annotation: it has no list of projects.")
    if not all(isinstance(project, dict) and isinstance(project.get("title"), str) for project in gold["projects"]):
        raise GoldError(f"{path} is no annotation: a project has no title.")
    return gold, text


def entries(gold: Gold, text: str) -> list[Entry]:
    """The annotated figures in the order of the text.

    Raises GoldError naming the figure whose characters do not stand in the text, in its order.
    """
    try:
        found = [
            entry for at, project in enumerate(gold["projects"]) for entry in _located(project["figures"], text, at)
        ]
        found += _located(gold.get("other_figures", []), text, None)
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise GoldError(f"The annotation lacks a field or holds a wrong one: {error!r}.") from error
    return sorted(found, key=lambda entry: entry.span)


def recorded(record: Mapping[str, Any]) -> list[Entry]:
    """The figures of a record as annotations tell them, in the order of the text; derived targets are left out."""
    found = [_entry(figure, at) for at, project in enumerate(record["projects"]) for figure in project["figures"]] + [
        _entry(figure, None) for figure in record["figures"]
    ]
    return sorted(found, key=lambda entry: entry.span)


def annotate(record: Mapping[str, Any], text: str) -> Gold:
    """A record as an annotation, which entries() reads back the same."""
    by_project: dict[int | None, list[Entry]] = {}
    for entry in recorded(record):
        by_project.setdefault(entry.project, []).append(entry)
    region = record["region"]
    return {
        "title": record["title"],
        "region": region and region["text"],
        "year": record["year"],
        "published": record["published"],
        "declared_projects": record["declared_projects"],
        "projects": [
            {"title": project["title"], "level": project["level"]}
            | ({"year": project["year"]} if project["year"] is not None else {})
            | {"figures": _written(by_project.get(at, []), text)}
            for at, project in enumerate(record["projects"])
        ],
        "other_figures": _written(by_project.get(None, []), text),
        "not_figures": _passed_over(record, text),
    }


def number(value: Any) -> Decimal | None:
    """An annotation's decimal string, or a record's number, exact."""
    return None if value is None else Decimal(str(value))


def _located(figures: Sequence[Mapping[str, Any]], text: str, project: int | None) -> Iterator[Entry]:
    at = -1
    for figure in figures:
        before, surface = figure["before"], figure["surface"]
        key = text.find(before + surface, max(0, at + 1 - len(before)))
        if key < 0:
            raise GoldError(f"The text has no {before}[{surface}] behind the figure before it.")
        at = key + len(before)
        yield _entry({**figure, "span": (at, at + len(surface))}, project)


def _entry(figure: Mapping[str, Any], project: int | None) -> Entry:
    unit, target = figure.get("unit"), figure.get("target")
    if isinstance(target, dict) and target["origin"] != "stated":
        target = None
    fields: dict[str, Any] = {
        "span": Span(*figure["span"]),
        "surface": figure["surface"],
        "project": project,
        "unit": unit["text"] if isinstance(unit, dict) else unit,
        "promised": bool(figure.get("promised")),
    }
    fields |= {name: figure.get(name) or None for name in _TEXTS}
    fields |= {name: number(_inner({**figure, "target": target}.get(name))) for name in VALUES}
    return Entry(**fields)


def _inner(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) else value


def _written(figures: Sequence[Entry], text: str) -> list[dict[str, Any]]:
    written, at = [], -1
    for entry in figures:
        told = {name: _string(value) for name, value in entry._asdict().items() if name not in ("span", "project")}
        kept = {name: value for name, value in told.items() if value or name in ("unit", "indicator", "action")}
        written.append({"before": _before(entry.span, text, at), **kept})
        at = entry.span.start
    return written


def _string(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _before(span: Span, text: str, after: int) -> str:
    """The fewest characters in front of a figure that find it behind the one before it."""
    for length in range(_SHORTEST, max(_LONGEST, span.start) + 1):
        before = text[max(0, span.start - length) : span.start]
        if text.find(before + text[span.start : span.end], max(0, after + 1 - len(before))) + len(before) == span.start:
            break
    return before


def _passed_over(record: Mapping[str, Any], text: str) -> list[dict[str, str]]:
    return [
        {"before": _before(Span(*numeral["span"]), text, -1), "surface": numeral["text"], "why": numeral["role"]}
        for numeral in record["numerals"]
        if numeral["role"] not in _SERVES
    ]
