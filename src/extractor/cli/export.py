"""``extractor export``: training data for other programs, from records or annotated releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.bilingual import tr
from extractor.cli.command import command, lang, tell

if TYPE_CHECKING:
    from extractor.gold import Entry


@command(
    tr(
        "导出训练数据，供 spaCy 的 ner（doc.ents）和 spancat（doc.spans）学习：每份发布稿一篇，标出其中的数据，"
        "标签为类别（amount、rate、change）。来源：记录（convert 能读的格式），或标注好的发布稿"
        "（NAME.json 与 NAME.txt，或其文件夹）。",
        "Make training data for spaCy's ner (doc.ents) and spancat (doc.spans): one document per release, its figures "
        "marked by their kind (amount, rate, change). Source: records in any form that convert reads, or annotated "
        "releases (NAME.json with NAME.txt, or a folder of them).",
    )
)
@click.argument(
    "sources", nargs=-1, required=True, metavar=tr("来源…", "SOURCE…"), type=click.Path(exists=True, path_type=Path)
)
@click.option("--to", required=True, type=click.Choice(["docbin"]), help=tr("目标格式", "the format to write"))
@click.option(
    "--output", "-o", required=True, metavar=tr("文件", "FILE"), type=click.Path(path_type=Path),
    help=tr("输出文件，如 train.spacy", "file to write, such as train.spacy"),
)  # fmt: skip
@click.option(
    "--texts", metavar=tr("目录", "DIR"), type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=tr(
        "记录所据的文件所在目录（缺省：与记录同一目录）；按校验和对应",
        "folder of the files that the records were made of (default: the records' own); found by their checksums",
    ),
)  # fmt: skip
@click.option(
    "--key", default="sc", show_default=True, metavar=tr("名称", "NAME"),
    help=tr("spancat 的 spans_key", "spans_key of spancat"),
)  # fmt: skip
@lang()
def export(sources: Sequence[Path], to: str, output: Path, texts: Path | None, key: str) -> int:
    """Write the training data; the exit code."""
    try:
        from extractor.component import training_data
    except ModuleNotFoundError as error:
        if error.name != "spacy":
            raise
        raise click.ClickException(
            tr(
                "docbin 需要 spaCy：pip install 'extractor[spacy]'。",
                "docbin needs spaCy: pip install 'extractor[spacy]'.",
            )
        ) from error
    missing: list[str] = []
    if found := [*_examples(sources, texts, missing)]:
        _write(training_data(found, key=key), output)
    for name in missing:
        message = tr(
            f"{name}：找不到其原文，请用 --texts 指明", f"{name}: its text is not there, say where with --texts"
        )
        tell(message)
    return 1 if missing else 0


def _examples(sources: Sequence[Path], texts: Path | None, missing: list[str]) -> Iterator[tuple[str, list[Entry]]]:
    """Texts with their figures; the names of records without a text go to ``missing``."""
    from extractor.cli.causes import sentence
    from extractor.gold import GoldError
    from extractor.reading import ReadError
    from extractor.record.validate import RecordError
    from extractor.training import Missing, examples

    for source in sources:
        try:
            for example in examples(source, texts):
                if isinstance(example, Missing):
                    missing.append(example.name)
                else:
                    yield example.text, example.figures
        except (GoldError, ReadError, RecordError) as error:
            raise click.ClickException(tr("输入有误：", "") + sentence(error)) from error


def _write(data: bytes, output: Path) -> None:
    from extractor.writing.output import WriteError, staged

    try:
        with staged(output) as target:
            target.write_bytes(data)
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error
