"""What is told behind a number of so many: 3件提前完成, 其余2个年底前完工."""

from __future__ import annotations

from typing import Final

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.release.phrase import Range

_END: Final = plain(r"[.;,:|()~/ARPXFN]")
_NO_CLAUSE: Final = frozenset(":ARPXFN")  # what ends there is a label, or told of the next number
_TIME: Final = plain(r"(?s).*[tD]")  # the last
_VERBAL: Final = "vfwEbmud^"
_CAUSES: Final = frozenset(("因", "受", "由于", "因为"))
# What tells when, how many of them or how surely, but not what: 已, 正在, 都, 抓紧.
_ASPECTS: Final = frozenset(
    ("已", "已经", "均已", "都已", "均", "都", "也", "也都", "正", "正在", "还",
     "还在", "仍", "尚", "现", "现已", "即将", "可", "在", "于", "到", "时", "前",
     "略有", "略", "目前", "陆续", "再", "要", "可以", "能", "抓紧", "免费", "全部",
     "同步")
)  # fmt: skip
_HOW: Final = frozenset(("如期", "按期", "按时", "准时", "按", "与", "未", "没有", "进度", "全面", "足额"))
_RESULTS: Final = frozenset(("了", "完", "好"))  # 改造|完|了
_LONGEST: Final = 8  # words


def predicate(row: Row, begin: int) -> Range | None:
    """The words that tell what became of a number's things, from word ``begin`` behind it on; None where none do."""
    classes, words = row.classes, row.words
    stop = _END.search(classes, begin)
    end = stop.start() if stop else len(classes)
    if begin >= end or (stop and stop[0] in _NO_CLAUSE) or "z" in classes[begin:end]:
        return None
    if time := _TIME.match(classes, begin, end):
        begin = time.end()
    while begin < end and (classes[begin] in "a!" or words[begin] in _ASPECTS):
        begin += 1
    while end > begin and words[end - 1] in _RESULTS:
        end -= 1
    if begin < end and words[begin] in _CAUSES:
        goal = begin + len(classes[begin:end].rstrip("K"))
        begin = begin + len(classes[begin:goal].rstrip(_VERBAL))
        end = end if begin < goal else begin
    if classes[begin : begin + 3] == "vfK" and words[begin] == "提前":
        end = begin + 2  # 提前完成|全年任务
    opens = begin < end <= begin + _LONGEST and (classes[begin] in _VERBAL or words[begin] in _HOW)
    return (begin, end) if opens and not set(_VERBAL).isdisjoint(classes[begin:end]) else None
