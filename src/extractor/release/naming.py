"""Nouns and verbs for the figures whose own clause has none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from extractor.language.expression import expression, plain
from extractor.language.words import Row
from extractor.model import Span
from extractor.release.draft import Draft
from extractor.release.gazetteer import bare_names, full_names
from extractor.release.pairing import REACH, noun_text, same_unit
from extractor.release.phrase import verb_and_noun

_NAMED_ALONE = expression(r"\s*[\u4e00-\u9fff“”]{3,14}\s*")
_TOLD_OF = plain(r"\s*(?:[✔✓✅·•]\ufe0f?|(?:年度)?(?:目标|计划|任务)[:：]).{1,20}$")
_FARTHEST = 120  # words of a sentence whose topic stands at its head
_LONGEST_PLACES = 10  # characters of the names of counties and cities
_DIVISIONS = frozenset("市区县州旗盟")
_LINES_ABOVE = 3
_WIDEST = 400  # characters of a line that can have a caption above
_OF_PROJECTS = frozenset(("个", "項", "项", "件", ""))
_PROGRAMME = plain(r"各?[项件]?(?:重点)?(?:民生|为民|惠民|为民办|为民辦)?(?:实事|實事)(?:项目|項目)?的(?=.)")
_TOLD = frozenset("ihT")  # 为, 达到, 至: what leads to the level that something has by now
_AND = plain("[、和及与]")
_SO_MANY = plain("[两三四五六七八九][县区市镇乡州旗]$")  # 梅列、三元两区
_HOUSE = "%houses%$"
_ATTRIBUTE = expression(r"\p{Han}{1,3}[式型级]|[\p{Han}、]{1,8}类")  # 集中式164处, 村级11个, 护理类902人次
_MONEY = "资金"


def inherit_nouns(
    row: Row, text: str, drafts: Sequence[Draft], heading: Callable[[], Sequence[list[Span | str]]]
) -> None:
    """Takes the noun of the base figure, of the figure before in the sentence, of the whole, or of the heading."""
    for number, draft in enumerate(drafts):
        before = drafts[max(0, number - REACH) : number]
        if before and (draft.part or (draft.clause.listed and before[-1].part)):
            _name_payer(row, text, draft, before)
        if draft.noun:
            if not _take_topic(row, text, draft):
                _fill_up(row, text, draft, before)
            continue
        source = _in_turn(row, draft, before) or _source(draft, before)
        if "S" in draft.clause.links and not draft.clause.action and (joint := _joint(text, draft, before)):
            draft.noun, draft.noun_rule = joint, "nouns-added-up"
        elif draft.clause.per and (given := _given(row, draft)):
            draft.noun, draft.noun_rule = [given], "noun-of-the-clause-before"
        elif source is not None and source.noun:
            draft.noun, draft.noun_rule, draft.named_like = list(source.noun), "noun-of-the-figure-before", source
            if not draft.action and draft.kind != "change" and draft.group == source.group:
                draft.action, draft.action_rule = source.action, "verb-of-the-list"
        elif caption := _caption(row, text, draft):
            draft.noun, draft.noun_rule = [caption], "noun-of-the-line-above"
        elif nouns := heading():
            draft.noun, draft.noun_rule = list(nouns[min(draft.run, len(nouns) - 1)]), "noun-of-the-heading"
        elif source is not None:  # in a table's cell, which may get one from its row
            draft.noun_rule, draft.named_like = "noun-of-the-figure-before", source
    for draft in drafts:
        _without_project(text, draft)
        _without_programme(text, draft)
    for number, draft in enumerate(drafts):
        if draft.action or draft.kind != "amount" or draft.clause.behind or not number:
            continue
        if draft.part or (draft.clause.listed and not set(draft.clause.links) & set("ihTH")):
            draft.action, draft.action_rule = drafts[number - 1].action, "verb-of-the-list"


def follow_names(row: Row, drafts: Sequence[Draft]) -> None:
    """Gives every figure the noun that the one it was named like has by now."""
    for draft in drafts:
        if draft.named_like and draft.noun_rule == "noun-of-the-figure-before":
            draft.noun = list(draft.named_like.noun)
        elif draft.named_like and draft.noun_rule == "kind-of-the-whole":
            draft.noun = [*draft.own, *_without_kind(row, draft.named_like)]


def _without_project(text: str, draft: Draft) -> None:
    """口袋公园建设项目建成7处: parks are counted, not projects."""
    unit = draft.lexeme.unit.text if draft.lexeme.unit else ""
    last = draft.noun[-1] if draft.noun else ""
    if isinstance(last, str) or draft.kind != "amount" or unit in _OF_PROJECTS:
        return
    words = text[slice(*last)]
    tail = next((tail for tail in ("建设项目", "建設項目") if words.endswith(tail)), "")
    if tail and len(words) > len(tail) + 1:
        draft.noun = [*draft.noun[:-1], Span(last.start, last.end - len(tail))]


def _without_programme(text: str, draft: Draft) -> None:
    """民生实事的满意度: all that is told is of these projects."""
    first = draft.noun[0] if draft.noun else ""
    if not isinstance(first, str) and (named := _PROGRAMME.match(text, first.start, first.end)):
        draft.noun = [Span(named.end(), first.end), *draft.noun[1:]]


def _given(row: Row, draft: Draft) -> Span | None:
    """What the clause before gives, of which this one tells how much each gets: 发放护理补贴,每人每月300元."""
    end = draft.clause.start - 1
    while end > 0 and row.classes[end] in "*,":
        end -= 1
    first = end + 1
    while first > 0 and row.classes[first - 1] in "nk#xwO":
        first -= 1
    verb = row.classes[first - 1 : first] in ("v", "f", "w")
    return Span(row.starts[first], row.ends[end]) if verb and first <= end else None


def _caption(row: Row, text: str, draft: Draft) -> Span | None:
    """What a short line above names, of which this one tells a number: 口袋公园 / ✔计划12个 / ✔建成12个."""
    end = text.rfind("\n", max(0, draft.lexeme.start - _WIDEST), draft.lexeme.start)
    for _ in range(_LINES_ABOVE):
        start = text.rfind("\n", max(0, end - _WIDEST), max(0, end)) + 1
        line = text[max(start, end - _WIDEST) : max(0, end)]
        if _NAMED_ALONE.fullmatch(line):
            words = bisect_left(row.starts, start), bisect_left(row.starts, end)
            noun = verb_and_noun(row.classes, *words)[1] if words[0] < words[1] else None
            return Span(row.starts[noun[0]], row.ends[noun[1] - 1]) if noun else None
        if not _TOLD_OF.match(line):
            return None
        end = start - 1
    return None


def _source(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The figure whose noun a draft without one takes."""
    if draft.kind == "change":
        return _changed(draft, before)
    if draft.run and before:
        return before[-1]
    last = before[-1] if before else None
    changed = last and last.kind == "change" and last.sentence == draft.sentence and last.noun
    if last and changed and (draft.kind == "rate" or (same_unit(last, draft) and _TOLD & set(draft.clause.links))):
        return last  # 签约率较上年提高2个百分点,达78.6%; 充电枪增加870把,达到4260把
    nearest = None
    farthest = draft.sentence - 1 if draft.clause.rest else draft.sentence  # …57座。其余3座因汛期停工
    for other in reversed(before):
        if other.sentence < farthest:
            break
        if other.kind != "change":
            if same_unit(other, draft) and not other.part:
                return other
            nearest = nearest or other
    return nearest


def _whole_of_share(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The figure that is so much of something: 路基完成85%,投资6.3亿元,占总投资的七成."""
    last = before[-1]
    return last if last.sentence == draft.sentence and last.kind == "amount" and last.noun else _source(draft, before)


def _in_turn(row: Row, draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The member of the list before that one of a run is told of: 低保金3亿元、供养金1亿元,分别惠及6万人和1万人."""
    if draft.count < 2 or draft.kind == "change":
        return None
    first = before[-draft.run] if draft.run else draft
    told = [other for other in before if other.group != draft.group and other.sentence == draft.sentence]
    listed = told[-draft.count :]
    in_turn = len(listed) == draft.count and "e" in row.classes[max(0, first.clause.start - 1) : first.at]
    alike = in_turn and all(other.kind != "change" and same_unit(listed[0], other) for other in listed)
    return listed[draft.run] if alike else None


def _changed(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """The level that a change is a change of; of several changes side by side, the first is the first level's."""
    levels = [other for other in before if other.kind != "change"]
    whole = [other for other in levels if not other.part] or levels
    if not whole:
        return None
    if draft.count > 1 and len(levels) >= draft.count:
        pool = whole if len(whole) >= draft.count and not levels[-1].part else levels
        return pool[len(pool) - draft.count + draft.run]
    return whole[-1]


def _joint(text: str, draft: Draft, before: Sequence[Draft]) -> list[Span | str]:
    """中小学28所、幼儿园37所,合计65所: the total is of both."""
    parts = [
        other
        for other in before
        if other.sentence == draft.sentence and same_unit(other, draft) and other.noun and not other.part
    ]
    if len(parts) < 2:
        return []
    if len({noun_text(text, part) for part in parts}) == 1:
        return list(parts[0].noun)
    joined: list[Span | str] = []
    for part in parts[-3:]:
        joined += (["、"] if joined else []) + part.noun
    return joined


def _fill_up(row: Row, text: str, draft: Draft, before: Sequence[Draft]) -> None:
    """What a noun of its own still lacks: the head of the whole, a front that its list shares."""
    if not before:
        return
    if draft.part or _is_kind(row, text, draft):
        _complete(row, text, draft, before)
    if draft.clause.noun and row.classes[draft.clause.noun[0][0]] == "o" and (whose := _whole_of_share(draft, before)):
        draft.noun = [*whose.noun, *draft.noun]  # …4.8万人,占走读生的六成
    last = before[-1]
    words = draft.clause.noun[0] if draft.clause.noun else None
    if words is None or not last.clause.noun:
        return
    front = last.clause.noun[0]
    if draft.clause.listed and row.classes[front[0] : front[0] + 2] == "*O" and row.classes[words[0]] != "*":
        draft.noun = [Span(row.starts[front[0]], row.ends[front[0] + 1]), *draft.noun]  # 每千人口床位7.8张、医师3.35人
    elif draft.clause.listed and draft.kind == last.kind == "rate" and words[1] - words[0] < front[1] - front[0]:
        if text[row.ends[words[1] - 1] - 1] == text[row.ends[front[1] - 1] - 1] == "率":  # 群众知晓率93.8%、满意率95.1%
            draft.noun = [Span(row.starts[front[0]], row.ends[front[1] - (words[1] - words[0]) - 1]), *draft.noun]
    elif draft.kind == "change":
        own = text[row.starts[words[0]] : row.ends[words[1] - 1]].rstrip("数量率")
        level = next(
            (other for other in reversed(before) if other.kind != "change" and own and own in noun_text(text, other)),
            None,
        )
        if level:
            draft.noun, draft.noun_rule = list(level.noun), "noun-of-the-level"
    if draft.clause.behind and row.classes[words[1] - 1] == "w":
        _lend_process(row, draft, before)


def _lend_process(row: Row, draft: Draft, before: Sequence[Draft]) -> None:
    """19家乡镇卫生院、3家社区卫生服务中心改扩建: the process is of both."""
    process = Span(row.starts[draft.clause.noun[-1][1] - 1], row.ends[draft.clause.noun[-1][1] - 1])
    following = draft
    for other in reversed(before):
        if not (following.clause.listed and other.clause.behind and other.sentence == draft.sentence):
            break
        if other.clause.noun and row.classes[other.clause.noun[-1][1] - 1] != "w":
            other.noun = [*other.noun, process]
        following = other


def _take_topic(row: Row, text: str, draft: Draft) -> bool:
    """Gives places the topic that their sentence opens with: 综合得分,铁东区96.8分、海城市95.9分."""
    span = draft.noun[0]
    short = not isinstance(span, str) and span.end - span.start < _LONGEST_PLACES and text[span.end - 1] in _DIVISIONS
    if draft.part or not short or draft.noun_rule != "noun-of-the-clause" or not _are_places(noun_text(text, draft)):
        return False
    first = row.classes.rfind(".", max(0, draft.at - _FARTHEST), draft.at) + 1
    comma = row.classes.find(",", first, draft.clause.start)
    if not first < comma or row.classes[first:comma].strip("nk#wv"):
        return False
    draft.noun, draft.noun_rule = [*draft.noun, Span(row.starts[first], row.ends[comma - 1])], "topic-of-the-sentence"
    return True


def _is_kind(row: Row, text: str, draft: Draft) -> bool:
    """Whether a noun names only a place or a kind: 城区, 公办, 沙洋县; 农村学校 where rooms are counted."""
    noun = draft.clause.noun
    if len(noun) == 1 and draft.noun_rule == "noun-of-the-clause" and not draft.clause.behind:
        words = noun_text(text, draft)
        unit = draft.lexeme.unit.text if draft.lexeme.unit else ""
        if draft.part and unit in row.lists["inside"] and row.lists.plain(_HOUSE).search(words):
            return True
        if draft.part and _ATTRIBUTE.fullmatch(words):
            return True
        if (draft.part or draft.clause.listed or row.classes[draft.clause.start - 1 : draft.clause.start] == "(") and (
            _are_places(words)
        ):
            return True
    if (
        len(noun) == 1
        and noun[0][1] - noun[0][0] <= 4
        and row.words[noun[0][1] - 1][-1] in "县区市镇乡州旗域"
        and draft.part
    ):
        return draft.noun_rule == "noun-of-the-clause" and not draft.clause.behind
    if draft.lexeme.unit and draft.lexeme.unit.text == "所" and row.lists.plain(_HOUSE).search(noun_text(text, draft)):
        return False  # 小学6所 are schools, whatever the whole is called
    return len(noun) == 1 and draft.noun_rule == "noun-of-the-clause" and not row.classes[slice(*noun[0])].strip("x/&")


def _are_places(words: str) -> bool:
    """Whether words name nothing but counties and cities: 射洪, 船山和安居."""
    return len(words) < _LONGEST_PLACES and all(
        name in bare_names() or name in full_names() for name in _AND.split(_SO_MANY.sub("", words))
    )


def _complete(row: Row, text: str, draft: Draft, before: Sequence[Draft]) -> None:
    """城区12个 of 社区幸福养老工程: a part that names only a place or a kind takes the head of the whole."""
    wholes = [other for other in before if same_unit(other, draft) and other.noun_rule != "kind-of-the-whole"]
    wholes = [other for other in wholes if other.noun] or wholes
    wholes = [other for other in wholes if not other.part] or wholes
    if not wholes or not draft.clause.noun or draft.clause.behind:
        return
    whole = wholes[-1]
    own, head = draft.clause.noun[-1], _words_of(whole)
    if head and row.classes[head[1] - 1] == "w" and _counts_the_ill(row, draft):
        first = head[1] - 1
        while row.classes[first - 1] == "q":  # 免费检查
            first -= 1
        process = Span(row.starts[first], row.ends[head[1] - 1])
        draft.noun, draft.noun_rule = [*draft.noun, process], "kind-of-the-whole"
    elif _is_kind(row, text, draft) or _is_holder(text, draft, whole):
        opens = row.classes[draft.clause.start - 1 : draft.clause.start] == "("
        draft.part = draft.part or opens or (draft.clause.listed and before[-1].part)
        draft.own, draft.named_like = draft.noun, whole
        draft.noun, draft.noun_rule = [*draft.noun, *_without_kind(row, whole)], "kind-of-the-whole"
    elif head and head[1] - head[0] > 1 and _is_one_of(row, draft, own[1] - 1, head[0]):
        draft.noun, draft.noun_rule = (
            [*draft.noun, Span(row.starts[head[0] + 1], row.ends[head[1] - 1])],
            "kind-of-the-whole",
        )


def _name_payer(row: Row, text: str, draft: Draft, before: Sequence[Draft]) -> None:
    """Names a part of money by who gave it and how: 其中上级|资金6.4亿元、社会|投入|资金2亿元."""
    unit, action = draft.lexeme.unit, draft.clause.action
    if unit is None or unit.dimension != "money" or draft.clause.behind:
        return
    given = action is not None and row.words[action[1] - 1] in row.lists["giving"]
    words = _words_of(draft) or (action if given else None)
    if words is None:
        return
    first, end = words
    first -= row.classes[first - 1 : first] == "M"
    if given and action and action[0] <= end:
        end, draft.action = action[1], []
    whole = _source(draft, before)
    is_purse = row.words[end - 1].endswith("财政") and not (whole and whole.part)
    if (first, end) == words and not is_purse:
        return
    draft.noun, draft.noun_rule = [Span(row.starts[first], row.ends[end - 1])], "noun-of-the-clause"
    if not draft.action or is_purse:
        last = whole.noun[-1] if whole and whole.noun else ""
        if not isinstance(last, str) and text[last.end - len(_MONEY) : last.end] == _MONEY:
            draft.noun.append(Span(last.end - len(_MONEY), last.end))


def _counts_the_ill(row: Row, draft: Draft) -> bool:
    """Whether people are counted by an illness, which is what they are examined for: 宫颈癌1.2万人."""
    unit = draft.lexeme.unit
    return bool(unit and unit.dimension == "people" and row.words[draft.clause.noun[-1][1] - 1][-1] in "癌病症")


def _is_holder(text: str, draft: Draft, whole: Draft) -> bool:
    """Whether a part names what holds the places that are counted: 新增学位1.2万个,其中幼儿园5000个."""
    alone = draft.noun_rule == "noun-of-the-clause" and draft.part and not whole.part
    return alone and noun_text(text, whole).endswith("位") and not noun_text(text, draft).endswith("位")


def _words_of(draft: Draft) -> tuple[int, int] | None:
    return draft.clause.noun[0] if len(draft.clause.noun) == 1 and draft.noun_rule == "noun-of-the-clause" else None


def _is_one_of(row: Row, draft: Draft, own: int, head: int) -> bool:
    """Whether a part names some of those that the whole's noun opens with: 城镇居民 of 居民|人均可支配收入."""
    unit = draft.lexeme.unit
    people = unit is not None and unit.dimension == "people"  # 妇女筛查8.37万人次,其中农村妇女5.9万人次
    return row.words[own] == row.words[head] or (not people and row.words[own].endswith(row.words[head]))


def _without_kind(row: Row, whole: Draft) -> list[Span | str]:
    """The whole's noun without a kind of its own in front: 城市|低保标准."""
    words = _words_of(whole)
    if words:
        first = words[0]
        while first < words[1] - 1 and row.classes[first] == "x":
            first += 1
        if first > words[0]:
            return [Span(row.starts[first], row.ends[words[1] - 1])]
    return list(whole.noun)
