"""The numbers that Word sets before paragraphs: they stand in no text, only in the rules of numbering.xml.

Source: ECMA-376, part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from extractor.reading.counters import counter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"
_LEVELS = 9
_DEEPEST_STYLE = 20


class Level(NamedTuple):
    """How one level of a list is numbered; text shows the numbers of levels as %1 … %9."""

    style: str = "decimal"
    text: str = ""
    start: int = 1
    blank: str = " "
    is_plain: bool = False
    restarts: bool = True


class List(NamedTuple):
    """A numbering that paragraphs refer to: lists with the same pattern go on counting together."""

    pattern: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of one document as they come."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """Take the root elements of numbering.xml, None where a document has none, and of styles.xml."""
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = _styles(styles)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def marker(self, paragraph: Any) -> str:
        """What stands before the text of paragraph, the blank after it included; "" for most."""
        list_id, depth = self._reference(paragraph)
        numbered = self._lists.get(list_id)
        if numbered is None or depth not in numbered.levels:
            return ""
        level = numbered.levels[depth]
        if level.style == "bullet":
            return _BULLET + level.blank
        counts = self._count(list_id, numbered, depth)
        shown = _PLACE.sub(lambda place: _shown(int(place[1]) - 1, level, numbered, counts), level.text)
        return shown + level.blank if shown else ""

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """The list of a paragraph and the level in it: its own, or that of its style."""
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle") or ""
        by_style, depth = self._styles.get(style, ("0", 0))
        own = properties.find(f"{W}numPr") if properties is not None else None
        return _value(own, "numId") or by_style, _bounded(_number(own, "ilvl", depth))

    def _count(self, list_id: str, numbered: List, depth: int) -> list[int | None]:
        counts = self._counts.setdefault(numbered.pattern, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level in numbered.starts:
                counts[level] = None
        before = counts[depth]
        counts[depth] = _start(numbered, depth) if before is None else before + 1
        for below in range(depth + 1, _LEVELS):
            if numbered.levels.get(below, Level()).restarts:
                counts[below] = None
        return counts


def _start(numbered: List, depth: int) -> int:
    return numbered.starts.get(depth, numbered.levels.get(depth, Level()).start)


def _shown(depth: int, level: Level, numbered: List, counts: list[int | None]) -> str:
    count = counts[depth]
    style = "decimal" if level.is_plain else numbered.levels.get(depth, Level()).style
    return counter(style, _start(numbered, depth) if count is None else count)


def _lists(root: Any) -> dict[str, List]:
    patterns: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for pattern in root.iterfind(f"{W}abstractNum"):
        number = pattern.get(f"{W}abstractNumId", "")
        patterns[number] = dict(_level(level) for level in pattern.iterfind(f"{W}lvl"))
        if name := _value(pattern, "styleLink"):
            links[name] = number
    for pattern in root.iterfind(f"{W}abstractNum"):
        if linked := links.get(_value(pattern, "numStyleLink") or ""):
            patterns[pattern.get(f"{W}abstractNumId", "")] = patterns[linked]
    return {num.get(f"{W}numId", ""): _list(num, patterns) for num in root.iterfind(f"{W}num")}


def _list(num: Any, patterns: dict[str, dict[int, Level]]) -> List:
    pattern = _value(num, "abstractNumId") or ""
    levels = dict(patterns.get(pattern, {}))
    starts: dict[int, int] = {}
    for override in num.iterfind(f"{W}lvlOverride"):
        depth = _depth(override)
        levels.update(_level(level) for level in override.iterfind(f"{W}lvl"))
        if override.find(f"{W}startOverride") is not None:
            starts[depth] = _number(override, "startOverride", 1)
    return List(pattern, levels, starts)


def _level(element: Any) -> tuple[int, Level]:
    blank = "" if _value(element, "suff") == "nothing" else " "
    return _depth(element), Level(
        style=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        start=_number(element, "start", 1),
        blank=blank,
        is_plain=element.find(f"{W}isLgl") is not None,
        restarts=_value(element, "lvlRestart") != "0",
    )


def _styles(root: Any) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style that has one, of its own or of the style it is based on."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in root.iterfind(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        bases[name] = _value(style, "basedOn") or ""
        numbered = style.find(f"{W}pPr/{W}numPr")
        if _value(numbered, "numId"):
            own[name] = (_value(numbered, "numId") or "", _bounded(_number(numbered, "ilvl", 0)))
    found: dict[str, tuple[str, int]] = {}
    for name in bases:
        base = name
        for _ in range(_DEEPEST_STYLE):
            if base in own or not base:
                break
            base = bases.get(base, "")
        if base in own:
            found[name] = own[base]
    return found


def _depth(element: Any) -> int:
    """The level that an element describes."""
    text = element.get(f"{W}ilvl", "")
    return _bounded(int(text) if text.isdecimal() else 0)


def _bounded(depth: int) -> int:
    return max(0, min(depth, _LEVELS - 1))


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else child.get(f"{W}val")


def _number(element: Any, name: str, default: int) -> int:
    text = _value(element, name) or ""
    return int(text) if text.isdecimal() and len(text) < 10 else default
