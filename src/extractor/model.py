"""What a release is made of: immutable values, no logic.

Every span is ``(start, end)``, half-open, in Unicode code points of the release's text as it came.
Every number is an exact ``Decimal``.  What the text does not say is ``None``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["amount", "rate", "change"]
Direction = Literal["up", "down"]
Approx = Literal["about", "over", "under", "at_least", "at_most"]
Origin = Literal["stated", "derived"]
Severity = Literal["ok", "warning", "error"]
Role = Literal[
    "figure",
    "completion",
    "target",
    "margin",
    "previous",
    "date",
    "ordinal",
    "name",
    "specification",
    "declared",
    "reference",
    "layout",
    "unexplained",
]


class Span(NamedTuple):
    """A half-open range of code points of the text as it came."""

    start: int
    end: int


class Unit(NamedTuple):
    """What a number counts or measures in.

    text: as written, without the multiplier (万人次 -> 人次); code: joins data across releases
    (公里 and 千米 -> "km", money -> ISO 4217, physical units -> UCUM, counted things keep their classifier);
    dimension: what may be added to or compared with what ("length", "count", "ratio", …).
    """

    text: str
    code: str
    dimension: str


class Quantity(NamedTuple):
    """A number with its unit, wherever it stands.  A range is closed: value … value_max.

    value is None where the text names a size but no number (数十家).
    """

    span: Span
    surface: str
    value: Decimal | None
    value_max: Decimal | None
    unit: Unit | None
    kind: Kind
    approx: Approx | None
    direction: Direction | None = None


class Completion(NamedTuple):
    """Percent of the target reached, as the text says it (210 for 完成年度目标的210%)."""

    value: Decimal
    span: Span


class Target(NamedTuple):
    """What was to be reached, in the figure's unit.

    origin "stated": text and span are the text's; "derived": it follows exactly from value and completion
    or from value and margin, span is None.
    """

    value: Decimal
    origin: Origin
    text: str | None
    span: Span | None


class Margin(NamedTuple):
    """By how much the figure beats (+) or misses (-) its target; unit as written, None where it has none."""

    value: Decimal
    unit: str | None
    span: Span


class Previous(NamedTuple):
    """The same indicator's value in the earlier period that the text gives."""

    value: Decimal
    span: Span


class Evidence(NamedTuple):
    """Which characters made a field of a figure, and which rule read them so.

    The texts of the spans, joined, are the field as it stands in the figure (for numbers: as it stands in the text).
    """

    field: str
    rule: str
    spans: tuple[Span, ...]


class Figure(NamedTuple):
    """One quantity that a release reports or promises, with all that the text says of it."""

    id: str
    indicator: str | None
    action: str | None
    scope: str | None
    kind: Kind
    direction: Direction | None
    value: Decimal
    value_max: Decimal | None
    approx: Approx | None
    unit: Unit | None
    completion: Completion | None
    per: str | None
    target: Target | None
    margin: Margin | None
    previous: Previous | None
    promised: bool
    surface: str
    span: Span
    evidence: Span
    rule: str
    trace: tuple[Evidence, ...]


class Project(NamedTuple):
    """One 民生实事 of a release.

    span covers heading and body; title_span the title's characters (the title is these characters, line breaks
    and the blanks around them taken out).  year is set where it differs from the release's.
    """

    number: int | None
    year: int | None
    title: str
    level: str | None
    departments: tuple[str, ...]
    title_span: Span
    span: Span
    figures: tuple[Figure, ...]


class Numeral(NamedTuple):
    """One numeral of the text and its only role; figure is the id of the figure it serves, None for none."""

    text: str
    span: Span
    role: Role
    figure: str | None


class Finding(NamedTuple):
    """What a check has to say: message gives the arithmetic, figures the ids it speaks of, span where it stands."""

    code: str
    severity: Severity
    message: str
    figures: tuple[str, ...]
    span: Span | None


class Region(NamedTuple):
    """The place of a release: text as written, code and name by GB/T 2260, parent's code; None where unknown."""

    text: str
    code: str | None
    name: str | None
    parent: str | None


class Header(NamedTuple):
    """What a release says of itself.  published is an ISO date; every field is None where the text is silent."""

    title: str | None
    region: Region | None
    published: str | None
    year: int | None
    declared_projects: int | None


class Source(NamedTuple):
    """Where a text came from.

    characters: length of the text that spans refer to, in code points; page and member say where in a PDF or
    an archive it stood; sha256 is that of the bytes read.
    """

    name: str
    media_type: str
    encoding: str | None
    sha256: str
    characters: int
    page: int | None = None
    member: str | None = None
