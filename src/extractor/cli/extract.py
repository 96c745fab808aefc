"""``extractor extract``: releases in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.bilingual import tr
from extractor.cli.command import command, files, lang, pack, put

if TYPE_CHECKING:
    from extractor.cli.corrected import Corrector

_TERMINAL_INDENT = 2


@command(
    tr(
        "把发布稿（文本、HTML、PDF、DOCX、压缩包）提取为 JSON 记录，每份发布稿一条；“-”表示标准输入。",
        "Make JSON records of releases (text, HTML, PDF, DOCX, archives), one for each release; - is standard input.",
    )
)
@files()
@click.option(
    "--output",
    "-o",
    metavar=tr("文件", "FILE"),
    type=click.Path(path_type=Path),
    help=tr("写入文件；写完整后才替换原有文件", "write to a file, replaced only once the new one is whole"),
)
@click.option(
    "--indent",
    metavar="N",
    type=click.IntRange(0, 16),
    help=tr(
        "每层缩进 N 格，0 为一条一行（缺省：单个文件输出到终端时缩进）",
        "indent by N blanks, 0: one line a record (default: indented when one file goes to a terminal)",
    ),
)
@click.option(
    "--corrections",
    metavar=tr("文件", "FILE"),
    type=click.Path(path_type=Path),
    multiple=True,
    help=tr(
        "套用审阅网页保存的改正；可重复给出，各归其发布稿",
        "apply what a reviewer saved on a page of report; may be repeated, each goes to its release",
    ),
)
@pack()
@lang()
def extract(
    files: Sequence[str], output: Path | None, indent: int | None, corrections: Sequence[Path], pack: str | None
) -> int:
    """Print or write the records; the exit code."""
    from extractor.cli.inputs import Inputs

    if indent is None and output is None and len(files) == 1 and sys.stdout and sys.stdout.isatty():
        indent = _TERMINAL_INDENT
    inputs = Inputs(files, pack)
    corrected = _corrector(corrections, pack)
    releases = (corrected(*item) if corrected else item[0] for item in inputs.releases())
    lines = (release.to_json(indent or None).encode() + b"\n" for release in releases)
    if output is None:
        for line in lines:
            put(line)
    elif first := next(lines, None):  # where nothing at all could be read, what stood there is worth more
        _write(chain([first], lines), output)
    return inputs.exit_code | (corrected.finish() if corrected else 0)


def _corrector(corrections: Sequence[Path], pack: str | None) -> Corrector | None:
    if not corrections:
        return None
    from extractor.cli.corrected import Corrector

    return Corrector(corrections, pack)


def _write(lines: Iterable[bytes], output: Path) -> None:
    from extractor.writing.output import WriteError, staged

    try:
        with staged(output) as target, target.open("wb") as stream:
            stream.writelines(lines)
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error
