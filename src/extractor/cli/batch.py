"""``extractor batch``: whole archives into records; interrupted, the same command goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from extractor.cli.bilingual import language, tr
from extractor.cli.command import command, lang, pack
from extractor.writing import WRITERS, WriteError

_STDIN = "-"
_FORMS = "jsonl,csv"


def _forms(context: click.Context, parameter: click.Parameter, value: str) -> list[str]:
    forms = [form.strip() for form in value.split(",")]
    for form in forms:
        if form not in WRITERS:
            raise click.BadParameter(
                tr(f"没有 {form} 这种格式：可选 {', '.join(WRITERS)}", f"{form} is none of {', '.join(WRITERS)}")
            )
    return forms


@command(
    tr(
        "把整批文件（文件、文件夹、通配符、压缩包、WARC；“-”为标准输入中的路径清单）提取到输出目录。"
        "中断后再运行同一命令即继续；未改动的文件不再重做；读不了的文件隔离在 quarantine.csv，不影响其余。",
        "Records of whole archives (files, folders, patterns, archives, WARC; - is a list of paths on standard input) "
        "into a folder. Interrupted, the same command goes on; what is unchanged is not done again; what cannot be "
        "read is put into quarantine.csv and costs only itself.",
    )
)
@click.argument("paths", nargs=-1, required=True, metavar=tr("路径…", "PATH…"))
@click.option(
    "--output",
    "-o",
    required=True,
    metavar=tr("目录", "DIR"),
    type=click.Path(path_type=Path),
    help=tr("输出目录，其中的日志记着已做完的部分", "folder to write to; its journal knows what is done"),
)
@click.option(
    "--to",
    "forms",
    metavar=tr("格式,…", "FORM,…"),
    default=_FORMS,
    callback=_forms,
    help=tr(f"输出格式：{', '.join(WRITERS)}（缺省 {_FORMS}）", f"of {', '.join(WRITERS)} (default {_FORMS})"),
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1),
    help=tr("进程数（缺省为处理器核数）", "processes (default: one for each core)"),
)
@click.option(
    "--scheduler",
    metavar="tcp://…",
    help=tr("改用此地址的 Dask 集群", "use the Dask cluster at this address instead"),
)
@click.option(
    "--timeout",
    metavar=tr("秒", "SECONDS"),
    type=click.FloatRange(min=0.1),
    default=30.0,
    help=tr(
        "每份文件的时限（缺省 30；扫描件每页约 1–4 秒）", "time for one document (default 30; a scan takes 1-4 a page)"
    ),
)
@click.option(
    "--memory",
    metavar="MB",
    type=click.IntRange(256),
    default=2048,
    help=tr("每个进程的内存上限（缺省 2048）", "memory for one process (default 2048)"),
)
@click.option("--retry-quarantined", is_flag=True, help=tr("重做已隔离的文件", "do again what is in the quarantine"))
@pack()
@lang()
def batch(
    paths: Sequence[str], output: Path, forms: list[str], timeout: float, memory: int, pack: str | None, **options: Any
) -> int:
    """Run the batch; the exit code."""
    from extractor.batch.model import BatchError, Bounds
    from extractor.batch.run import run
    from extractor.cli.batch_progress import Bar, summary
    from extractor.cli.causes import bad_pack
    from extractor.language.pack import PackError

    if options["scheduler"] and options["workers"]:
        raise click.UsageError(
            tr(
                "--workers 用于本机，--scheduler 用于集群：只选其一",
                "--workers is for this machine, --scheduler for another",
            )
        )
    logging.disable()  # what libraries log of a lost cluster is pages; the error says it in a sentence
    bar = Bar()
    options |= {"to": forms, "pack": pack, "bounds": Bounds(timeout, memory << 20), "language": language()}
    try:
        counts = run(_paths(paths), output, watch=bar.show, **options)
    except PackError as error:
        raise bad_pack(error) from error
    except (BatchError, WriteError) as error:
        raise click.ClickException(tr(error.zh, error.en)) from error
    except KeyboardInterrupt:
        bar.close()
        click.echo(tr("再运行同一命令即从中断处继续。", "Run the same command to go on from here."), err=True)
        raise
    finally:
        bar.close()
        logging.disable(logging.NOTSET)
    for line in summary(counts, output, forms):
        click.echo(line, err=True)
    return int(counts.quarantined > 0)


def _paths(paths: Sequence[str]) -> Iterator[str]:
    from extractor.batch.inputs import listed

    for path in paths:
        yield from listed(sys.stdin.buffer) if path == _STDIN else [path]
