"""``extractor score``: extraction measured by releases that a person has read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.bilingual import tr
from extractor.cli.columns import pad, visible, width
from extractor.cli.command import command, lang, pack, put, tell

if TYPE_CHECKING:
    from extractor.cases import Case
    from extractor.score import Score

_SHOWN = {
    "records_f1": ("全对", "records"),
    "figures_f1": ("数据", "figures"),
    "relations_f1": ("关系", "relations"),
    "indicators_f1": ("指标", "indicators"),
    "projects_f1": ("项目", "projects"),
    "header": ("篇头", "header"),
    "unexplained": ("未解释", "unexplained"),
}
_WIDEST = 34  # columns of a name


@command(
    tr(
        "把提取结果与人工标注或人工改正的发布稿相比，给出项目、数据、关系、指标的 F1 和各字段的正确率。标准：标注"
        "（NAME.json 与 NAME.txt，或其文件夹）、改正后的记录、或审阅网页保存的改正文件（其改正另行计数）。",
        "Compare extraction with releases that a person annotated or corrected: F1 of projects, figures, relations and "
        "indicators, and how often every field is right. Gold: annotations (NAME.json with NAME.txt, or a folder of "
        "them), corrected records, or files of corrections saved by a page of report (which are counted as well).",
    )
)
@click.argument("gold", nargs=-1, required=True, metavar=tr("标准…", "GOLD…"), type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help=tr("逐条列出差异", "list every difference"))
@click.option("--json", "as_json", is_flag=True, help=tr("只输出合计，一行 JSON", "only the totals, as a line of JSON"))
@click.option(
    "--floors", metavar=tr("文件", "FILE"), type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=tr("下限（JSON：合计的名称和下限）；低于下限则退出码为 1",
            "floors (JSON: names of totals with the least they may be); exit code 1 below one"),
)  # fmt: skip
@click.option(
    "--texts", metavar=tr("目录", "DIR"), type=click.Path(exists=True, path_type=Path),
    help=tr("记录、改正所据文件所在的目录", "folder of the files that records and corrections are of"),
)  # fmt: skip
@pack()
@lang()
def score(
    gold: Sequence[Path],
    errors: bool,
    as_json: bool,
    floors: Path | None,
    texts: Path | None,
    pack: str | None,
) -> int:
    """Print the score; the exit code."""
    from extractor.record.encode import encode
    from extractor.score import Score

    total, corrections = Score.nothing(), Counter[str]()
    named = []
    for case in read_cases(gold, texts, pack):
        one = _score(case)
        named.append((case.name, one))
        total += one
        corrections += case.corrections
        for difference in one.differences if errors else ():
            put(visible(f"{case.name}: {difference}"))
    totals = total.totals() | {"corrections": corrections["corrections"]}
    if as_json:
        put(encode(totals) + b"\n")
    else:
        put("\n".join(_table([*named, (tr("合计", "total"), total)])))
        put("\n" + "\n".join(_fields(total, corrections)))
    return _below(total, floors) if floors else 0


def read_cases(gold: Sequence[Path], texts: Path | None, pack: str | None) -> Iterator[Case]:
    """The releases of what a command is given as gold; what cannot be used ends the command with one sentence."""
    from extractor.cases import cases
    from extractor.cli.causes import bad_pack, cause, sentence
    from extractor.corrections import CorrectionsError
    from extractor.extractor import Extractor
    from extractor.gold import GoldError
    from extractor.language.pack import PackError
    from extractor.reading import ReadError
    from extractor.record.validate import RecordError

    try:
        extractor = Extractor(pack=pack)
        for path in gold:
            for case in cases(path, extractor, texts):
                for misfit in case.misfits:
                    tell(f"{case.name}{tr('：', ': ')}{cause(misfit)}")
                yield case
    except PackError as error:
        raise bad_pack(error) from error
    except (GoldError, RecordError, CorrectionsError, ReadError) as error:
        raise click.ClickException(visible(tr("标准有误：", "") + sentence(error))) from error


def _score(case: Case) -> Score:
    from extractor.cli.causes import sentence
    from extractor.gold import GoldError
    from extractor.score import score as measure

    try:
        return measure(case.gold, case.text, case.record)
    except GoldError as error:
        raise click.ClickException(visible(f"{case.name}{tr('：', ': ')}{sentence(error)}")) from error


def _table(named: Sequence[tuple[str, Score]]) -> Iterator[str]:
    heads = [tr(*words) for words in _SHOWN.values()]
    room = [max(7, width(head)) for head in heads]
    first = min(_WIDEST, max(width(name) for name, _ in named))
    yield " " * first + "".join(
        "  " + " " * (columns - width(head)) + head for head, columns in zip(heads, room, strict=True)
    )
    for name, one in named:
        totals = one.totals()
        cells = (f"  {_shown(totals[key]):>{columns}}" for key, columns in zip(_SHOWN, room, strict=True))
        yield pad(visible(name), first) + "".join(cells)


def _fields(total: Score, corrections: Counter[str]) -> Iterator[str]:
    yield tr("各字段：", "Fields: ") + "  ".join(f"{name} {_shown(value)}" for name, value in total.fields().items())
    if corrections:
        told = "  ".join(
            f"{name.removeprefix('corrections.')} {count}" for name, count in sorted(corrections.items())[1:]
        )
        yield tr("改正：", "Corrections: ") + f"{corrections['corrections']}  ({told})"


def _below(total: Score, floors: Path) -> int:
    from json import loads

    from extractor.cli.causes import sentence

    try:
        sunk = total.below(loads(floors.read_bytes()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = tr(f"{floors} 不是下限文件：{sentence(error)}", f"{floors} holds no floors: {error}")
        raise click.ClickException(visible(message)) from error
    for name, (value, floor) in sunk.items():
        click.echo(tr(f"{name} 为 {value}，低于下限 {floor}", f"{name} is {value}, below its floor {floor}"), err=True)
    return 1 if sunk else 0


def _shown(value: Any) -> str:
    return "–" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
