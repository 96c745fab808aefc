"""What a release tells beside its report: residents' words, anecdotes, notes on how it was counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extractor.language.expression import expression, plain
from extractor.language.words import Row

_QUOTED = plain(r"“[^“”\n]{1,300}”")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
_TITLES = ("师傅", "老师", "大爷", "大妈", "大叔", "大姐", "阿婆", "老汉")
_PERSON = expression(
    rf"(?:司机|店主|[茶菜果]农|摊主|商户)[老小][{_SURNAMES}]|(?<!“[^“”]{{0,8}})[{_SURNAMES}]\p{{Han}}{{0,2}}(?:{'|'.join(_TITLES)})(?!培训|资格|队伍)"
)
_COMMENT = plain(r"(?:@[^\s:]{1,12}|网友[^:。\n]{0,16}):[^\n]*")  # a reader's own words
_NAMED_BY = (*_TITLES, "司机", "店主", "茶农", "菜农", "果农", "摊主", "商户")
_TOLD = ("说", "讲", "反映", "告诉", "÷", "四舍五入", "口径", "算", "掌握", "”指", "”系指", "”是指")
_REMARK = expression(
    r"÷|”[系是]?指(?![标数导挥定引])|四舍五入|统计口径|口径统计|按[^,。;]{1,10}(?:计算|推算|核算|掌握)|(?:居民|群众|市民|村民|家长|老人)们?(?:说|讲|反映|告诉)"
)
_TELLS = ("告诉记者", "坦言", "感慨")
_OFFICE = plain(r"(?:[局科处市县区厅院校站镇乡]长|主任|书记|主席|负责人|发言人|调研员|工程师|农艺师|会长|部长)")
_TURN = plain(r"(?<![账说道讲]):|——")
_STOP = plain(r"[.;]")
_SPOKEN = plain(r"[,。!?]")


def asides(folded: str, row: Row) -> list[tuple[int, int]]:
    """Stretches whose numbers report nothing: quoted speech, sentences about one person, notes on the counting."""
    found = [quote.span() for quote in _QUOTED.finditer(folded) if _SPOKEN.search(quote[0][1:-1])]
    found += [said.span() for said in _COMMENT.finditer(folded)]
    stops = [row.ends[stop.start()] for stop in _STOP.finditer(row.classes)]
    for at, is_person in _places(folded, row):
        number = bisect_left(stops, at + 1)
        start = stops[number - 1] if number else 0
        end = stops[number] if number < len(stops) else len(folded)
        if is_person and folded.startswith(_TELLS, at) and _OFFICE.search(folded, start, at):
            continue  # 市卫健委副主任刘某告诉记者,去年新建卫生院17家
        turn = _TURN.search(folded, at, end) if is_person else None
        found.append((start, turn.start() if turn else end))
    return found


def _places(folded: str, row: Row) -> Iterator[tuple[int, bool]]:
    """Where a person is named (True), or a remark made."""
    word = row.classes.find("@")
    while word >= 0:
        yield row.starts[word], True
        word = row.classes.find("@", word + 1)
    if any(word in folded for word in _NAMED_BY):
        for person in _PERSON.finditer(folded):
            yield person.start(), True
    if any(word in folded for word in _TOLD):
        for remark in _REMARK.finditer(folded):
            yield remark.start(), False
