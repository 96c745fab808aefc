"""One project's place in a release."""

from __future__ import annotations

from typing import NamedTuple

from extractor.model import Span
from extractor.release.columns import Row


class Section(NamedTuple):
    """One project's place: its title, the whole of it, and the stretches of its body that are read for figures."""

    number: int | None
    title: Span
    span: Span
    body: tuple[Span, ...]
    heading: Span | None  # the heading where it is read for numbers apart from the body
    level: str | None
    departments: tuple[str, ...]
    year: int | None = None
    rows: tuple[Row, ...] = ()
    ahead: bool = False  # it is one of the next year's, in a release on this one's
    more: Span | None = None  # the rest of a title that is broken over two rows
