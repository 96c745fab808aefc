"""A release's lines: where they begin and end, what marks open them, which of them are the page's furniture."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import regex

from extractor.language.expression import expression, plain
from extractor.language.numeral import NumeralError, parse_numeral
from extractor.language.pack import Pack
from extractor.language.word_lists import WordLists

_ENDING = "。!?;:…”)】"  # signs behind which a line does not go on
_LONGEST_HEAD = 5  # characters of such a head
_SPEAKING = 3  # times that a label stands in front of what is said
_COLUMNS = 4  # heads on lines of their own that make a table
_LONGEST = 160  # characters of a line of furniture
_LONGEST_MARK = 16  # of a line that is nothing but a mark
_LONGEST_NUMBER = 48  # characters of a number with its unit, and of what stands behind it
_LONGEST_HEADING = 30  # of a heading that stands below its number
# A name that only a blank parts from the prose behind it: 农村公路硬化 全年完成1326公里,…
RUN_IN = plain(r"[^ ,。;:\d>()/·|]{4,20}(?= [^>|\n]{7,}[,。;])")
_OUTLOOK = (
    r"(?:(?:会议|通报|通知)(?:指出|要求|强调)|请[^,。;\n]{0,12}单位|截至本(?:公告|通报|文)|新年新|注:|满不满意|第三方"
    r"|20\d\d年,?[^,。;\n]{0,6}?(?:拟|将|准备)(?:承办|再办|办好|安排)|20\d\d年[^,。;\n]{0,6}实事(?:项目)?(?:征集|候选|清单|正在)"
    r"|20\d\d年的?(?:清单|“?菜单)|[\d十]{1,2}[个项件](?:民生)?(?:实事|项目)中,"
    r"|%next-year%|%later%|展望|据悉|据了解|此外|目前,各|现予公告|现将)"
    r"|(?:采访(?:中|时|最后|结束|接近)|记者)[^。:]{0,30}(?:%next-year%|下一?步|20\d\d年[^,。;]{0,8}(?:初步|正在|征集|谋划|拟))"
    r"|各(?:责任|牵头|有关|县区|地)?(?:单位|部门|地区?|乡镇)?要(?:对照|坚持|紧盯|加快|抓紧|进一步|切实)"
    r"|.{0,8}(?:将继续|将坚持|将进一步|将以|将把|将紧盯|将对|将围绕|将持续|将统筹)"
)
# Signs for the numbers from 1 on: 20 of each run where it has as many.
_SIGNS = {chr(ord(first) + number): number + 1 for first in "①⑴❶➊㈠⒈㊀" for number in range(20)}
_KEYCAP_OF_TEN = "\U0001f51f"

# Who speaks, in front of a colon or in brackets: 记者:, 市教育局副局长王芳:, 网友“高原红”:, 【主持人】
SPEAKER = plain(r"【?(?P<who>[^,。;:?!\d\n【】“”()]{1,20})(?:“[^”\n]{1,12}”|[(][^()\n]{1,16}[)])?(?:】:?|:) ?")
_WHO = "%officials%|%speakers%|^[问答]$"

Furniture = tuple[list[int], int]  # where its phrases stand, where what is behind the release begins

# A number that only a blank parts from the name behind it: 01 📚 家门口的好学校, 2 养老更暖
BARE_NUMBER = expression(r"(?P<number>\d{1,2}) +(?=\p{Han}{3}|[“\p{So}])")

# Lines of a verse, one of words and one of a number in turns: 新增学位 / 1.2万个.
_WORDS = expression(r"[\p{Han}\d]")
_WHOLE = expression(  # nothing but a number with its unit
    r"(?:每\p{Han}{1,5})?(?:近|超|约|逾|超过)?\d[\d,. ]*(?:[-—~]\d+)?"
    r"[余多]?[万亿千百]?[余多]?[%\p{Han}㎡/·]{0,6}$"
)
_ENDED = expression(  # a clause that has its number
    r"\d[\d,. ]*[余多]?[十百千万亿]*[余多]?(?:[%‰㎡]|km|个百分点|(?:(?!的)\p{Han}){1,3})(?:以[上下内]|左右)?[)”]?$"
    r"|[)]$|倍$|的(?:目标|计划|任务)$"
)
_LABEL_INSIDE = plain(
    r"(?:责任|牵头|主管|承办|实施|配合|主办|落实)?(?:单位|部门|处室|科室|时间|时限|日期|地点)(?:及配合单位)?:"
    r"|(?:年度|年初|当初|实际|主要|工作)?(?:目标|任务|承诺|兑现|办结|完成|进展|占比)(?:任务|情况|内容|进度|结果|[度率])?:"
)
_LABEL_AND_BLANK = expression(r" *(?P<label>\p{Han}{2,6}) {1,2}(?=[^ |])(?=(?P<prose>.*[。;]))?")
_LABELLED = expression(r"\p{Han}{2,6}:")  # 承办:区教育局
_LINKING = plain(r"(?:[到至为达约近超多少由从共比,、的(“等及和与]|不少于|不低于|完成|达到)$")
_CAPTION = expression(r"[\p{Han}“”、]{2,24}(?:[,。;(].*)?")  # what a number on the line above counts
_UNIT_ONLY = plain(  # or what only says how exactly it was counted
    r"[万亿]?(?:人次|个百分点|百分点|平方米|立方米|公里|千米|批次|场次|工作日|分钟|小时"
    r"|[个名人户台家所处座条项件元㎡次场张间套辆亩米吨部倍岁天月年%]|左右|上下|以[上下内])$"
)


class Line(NamedTuple):
    """One line without the blanks around it.

    kind: name of the mark that opens it (a bullet's name has its sign), "" for none; number: that of the mark;
    body: where the text behind the mark begins; outlook: it looks ahead or closes the release instead of reporting.
    """

    start: int
    end: int
    kind: str
    number: int | None
    body: int
    indent: int
    furniture: bool
    outlook: bool

    def text(self, folded: str) -> str:
        return folded[self.body : self.end]


def read_lines(folded: str, pack: Pack, furniture: Furniture) -> list[Line]:
    """The lines of an unwrapped text that are not blank."""
    found = []
    places, ends = furniture
    match, marks = pack.heading_pattern.match, pack.headings
    looks_ahead = pack.lists.plain(_OUTLOOK).match
    tried = [f"mark{place}" for place in range(len(marks))]  # an empty group each, behind the mark that it names
    position = 0
    for raw in folded.split("\n"):
        start = position + len(raw) - len(raw.lstrip(" |" if raw.count("|") > 1 and raw[:1] != "|" else None))
        end = position + len(raw.rstrip())
        if end > start:
            report = folded.find("。", start, end) + 1  # a telephone number may stand behind what is reported
            aside = start >= ends or (
                end - start < _LONGEST
                and bisect_left(places, start) < bisect_left(places, report if report and report < end else end)
            )
            name, number, body = "", None, start
            if mark := match(folded, start, end):
                opened = marks[mark.group(*tried).index("")]
                name = opened.name + (mark["bullet"] or mark["level"] or "")
                number, body = number_of_mark(mark["number"]), mark.end()
            outlook = looks_ahead(folded, body, end) is not None
            found.append(Line(start, end, name, number, body, start - position, aside, outlook))
        position += len(raw) + 1
    return found


def find_furniture(folded: str, pack: Pack) -> Furniture:
    """Where phrases of furniture stand, in order, and where what is behind the release begins.

    Who asks again and again is no credit: 记者:…刘强:…记者:…
    """
    found: list[tuple[int, str]] = []
    ends = len(folded) + 1
    for match in pack.furniture_pattern.finditer(folded):
        at, place = match.start(), pack.furniture[match[0]]
        if folded[at - 2 : at] in pack.lists["money"]:  # 资金来源:争取上级资金1200万元
            continue
        line = folded.rfind("\n", 0, at) + 1
        if place == "anywhere" or not folded[line:at].strip(" ●▶·【["):
            found.append((at, match[0] if place == "begins" and match[0][-1] == ":" else ""))
            ends = min(ends, line) if place == "ends" else ends
    times = Counter(label for _, label in found if label)
    return [at for at, label in found if times[label] < _SPEAKING], ends


def number_of_mark(mark: str | None) -> int | None:
    """The number that a heading's mark writes: 3 for 三, 3 and ③; None for a mark without one."""
    if not mark:
        return None
    if mark == _KEYCAP_OF_TEN:
        return 10
    if mark[0] in _SIGNS:
        return _SIGNS[mark[0]]
    if mark.isdecimal():
        return int(mark)
    try:
        return int(parse_numeral(mark))
    except NumeralError:
        return None


def is_labelled(folded: str, line: Line) -> bool:
    """Whether a line is one of those inside a project that a label opens: 责任单位:…, 当初承诺:…."""
    return _LABEL_INSIDE.match(folded, line.body, line.end) is not None


def speaks(folded: str, line: Line, lists: WordLists) -> bool:
    """Whether a line says who speaks."""
    match = SPEAKER.match(folded, line.body, line.end)
    return match is not None and lists.plain(_WHO).search(match["who"]) is not None


def unwrap(folded: str, pack: Pack, furniture: Furniture) -> str:
    """The text with line breaks inside sentences as blanks, inside verses as blanks or commas; of the same length."""
    lines = _with_colons(folded.split("\n"))
    bodies = [line.strip() for line in lines]
    marks = pack.heading_pattern
    bare = _bare_lines(lines, furniture[0])
    counted = _counted(bodies)
    short = {body for body in bodies if len(body) <= _LONGEST_HEAD}
    heads = short & pack.lists["heads-of-tables"]
    columns = short & pack.lists["heads-of-columns"]
    in_text = len(heads) < 2 and len(columns) < _COLUMNS and heads.isdisjoint(("序号", "编号"))
    ends = _verse_ends(bodies, marks, bare, counted) if in_text and _is_verse(bodies) else {}
    pieces = lines[:1]
    for number in range(1, len(lines)):
        end = ends.get(number - 1)
        if end is None:
            inside = in_text and number - 1 in bare and number in bare
            runs_on = (
                number not in counted and number in bare and _runs_on(bodies[number - 1], lines[number], marks, inside)
            )
            end = " " if runs_on else "\n"
        pieces += (end, lines[number])
    return "".join(pieces)


def _with_colons(lines: list[str]) -> list[str]:
    """The lines with a colon behind each label that recurs in front of prose with but a blank between: 承诺 改造…。."""
    marks = [_LABEL_AND_BLANK.match(line) for line in lines]
    times = Counter(mark["label"] for mark in marks if mark and mark["prose"])
    return [
        f"{line[: mark.end('label')]}:{line[mark.end('label') + 1 :]}" if mark and times[mark["label"]] > 2 else line
        for line, mark in zip(lines, marks, strict=True)
    ]


def _bare_lines(lines: Sequence[str], furniture: Sequence[int]) -> set[int]:
    """Numbers of the lines without furniture."""
    ends = list(accumulate(len(line) + 1 for line in lines))
    return set(range(len(lines))).difference(bisect_right(ends, place) for place in furniture)


def _is_verse(bodies: Sequence[str]) -> bool:
    """Whether a post breaks its sentences into short lines, number and unit apart."""
    filled = [body for body in bodies if body]
    short = [body for body in filled if len(body) <= 18 and body[-1] not in "。;|"]
    barred = sum(body.count("|") > 1 for body in filled)  # 制图|李明 校对|陈静: one line is no table
    return len(filled) >= 20 and len(short) >= 0.75 * len(filled) and barred < 2


def _counted(bodies: Sequence[str]) -> set[int]:
    """Numbers of the lines that bare numbers from 1 on open: 01 📚 家门口的好学校."""
    found: set[int] = set()
    for number, body in enumerate(bodies):
        if body[:1].isdecimal() and (mark := BARE_NUMBER.match(body)) and int(mark["number"]) == len(found) + 1:
            found.add(number)
    return found if len(found) > 2 else set()


def _verse_ends(bodies: Sequence[str], marks: regex.Pattern[str], bare: set[int], counted: set[int]) -> dict[int, str]:
    """What stands for each line break inside a block of verse: a blank within a clause, a comma between two.

    counted: lines that are headings though they have no mark but a number.
    """
    blocks: list[list[int]] = [[]]
    marked = 0
    lone = {number for number, body in enumerate(bodies) if _is_lone_mark(body, marks)}
    title = next((number for number, body in enumerate(bodies) if body and number in bare), -1)
    for number, body in enumerate(bodies):
        is_mark = number in counted or (bool((match := marks.match(body)) and match.end()) and not _WHOLE.match(body))
        # below ❶ and ❷ a picture stands in front of words, where it does not open the heading itself
        if is_mark and len(lone) > 2 and number - 1 not in lone and match and match["bullet"]:
            blocks.append([])
            is_mark = False
        marked += is_mark
        if not body or is_mark or not _WORDS.search(body) or number not in bare or number == title:
            blocks.append([])
        else:
            blocks[-1].append(number)
    ends: dict[int, str] = {}
    for block in blocks:
        ends |= dict(zip(block, _block_ends([bodies[number] for number in block], marked < 3), strict=False))
    return ends


def _is_lone_mark(body: str, marks: regex.Pattern[str]) -> bool:
    """Whether a line is nothing but the number of a heading: the heading's words stand on the next."""
    match = marks.match(body) if 0 < len(body) < _LONGEST_MARK else None
    return bool(match and match["number"] and match.end() == len(body))


def _has_heading(bodies: Sequence[str], unmarked: bool) -> bool:
    """Whether a block's first line is a heading: it has a label or a number too many."""
    plain = [body for body in bodies if body[0] != "("]
    numbers = sum(1 for body in plain if _WHOLE.match(body))
    return (
        unmarked
        and numbers > 1
        and len(plain) == 2 * numbers + 1
        and len(bodies[0]) <= 12
        and not _WHOLE.match(bodies[0])
    )


def _block_ends(bodies: Sequence[str], unmarked: bool) -> list[str]:
    """What each line break of a block becomes, but for its last; unmarked: the release's headings have no marks."""
    if len(bodies) < 2:
        return []
    heading = _has_heading(bodies, unmarked)
    numbers_first = bool(_WHOLE.match(bodies[1 if heading else 0])) and not _WHOLE.match(bodies[-1])
    ends = ["\n"] if heading else []
    clause = ""
    for place in range(len(ends), len(bodies) - 1):
        line, following = bodies[place], bodies[place + 1]
        clause = (clause + line)[-_LONGEST_NUMBER:]
        if numbers_first:
            counts = _WHOLE.match(line) or (place and _WHOLE.match(bodies[place - 1]) and _UNIT_ONLY.match(line))
            ends.append(" " if counts or following[0] == "(" else ",")
        elif _UNIT_ONLY.match(following) or _LINKING.search(line) or following[0] in ",、(%)":
            ends.append(" ")
        else:
            ends.append("," if _ENDED.search(clause) else " ")
        clause = "" if ends[-1] != " " else clause
    return ends


def _runs_on(body: str, following: str, marks: regex.Pattern[str], in_text: bool) -> bool:
    """Whether a line goes on in the next; in_text: the release has no table with a cell on each line."""
    more = following.strip()
    if not body or not more or "|" in body or following[:2] == "  ":
        return False
    if more[0] in ",。;、)”!?" or (more[0] == "%" and in_text):
        return True
    if _is_lone_mark(body, marks):
        return len(more) <= _LONGEST_HEADING and not _LABELLED.match(more)
    if body[-1] in _ENDING:
        return False
    if more[0] == "【" or ((match := marks.match(more)) and match.end()):
        return False
    if in_text and _WHOLE.match(body) and not body.isdigit() and _CAPTION.fullmatch(more):  # 5.93万个 / 新增中小学学位
        return True
    if body[-1] in ",、(“" or (body[-1] == "的" and len(body) > 3):
        return True
    if body.count("  ") >= 2:
        return False
    prose = len(body) >= 20 and any(c in body for c in ",。;") and not _ENDED.search(body)
    return prose and (in_text or not (more[0].isdigit() or more[0] in "—-"))
