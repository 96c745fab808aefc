"""What a reviewer put right in a record, kept apart from it and applied whenever the release is read anew."""

from __future__ import annotations

from extractor.corrections.apply import apply
from extractor.corrections.file import Correction, Corrections, CorrectionsError, count, fits, read

__all__ = ["Correction", "Corrections", "CorrectionsError", "apply", "count", "fits", "read"]
