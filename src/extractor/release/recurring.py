"""Headings that only a release's own repetition tells: the same word and a number that counts, the same label again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.language.expression import expression, plain
from extractor.language.words import PICTURE
from extractor.release.lines import BARE_NUMBER, Line, number_of_mark
from extractor.release.titles import OFFICE

_LEAST = 3  # headings that make a row
_TAG = plain(r"【[^】\n]{2,12}】")
_COUNTED = expression(  # 候选项目一 社区托育, M01 校园食堂: any word, and numbers from 1 on
    r"[—-]*(?P<word>\p{L}{1,8}?)(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?=[ :、.|/·—-])[ :、.|/·—-]*"
)
_LABELLED = expression(  # 关键词/供热, 关键词:供热
    r"(?P<word>\p{Han}{2,6}) ?(?:[/|丨·]|(?<=关键词|看点|亮点|镜头|场景|切面|话题|标签|主题|篇章) ?:)"
    r" ?(?=[^/|丨·\n]{2,20}$)"
)
_NAMED = plain(  # 项目名称:…, 承诺事项(省定):…
    r"(?:(?:民生|为民|惠民)?(?:实事|项目|工程|任务|事项)(?:项目)?(?:名称|名)|名称|实事项目|承诺(?:事项|内容|项目))"
    r"(?:[(][^()\n]{1,6}[)])?: *(?=[^,。;\n]{2,40}$)"
)
_OFFICE = plain(  # 市教育局|增加公办学位(市定)
    r"[^,。;:|丨/\d\n]{2,20}(?:局|委|办|厅|中心|集团|公司|联|会|部|院|支队|大队)"
    r"(?:(?: *[|丨/·] *| +)(?=[^,。;:|丨/ \n]{3,30}(?:$|[:。]))|(?:: *|——)(?=[^,。;:|丨/\n]{3,30}$))"
)
_ABOUT = plain(
    r"关于(?:(?=(?P<name>[^,。;:\n]{6,16})[。:].)|(?=[^,。;:\n]{2,5}[。:].))"
)  # 关于孩子上学。说好新建2所幼儿园


def recurring(folded: str, lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Every row of headings that recur: its name, and the lines with those headings as marks of that name."""
    for name, find in _ROWS.items():
        found = find(folded, lines)
        if len(found) >= _LEAST:
            yield name, [found.get(index, line) for index, line in enumerate(lines)]


def _behind_tags(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """The first of several recurring tags as headings: 【要办的事】 … 【办成了】; the other tags open nothing."""
    tags = {
        index: tag
        for index, line in enumerate(lines)
        if line.kind == "tag" and not line.furniture and (tag := _TAG.match(folded, line.body, line.end))
    }
    names = [tag[0] for tag in tags.values()]
    if not names or names.count(names[0]) < _LEAST or len({*names}) * 2 > len(names):
        return {}
    return {
        index: lines[index]._replace(kind="label", body=tag.end())
        if tag[0] == names[0]
        else lines[index]._replace(kind="", body=lines[index].start)
        for index, tag in tags.items()
    }


def _counted(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """Lines that open with one word and numbers from 1 on."""
    found: dict[str, dict[int, Line]] = {}
    for index, line in enumerate(lines):
        mark = _COUNTED.match(folded, line.start, line.end) or BARE_NUMBER.match(folded, line.start, line.end)
        if line.furniture or not mark:
            continue
        row = found.setdefault(mark.groupdict().get("word", ""), {})
        number = number_of_mark(mark["number"])
        if number == len(row) + 1 and mark.end() < line.end:
            row[index] = line._replace(kind="counted", number=number, body=mark.end())
    return max(found.values(), key=len, default={})


def _labelled(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """Lines that are one label and a name each."""
    marks = {
        index: mark
        for index, line in enumerate(lines)
        if not line.furniture and not line.kind and (mark := _LABELLED.match(folded, line.start, line.end))
    }
    word, times = Counter(mark["word"] for mark in marks.values()).most_common(1)[0] if marks else ("", 0)
    if times < _LEAST:
        return {}
    return {
        index: lines[index]._replace(kind="keyword", body=mark.end())
        for index, mark in marks.items()
        if mark["word"] == word
    }


def _behind_offices(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """Lines in which an office stands in front of a name: 市教育局|增加公办学位(市定)."""
    return {
        index: line._replace(kind=OFFICE, body=mark.end())
        for index, line in enumerate(lines)
        if not line.furniture and not line.kind and (mark := _OFFICE.match(folded, line.start, line.end))
    }


def _named(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """Lines that a label says to be a project's name: 项目名称:健康惠民工程."""
    return {
        index: line._replace(kind="name", body=mark.end())
        for index, line in enumerate(lines)
        if not line.furniture and (mark := _NAMED.match(folded, line.body, line.end))
    }


def _pictured(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """Lines that open with a picture each, no two with the same: 🎒 学位再上新."""
    pictures = {
        index: folded[line.start]
        for index, line in enumerate(lines)
        if line.kind.startswith("bullet") and not line.furniture and PICTURE.match(folded, line.start)
    }
    times = Counter(pictures.values())
    return {index: lines[index]._replace(kind="picture") for index, picture in pictures.items() if times[picture] == 1}


def _about(folded: str, lines: Sequence[Line]) -> dict[int, Line]:
    """Paragraphs of a letter or a speech that each say what they are about."""
    return {
        index: line._replace(kind="about", body=mark.end() if mark["name"] else line.body)
        for index, line in enumerate(lines)
        if not line.furniture and not line.kind and (mark := _ABOUT.match(folded, line.start, line.end))
    }


_ROWS = {
    OFFICE: _behind_offices,
    "label": _behind_tags,
    "name": _named,
    "counted": _counted,
    "keyword": _labelled,
    "picture": _pictured,
    "about": _about,
}
