"""Records into files: WRITERS names every form, write() makes one of them, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.writing.output import WriteError, staged
from extractor.writing.tables import NAMES

if TYPE_CHECKING:
    from extractor.writing.rows import Record

__all__ = ["WRITERS", "WriteError", "Writer", "write", "writer"]


class Writer(NamedTuple):
    """One form of output.

    suffix: what its default name ends in; function: where its writer is, loaded when it is asked for;
    members: the names of the files that an output folder may hold, () where the output is one file.
    """

    suffix: str
    function: str
    members: tuple[str, ...] = ()


_CSV = tuple(f"{name}.csv" for name in NAMES)
_PARQUET = tuple(f"{name}.parquet" for name in NAMES)

WRITERS: dict[str, Writer] = {
    "jsonl": Writer(".jsonl", "extractor.writing.jsonl:write"),
    "csv": Writer("-csv", "extractor.writing.csv:write", _CSV),
    "xlsx": Writer(".xlsx", "extractor.writing.xlsx:write"),
    "sqlite": Writer(".sqlite", "extractor.writing.sqlite:write"),
    "parquet": Writer("-parquet", "extractor.writing.parquet:write", _PARQUET),
    "datapackage": Writer(
        "-datapackage", "extractor.writing.datapackage:write", ("datapackage.json", "records.jsonl", *_CSV)
    ),
}


def write(records: Iterable[Record], to: str, output: Path, **options: object) -> None:
    """Records as one of WRITERS at output: streamed in bounded memory, the same bytes for the same records.

    records: dicts that fit the record's schema, as Release.to_dict() or writing.records.read() give them.
    options: those of the writer's function.  What stood at output stays until the new one is whole.
    Raises WriteError, one sentence: no such form or folder, no permission, disk full, output in use.
    """
    function = writer(to)
    with staged(output, members=WRITERS[to].members) as target:
        function(records, target, **options)


def writer(to: str) -> Callable[..., None]:
    """The function that writes one of WRITERS: (records, target, *, options of its own).

    Raises WriteError where there is no such form.
    """
    if to not in WRITERS:
        raise WriteError(
            f"没有 {to} 这种格式：请选 {'、'.join(WRITERS)} 之一。",
            f"There is no format {to}: choose one of {', '.join(WRITERS)}.",
        )
    module, _, name = WRITERS[to].function.partition(":")
    function: Callable[..., None] = getattr(import_module(module), name)
    return function
