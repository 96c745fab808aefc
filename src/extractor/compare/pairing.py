"""Figures of two releases paired one to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.compare.likeness import ENOUGH, Item, Likeness, pairs


def pair(first: Sequence[Item], second: Sequence[Item], likeness: Likeness) -> dict[int, int]:
    """Position in first -> position in second of the figures that measure the same, each at most once.

    The most alike are paired first; of equals, those that come first.
    """
    found = sorted((-likeness(first[a], second[b]), a, b) for a, b in set(_candidates(first, second)))
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for unlike, a, b in found:
        if -unlike >= ENOUGH and a not in paired and b not in taken:
            paired[a] = b
            taken.add(b)
    return paired


def _candidates(first: Sequence[Item], second: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Positions of those whose indicators share two neighbouring characters, or that have none both."""
    where: dict[str, list[int]] = {}
    for b, item in enumerate(second):
        for key in _keys(item):
            where.setdefault(key, []).append(b)
    for a, item in enumerate(first):
        for key in _keys(item):
            yield from ((a, b) for b in where.get(key, ()))


def _keys(item: Item) -> frozenset[str]:
    return pairs(item.figure["indicator"]) or frozenset({""})
