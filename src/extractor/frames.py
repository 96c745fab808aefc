"""Releases as one table of figures for pandas, polars or Arrow.  Needs the extra extractor[frames]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Literal

from extractor.record.release import Release
from extractor.writing.arrow import filled
from extractor.writing.rows import Record, Row, rows
from extractor.writing.tables import Table, select

Library = Literal["pandas", "polars", "arrow"]
_TABLES = select()[:3]  # releases, projects, figures
_MODULES: dict[str, str] = {"pandas": "pandas", "polars": "polars", "arrow": "pyarrow"}


def releases_to_frame(releases: Iterable[Release | Record], *, library: Library = "pandas") -> Any:
    """One row per figure, in the order of the releases, with all that its project and its release say of themselves.

    releases: of extract(), or records.  Columns: those of the figures table that writing.write() makes, then the
    project's behind ``project_`` and the release's behind ``release_``; a release without figures has no row.  They
    are the same for any releases, none included.  Numbers are decimal128(38, 12), null where one does not fit; beside
    each stands NAME_exact with its own digits.  Dates are dates, departments a list, the rest strings, int64 and bool.

    library: pandas gives a DataFrame of ArrowDtype columns, polars a DataFrame, arrow a pyarrow.Table.
    Raises ImportError where the library is not installed, ValueError where it is none of the three.
    """
    if library not in _MODULES:
        raise ValueError(f"There is no library {library!r} to make a frame of: choose pandas, polars or arrow.")
    _import("pyarrow")
    module = _import(_MODULES[library])
    table = filled(_table(), _rows(releases))
    if library == "pandas":
        return table.to_pandas(types_mapper=module.ArrowDtype)
    return module.from_arrow(table) if library == "polars" else table


def _import(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ImportError(f"A frame needs {name}: pip install 'extractor[frames]'.") from error


def _table() -> Table:
    """The figures table, widened by what the other tables say of a figure's project and release."""
    releases, projects, figures = _TABLES
    more = [
        table.columns[at]._replace(name=f"{kind}_{table.columns[at].name}")
        for kind, table in (("project", projects), ("release", releases))
        for at in _added(table)
    ]
    return figures._replace(columns=(*figures.columns, *more))


def _added(table: Table) -> list[int]:
    """Positions of a table's columns that the figures table has not got."""
    known = {column.path for column in _TABLES[-1].columns}
    return [at for at, column in enumerate(table.columns) if column.path not in known and column.type != "record"]


def _rows(releases: Iterable[Release | Record]) -> Iterator[Row]:
    records = (each.to_dict() if isinstance(each, Release) else each for each in releases)
    of_release, of_project, figures = _added(_TABLES[0]), _added(_TABLES[1]), _TABLES[2]
    inside = figures.position("project_id")
    release: Row = ()
    project: Row = ()
    for name, row in rows(records, _TABLES):
        if name == "releases":
            release = row
        elif name == "projects":
            project = row
        else:
            above = (project[at] if row[inside] else None for at in of_project)
            yield (*row, *above, *(release[at] for at in of_release))
