"""The files that a command is given -> their releases; what cannot be read is told on stderr and passed over."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from extractor.cli.bilingual import tr
from extractor.cli.columns import visible
from extractor.extractor import Extractor
from extractor.language.pack import PackError
from extractor.reading import Document, Failure, ReadError, read
from extractor.record.release import Release

_STDIN = "-"


class Inputs:
    """Files read one after the other.  exit_code: 1 once something could not be read, else 0."""

    def __init__(self, files: Sequence[str], pack: str | None) -> None:
        try:
            self._extractor = Extractor(pack=pack)
        except PackError as error:
            raise click.BadParameter(str(error), param_hint="--pack") from error
        self._files = files
        self.exit_code = 0

    def releases(self) -> Iterator[tuple[Release, str]]:
        """Every release of the files with its text."""
        for file in self._files:
            for item in _documents(file):
                if isinstance(item, Failure):
                    self.exit_code = 1
                    click.echo(_sentence(item), err=True)
                else:
                    yield self._extractor.extract_document(item), item.text


def _documents(file: str) -> Iterator[Document | Failure]:
    """What a file holds; a file that holds nothing at all is a document too."""
    try:
        if file == _STDIN:
            yield from read(sys.stdin.buffer.read(), name="stdin")
        else:
            yield from read(Path(file))
    except ReadError as error:
        yield Failure(file, None, error)


def _sentence(failure: Failure) -> str:
    """Which input could not be read, and why."""
    label = f"{failure.name} > {failure.member}" if failure.member else failure.name
    message = failure.error.message.removeprefix(label).lstrip(" :")
    stage = tr(f"{_STAGES[failure.error.stage]}：", "")
    return visible(f"{label}{tr('：', ': ')}{stage}{message}")


_STAGES = {
    "open": "打不开",
    "recognise": "认不出格式",
    "unpack": "无法解包",
    "decode": "不是文本",
    "read": "读不出文字",
    "ocr": "无法识别图像",
}
