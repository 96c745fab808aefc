"""The same indicator in several releases, side by side."""

from __future__ import annotations

from extractor.compare.change import Change
from extractor.compare.comparison import Cell, Comparison, Head, Row, compare

__all__ = ["Cell", "Change", "Comparison", "Head", "Row", "compare"]
