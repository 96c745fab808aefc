"""What is wrong with an input, said in Chinese: every sentence of the library has its row, every row its use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import extractor
from extractor.cli.causes import STAGES, cause, sentence, stopped
from extractor.reading import ReadError

SOURCE = Path(extractor.__file__).parent
ERRORS = {"ReadError", "PackError", "GoldError", "RecordError", "CorrectionsError", "MisfitError"}
CARRIERS = {"Trouble", "refuse"}  # their sentences stand behind the first argument
# The table's two parts, each below a comment; the first one has the names of the columns.
(_, *LIBRARY), OTHERS = (
    [line.split("\t") for line in part.splitlines()[1:]]
    for part in (SOURCE / "cli" / "causes.zh.tsv").read_text("utf-8").removeprefix("#").split("\n#")
)
ROWS = [*LIBRARY, *OTHERS]
ENGLISH = re.compile("[A-Za-z]{2,}")
TERMS = """
CRC CSV DOCX HTML JSON LibreOffice MB OFD PDF PNG RAR SQLite TOML UTF Word ZIP batch change define extractor id install
jsonl memory ocr parquet pip place projects quarantined records releases retry role texts timeout
"""

EXAMPLES = {
    "is a damaged PDF; open it in a viewer and save it again": "PDF 已损坏；请用阅读器打开后重新保存",
    "cannot be opened: no such file or directory; check the name and its permissions": (
        "没有这个文件或文件夹；请检查名称和权限"
    ),
    "cannot be opened: Permission denied; check the name and its permissions, then run again": (
        "没有权限；请检查名称和权限，再运行一次"
    ),
    "cannot be opened: the moon is full; leave it out": "the moon is full；请将其排除",
    "is larger than 128 MB, the limit for one document; split it": "超过单份文件的上限 128 MB；请拆分",
    "is damaged (Bad CRC-32 for file 'a; b.txt'); fetch the archive again": (
        "已损坏（'a; b.txt' 的校验码不符）；请重新获取压缩包"
    ),
    'holds no text: page 1 is a picture of text: install the recognition with pip install "extractor[ocr]"': (
        '没有可读的文字：第 1 页：文字在图片里；请用 pip install "extractor[ocr]" 安装文字识别'
    ),
    "holds no text: page 3 has more than 9 pixels; scale it down": "没有可读的文字：第 3 页：超过 9 像素；请缩小",
    "needs LibreOffice to be read: install it, or save the file as DOCX": (
        "需要 LibreOffice 才能读取；请安装，或把文件另存为 DOCX"
    ),
    "took longer than 30 s, behind 2023/a.pdf; split it, or raise --timeout and run again with --retry-quarantined": (
        "用时超过 30 秒，在 2023/a.pdf 之后；请拆分，或加大 --timeout，再用 --retry-quarantined 运行"
    ),
    "KeyError at words.py:9: 'x'; a fault of this program: report it with the document": (
        "KeyError at words.py:9: 'x'；这是本程序的缺陷，请连同该文件一起报告"
    ),
    "pk/words.tsv:1: the first line names the columns, parted by tabs: word class": (
        "pk/words.tsv:1：首行应是以制表符分隔的列名：word class"
    ),
    r"C:\pk\masks.toml:7: a second mask named 'n'": r"C:\pk\masks.toml:7：又一个名为 'n' 的 mask",
    "pk/masks.toml:1: not TOML: Invalid value (at line 1, column 7)": (
        "pk/masks.toml:1：不是 TOML：值有误（第 1 行第 7 列）"
    ),
    "pk/masks.toml:1: the regular expression does not compile: missing ) at position 2": (
        "pk/masks.toml:1：正则表达式有误：缺少 )（第 2 个字符之后）"
    ),
    'r.jsonl, line 1 is no record: /year: "x" is not of types "null", "integer".': (
        'r.jsonl 第 1 行：不是记录：/year："x" 的类型应是 "null", "integer" 之一。'
    ),
    "g.json: The text has no 建成[3个] behind the figure before it.": "g.json：原文中上一项数据之后没有 建成[3个]。",
    "edit 3个 [5, 7): its target is a figure of its own: that one has to be deleted first": (
        "edit 3个 [5, 7)：其 target 本身是一项数据，须先删除那一项"
    ),
    "c.json is not JSON: Extra data: line 1 column 8 (char 7).": (
        "c.json：不是 JSON：后面有多余的内容（第 1 行第 8 列）。"
    ),
    'r.jsonl, line 1 is no record: /: "role" is a required property.': 'r.jsonl 第 1 行：不是记录：/：缺少 "role"。',
    "nobody knows this sentence: not at all; so it stays": "nobody knows this sentence: not at all; so it stays",
}


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("EXTRACTOR_LANG", request.param)
    return str(request.param)


@pytest.mark.parametrize("english", EXAMPLES)
def test_a_cause_is_told_in_the_users_language(english: str, lang: str) -> None:
    assert cause(english) == (EXAMPLES[english] if lang == "zh" else english)


def test_where_a_document_stopped_is_told_in_chinese_beside_the_cause(lang: str) -> None:
    error = ReadError("is encrypted; save it without its password", subject="a.pdf")
    told = "读不出文字：已加密；请去掉密码后另存"
    assert stopped("read", error.cause) == (told if lang == "zh" else error.cause)
    assert sentence(error) == (f"a.pdf：{told}" if lang == "zh" else str(error))


def test_every_stage_has_its_words() -> None:
    stages = re.findall(r'stage(?:: str)? ?= ?"(\w+)"', "".join(p.read_text("utf-8") for p in SOURCE.rglob("*.py")))
    assert {*stages} <= {*STAGES}


def test_every_sentence_of_the_library_has_its_row_and_every_row_its_sentence() -> None:
    rows = {english for english, _ in LIBRARY}
    used, lacking = set(), set()
    for text in {text for text in sentences() if re.search("[A-Za-z]|{} {}", text)}:
        parts = [text] if text in rows else text.split("; " if "; " in text else ": ", 1)
        (used if rows >= {*parts} else lacking).update(parts)
    assert lacking == set()
    assert rows - used == set()


def test_no_sentence_is_too_long_or_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_LANG", "zh")
    line = repr("是: 不是; " * 5000)
    told = cause(f"pk/words.tsv:2: word class are needed, parted by tabs; found {line}")
    assert told == f"pk/words.tsv:2：应有 word class，以制表符分隔；实为 {line}"


@pytest.mark.parametrize(("english", "chinese"), ROWS, ids=[english for english, _ in ROWS])
def test_a_row_is_whole(english: str, chinese: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not hidden by one before it, fills all its places, and speaks Chinese."""
    monkeypatch.setenv("EXTRACTOR_LANG", "zh")
    filled = [f"‹{at}›" for at in range(english.count("{}"))]
    assert cause(english.format(*filled)) == chinese.format(*filled)
    assert {*re.findall("‹.›", chinese.format(*filled))} == {*filled} or [english, chinese] in OTHERS
    assert [word for word in ENGLISH.findall(chinese) if word not in TERMS.split()] == []


def sentences() -> Iterator[str]:
    """Every sentence that the library gives an error, {} for what is filled in."""
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            for argument in arguments(node):
                yield from texts(argument, tree)


def arguments(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a call that are sentences."""
    match node:
        case ast.Call(func=ast.Attribute(attr="_replace"), keywords=[ast.keyword(arg="cause", value=value)]):
            yield value
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in ERRORS:
            yield first
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[_, *more]) if name in CARRIERS:
            yield from more


def texts(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The strings that an expression can be, those of names and functions of its module among them."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield from map("".join, product(*([*texts(part, tree)] or ["{}"] for part in parts)))
        case ast.FormattedValue(value=ast.IfExp() as value):
            yield from texts(value, tree)
        case ast.FormattedValue(value=ast.Name(id=name)) if name.isupper():
            yield from assigned(name, tree)
        case ast.IfExp(body=one, orelse=other):
            yield from (*texts(one, tree), *texts(other, tree))
        case ast.BoolOp(values=parts):
            yield from (text for part in parts for text in texts(part, tree))
        case ast.Name(id=name):
            yield from assigned(name, tree)
        case ast.Call(func=ast.Name(id=name)):
            functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == name]
            returns = [one.value for function in functions for one in ast.walk(function) if isinstance(one, ast.Return)]
            yield from (text for value in returns if value for text in texts(value, tree))


def assigned(name: str, tree: ast.Module) -> Iterator[str]:
    """The strings that a module gives a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield from texts(value, tree)
