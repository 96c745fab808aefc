"""Releases that extraction is measured by: annotated ones, corrected records, files of corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from json import loads
from pathlib import Path
from typing import Any, NamedTuple

from extractor import gold
from extractor.corrections import apply, count, count_applied, fits
from extractor.corrections.apply import MISFIT
from extractor.corrections.file import SCHEMA
from extractor.corrections.file import read as read_corrections
from extractor.extractor import Extractor
from extractor.paired import holds_records, paired
from extractor.reading import Document, read


class Case(NamedTuple):
    """A release as it should be read, beside what is made of it.

    record: what extraction makes of it; corrections: how much a reviewer put right, see corrections.count; misfits:
    the corrections that could not be applied.
    """

    name: str
    text: str
    gold: gold.Gold
    record: dict[str, Any]
    corrections: Counter[str]
    misfits: tuple[str, ...] = ()


def cases(path: Path, extractor: Extractor, texts: Path | None = None) -> Iterator[Case]:
    """The cases of a path in a settled order.

    path: NAME.json or NAME.txt of an annotated release, a folder of such pairs, corrected records in any form, or a
    file of corrections; texts: folder with the files that records and corrections are of, their own when None.
    Raises GoldError, RecordError, CorrectionsError or ReadError, one sentence.
    """
    if holds_records(path):
        yield from _recorded(path, extractor, texts)
    elif _schema(path) == SCHEMA:
        yield from _corrected(path, extractor, texts or path.parent)
    elif path.is_dir():
        for pair in sorted(path.glob("*.json")):
            if pair.with_suffix(".txt").is_file() and _schema(pair) is None:
                yield _annotated(pair, extractor)
    else:
        yield _annotated(path, extractor)


def _annotated(path: Path, extractor: Extractor) -> Case:
    annotation, text = gold.read(path)
    record = extractor.extract(text, name=f"{path.stem}.txt").to_dict()
    return Case(path.stem, text, annotation, record, Counter())


def _recorded(path: Path, extractor: Extractor, texts: Path | None) -> Iterator[Case]:
    for record, text in paired(path, texts):
        name = record["source"]["name"]
        if text is None:
            raise gold.GoldError(f"{name}: its text is not there; say where it is.")
        fresh = extractor.extract(text, name=name).to_dict()
        yield Case(Path(name).stem, text, gold.annotate(record, text), fresh, count_applied(record))


def _corrected(path: Path, extractor: Extractor, texts: Path) -> Iterator[Case]:
    corrections = read_corrections(path)
    source = texts / Path(corrections.name).name if texts.is_dir() else texts
    for item in read(source):
        if isinstance(item, Document) and fits(corrections, item.source):
            release = extractor.extract(item.text, source=item.source)
            right = apply(release, item.text, corrections, units=extractor.pack.units)
            misfits = tuple(check.message for check in right.checks if check.code == MISFIT)
            annotation = gold.annotate(right.to_dict(), item.text)
            yield Case(source.stem, item.text, annotation, release.to_dict(), count(corrections), misfits)
            return
    raise gold.GoldError(f"{path} corrects another release than that of {source}: say where its text is.")


def _schema(path: Path) -> str | None:
    try:
        content = loads(path.read_bytes()) if path.is_file() and path.suffix == ".json" else None
    except (OSError, ValueError, RecursionError):
        return None
    return content.get("schema") if isinstance(content, dict) else None
