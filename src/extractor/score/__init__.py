"""How near a record comes to what a person read: counts that add up over releases, and every difference.

A figure is found when its characters overlap those annotated; it is right when number, unit, kind and direction are;
its record is right when everything that an annotation tells of it is.
"""

from __future__ import annotations

from extractor.score.likeness import close, same
from extractor.score.measure import failure, score
from extractor.score.total import Difference, Score

__all__ = ["Difference", "Score", "close", "failure", "same", "score"]
