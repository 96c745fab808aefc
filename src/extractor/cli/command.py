"""What every command has in common: help in the user's language, in columns, with the exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from extractor.cli.bilingual import LANGUAGES, tr
from extractor.cli.columns import indent, pad, visible, width

_LEFT_COLUMN = 30

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class HelpFormatter(click.HelpFormatter):
    """Help whose columns hold for Chinese too."""

    def write_heading(self, heading: str) -> None:
        """Write the title of a section."""
        self.write(f"{' ' * self.current_indent}{heading}{tr('：', ':')}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, divided by empty lines."""
        margin = " " * self.current_indent
        paragraphs = (indent(part, self.width, first=margin, rest=margin) for part in text.split("\n\n"))
        self.write("\n\n".join(paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _LEFT_COLUMN, col_spacing: int = 2) -> None:
        """Write terms on the left, what they mean on the right."""
        rows = [*rows]
        margin = " " * self.current_indent
        column = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        rest = margin + " " * column
        for term, meaning in rows:
            first = margin + pad(term, column)
            if width(term) > col_max:
                self.write(f"{margin}{term}\n")
                first = rest
            self.write(indent(meaning, self.width, first=first, rest=rest) + "\n")


class Context(click.Context):
    """One call of a command."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose help ends with the exit codes."""

    context_class = Context

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit codes."""
        write_exit_codes(formatter)


def write_exit_codes(formatter: click.HelpFormatter) -> None:
    """Write what a caller may conclude from the number a command ends with."""
    with formatter.section(tr("退出码", "Exit codes")):
        formatter.write_dl(
            [
                ("0", tr("全部完成", "everything done")),
                (
                    "1",
                    tr(
                        "有输入无法读取（其余照常完成），或输出无法写入",
                        "some input could not be read (the others were still done), or the output not written",
                    ),
                ),
                ("2", tr("命令用法有误", "wrong usage")),
                ("130", tr("被中断", "interrupted")),
            ]
        )


def command(help: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command: help is what --help says, already in the user's language."""
    return click.command(cls=Command, help=help, options_metavar=tr("[选项]", "[OPTIONS]"))


def put(data: str | bytes) -> None:
    """Print a line of text, or bytes as they are; one sentence where that fails, none where the reader has left."""
    try:
        click.echo(data, nl=isinstance(data, str))
    except BrokenPipeError:
        raise
    except OSError as error:
        from extractor.cli.causes import cause

        raise click.ClickException(
            tr("无法输出：", "the output cannot be written: ") + cause(error.strerror or str(error))
        ) from error


def tell(sentence: str) -> None:
    """Print a sentence on standard error, whatever characters a file's name put into it."""
    click.echo(visible(sentence), err=True)


def files() -> Decorator:
    """Add the argument of every command that reads releases."""
    return click.argument("files", nargs=-1, required=True, metavar=tr("文件…", "FILE…"))


def lang() -> Decorator:
    """Add --lang; the choice itself is made before a command is loaded, see bilingual.settle."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        metavar="zh|en",
        expose_value=False,
        help=tr("界面语言（缺省由 LC_ALL、LC_MESSAGES、LANG 决定）", "language of messages (else that of the locale)"),
    )


def pack() -> Decorator:
    """Add --pack, a folder of rules on top of the built-in ones."""
    return click.option(
        "--pack",
        metavar=tr("目录", "DIR"),
        help=tr("在内置规则之上再用此目录的规则包", "rules of one's own, on top of the built-in pack"),
    )
