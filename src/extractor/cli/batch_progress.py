"""How far a batch is: a line on the terminal while it runs, a summary when it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from extractor.batch.forms import place
from extractor.batch.journal import NAME
from extractor.batch.lists import DOCUMENTS, QUARANTINE, quarantined
from extractor.batch.model import Counts
from extractor.batch.run import Progress
from extractor.cli.bilingual import tr
from extractor.cli.causes import stopped
from extractor.cli.columns import visible

_SHOWN = 5  # documents of the quarantine
_BAR = "{desc} {percentage:3.0f}% |{bar:20}| {elapsed}<{remaining} {postfix}"


class Bar:
    """The line on standard error, where that is a terminal: first for reading, then for writing."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def show(self, progress: Progress) -> None:
        """Show how far a run is."""
        if progress.stage != self._stage:
            self.close()
            self._stage = progress.stage
            name = tr("读取", "Reading") if progress.stage == "read" else tr("写出", "Writing")
            self._bar = tqdm(desc=name, total=progress.total, bar_format=_BAR, disable=None, leave=False)
        if not self._bar.disable:
            self._bar.postfix = _postfix(progress, self._bar.format_dict["elapsed"])
            self._bar.update(progress.done - self._bar.n)

    def close(self) -> None:
        """Clear the line, whose last state is shown before, however fast the stage was."""
        if self._bar is not None:
            self._bar.refresh()
            self._bar.close()


def summary(counts: Counts, output: Path, forms: Sequence[str]) -> Iterator[str]:
    """The lines that say what came of a run."""
    written = [*(place(output, form).name for form in forms), DOCUMENTS]
    yield tr(
        f"{counts.documents:,} 份文件：{counts.records:,} 条记录（{counts.figures:,} 项数据，{counts.findings:,} 条核对"
        f"结果），{counts.duplicates:,} 份重复，{counts.quarantined:,} 份隔离",
        f"{counts.documents:,} documents: {counts.records:,} records ({counts.figures:,} figures, "
        f"{counts.findings:,} findings), {counts.duplicates:,} duplicates, {counts.quarantined:,} quarantined",
    )
    yield tr(f"已写入 {output}：{'、'.join(written)}", f"Written to {output}: {', '.join(written)}")
    if counts.quarantined:
        yield tr(f"隔离清单（{output / QUARANTINE}）：", f"In the quarantine ({output / QUARANTINE}):")
    for label, trouble in quarantined(output / NAME, _SHOWN):
        told = stopped(trouble.stage, f"{trouble.cause}; {trouble.remedy}")
        yield visible(f"  {label}{tr('：', ': ')}{told}")
    if counts.quarantined > _SHOWN:
        yield tr(f"  …… 另有 {counts.quarantined - _SHOWN:,} 份", f"  … and {counts.quarantined - _SHOWN:,} more")


def _postfix(progress: Progress, elapsed: float) -> str:
    counts = progress.counts
    if progress.stage == "write":
        return tr(f"{progress.done:,} / {progress.total:,} 条", f"{progress.done:,} / {progress.total:,} records")
    rate = counts.documents / elapsed if elapsed else 0
    return tr(
        f"{rate:.0f} 份/秒 记录 {counts.records:,} 数据 {counts.figures:,} 核对 {counts.findings:,} "
        f"隔离 {counts.quarantined:,}",
        f"{rate:.0f}/s records {counts.records:,} figures {counts.figures:,} findings {counts.findings:,} "
        f"quarantined {counts.quarantined:,}",
    )
