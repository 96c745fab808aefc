"""The files that a command is given -> records with their texts: read where they are records, extracted where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from extractor.cli.bilingual import tr
from extractor.cli.causes import sentence
from extractor.cli.command import tell
from extractor.cli.inputs import Inputs
from extractor.paired import Paired, holds_records, paired
from extractor.record.validate import RecordError


class Loading:
    """Records, one after the other.  exit_code: 1 once something could not be read, else 0."""

    def __init__(self, files: Sequence[str], pack: str | None, texts: Path | None = None) -> None:
        self._files = files
        self._pack = pack
        self._texts = texts
        self.exit_code = 0

    def __iter__(self) -> Iterator[Paired]:
        for made, files in groupby(self._files, lambda file: holds_records(Path(file))):
            if made:
                for file in files:
                    yield from self._recorded(Path(file))
            else:
                yield from self._extracted([*files])

    def fail(self, message: str) -> None:
        """Tell what is wrong with an input that is passed over."""
        self.exit_code = 1
        tell(message)

    def _recorded(self, path: Path) -> Iterator[Paired]:
        try:
            yield from paired(path, self._texts)
        except RecordError as error:
            self.fail(tr("输入有误：", "") + sentence(error))

    def _extracted(self, files: Sequence[str]) -> Iterator[Paired]:
        inputs = Inputs(files, self._pack)
        for release, text in inputs.releases():
            yield Paired(release.to_dict(), text)
        self.exit_code |= inputs.exit_code
