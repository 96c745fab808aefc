"""What a reviewer put right in a record, kept apart from it and applied whenever the release is read anew."""

from __future__ import annotations

from extractor.corrections.apply import apply
from extractor.corrections.count import count, count_applied
from extractor.corrections.file import Correction, Corrections, CorrectionsError, fits, read

__all__ = ["Correction", "Corrections", "CorrectionsError", "apply", "count", "count_applied", "fits", "read"]
