"""The files that a command is given -> their releases; what cannot be read is told on stderr and passed over."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.cli.bilingual import tr
from extractor.cli.causes import bad_pack, stopped
from extractor.cli.columns import visible
from extractor.cli.command import tell
from extractor.extractor import Extractor
from extractor.language.pack import PackError
from extractor.reading import Failure, ReadError, read
from extractor.record.release import Release

_STDIN = "-"


class Inputs:
    """Files read one after the other.  exit_code: 1 once something could not be read, else 0."""

    def __init__(self, files: Sequence[str], pack: str | None) -> None:
        try:
            self._extractor = Extractor(pack=pack)
        except PackError as error:
            raise bad_pack(error) from error
        self._files = files
        self.exit_code = 0

    def releases(self) -> Iterator[tuple[Release, str]]:
        """Every release of the files with its text; an empty file is a release that says nothing."""
        for file in self._files:
            source = sys.stdin.buffer.read() if file == _STDIN else Path(file)
            if _is_empty(source):
                tell(tr(f"{file}：空文件，其记录没有内容", f"{file}: empty, its record holds nothing"))
                yield self._extractor.extract("", name=visible(Path(file).name)), ""
            else:
                yield from self._read(file, source)

    def _read(self, file: str, source: Path | bytes) -> Iterator[tuple[Release, str]]:
        try:
            for item in read(source, name="stdin" if file == _STDIN else None):
                if isinstance(item, Failure):
                    self._fail(f"{file} > {item.member}" if item.member else file, item.error)
                else:
                    release = self._extractor.extract(item.text, source=item.source)
                    yield release._replace(checks=release.checks + item.findings), item.text
        except ReadError as error:
            self._fail(file, error)

    def _fail(self, label: str, error: ReadError) -> None:
        self.exit_code = 1
        tell(label + tr("：", ": ") + stopped(error.stage, error.cause))


def _is_empty(source: Path | bytes) -> bool:
    return not source if isinstance(source, bytes) else source.is_file() and not source.stat().st_size
