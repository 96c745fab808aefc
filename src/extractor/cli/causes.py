"""What is wrong with an input, in the user's language: the library says it in English, causes.zh.tsv in Chinese."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.bilingual import language, tr
from extractor.cli.columns import visible

if TYPE_CHECKING:
    from extractor.language.pack import PackError

_DEPTH = 6  # sentences within sentences
# Where a document stopped; the English sentences tell it themselves.
STAGES = {
    "open": "打不开",
    "recognise": "不支持的格式",
    "unpack": "无法解包",
    "decode": "不是文本",
    "read": "读不出文字",
    "ocr": "无法识别图像",
    "extract": "提取出错",
    "time": "超时",
    "memory": "内存不足",
    "crash": "进程崩溃",
}


def stopped(stage: str, english: str) -> str:
    """Why a document stopped at one of STAGES."""
    return tr(f"{STAGES.get(stage, stage)}：{cause(english)}", english)


def sentence(error: Exception) -> str:
    """The sentence of an error, that of a ReadError with its subject."""
    from extractor.reading import ReadError

    if isinstance(error, ReadError):
        return tr(f"{error.subject}：{stopped(error.stage, error.cause)}", str(error))
    return cause(str(error))


def bad_pack(error: PackError) -> click.BadParameter:
    """The error of a command that is given a rule pack of no use."""
    return click.BadParameter(visible(cause(str(error))), param_hint="--pack")


def cause(english: str) -> str:
    """A sentence of the library, or as much of it as the table knows, in the user's language."""
    return _chinese(english, _DEPTH) if language() == "zh" else english


@cache
def _chinese(english: str, depth: int) -> str:
    if not depth:
        return english
    remedied, placed = english.rpartition("; "), english.partition(": ")
    told = _halves(remedied, depth, 2) or _whole(english, depth)
    return told or _halves(remedied, depth) or _halves(placed, depth) or english


def _whole(english: str, depth: int) -> str | None:
    """The Chinese of a sentence that is a row of the table, and of what fills its places."""
    plain = english.lower()
    for parts, chinese in _table():
        # Only what may fit is compiled: the whole table would take longer than all the rest.
        if all(part in plain for part in parts):
            pattern = "(.*?)".join(map(re.escape, parts))
            if match := re.fullmatch(pattern, english, re.DOTALL | re.IGNORECASE):
                return chinese.format(*(_chinese(place, depth - 1) for place in match.groups()))
    return None


def _halves(parts: tuple[str, str, str], depth: int, least: int = 1) -> str | None:
    """What is wrong and what to do about it, or a place and what is wrong there; None where fewer are known."""
    left, mark, right = parts
    if not mark:
        return None
    told = _chinese(left, depth - 1), _chinese(right, depth - 1)
    known = (told[0] != left) + (told[1] != right)
    return ("；" if known == 2 or mark == "; " else "：").join(told) if known >= least else None


@cache
def _table() -> list[tuple[list[str], str]]:
    """English, as the parts between its places in small letters, with its Chinese."""
    lines = Path(__file__).with_name("causes.zh.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [(english.lower().split("{}"), chinese) for english, chinese in rows]
