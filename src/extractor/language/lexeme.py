"""What a numeral is read as."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from extractor.model import Approx, Role, Unit

# Classes of numerals in a row of words: what a number is to the grammar.
AMOUNT: Final = "A"  # 32所, 58.85万人次
RATE: Final = "R"  # 106%, 九成, 三分之二, 9.8/10万
POINT: Final = "P"  # 15.5个百分点
TIMES: Final = "X"  # 1.3倍
FOLD: Final = "F"  # 翻一番
NUMBER: Final = "N"  # a number without a unit
DATE: Final = "D"
NAME: Final = "O"  # part of a name, a specification, a reference, an ordinal
LAYOUT: Final = "Y"
_BY_DIMENSION: Final = {"ratio": RATE, "point": POINT, "times": TIMES}


class Lexeme(NamedTuple):
    """One numeral as read.

    start, end: offsets into the text; cls: its class in a row of words; rule: what read it.  role is set where it is
    no quantity; value is None for what has a role and for 数十, value_max where it is no range.
    """

    start: int
    end: int
    cls: str
    rule: str
    role: Role | None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: Unit | None = None
    approx: Approx | None = None


def class_of(unit: Unit | None) -> str:
    """The class of a number with this unit."""
    return NUMBER if unit is None else _BY_DIMENSION.get(unit.dimension, AMOUNT)
