"""``extractor keep``: a corrected release becomes gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.bilingual import tr
from extractor.cli.columns import visible
from extractor.cli.command import command, lang, pack

if TYPE_CHECKING:
    from extractor.cases import Case


@command(
    tr(
        "把改正后的发布稿收为新的标准：在语料目录写入 NAME.txt 和标注 NAME.json，供 score 使用。输入：审阅网页保存的"
        "改正文件，或改正后的记录；原文须在同一目录，或用 --texts 指明。",
        "Keep a corrected release as gold that score can use: NAME.txt and its annotation NAME.json in the corpus. "
        "Input: a file of corrections saved by a page of report, or a corrected record; the text in the same folder, "
        "or where --texts says.",
    )
)
@click.argument("corrected", metavar=tr("改正", "CORRECTED"), type=click.Path(exists=True, path_type=Path))
@click.option(
    "--corpus", required=True, metavar=tr("目录", "DIR"), type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=tr("语料目录", "folder of the corpus"),
)  # fmt: skip
@click.option(
    "--name", metavar=tr("名称", "NAME"), help=tr("名称（缺省：同原文件）", "what to call it (default: like its file)")
)
@click.option("--replace", is_flag=True, help=tr("替换同名的标准", "replace gold of the same name"))
@click.option(
    "--texts", metavar=tr("路径", "PATH"), type=click.Path(exists=True, path_type=Path),
    help=tr("原文件，或其所在目录", "the file that was corrected, or its folder"),
)  # fmt: skip
@pack()
@lang()
def keep(corrected: Path, corpus: Path, name: str | None, replace: bool, texts: Path | None, pack: str | None) -> None:
    """Write the text and the annotation."""
    from extractor.cli.causes import cause
    from extractor.cli.score import read_cases

    cases = [*read_cases([corrected], texts, pack)]
    if len(cases) != 1:
        raise click.ClickException(
            tr(f"{corrected} 须恰为一份发布稿的改正", f"{corrected} has to be the corrections of exactly one release")
        )
    case = cases[0]
    if case.misfits:
        raise click.ClickException(
            tr("有改正未能套用，请先在审阅网页上重做：",
               "A correction does not fit, make it anew on a page of report first: ") + cause(case.misfits[0])
        )  # fmt: skip
    _write(case, corpus / (name or case.name), replace)


def _write(case: Case, target: Path, replace: bool) -> None:
    import json

    from extractor.writing.output import WriteError, staged

    files = {
        target.with_name(f"{target.name}.txt"): case.text,
        target.with_name(f"{target.name}.json"): json.dumps(case.gold, ensure_ascii=False, indent=1) + "\n",
    }
    for path in files:
        if path.exists() and not replace:
            raise click.ClickException(
                tr(f"已有 {path}：请用 --name 另取名称，或用 --replace 替换",
                   f"{path} exists: choose another --name, or --replace it")
            )  # fmt: skip
    try:
        for path, content in files.items():
            with staged(path) as place:
                place.write_bytes(content.encode())
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error
    click.echo(
        visible(tr(f"已收入 {target}.txt、{target.name}.json", f"Kept: {target}.txt, {target.name}.json")), err=True
    )
