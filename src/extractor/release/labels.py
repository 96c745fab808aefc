"""Labels inside a project's text: 年度目标:…完成情况:…责任单位:… say which numbers are targets."""

from __future__ import annotations

import re

from extractor.language.expression import expression, plain

_TARGET = plain(
    r"(?:年度|全年|工作|主要|任务|计划|年初|当初|项目|绩效)?(?:目标|任务|计划|承诺)"
    r"(?:任务|目标|内容|要求|值|数)? {0,3}$"
)
_CONTENTS = plain(
    rf"(?:{_TARGET.pattern})|(?:项目|建设|实施|主要|工作)内容 {{0,3}}$"
)  # where a label gives the progress
_PROGRESS = plain(r"(?:进展|完成|推进|办理|落实|实施)情况[:】]")
_COMPLETION = plain(r"(?:占比|比例|进度|完成比|达成率|完成率|完成比例|完成进度|完成占比|兑现[度率]|达成度) {0,3}$")
_BARS = "■□▓░█▒▮▯▰▱⬛⬜"
_BAR = plain(rf"[{_BARS}]{{3,}}[^\n]*")  # ■■■□□ 60%
_LABEL = expression(r"[\u4e00-\u9fff]{2,8} {0,3}$")
_BRACKET = plain(r"[()]")
_SIGN = plain(r":|】(?<=[^\d】].)(?=[^\n])")  # 任务:… or 【任务】…
_REACH = 14  # characters in front of a colon in which its label stands


def target_ranges(folded: str) -> list[tuple[int, int]]:
    """Stretches behind a label that gives targets, up to the next label or the end of the line."""
    return _ranges(folded, _CONTENTS if _PROGRESS.search(folded) else _TARGET)


def completion_ranges(folded: str) -> list[tuple[int, int]]:
    """Stretches behind a label that gives how much of the targets was reached: 占比:115%."""
    drawn = any(sign in folded for sign in _BARS)
    return _ranges(folded, _COMPLETION) + [bar.span() for bar in (_BAR.finditer(folded) if drawn else ())]


def _ranges(folded: str, wanted: re.Pattern[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened = -1
    for sign in _SIGN.finditer(folded):
        at = sign.start()
        if opened >= 0 and (label := _LABEL.search(folded, max(0, at - _REACH), at)):
            found.append((opened, _end(folded, opened, label.start())))
            opened = -1
        told = wanted.search(folded, max(0, at - _REACH), at)
        if told and _opens(folded, told.start()):
            opened = at + 1
    if opened >= 0:
        found.append((opened, _end(folded, opened, len(folded))))
    return found


def _end(folded: str, at: int, last: int) -> int:
    """The end of the line, or of the bracket in which a label stands, at most last: (目标:800个;完成率:105%)."""
    end = folded.find("\n", at, last)
    end = last if end < 0 else end
    return next((place.start() for place in _BRACKET.finditer(folded, at, end) if _closes(folded, at, place)), end)


def _closes(folded: str, at: int, bracket: re.Match[str]) -> bool:
    return bracket[0] == ")" and folded.count("(", at, bracket.start()) == folded.count(")", at, bracket.start())


def _opens(folded: str, at: int) -> bool:
    """Whether a label stands at the beginning of a line, a sentence or a part of it."""
    before = folded[max(0, at - 8) : at].rstrip(" -●·▲")
    return not before or before[-1] in "\n。;,:(【" or folded[at - 1 : at] == " "
