"""``extractor convert``: records from one form into another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import click

from extractor.cli.bilingual import LANGUAGES, language, tr
from extractor.cli.causes import sentence
from extractor.cli.command import command, lang
from extractor.record.validate import RecordError
from extractor.writing import WRITERS, WriteError, write, writer
from extractor.writing.rows import Record

_STANDARD = "-"


@command(
    tr(
        "把记录写成另一种格式。输入：JSON Lines（“-”为标准输入）、SQLite、数据包或 Parquet 文件夹。",
        "Write records in another format. Input: JSON Lines (- is standard input), SQLite, the folder of a data "
        "package or of Parquet files.",
    )
)
@click.argument("records", metavar=tr("记录", "RECORDS"))
@click.option("--to", required=True, type=click.Choice([*WRITERS]), help=tr("目标格式", "the format to write"))
@click.option(
    "--output",
    "-o",
    metavar=tr("路径", "PATH"),
    help=tr(
        "输出文件或文件夹（缺省：与输入同名）；“-”为标准输出，仅限 jsonl",
        "file or folder to write (default: named like the input); - is standard output, for jsonl",
    ),
)
@click.option(
    "--numerals", is_flag=True, default=None, help=tr("另写每个数字及其角色的表", "also the table of every numeral")
)
@click.option(
    "--headings",
    "language",
    type=click.Choice(LANGUAGES),
    metavar="zh|en",
    help=tr("xlsx：表头语言（缺省同界面语言）", "xlsx: language of headings (default: that of messages)"),
)
@click.option(
    "--sources",
    metavar=tr("前缀", "PREFIX"),
    help=tr(
        "xlsx：原文链接的前缀，从工作簿看到的文件夹或网址",
        "xlsx: what links to the sources begin with: a folder as seen from the workbook, or a URL",
    ),
)
@click.option(
    "--licence",
    metavar="ID",
    help=tr("datapackage：许可（缺省 CC-BY-4.0）", "datapackage: licence (default CC-BY-4.0)"),
)
@click.option("--title", metavar=tr("文字", "TEXT"), help=tr("datapackage：数据包标题", "datapackage: its title"))
@click.option("--name", metavar=tr("名称", "NAME"), help=tr("datapackage：数据包名称", "datapackage: its name"))
@lang()
def convert(records: str, to: str, output: str | None, **options: object) -> None:
    """Write the records; WriteError and RecordError become one sentence."""
    settings = _settings(to, options)
    if output == _STANDARD or (output is None and records == _STANDARD):
        _print(records, to)
        return
    target = _target(records, to, output)
    try:
        write(_read(records), to, target, **settings)
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error
    except RecordError as error:
        raise _unreadable(error) from error
    click.echo(tr(f"已写入 {target}", f"Written: {target}"), err=True)


def _settings(to: str, options: dict[str, object]) -> dict[str, object]:
    """The options given, which have to be the format's own."""
    known = signature(writer(to)).parameters
    given = {name: value for name, value in options.items() if value is not None}
    for name in given.keys() - known.keys():
        option = "--headings" if name == "language" else f"--{name}"
        raise click.UsageError(tr(f"{option} 不适用于 {to}", f"{option} is no option of {to}"))
    return {"language": language(), **given} if "language" in known else given


def _target(records: str, to: str, output: str | None) -> Path:
    source = Path(records)
    target = source.with_name(source.stem + WRITERS[to].suffix) if output is None else Path(output)
    if target.resolve() == source.resolve():
        raise click.UsageError(
            tr(
                "输出就是输入本身：请用 --output 另选位置",
                "the output is the input itself: choose another with --output",
            )
        )
    return target


def _read(records: str) -> Iterator[Record]:
    """The records, counted on a terminal's progress line."""
    from tqdm import tqdm

    from extractor.writing.records import read, read_lines

    stream = read_lines(sys.stdin.buffer, records) if records == _STANDARD else read(Path(records))
    yield from tqdm(stream, unit=tr(" 条", " records"), disable=None, leave=False)


def _print(records: str, to: str) -> None:
    from extractor.writing.jsonl import copied

    if to != "jsonl":
        raise click.UsageError(
            tr(f"{to} 不能写到标准输出：请用 --output", f"{to} needs a place: give it with --output")
        )
    try:
        for _ in copied(_read(records), sys.stdout.buffer):
            pass
    except RecordError as error:
        raise _unreadable(error) from error


def _unreadable(error: RecordError) -> click.ClickException:
    return click.ClickException(tr("输入有误：", "") + sentence(error))
