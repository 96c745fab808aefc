"""What stands directly before and behind a quantity: how exact it is, whether it grew, whether it is meant as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from extractor.language.expression import expression
from extractor.language.lexeme import FOLD, POINT, RATE, TIMES, Lexeme
from extractor.model import Approx, Direction, Kind

# By the class that a pack gives a word (see words.CLASSES).
_BEFORE: Final[dict[str, Approx]] = {
    "<": "about",
    "^": "over",
    "b": "over",  # 超10万人
    "_": "under",
    "[": "at_least",
    "]": "at_most",
}
_BEHIND: Final[dict[str, Approx]] = {">": "about", "+": "over", "-": "at_most"}
_BETWEEN: Final = frozenset("eqa")  # 分别, 了, 均
_LINKS: Final = frozenset("ih")  # 增幅为3%
_GREW: Final[dict[str, Direction]] = {"u": "up", "d": "down", "g": "up", "l": "down"}
_LEVELS: Final = frozenset("gl")
_VERBS: Final = frozenset("vf")
_COUNTS: Final = frozenset({"count", "people", "household"})
_LONGEST: Final = 6
_WORDS_BEFORE: Final = 5
# 签约16万人, 附近3个站: no approximation
_WHOLE: Final = expression(r"(?:[签预节公条合契违相]约|[附最临靠亲邻就远]近|[反高一]超|[通经路难悔]过)\Z")
_MORE: Final = expression(r"[ ]?[多余](?![功媒种样元边彩层])")


class Context:
    """Reads the neighbours of quantities by the words of a pack (word -> the character of its class)."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def approx(self, lexeme: Lexeme, text: str) -> Approx | None:
        """How exact a quantity of folded text is; None where it is exact."""
        if lexeme.approx:
            return lexeme.approx
        for c in self._classes_before(text, lexeme.start):
            if c in _BEFORE:
                return _BEFORE[c]
        if _MORE.match(text, lexeme.end):
            return "over"
        return _BEHIND.get(self._class_behind(text, lexeme.end))

    def kind(self, lexeme: Lexeme, text: str) -> tuple[Kind, Direction | None]:
        """Whether a quantity of folded text is an amount, a rate or a change, by the verb in front of it."""
        if lexeme.cls == FOLD:
            return "change", "up"
        if lexeme.cls not in (RATE, POINT, TIMES):
            return "amount", None
        direction = self._direction(text, lexeme.start)
        if direction or lexeme.cls == POINT:
            return "change", direction
        return "rate", None

    def is_counted(self, lexeme: Lexeme, text: str) -> bool:
        """Whether 一 counts: 建成一所 does, 每一户 and 一名工作人员说 do not; 一小时 always does."""
        if lexeme.rule != "indefinite-one" or lexeme.unit is None or lexeme.unit.dimension not in _COUNTS:
            return True
        return any(c in _VERBS or c in _BEFORE for c in self._classes_before(text, lexeme.start))

    def _direction(self, text: str, position: int) -> Direction | None:
        linked = False
        for c in self._classes_before(text, position):
            if c in _GREW and not (linked and c not in _LEVELS):  # 增幅为3%, but 提高为3%
                return _GREW[c]
            linked |= c in _LINKS
        return None

    def _classes_before(self, text: str, position: int) -> list[str]:
        """Classes of the words in front, the nearest first, as far as they only say how the number is meant."""
        classes: list[str] = []
        while len(classes) < _WORDS_BEFORE:
            while text[position - 1 : position] == " ":
                position -= 1
            word = self._word_before(text, position)
            if not word or _WHOLE.search(text, max(0, position - 2), position):
                break
            classes.append(self._words[word])
            position -= len(word)
            if classes[-1] not in _BETWEEN and classes[-1] not in _BEFORE and classes[-1] not in _LINKS:
                break
        return classes

    def _word_before(self, text: str, position: int) -> str:
        start = max(0, position - _LONGEST)
        return next((text[at:position] for at in range(start, position) if text[at:position] in self._words), "")

    def _class_behind(self, text: str, position: int) -> str:
        while text[position : position + 1] == " ":
            position += 1
        ends = range(position + _LONGEST, position, -1)
        return next((self._words[text[position:end]] for end in ends if text[position:end] in self._words), "")
