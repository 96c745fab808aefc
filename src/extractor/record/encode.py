"""Plain data as JSON text, its Decimals exact."""

from __future__ import annotations

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode(data: object, indent: int | None = None) -> bytes:
    """Data as one line of JSON in UTF-8, or indented by so many blanks; a Decimal is a number with its own digits."""
    line = _ENCODER.encode(data)
    return line if indent is None else msgspec.json.format(line, indent=indent)
