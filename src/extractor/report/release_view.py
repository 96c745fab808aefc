"""What the page of one release shows, from its record and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from extractor.attainment import Attainment, attainment, number
from extractor.report.text_view import Line, excerpt, lines

Record = Mapping[str, Any]
_APPROX = {"about": "≈", "over": ">", "under": "<", "at_least": "≥", "at_most": "≤"}
_DIRECTION = {"up": "↑", "down": "↓"}
_BAR = Decimal(200)  # percent of the target at which a bar is full
_RELATIONS = ("completion", "target", "margin", "previous")
_ROLES = ("figure", *_RELATIONS, "unexplained", "date", "ordinal", "name", "specification", "declared", "reference",
          "layout")  # fmt: skip


class Bar(NamedTuple):
    """Completion as a length.  width: of 100; met: whether the target was reached; over: longer than can be drawn."""

    width: Decimal
    met: bool
    over: bool


class Row(NamedTuple):
    """One figure in the table; every number is written as it is shown.

    met: whether it has reached its target; issue: severity of a failed check.
    """

    id: str
    project: int | None
    indicator: str | None
    action: str | None
    scope: str | None
    per: str | None
    value: str
    unit: str | None
    percent: str | None
    computed: bool
    bar: Bar | None
    target: str | None
    derived: bool
    margin: str | None
    previous: str | None
    promised: bool
    corrected: bool
    met: bool | None
    issue: str | None


class Group(NamedTuple):
    """The rows of one project, position None outside every one."""

    project: int | None
    number: int | None
    title: str | None
    level: str | None
    rows: tuple[Row, ...]


class Task(NamedTuple):
    """One thing to check: a numeral that is not explained, or a check that failed."""

    severity: str
    code: str
    message: str
    numeral: int | None
    figure: str | None
    span: Sequence[int] | None
    excerpt: tuple[str, str, str] | None


class Summary(NamedTuple):
    """The numbers at the head of a page.  reached of targeted figures have reached their target."""

    projects: int
    declared: int | None
    figures: int
    targeted: int
    reached: int
    contradictions: int
    warnings: int
    unexplained: int
    numerals: int

    @property
    def share(self) -> str | None:
        """Percent of the targeted figures that have reached their target."""
        return f"{Decimal(100) * self.reached / self.targeted:.0f}%" if self.targeted else None


class Dot(NamedTuple):
    """One figure on the axis of completions, in the coordinates of the drawing."""

    x: Decimal
    y: int
    met: bool
    figure: str
    label: str


class ReleaseView(NamedTuple):
    """All that the template of a release's page needs."""

    record: Record
    summary: Summary
    groups: tuple[Group, ...]
    tasks: tuple[Task, ...]
    lines: tuple[Line, ...]
    roles: tuple[tuple[str, int], ...]
    dots: tuple[Dot, ...]
    back: str | None


def release_view(record: Record, text: str, back: str | None = None) -> ReleaseView:
    """The view of a release.  back: address of the page it belongs to."""
    roles = Counter(numeral["role"] for numeral in record["numerals"])
    groups = tuple(_groups(record, text))
    return ReleaseView(
        record=record,
        summary=summary(record, text),
        groups=groups,
        tasks=tuple(_tasks(record, text)),
        lines=tuple(lines(record, text)),
        roles=tuple((role, roles[role]) for role in _ROLES if roles[role]),
        dots=tuple(_dots(row for group in groups for row in group.rows)),
        back=back,
    )


def figures(record: Record) -> list[Mapping[str, Any]]:
    """All figures of a record, those outside every project first."""
    return [*record["figures"], *(figure for project in record["projects"] for figure in project["figures"])]


def summary(record: Record, text: str = "") -> Summary:
    """The numbers at the head of a release's page and in its row of an index."""
    reached = [found.met for figure in figures(record) if (found := attainment(figure, text))]
    severities = Counter(check["severity"] for check in record["checks"])
    return Summary(
        projects=len(record["projects"]),
        declared=record["declared_projects"],
        figures=len(figures(record)),
        targeted=len(reached),
        reached=sum(reached),
        contradictions=severities["error"],
        warnings=severities["warning"],
        unexplained=sum(numeral["role"] == "unexplained" for numeral in record["numerals"]),
        numerals=len(record["numerals"]),
    )


def amount(value: Any) -> str:
    """A number as it is read: 32,913,000."""
    return f"{number(value):,f}"


def shown_value(figure: Mapping[str, Any]) -> str:
    """A figure's value with its signs: ≈788,800, 3–5, ↑4.3."""
    sign = _APPROX.get(figure["approx"] or "", "") + _DIRECTION.get(figure["direction"] or "", "")
    high = "" if figure["value_max"] is None else f"–{amount(figure['value_max'])}"
    return f"{sign}{amount(figure['value'])}{high}"


def _groups(record: Record, text: str) -> Iterator[Group]:
    issues = _issues(record)
    if record["figures"]:
        yield Group(None, None, None, None, tuple(_row(f, None, text, issues) for f in record["figures"]))
    for at, project in enumerate(record["projects"]):
        rows = tuple(_row(figure, at, text, issues) for figure in project["figures"])
        yield Group(at, project["number"], project["title"], project["level"], rows)


def _issues(record: Record) -> dict[str, str]:
    """Severity of the worst failed check of every figure that has one."""
    issues: dict[str, str] = {}
    for check in sorted(record["checks"], key=lambda check: check["severity"] == "error"):
        if check["severity"] != "ok":
            issues |= dict.fromkeys(check["figures"], check["severity"])
    return issues


def _row(figure: Mapping[str, Any], project: int | None, text: str, issues: Mapping[str, str]) -> Row:
    reached = attainment(figure, text)
    percent = reached.percent if reached else None
    target, margin, unit = figure["target"], figure["margin"], figure["unit"]
    return Row(
        id=figure["id"],
        project=project,
        **{name: figure[name] for name in ("indicator", "action", "scope", "per", "promised")},
        value=shown_value(figure),
        unit=unit and unit["text"],
        percent=None if percent is None else f"{percent:f}%",
        computed=bool(reached and not reached.stated),
        bar=_bar(reached),
        target=target and amount(target["value"]),
        derived=bool(target and target["origin"] == "derived"),
        margin=margin and f"{number(margin['value']):+,f}{margin['unit'] or ''}",
        previous=figure["previous"] and amount(figure["previous"]["value"]),
        corrected=figure["rule"] == "corrected",
        met=reached.met if reached else None,
        issue=issues.get(figure["id"]),
    )


def _bar(reached: Attainment | None) -> Bar | None:
    if reached is None or reached.percent is None:
        return None
    return Bar((min(reached.percent, _BAR) / 2).quantize(Decimal("0.1")), reached.met, reached.percent > _BAR)


def _tasks(record: Record, text: str) -> Iterator[Task]:
    failed = [check for check in record["checks"] if check["severity"] != "ok"]
    for check in sorted(failed, key=lambda check: check["severity"] != "error"):
        span = check["span"]
        figure = next(iter(check["figures"]), None)
        yield Task(check["severity"], check["code"], check["message"], None, figure, span, span and excerpt(text, span))
    for at, numeral in enumerate(record["numerals"]):
        if numeral["role"] == "unexplained":
            span = numeral["span"]
            yield Task("unexplained", "", "", at, None, span, excerpt(text, span))


_AXIS, _STEP = Decimal(300), 5  # percent at the end of the axis; percent that share one place on it


def _dots(rows: Iterator[Row]) -> Iterator[Dot]:
    """The completions on an axis of 300 units, one above the other where they are alike."""
    heights: Counter[int] = Counter()
    for row in rows:
        if row.percent is not None:
            at = int(min(Decimal(row.percent[:-1]), _AXIS)) // _STEP
            yield Dot(
                Decimal(at * _STEP), heights[at], bool(row.met), row.id, f"{row.indicator or row.id} {row.percent}"
            )
            heights[at] += 1
