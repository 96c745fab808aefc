"""``extractor report``: pages on which a person reviews releases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.bilingual import language, tr
from extractor.cli.command import command, lang, pack

if TYPE_CHECKING:
    from extractor.cli.loading import Loading
    from extractor.paired import Paired
    from extractor.report.batch_view import Page

_PAGE = ".html"
_INDEX = "index.html"
_LONGEST = 80  # characters of a page's name


@command(
    tr(
        "生成审阅网页：一页之内原文与数据对照，可筛选、核对并保存改正。输入：发布稿（任何可读格式）或记录"
        "（.json、.jsonl 或 convert 能读的格式，原文须在同一目录，或用 --texts 指明）。多份发布稿写成文件夹，"
        "内含目录页 index.html。",
        "Make a page to review a release: its text beside its figures, to filter, check and correct. Input: releases "
        "(in any readable format) or records (.json, .jsonl or any form that convert reads; their texts in the same "
        "folder, or where --texts says). Several releases make a folder with index.html.",
    )
)
@click.argument("files", nargs=-1, required=True, metavar=tr("文件…", "FILE…"))
@click.option(
    "--output", "-o", required=True, metavar=tr("路径", "PATH"), type=click.Path(path_type=Path),
    help=tr("网页（.html），或多页所在的文件夹", "the page (.html), or the folder of several"),
)  # fmt: skip
@click.option(
    "--texts", metavar=tr("路径", "PATH"), type=click.Path(exists=True, path_type=Path),
    help=tr("记录所据的文件，或其所在目录", "the file that the records were made of, or its folder"),
)  # fmt: skip
@pack()
@lang()
def report(files: Sequence[str], output: Path, texts: Path | None, pack: str | None) -> int:
    """Write the pages; the exit code."""
    from extractor.cli.loading import Loading

    loading = Loading(files, pack, texts)
    found = (item for item in loading if _has_text(item, loading))
    first = [*islice(found, 2)]
    if not first:
        return loading.exit_code
    if output.suffix.lower() != _PAGE:
        _write_folder(chain(first, found), output)
    elif len(first) == 1:
        _write_page(first[0], output)
    else:
        raise click.UsageError(
            tr(
                f"有多份发布稿：请用 --output 给出文件夹，而不是 {output}",
                f"there are several releases: give a folder with --output, not {output}",
            )
        )
    click.echo(tr(f"已写入 {output}", f"Written: {output}"), err=True)
    return loading.exit_code


def _has_text(item: Paired, loading: Loading) -> bool:
    if item.text is None:
        name = item.record["source"]["name"]
        loading.fail(
            tr(f"{name}：找不到其原文，请用 --texts 指明", f"{name}: its text is not there, say where with --texts")
        )
    return item.text is not None


def _write_page(item: Paired, output: Path) -> None:
    from extractor.report import report as page
    from extractor.writing.output import WriteError, staged

    try:
        with staged(output) as target:
            target.write_text(page(item.record, item.text or "", language=language()), encoding="utf-8")
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error


def _write_folder(items: Iterable[Paired], output: Path) -> None:
    from extractor.report import index
    from extractor.writing.output import WriteError, staged

    try:
        with staged(output, members=_pages_in(output)) as target:
            target.mkdir()
            pages = [*_write_pages(items, target)]
            (target / _INDEX).write_text(index(pages, language=language()), encoding="utf-8")
    except WriteError as error:
        raise click.ClickException(tr(error.zh, error.en)) from error


def _pages_in(output: Path) -> list[str]:
    """What may be replaced: the pages of a folder that has an index, and nothing else."""
    made = (output / _INDEX).is_file()
    return [_INDEX, *(path.name for path in output.glob(f"*{_PAGE}") if made)]


def _write_pages(items: Iterable[Paired], folder: Path) -> Iterable[Page]:
    from extractor.report import page
    from extractor.report import report as whole

    taken = {_INDEX}
    for item in items:
        name = _free_name(item.record["source"], taken)
        text = item.text or ""
        (folder / name).write_text(whole(item.record, text, language=language(), back=_INDEX), encoding="utf-8")
        yield page(item.record, text, name)


def _free_name(source: dict[str, str], taken: set[str]) -> str:
    """A name for the page of a release that is harmless as a file and as an address, and new."""
    stem = re.sub(r"[^\w-]+", "-", Path(source["member"] or source["name"]).stem)[:_LONGEST].strip("-") or "release"
    name, number = f"{stem}{_PAGE}", 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}{_PAGE}"
    taken.add(name.lower())
    return name
