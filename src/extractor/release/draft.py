"""A figure while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractor.language.quantity import Lexeme
from extractor.model import Approx, Direction, Kind, Role, Span
from extractor.release.clause import Clause


@dataclass(slots=True)
class Value:
    """A number that belongs to a figure: its value, the word it is, the rule that said so."""

    value: Decimal
    word: int
    rule: str
    unit: str | None = None


@dataclass(slots=True, eq=False)
class Draft:
    """One figure in the making; two are never equal, for each has its place.

    noun and action are spans of the text (城乡 alone is told apart in words that are not in it); run and count are
    its place in a run of numbers (32所、45所) and the run's length.
    """

    at: int
    lexeme: Lexeme
    clause: Clause
    sentence: int
    kind: Kind
    direction: Direction | None = None
    approx: Approx | None = None
    noun: list[Span | str] = field(default_factory=list)
    noun_rule: str = ""
    named_like: Draft | None = None  # the figure whose noun it took, wholly or in part
    own: list[Span | str] = field(default_factory=list)  # what of its noun is not that one's: 城区 of 城区公厕
    object: Span | None = None  # what was done to so many: 主体工程 of 2所完成主体工程, behind whatever noun they have
    action: list[Span] = field(default_factory=list)
    action_rule: str = ""
    scope: Span | None = None
    per: Span | None = None
    completion: Value | None = None
    target: Value | None = None
    margin: Value | None = None
    previous: Value | None = None
    promised: bool = False
    plan: bool = False
    labelled: bool = False  # it stands on a line that gives the targets
    part: bool = False
    run: int = 0
    count: int = 1
    rule: str = "number-with-unit"
    group: int = -1  # drafts of one group share their clause: a run of numbers

    def values(self) -> list[tuple[Role, Value]]:
        """The values that were found for it, by the fields that they become."""
        found: list[tuple[Role, Value]] = []
        if self.completion:
            found.append(("completion", self.completion))
        if self.target:
            found.append(("target", self.target))
        if self.margin:
            found.append(("margin", self.margin))
        if self.previous:
            found.append(("previous", self.previous))
        return found
