"""Files of corrections that a command is given, each applied to the release that it is of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from extractor.cli.bilingual import tr
from extractor.cli.causes import cause, sentence
from extractor.cli.command import tell
from extractor.corrections import CorrectionsError, apply, fits, read
from extractor.corrections.apply import MISFIT
from extractor.language.pack import load_pack
from extractor.record.release import Release


class Corrector:
    """Applies corrections to the releases that come by."""

    def __init__(self, paths: Sequence[Path], pack: str | None) -> None:
        try:
            self._files = {path: read(path) for path in paths}
        except CorrectionsError as error:
            raise click.ClickException(tr("改正文件有误：", "") + sentence(error)) from error
        self._units = load_pack(pack).units
        self._waiting = dict(self._files)

    def __call__(self, release: Release, text: str) -> Release:
        """The release as its corrections make it; those that do not fit are told."""
        for path, corrections in self._files.items():
            if fits(corrections, release.source):
                self._waiting.pop(path, None)
                release = apply(release, text, corrections, units=self._units)
        for check in release.checks:
            if check.code == MISFIT:
                tell(tr(f"{release.source.name}：改正未能套用：{cause(check.message)}",
                         f"{release.source.name}: a correction does not fit: {check.message}"))  # fmt: skip
        return release

    def finish(self) -> int:
        """Tell which files were of no release that came by; the exit code."""
        for path, corrections in self._waiting.items():
            name = corrections.name
            tell(tr(f"{path}：没有套用，所给文件中没有它改正的发布稿（{name}）",
                     f"{path}: not applied, the release that it corrects ({name}) is not among the files"))  # fmt: skip
        return 1 if self._waiting else 0
