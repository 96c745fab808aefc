"""Words of approximation directly before and behind a quantity."""

from __future__ import annotations

from typing import Final

from extractor.model import Approx

_BEFORE: Final[tuple[tuple[str, Approx], ...]] = (
    ("不少于", "at_least"), ("不低于", "at_least"), ("至少", "at_least"), ("不超过", "at_most"), ("不高于", "at_most"),
    ("不足", "under"), ("不到", "under"), ("超过", "over"), ("突破", "over"), ("接近", "about"), ("大约", "about"),
    ("超", "over"), ("逾", "over"), ("约", "about"), ("近", "about"),
)  # fmt: skip
_BEHIND: Final[tuple[tuple[str, Approx], ...]] = (
    ("左右", "about"), ("上下", "about"), ("以上", "over"), ("以内", "at_most"), ("多", "over"), ("余", "over"),
)  # fmt: skip


def approx_around(text: str, start: int, end: int) -> Approx | None:
    """How exact the quantity ``text[start:end]`` is, by its neighbours; None where it is exact."""
    before, behind = text[max(0, start - 3) : start], text[end : end + 2]
    for word, approx in _BEFORE:
        if before.endswith(word):
            return approx
    for word, approx in _BEHIND:
        if behind.startswith(word):
            return approx
    return None
