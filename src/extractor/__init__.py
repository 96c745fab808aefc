"""Exact, traceable records from Chinese government releases on livelihood projects.

    import extractor
    release = extractor.extract(text, name="nanyang-2023.txt")
    release.to_json()

Nothing is imported, read or built before the first call needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.extractor import Extractor, extract, extract_file, quantities
    from extractor.language.numeral import NumeralError, parse_numeral
    from extractor.language.pack import PackError
    from extractor.record.release import Release

__version__ = "0.1.0"
__all__ = [
    "Extractor",
    "NumeralError",
    "PackError",
    "Release",
    "extract",
    "extract_file",
    "parse_numeral",
    "quantities",
]

_HOMES = {
    "Extractor": "extractor.extractor",
    "extract": "extractor.extractor",
    "extract_file": "extractor.extractor",
    "quantities": "extractor.extractor",
    "NumeralError": "extractor.language.numeral",
    "parse_numeral": "extractor.language.numeral",
    "PackError": "extractor.language.pack",
    "Release": "extractor.record.release",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
