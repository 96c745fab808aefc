"""The command line: one line per command, each loaded when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NamedTuple, NoReturn, cast

import click

from extractor import __version__
from extractor.cli.bilingual import settle, tr
from extractor.cli.command import Context, lang, write_exit_codes

_INTERRUPTED = 130


class Entry(NamedTuple):
    """Where a command is, as 'module:command' below this package, and what it does, in both languages."""

    target: str
    zh: str
    en: str


COMMANDS = {
    "extract": Entry("extract:extract", "把发布稿提取为 JSON 记录", "make JSON records of releases"),
    "explain": Entry(
        "explain:explain", "说明每个数据出自哪些字、哪条规则", "show which characters and rules made a figure"
    ),
    "text": Entry("text:text", "输出文件中提取出的正文", "print the text that is read from a file"),
    "batch": Entry("batch:batch", "把整批文件提取为表格，可中断续做", "make tables of whole archives, resumable"),
    "convert": Entry("convert:convert", "把记录写成另一种格式", "write records in another format"),
    "export": Entry("export:export", "导出训练数据，供其他程序学习", "make training data for other programs"),
    "report": Entry("report:report", "生成审阅网页，可核对、改正", "make pages to review and correct releases"),
    "compare": Entry("compare:compare", "把各地各年的同一指标并排", "put the same indicators side by side"),
    "score": Entry("score:score", "与人工标注、改正相比", "measure extraction by annotated releases"),
    "keep": Entry("keep:keep", "把改正后的发布稿收为标准", "keep a corrected release as gold"),
    "schema": Entry("schema:schema", "输出记录的 JSON Schema", "print the JSON Schema of the record"),
}


class _Commands(click.Group):
    """The commands of COMMANDS; help shows them without importing any."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].target.partition(":")
        return cast(click.Command, getattr(import_module(f"{__name__}.{module}"), name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(tr("命令", "Commands")):
            formatter.write_dl([(name, tr(entry.zh, entry.en)) for name, entry in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_exit_codes(formatter)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code.

    arguments: those behind the program's name, sys.argv's when None.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    settle(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of another character set shows what it can
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def commands() -> click.Group:
    """The whole command line, its help in the user's language."""

    @click.group(
        cls=_Commands,
        help=tr(
            "从政府民生实事发布稿中提取数据：逐字可溯，分毫不差。",
            "Exact data from Chinese government releases on livelihood projects, traceable to every character.",
        ),
        options_metavar=tr("[选项]", "[OPTIONS]"),
        subcommand_metavar=tr("命令 [参数]…", "COMMAND [ARGS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.version_option(__version__, message="%(prog)s %(version)s")
    @lang()
    def extractor() -> None:
        pass

    return extractor


def _run(arguments: Sequence[str]) -> int:
    try:
        return commands().main([*arguments], prog_name="extractor", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(tr("已中断。", "Interrupted."), err=True)
        return _INTERRUPTED
