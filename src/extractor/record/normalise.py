"""Values of the model as plain JSON data: dicts, lists, strings, exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from extractor.model import Span


def normalise(value: tuple[Any, ...]) -> dict[str, Any]:
    """A NamedTuple of the model as a dict: its fields in their order, spans as [start, end], numbers as Decimal."""
    plain: dict[str, Any] = _writer(type(value))(value)
    return plain


def is_record(hint: object) -> bool:
    """Whether a type is one of the model's NamedTuples."""
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")


def present(hint: Any) -> Any:
    """The type of a field that may be None, when it is not."""
    kinds = get_args(hint)
    return next(kind for kind in kinds if kind is not NoneType) if NoneType in kinds else hint


@cache
def _writer(record: type) -> Callable[[object], Any]:
    # One expression per type, written out from its fields and compiled, as namedtuple does for its own methods:
    # twice as fast as walking the types for every value, and no list of fields beside the model's.
    writer: Callable[[object], Any] = eval(f"lambda x: {_expression(record, 'x')}", {"number": _number})
    return writer


def _expression(hint: Any, name: str) -> str:
    if hint is Decimal:
        return f"number({name})"
    if hint is Span:
        return f"[*{name}]"
    if is_record(hint):
        fields = get_type_hints(hint).items()
        return "{" + ", ".join(f"{field!r}: {_expression(of, f'{name}.{field}')}" for field, of in fields) + "}"
    if get_origin(hint) is tuple:
        item = name.partition(".")[0] + "_"
        written = _expression(get_args(hint)[0], item)
        return f"[*{name}]" if written == item else f"[{written} for {item} in {name}]"
    if present(hint) is not hint:
        written = _expression(present(hint), name)
        return name if written == name else f"None if {name} is None else {written}"
    return name


def _number(value: Decimal) -> Decimal:
    # Decimal("1E+2") would be written with its exponent
    return Decimal(f"{value:f}") if "E" in str(value) else value
