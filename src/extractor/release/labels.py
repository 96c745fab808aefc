"""Labels inside a project's text: 年度目标:…完成情况:…责任单位:… say which numbers are targets."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?P<target>(?:年度|全年|工作|主要|任务|计划|年初|项目|绩效)?(?:目标|任务|计划|承诺)(?:任务|目标|内容|要求|值|数)?)"
    r" {0,3}:|(?P<other>[\u4e00-\u9fff]{2,8}) {0,3}:"
)


def target_ranges(folded: str) -> list[tuple[int, int]]:
    """Stretches behind a label that gives targets, up to the next label or the end of the line."""
    found = []
    start = None
    end_of_line = 0
    for match in _LABEL.finditer(folded):
        if start is not None:
            found.append((start, min(match.start(), end_of_line)))
        start = match.end() if match["target"] and _opens(folded, match.start()) else None
        end_of_line = folded.find("\n", match.end())
        end_of_line = len(folded) if end_of_line < 0 else end_of_line
    if start is not None:
        found.append((start, end_of_line))
    return found


def _opens(folded: str, at: int) -> bool:
    """Whether a label stands at the beginning of a line, a sentence or a part of it."""
    before = folded[:at].rstrip(" -●·▲")
    return not before or before[-1] in "\n。;,:" or folded[at - 1 : at] == " "
