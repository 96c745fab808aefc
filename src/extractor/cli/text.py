"""``extractor text``: the text of a document as its reader gives it, the one that spans count in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.bilingual import tr
from extractor.cli.columns import visible
from extractor.cli.command import command, lang, put

if TYPE_CHECKING:
    from extractor.reading import Document, Failure

_STDIN = "-"
_NAMED = 10  # members that are listed where one is to be chosen


@command(
    tr(
        "输出文件中提取出的正文：记录里的字符位置（span）都以它为准，逐字不差；“-”表示标准输入。",
        "Print the text that is read from a file: the one that the spans of its record count in; - is standard input.",
    )
)
@click.argument("file", metavar=tr("文件", "FILE"))
@click.option("--member", metavar=tr("名称", "NAME"), help=tr("压缩包内的文件", "the file inside an archive"))
@lang()
def text(file: str, member: str | None) -> int:
    """Print the text; the exit code."""
    from extractor.cli.causes import stopped
    from extractor.reading import ReadError, read

    source = sys.stdin.buffer.read() if file == _STDIN else Path(file)
    try:
        put(_chosen(read(source, name="stdin" if file == _STDIN else None), file, member).text.encode())
    except ReadError as error:
        sentence = file + tr("：", ": ") + stopped(error.stage, error.cause)
        raise click.ClickException(visible(sentence)) from error
    return 0


def _chosen(items: Iterator[Document | Failure], file: str, member: str | None) -> Document:
    """The document called member, or the only one."""
    from extractor.reading import Failure

    found = (item for item in items if member is None or _member(item) == member)
    first = list(islice(found, 1 if member else _NAMED + 1))
    if not first:
        raise click.ClickException(
            tr(f"{file} 中没有可读的“{member}”", f"{file} holds nothing that is called {member}")
            if member
            else tr(f"{file} 中没有文档", f"{file} holds no documents")
        )
    if len(first) > 1:
        names = tr("、", ", ").join(filter(None, map(_member, first[:_NAMED])))
        more = "…" if len(first) > _NAMED else ""
        raise click.ClickException(
            visible(tr(f"{file} 含多个文档，请用 --member 指定其一：{names}{more}",
                       f"{file} holds several documents; name one with --member: {names}{more}"))
        )  # fmt: skip
    if isinstance(first[0], Failure):
        raise first[0].error
    return first[0]


def _member(item: Document | Failure) -> str | None:
    from extractor.reading import Failure

    return item.member if isinstance(item, Failure) else item.source.member
