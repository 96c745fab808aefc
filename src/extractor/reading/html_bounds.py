"""HTML whose nesting and tags are bounded before it is parsed: a parser's time grows with their square."""

from __future__ import annotations

import re

from extractor.reading.document import Limits, ReadError

_MANY = 2_000  # tags; fewer cannot nest deeply enough to matter
_DEEPEST = 400
_LONG = 20_000  # characters of one tag: a picture in its src, or thousands of attributes
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,15}+)[^<>]{20000,}+>")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30}+)[^<>]*+>")
_VOID = "area base br col embed hr img input link meta param source track wbr"
_ENDED_BY_NEXT = "p li td th tr dt dd option thead tbody tfoot"
_UNNESTED = frozenset([*_VOID.split(), *_ENDED_BY_NEXT.split()])


def bounded(html: str, limits: Limits) -> str:
    """The page without tags below the deepest level, their text kept, and without the attributes of giant tags."""
    tags = html.count("<")
    if tags > limits.elements:
        raise ReadError(f"has {tags} tags, more than the limit of {limits.elements}; split it")
    if len(html) > _LONG:
        html = _LONG_TAG.sub(r"<\1>", html)
    return _flattened(html) if tags > _MANY else html


def _flattened(html: str) -> str:
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _UNNESTED:
            return tag[0]
        depth += -1 if tag[1] else 1
        depth = max(depth, 0)
        return tag[0] if depth <= _DEEPEST and not (tag[1] and depth == _DEEPEST) else ""

    return _TAG.sub(keep, html)
