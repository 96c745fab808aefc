"""Which role each quantity of a row has, by the pack's patterns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extractor.language.pack import Pattern
from extractor.language.words import Row

_QUANTITY = frozenset("ARPXFN")


class Relation(NamedTuple):
    """One pattern that matched: where in the row, and which words have which role."""

    rule: str
    start: int
    end: int
    roles: dict[str, tuple[int, ...]]


def relations(row: Row, patterns: Iterable[Pattern]) -> list[Relation]:
    """All relations of a row in the order of their places; no quantity is in two of them."""
    classes = row.classes
    present = set(classes)
    taken: set[int] = set()
    found = []
    for pattern in patterns:
        if pattern.trigger and present.isdisjoint(pattern.trigger):
            continue
        for match in pattern.match.finditer(classes):
            roles = {}
            for role in match.re.groupindex:
                words = tuple(
                    index
                    for start, end in match.spans(role)
                    for index in range(start, end)
                    if classes[index] in _QUANTITY
                )
                if words:
                    roles[role] = words
            if "figure" in roles and "target" in roles and not _alike(row, roles):
                continue
            words_taken = {index for words in roles.values() for index in words}
            if words_taken and taken.isdisjoint(words_taken):
                taken |= words_taken
                found.append(Relation(pattern.name, match.start(), match.end(), roles))
    return sorted(found, key=lambda relation: relation.start)


def _alike(row: Row, roles: dict[str, tuple[int, ...]]) -> bool:
    """Whether what was to be done and what was done are counted alike: 12处积水点治理9处, not 3个县建成公园5座."""
    units = [row.lexemes[words[0]].unit for words in (roles["figure"], roles["target"])]
    return None in units or units[0] == units[1] or "count" not in [unit.dimension for unit in units if unit]
