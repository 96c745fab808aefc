"""What a release tells beside its report: residents' words, anecdotes."""

from __future__ import annotations

import regex

from extractor.language.words import Row

_QUOTED = regex.compile(r"“[^“”\n]{1,300}”")
_PERSON = regex.compile(r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文]\p{Han}{0,2}(?:师傅|老师|大爷|大妈|大叔|大姐|阿婆|老汉)(?!培训|资格|队伍)")
_TURN = regex.compile(r":|——")
_REMARK = regex.compile(r"÷|四舍五入|统计口径|口径统计|(?:居民|群众|市民|村民|家长|老人)们?(?:说|讲|反映|告诉)")
_SPOKEN = regex.compile(r"[,。!?]")


def asides(folded: str, row: Row) -> list[tuple[int, int]]:
    """Stretches whose numbers report nothing: quoted speech, and sentences about one person."""
    found = []
    for quote in _QUOTED.finditer(folded):
        if _SPOKEN.search(quote[0][1:-1]):
            found.append(quote.span())
    start = 0
    for index, c in enumerate(row.classes):
        if c == ".":
            sentence = row.classes[start:index]
            named = _PERSON.search(folded, row.starts[start], row.ends[index]) if index > start else None
            if "@" in sentence or named:
                at = row.starts[start + max(0, sentence.find("@"))]
                turns = _TURN.search(folded, at, row.ends[index])
                found.append((row.starts[start], turns.start() if turns else row.ends[index]))
            elif _REMARK.search(folded, row.starts[start], row.ends[index]) if index > start else False:
                found.append((row.starts[start], row.ends[index]))
            start = index + 1
    return found
