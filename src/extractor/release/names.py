"""Which words of a clause can name a project: runs of words for things, and for what is done to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from extractor.language.expression import plain
from extractor.language.words import Row
from extractor.model import Span

_NAMING: Final = frozenset("nwkxvOYDMud&/")
_ATTRIBUTES: Final = frozenset({"免费", "重点"})  # of what is done: 适龄妇女免费筛查
_BRACKETED: Final = plain(r"\([nxk]{1,3}\)(?=[nwkxvu])")
_HEADS: Final = frozenset("nwkxvudO")
# Who asks, how it is asked, what is said of anything: words that part the names in a question.
_TALK_WORDS: Final = """
网友 大家 群众 市民 居民 村民 老百姓 百姓 乡亲 乡亲们 朋友 听众 观众 读者 代表 记者 主持人
局长 主任 很多 不少 许多 有些 有人 有的 有位 一些 那么 那 这 这个 这件 这项 这些 这块
这一块 那个 您 你 我 他 她 它 你们 我们 他们 咱们 咱 各位 谢谢 感谢 好 好的 对 请 请问
请您 让 问 问起 问到 问道 提问 说 说说 说到 说起 再说 先说 来说 讲 讲讲 讲到 谈 谈谈 谈到
谈起 聊 聊聊 聊到 看 看看 再看 先看 来看 提到 提起 反映 留言 关心 关注 惦记 期待 期盼
盼望 牵挂 想 想知道 知道 了解 介绍 听 听说 注意 注意到 发现 觉得 感到 担心 特别 最 非常
十分 比较 另外 接下来 先 再 又 还 已经 目前 现在 刚才 刚刚 关于 至于 围绕 聚焦 除了 进展
如何 怎么 怎么样 怎样 怎么办 什么 哪些 哪个 哪里 多少 几 几个 有没有 是否 是不是 能否 能不能
能不能 不能 能够 可以 可不可以 会不会 要不要
吗 呢 吧 啊 呀 了 的 得 地 着 事 事情 事儿 话题 问题 方面 情况 变化 成效 效果 打算 安排
工作 进度 推进 落实 办理 办 办得 做 做得 干 开展 有何 为何 为什么 实事 民生实事 列 列入
纳入 最后 首先 其次 不 没 没有 会 能 要 就 才 都 也 在 从 把 被 向 给 跟 变 变成 之

以后 之后 后 之前 前 期间 过程 中 过程中 以来 随着 通过 依托 借助 借着 得益于 来自 赶上 正赶上 正 正是 凭借 多亏 靠
首个 首家 首座 呼声 热议 热线 短信 电话 如今 冬天 夏天 一件 一项 一块 一下 一个 有目共睹 家 满意度 满意率 口碑
上 下去 老人家 家里 一直 始终 被 写 写进 写在 清单 里
"""
_TALK: Final = frozenset(_TALK_WORDS.split())
WORKS: Final = ("项目", "工程", "行动")
# How the names of what is done end that are one word: 危房改造, 住房供给.
_PROCESSES: Final = (
    "改造",
    "供给",
    "建设",
    "提升",
    "整治",
    "治理",
    "保障",
    "扩容",
    "培训",
    "救助",
    "更新",
    "优化",
    "扩面",
)
_ASPECTS: Final = frozenset({"了", "过", "着", "得", "给", "到"})
_LEAST, _LONGEST = 3, 22  # characters of a name


def name_at(row: Row, word: int) -> Span | None:
    """The name that begins with a word of the row; None where what stands there is none."""
    end = _end_of_run(row, word)
    span = Span(row.starts[word], row.ends[end - 1]) if end > word else None
    return span if span and _LEAST <= span.end - span.start <= _LONGEST else None


def names_in(row: Row, start: int, end: int) -> Iterator[Span]:
    """Every run of words between two places that could be a name."""
    word, last = bisect_left(row.starts, start), bisect_left(row.starts, end)
    while word < last:
        stop = min(_end_of_run(row, word), last)
        if stop == word:
            word += 1
            continue
        opened = row.words[word] == "“" and "”" not in row.words[word:stop]  # a question in quotation marks
        span = Span(row.starts[word + opened], row.ends[stop - 1])
        if _LEAST <= span.end - span.start <= _LONGEST:
            yield span
        word = stop


def ends_on_process(row: Row, name: Span) -> bool:
    """Whether a name's last word says what is done: 公交线路优化, 老旧小区改造."""
    return row.classes[bisect_left(row.ends, name.end)] in "wvud"


def named_in(folded: str, row: Row, told: Span, rest: Span) -> Span | None:
    """The name in one stretch that says what is done, of which the rest of its section says most again."""
    names = [cut for name in names_in(row, *told) if (cut := up_to_process(row, name))]
    said = [echo(folded, name, *rest) for name in names]
    return names[said.index(max(said))] if names else None


def without_predicate(row: Row, name: Span) -> Span:
    """A run of words without the verbs behind what is done: 健身圈建设 of 健身圈建设覆盖."""
    first, end = bisect_left(row.starts, name.start), bisect_left(row.ends, name.end) + 1
    while end - first > 2 and row.classes[end - 1] == "v" and row.classes[end - 2] in "wvu":
        end -= 1
    return Span(name.start, row.ends[end - 1]) if row.classes[end - 1] in "wu" else name


def up_to_process(row: Row, name: Span) -> Span | None:
    """A run of words up to a 项目, or to the last that says what is done: 残疾儿童康复 of 残疾儿童康复格外温情."""
    first, end = bisect_left(row.starts, name.start), bisect_left(row.ends, name.end) + 1
    called = next((at for at in range(first + 1, end) if row.words[at].endswith(WORKS)), None)
    if called is not None:
        return Span(name.start, row.ends[called])
    while end > first and not (row.classes[end - 1] in "wu" or row.words[end - 1].endswith(_PROCESSES)):
        end -= 1
    return Span(name.start, row.ends[end - 1]) if end - first > 1 else None


def is_process(folded: str, row: Row, name: Span) -> bool:
    """Whether a name says what is done: 困难群众救助提标, 农村公路“建养一体”工程."""
    return folded.endswith(WORKS, name.start, name.end) or ends_on_process(row, name)


def echo(folded: str, name: Span, start: int, end: int) -> int:
    """How many pairs of characters of a name a stretch says again: 天然气入户 in 新增天然气用户1.5万户 has two."""
    text = folded[start:end]
    return sum(1 for at in range(name.start, name.end - 1) if folded[at : at + 2] in text)


def _end_of_run(row: Row, word: int) -> int:
    """Index behind the last word of the run that begins with a word; that word itself where none does."""
    end = word
    classes, words = row.classes, row.words
    while end < len(words):
        if (classes[end] in _NAMING or words[end] in _ATTRIBUTES) and words[end] not in _TALK:
            end += 1
        elif end > word and classes[end] == "(" and (bracket := _BRACKETED.match(classes, end)):
            end = bracket.end()  # 城中村(棚户区)改造
        else:
            break
    if end - word > 1 and end < len(words):
        end -= _predicate(words, classes, end)
    while end > word and classes[end - 1] not in _HEADS:  # a list's mark closes no name
        end -= 1
    return end if any(classes[at] in _HEADS for at in range(word, end)) else word


def _predicate(words: Sequence[str], classes: str, end: int) -> int:
    """How many words before ``end`` are what the clause says of the name: 改造|搞了一年, 改造|轮得到我们."""
    said = words[end] in _ASPECTS or (words[end] == "的" and words[end + 1 : end + 2] == ["是"])
    if said and len(words[end - 1]) < 3 and classes[end - 1] not in "wu":
        return 1
    return 2 if words[end - 1][0] == "得" and len(words[end - 2]) == 1 else 0
