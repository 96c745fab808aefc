"""A text as a row of words, each with its class; quantities are single words of the row."""

from __future__ import annotations

import re
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final, NamedTuple

from extractor.language.cutter import load_cutter
from extractor.language.expression import plain
from extractor.language.quantity import NAME, Lexeme

if TYPE_CHECKING:
    from extractor.language.pack import Pack
    from extractor.language.word_lists import WordLists

# The classes a word of the row can have, and the character that stands for each in a row.
CLASSES: Final[dict[str, str]] = {
    # numerals (see quantity.py)
    "amount": "A", "rate": "R", "point": "P", "times": "X", "fold": "F", "number": "N", "date": "D", "name": "O",
    "layout": "Y",
    # punctuation
    "stop": ".", "semicolon": ";", "comma": ",", "colon": ":", "mark": "/", "open": "(", "close": ")", "cell": "|",
    "sign": "~",
    # words that a pack lists
    "noun": "n", "verb": "v", "process": "w", "carrier": "k", "measure": "#", "kind": "x", "scope": "s", "time": "t",
    "adverb": "q",
    "promise": "!", "fact": "'", "each": "e", "all": "a", "total": "S", "part": "p", "rest": "r", "of": "z",
    "from": "U", "to": "T", "is": "i", "reach": "h", "hold": "H", "occupy": "o", "rise": "u", "fall": "d",
    "growth": "g", "decline": "l", "compare": "c", "yoy": "y", "last-year": "L", "beat": "b", "exceed": "E",
    "miss": "m", "goal": "K", "goal-modifier": "M", "completion-rate": "C", "finish": "f", "about": "<", "over": "^",
    "under": "_", "at-least": "[", "at-most": "]", "about-after": ">", "over-after": "+", "bound-after": "-",
    "per": "*", "personal": "@", "and": "&", "conjunction": "j", "et-cetera": "…", "preposition": "$",
    # words of the dictionary that are to be cut apart (同比增加)
    "parted": "",
    "arrow": "→",
}  # fmt: skip
_BLANK = " "
_PUNCTUATION = {
    "。": ".", "!": ".", "?": ".", "\n": ".", ";": ";", ",": ",", ":": ":", "、": "/", "(": "(", ")": ")", "[": "(",
    "]": ")", "|": "|", "【": "~", "】": ":", "<": "~", ">": "~", "▶": _BLANK, "►": _BLANK,
}  # fmt: skip
_BASE: Final = 0xE000  # private use: the character that stands for a numeral of class c is chr(_BASE + ord(c))
_LIMIT = plain(r"[AN][+-](?:(?<![vwfud<^b\[\]_+>-]..)z?(?=[nk#xwO])|(?=[nk#xwO]{1,5}[ARN]))")
_AGED = plain(r"[vw]A[+-]z(?=[nk#x])")
_DISPOSAL = plain(r"!(?=[nxk#wsMzO/&()D*]{2,14}e?(?:[udw][Tih]|U))")
_PUT = plain(r"![nxk#MOw][nxk#wvsMzO/&()…m]{0,14}[$v]")  # 将权限下放给, 将耗材纳入
_GIVEN = plain(r"[Mq](?=[nkwx#]{1,4}[qtS<^]*[AN])")
_DONE: Final = plain(r"nT?q(?=[nk#wxO<^AN])")
_FARING = plain(r"(?<=A[n#kx])n(?=[,;.()])|(?<=A[n#kx]{2})n(?=[,;.()])")
_FARED = ("受益", "获益", "受惠", "降价", "登记在册")
_DRAWN = plain(r"[ud](?![AFNPRX])")
_DEGREE = plain(r"[bm](?=[nk])")  # 高海拔学校: not 高2.3个百分点
_STANDING = plain(r"(?<=[nk#])[$](?=[<^]?R)")  # 采纳率在三成
# Words that are of another class in some places: the words, the places, and the class that they have there.
_ELSEWHERE: Final = tuple(
    (frozenset(words), place, there)
    for words, place, there in (
        (("高", "低"), _DEGREE, "n"),
        (("多出",), _DEGREE, "v"),
        (("⬆", "⬇"), _DRAWN, "~"),  # 同比⬆11.5%, but ⬆比上年提高2个百分点
        (_FARED, _FARING, "v"),  # behind those who do: 1.2万户居民|受益
        (("在",), _STANDING, "h"),
        (("下达", "统筹"), _GIVEN, "v"),  # in front of what there is so much of: 下达民生资金318亿元
    )
)
_REACHING = plain(r"(?<=q)n(?=T[<^]?[AN])")  # 长者饭堂已经开到168家
_FREE = plain(r"(?<=[vf])q(?=[nkwx#])")
_TAKEN_PART = plain(r"[wv](?=[nk])")
_CONDITION = plain(r"[n#][mb_^]Rz(?=[nkx])")
_REMEMBERED: Final = 60_000  # words whose class is kept once found, so that memory stays bounded
_PARTED = plain(r"[^ .,;:()/](?= [^ .,;:()/]) ")
_PLACEHOLDERS = {c: chr(_BASE + ord(c)) for c in "ARPXFNDOY"}
_NUMERAL = plain("[ARPXFNDOY]")
PICTURE = plain("[\u2600-\u27bf\ufe0f\U0001f100-\U0001faff]")  # a picture says nothing to the grammar
_QUOTATION = {"“": "“", "”": "”"}  # classes until the row is whole
_QUOTED = plain(r"“[^“”;|ARPXN]{0,14}”")


class Row(NamedTuple):
    """The words of a text without its blanks.

    classes: one character a word; words: the words (a numeral is one private character); starts, ends: offsets into
    the text; lexemes: word index -> numeral, in order; lists: the word lists of the pack that it was read by.
    """

    classes: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    lexemes: dict[int, Lexeme]
    lists: WordLists


class _Classes(dict[str, str]):
    """Classes of words; what is listed nowhere is a noun, or a sign where it is no letter."""

    def __missing__(self, word: str) -> str:
        if word[0].isalnum() or word[0] in "“”《》":
            c = "n"
        else:
            c = _BLANK if word != "\n" and (word.isspace() or PICTURE.match(word)) else "~"
        if len(self) < _REMEMBERED:
            self[word] = c
        return c


class Words:
    """Cuts folded text around its numerals and gives every word its class."""

    def __init__(self, pack: Pack, *, pure: bool = False) -> None:
        self._cutter = load_cutter({word: not c for word, c in pack.words.items() if len(word) > 1}, pure=pure)
        listed = {word: c for word, c in pack.words.items() if c}
        self._listed = listed
        self._lists = pack.lists
        numerals = {chr(_BASE + ord(c)): c for c in CLASSES.values() if c}
        self._classes = _Classes(listed | _PUNCTUATION | _QUOTATION | numerals)

    def row(self, text: str, lexemes: list[Lexeme]) -> Row:
        """The row of a folded text whose numerals were read."""
        pieces: list[str] = []
        position = 0
        for lexeme in lexemes:
            pieces += (text[position : lexeme.start], _PLACEHOLDERS[lexeme.cls])
            position = lexeme.end
        pieces.append(text[position:])
        words = list(self._cutter.cut("".join(pieces)))
        classes = "".join(map(self._classes.__getitem__, words))
        lengths = list(map(len, words))
        places = [match.start() for match in _NUMERAL.finditer(classes)]
        for place, lexeme in zip(places, lexemes, strict=True):
            lengths[place] = lexeme.end - lexeme.start
        ends = list(accumulate(lengths))
        starts = [0, *ends][: len(ends)]
        if _BLANK in classes:
            kept = [c != _BLANK for c in classes]
            if parted := [
                at for at in _PARTED.finditer(classes) if words[at.start()] + words[at.end()] in self._listed
            ]:
                classes = self._joined(parted, classes, words, ends, kept)
            words, starts, ends = list(compress(words, kept)), list(compress(starts, kept)), list(compress(ends, kept))
            classes = "".join(compress(classes, kept))
            places = [match.start() for match in _NUMERAL.finditer(classes)]
        numbered = dict(zip(places, lexemes, strict=True))
        return _specified(Row(_unquoted(classes), words, starts, ends, numbered, self._lists))

    def _joined(
        self, parted: list[re.Match[str]], classes: str, words: list[str], ends: list[int], kept: list[bool]
    ) -> str:
        """The classes with words of the pack that a blank parts made one word each: 调 整 where a line was broken."""
        signs = list(classes)
        for at in parted:
            first, last = at.start(), at.end()
            if kept[first] and kept[last]:
                words[first] += words[last]
                signs[first], ends[first], kept[last] = self._listed[words[first]], ends[last], False
        return "".join(signs)


def _unquoted(classes: str) -> str:
    """The classes with quotation marks, and what stands inside short ones, as nouns: what a name says is no grammar."""
    if "“" in classes:
        classes = _QUOTED.sub(lambda quoted: "n" * len(quoted[0]), classes)
    return classes.replace("“", "n").replace("”", "n")


def _specified(row: Row) -> Row:
    """The row in which a limit that only tells which things are meant is part of their name.

    10千伏及以下线路, 56人以上大班额, 65蒸吨/小时以下燃煤锅炉, 使用15年以上的电梯; but 新建10家以上社区食堂 reports a
    number.  满意率低于80%的项目 is a condition, 超过80%的项目 is a share.  Behind a verb, 免费 is part of what is done:
    完成免费检查, but 免费检查妇女; 参训群众 are those who take part.
    """
    classes = _as_limits(row, row.classes, [match.start() for match in _LIMIT.finditer(row.classes)])
    if "+z" in classes or "-z" in classes:
        aged = [match.start() + 1 for match in _AGED.finditer(classes)]
        classes = _as_limits(row, classes, [at for at in aged if _is_time(row.lexemes[at])])
    if "!" in classes:
        classes = _disposed(row.words, classes)
    if "了" in row.words:
        classes = _done(row.words, classes)
    if "到" in row.words:
        classes = _REACHING.sub(lambda word: "v" if len(row.words[word.start()]) == 1 else word[0], classes)
    listed = ((row.lists["manners"], _FREE, "n"), (row.lists["taking-part"], _TAKEN_PART, "n"))
    for words, place, there in (*_ELSEWHERE, *listed):
        classes = _reclassed(row.words, classes, words, place, there)
    classes = _as_limits(
        row,
        classes,
        [match.start() + 2 for match in _CONDITION.finditer(classes) if row.words[match.start()][-1] in "率度"],
    )
    return row if classes is row.classes else row._replace(classes=classes)


def _as_limits(row: Row, classes: str, places: list[int]) -> str:
    """The classes in which the numbers at ``places``, with the word behind each, are part of a name."""
    for at in places:
        row.lexemes[at] = row.lexemes[at]._replace(role="specification", rule="limit", cls=NAME)
        classes = classes[:at] + NAME + "n" + classes[at + 2 :]
    return classes


def _is_time(lexeme: Lexeme) -> bool:
    return lexeme.unit is not None and lexeme.unit.dimension == "time"


def _done(words: list[str], classes: str) -> str:
    """The classes in which whatever stands in front of 了 and an object is a verb: 小区全年改了168个, 返了保险费."""
    return _DONE.sub(lambda told: "v" * (len(told[0]) - 1) + "q" if words[told.end() - 1] == "了" else told[0], classes)


def _reclassed(row_words: list[str], classes: str, words: frozenset[str], place: re.Pattern[str], there: str) -> str:
    """The classes in which these words have another class where they stand in such a place."""
    if words.isdisjoint(row_words):
        return classes
    return place.sub(lambda word: there if row_words[word.start()] in words else word[0], classes)


def _disposed(words: list[str], classes: str) -> str:
    """The classes in which 将 is no promise where it only brings its object forward: 将低保标准提高到700元."""
    classes = _DISPOSAL.sub(lambda promise: "$" if words[promise.start()] == "将" else "!", classes)
    return _PUT.sub(lambda put: f"${put[0][1:]}" if _is_put(words[slice(*put.span())]) else put[0], classes)


def _is_put(words: list[str]) -> bool:
    """Whether 将 puts what stands behind it somewhere: 将|权限|下放|给, 将|耗材|纳入."""
    return words[0] == "将" and any(word == "给" or word[-1] == "入" for word in words[2:])
