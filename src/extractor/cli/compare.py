"""``extractor compare``: the same indicator in several releases."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from extractor.cli.bilingual import tr
from extractor.cli.command import command, lang, pack, put

_NARROWEST, _WIDEST = 60, 160


@command(
    tr(
        "把几份发布稿中的同一指标并排列出：按指标用词、单位量纲和项目配对，给出各自的数值、完成率，同一地方逐年的变化"
        "（原文所述，否则算出），以及新出现和不再出现的指标。输入：发布稿或记录，按给出的次序排列。",
        "Put the same indicator of several releases side by side, paired by its words, the dimension of its unit and "
        "its project: values, completions, the change from year to year of one place (as stated, else computed), and "
        "what appears or disappears. Input: releases or records, shown in the order given.",
    )
)
@click.argument("files", nargs=-1, required=True, metavar=tr("文件…", "FILE…"))
@click.option("--to", type=click.Choice(["table", "csv"]), default="table", show_default=True,
              help=tr("输出形式", "what to write"))  # fmt: skip
@click.option(
    "--output", "-o", metavar=tr("文件", "FILE"), type=click.Path(path_type=Path),
    help=tr("写入文件（缺省：标准输出）", "file to write (default: standard output)"),
)  # fmt: skip
@click.option("--shared", is_flag=True, help=tr("只列至少两份发布稿共有的指标", "only what two releases or more have"))
@pack()
@lang()
def compare(files: Sequence[str], to: str, output: Path | None, shared: bool, pack: str | None) -> int:
    """Print or write the comparison; the exit code."""
    from extractor.cli.causes import bad_pack
    from extractor.cli.loading import Loading
    from extractor.compare import compare as side_by_side
    from extractor.language.pack import PackError, load_pack

    try:
        factors = load_pack(pack).factors
    except PackError as error:
        raise bad_pack(error) from error
    loading = Loading(files, pack)
    comparison = side_by_side([item.record for item in loading], factors=factors)
    if shared:
        comparison = comparison._replace(rows=comparison.shared())
    if to == "csv":
        from extractor.compare.table import csv_text

        _out("\ufeff" + csv_text(comparison), output)
    else:
        from extractor.cli.side_by_side import lines

        columns = shutil.get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else _WIDEST
        _out("\n".join(lines(comparison, max(_NARROWEST, min(columns, _WIDEST)))) + "\n", output)
    return loading.exit_code


def _out(text: str, output: Path | None) -> None:
    from extractor.writing.output import WriteError, staged

    if output is None:
        put(text.encode())
        return
    try:
        with staged(output) as target:
            target.write_text(text, encoding="utf-8", newline="")
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error
