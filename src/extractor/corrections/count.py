"""How much a reviewer put right, by a file of corrections or by a record that they were applied to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.corrections.edit import CORRECTED
from extractor.corrections.file import Corrections

_ALL = "corrections"


def count(corrections: Corrections) -> Counter[str]:
    """How many corrections there are, in all and by what they do.

    Keys: "corrections", "corrections.delete", "corrections.edit", …, and one for each field of an edit, such as
    "corrections.edit.indicator".
    """
    counts: Counter[str] = Counter()
    for correction in corrections.corrections:
        _add(counts, correction.do, correction.fields)
    return counts


def count_applied(record: Mapping[str, Any]) -> Counter[str]:
    """The edits and additions that a corrected record tells of, as count() gives them; what was deleted is gone."""
    counts: Counter[str] = Counter()
    everything = [*record["figures"], *(figure for project in record["projects"] for figure in project["figures"])]
    for figure in everything:
        if figure["rule"] == CORRECTED:
            fields = [evidence["field"] for evidence in figure["trace"] if evidence["rule"] == CORRECTED]
            _add(counts, "add" if len(fields) == len(figure["trace"]) else "edit", fields)
    return counts


def _add(counts: Counter[str], do: str, fields: Iterable[str]) -> None:
    counts.update((_ALL, f"{_ALL}.{do}"))
    if do == "edit":
        counts.update(f"{_ALL}.{do}.{name}" for name in fields)
