"""``extractor explain``: which characters and which rules made every figure."""

from __future__ import annotations

import shutil

import click

from extractor.cli.bilingual import tr
from extractor.cli.command import command, lang, pack, put

_NARROWEST, _WIDEST = 40, 120


@command(
    tr(
        "逐个项目说明每个数据的各个字段：出自哪条规则、原文哪些字（⟦…⟧），并列出未能解释的数字和核对结果。",
        "Show, project by project, for every field of every figure the rule and the characters (⟦…⟧) that made it, "
        "then the numerals left unexplained and the checks.",
    )
)
@click.argument("file", metavar=tr("文件", "FILE"))
@click.option("--figure", metavar="ID", help=tr("只说明这一项，如 p05.f3", "this figure only, such as p05.f3"))
@pack()
@lang()
def explain(file: str, figure: str | None, pack: str | None) -> int:
    """Print the explanation; the exit code."""
    from extractor.cli.explanation import explain, ids
    from extractor.cli.inputs import Inputs

    columns = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
    inputs = Inputs((file,), pack)
    known: list[str] = []
    for release, text in inputs.releases():
        known += ids(release)
        for line in explain(release, text, columns, figure):
            put(line)
    if figure and figure not in known and not inputs.exit_code:
        raise click.BadParameter(_unknown(figure, known), param_hint="--figure")
    return inputs.exit_code


def _unknown(figure: str, known: list[str]) -> str:
    found = f"{known[0]} … {known[-1]}" if known else tr("没有任何数据", "no figure at all")
    return tr(f"没有 {figure}；此文件中有：{found}", f"there is no {figure}; the file has {found}")
