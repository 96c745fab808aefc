"""Labels inside a project's text: 年度目标:…完成情况:…责任单位:… say which numbers are targets."""

from __future__ import annotations

import re

_TARGET = re.compile(
    r"(?:年度|全年|工作|主要|任务|计划|年初|项目|绩效)?(?:目标|任务|计划|承诺)(?:任务|目标|内容|要求|值|数)? {0,3}$"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8} {0,3}$")
_REACH = 14  # characters in front of a colon in which its label stands


def target_ranges(folded: str) -> list[tuple[int, int]]:
    """Stretches behind a label that gives targets, up to the next label or the end of the line."""
    found: list[tuple[int, int]] = []
    opened = -1
    at = folded.find(":")
    while at >= 0:
        label = _LABEL.search(folded, max(0, at - _REACH), at)
        if label and opened >= 0:
            found.append((opened, min(label.start(), _line_end(folded, opened))))
            opened = -1
        target = _TARGET.search(folded, max(0, at - _REACH), at)
        if target and _opens(folded, target.start()):
            opened = at + 1
        at = folded.find(":", at + 1)
    if opened >= 0:
        found.append((opened, _line_end(folded, opened)))
    return found


def _line_end(folded: str, at: int) -> int:
    end = folded.find("\n", at)
    return len(folded) if end < 0 else end


def _opens(folded: str, at: int) -> bool:
    """Whether a label stands at the beginning of a line, a sentence or a part of it."""
    before = folded[max(0, at - 8) : at].rstrip(" -●·▲")
    return not before or before[-1] in "\n。;,:" or folded[at - 1 : at] == " "
