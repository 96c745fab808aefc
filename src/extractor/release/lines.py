"""A release's lines: where they begin and end, what marks open them, which of them are the page's furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.language.numeral import NumeralError, parse_numeral
from extractor.language.pack import Heading

_TERMINAL = "。!?;:…”"
_FURNITURE = regex.compile(
    r"首页|上一[篇条版]|下一[篇条版]|责任编辑|编辑[::]|审核[::]|打印本?页|关闭窗?口|扫一扫|分享到|版权所有|主办(?:单位)?[::]|备案|标识码|无障碍(?= ?[|]| ?浏览| ?阅读| ?版)|适老模式"
    r"|浏览(?:次数|量)|点击[数量率:]|字号|字体|您当前的位置|当前位置|相关(?:链接|阅读|新闻)|标题导航|版面导航|网站支持|索引号|索 引 号|联系电话[::]"
    r"|^\(?(?:记者|通讯员|本报记者|文/|图/)|抄送[::]|信息来源|来源[::]|发布(?:时间|日期|机构)|成文日期|文 {0,4}号[::]|供稿|阅读原文|点击蓝字|关注我们|长按识别"
    r"|点个?在看|责编|校对[::]|[一二三]审[::]|监制[::]|投稿|微信公众号|此件公开发布"
)
_OUTLOOK = regex.compile(
    r"(?:下一步|下阶段|下步|接下来|未来|今后|明年|展望|据悉|据了解|此外|目前,各|新的一年|来年|现予公告|现将)"
    r"|.{0,8}(?:将继续|将坚持|将进一步|将以|将把|将紧盯|将对|将围绕|将持续|将统筹)"
)


class Line(NamedTuple):
    """One line without the blanks around it.

    kind: name of the mark that opens it (a bullet's name has its sign), "" for none; number: that of the mark;
    body: where the text behind the mark begins.
    """

    start: int
    end: int
    kind: str
    number: int | None
    body: int
    indent: int
    furniture: bool

    def text(self, folded: str) -> str:
        return folded[self.body : self.end]


def read_lines(folded: str, marks: Sequence[Heading]) -> list[Line]:
    """The lines of a folded text that are not blank."""
    found = []
    position = 0
    for raw in folded.split("\n"):
        start = position + len(raw) - len(raw.lstrip())
        end = position + len(raw.rstrip())
        if end > start:
            found.append(_line(folded, start, end, start - position, marks))
        position += len(raw) + 1
    return found


def _line(folded: str, start: int, end: int, indent: int, marks: Sequence[Heading]) -> Line:
    furniture = bool(_FURNITURE.search(folded, start, min(end, start + 200))) and end - start < 160
    for mark in marks:
        match = mark.match.match(folded, start, end)
        if match and match.end() <= end:
            groups = match.groupdict()
            kind = mark.name + (groups.get("bullet") or groups.get("level") or "")
            return Line(start, end, kind, _number(groups.get("number")), match.end(), indent, furniture)
    return Line(start, end, "", None, start, indent, furniture)


def _number(mark: str | None) -> int | None:
    if not mark:
        return None
    for first, low in (("①", 1), ("⑴", 1), ("❶", 1), ("➊", 1), ("㈠", 1), ("⒈", 1), ("㊀", 1)):
        if ord(first) <= ord(mark[0]) < ord(first) + 20:
            return ord(mark[0]) - ord(first) + low
    try:
        return int(parse_numeral(mark))
    except NumeralError:
        return None


def is_outlook(folded: str, line: Line) -> bool:
    """Whether a paragraph looks ahead or closes the release instead of reporting on a project."""
    return bool(_OUTLOOK.match(folded, line.body, line.end))


def unwrap(folded: str, marks: Sequence[Heading]) -> str:
    """The text with line breaks inside sentences as blanks; of the same length."""
    lines = folded.split("\n")
    pieces = []
    for this, following in zip(lines, [*lines[1:], ""], strict=True):
        pieces.append(this)
        pieces.append(" " if _runs_on(this, following, marks) else "\n")
    return "".join(pieces)[:-1]


def _runs_on(this: str, following: str, marks: Sequence[Heading]) -> bool:
    body, more = this.strip(), following.strip()
    if not body or not more or "|" in this or following[:2] == "  ":
        return False
    if more[0] in ",。;、)”!?%":
        return True
    if any(mark.match.match(more) and mark.match.match(more).end() for mark in marks):  # type: ignore[union-attr]
        return False
    if body[-1] in ",、(“" or (body[-1] == "的" and len(body) > 3):
        return True
    prose = len(body) >= 20 and any(c in body for c in ",。;") and body[-1] not in _TERMINAL + ")】"
    return prose and not _FURNITURE.search(body) and not _FURNITURE.search(more)
