"""What a user names -> the files to be read, in an order that depends on names alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from glob import has_magic, iglob
from pathlib import Path
from typing import IO

from extractor.batch.model import File, Trouble
from extractor.batch.trouble import of_os_error
from extractor.reading import ReadError, is_asset
from extractor.reading.encoding import decode

_CHUNK = 1 << 16
_Identity = tuple[int, int]


def files(paths: Iterable[str], *, besides: Path) -> Iterator[File]:
    """Every file that the paths name: files, folders with all below them, patterns (*, ?, [], **).

    besides: a folder that is left out, the one for the output.  What cannot be opened comes with its trouble.
    In a folder, parts of saved pages that are no documents (style sheets, scripts, fonts) are passed over.
    """
    for path in paths:
        if has_magic(path) and not Path(path).exists():
            found = sorted(iglob(path, recursive=True), key=os.fsencode)  # noqa: PTH207
            yield from (file for name in found for file in _below(Path(name), besides))
            if not found:
                yield _missing(path)
        else:
            yield from _below(Path(path), besides)


def listed(stream: IO[bytes]) -> Iterator[str]:
    """The paths of a list, one a line, or each ended by NUL as find -print0 writes them."""
    rest = stream.read(_CHUNK)
    end = b"\0" if b"\0" in rest else b"\n"
    while chunk := stream.read(_CHUNK):
        *lines, rest = (rest + chunk).split(end)
        yield from _names(lines)
    yield from _names(rest.split(end))


def _names(lines: list[bytes]) -> Iterator[str]:
    return (os.fsdecode(line) for line in (line.rstrip(b"\r\n") for line in lines) if line)


def _below(path: Path, besides: Path) -> Iterator[File]:
    """The file itself, or all files of a folder, each folder once however it is linked."""
    seen = {_identity(besides.stat())}
    waiting = [path]
    while waiting:
        at = waiting.pop()
        try:
            state = at.stat()
            if not stat.S_ISDIR(state.st_mode):
                yield _file(at, state)
            elif _identity(state) not in seen:
                seen.add(_identity(state))
                waiting += _members(at)
        except OSError as error:
            yield File(at, _name(at), 0, of_os_error(error))


def _members(folder: Path) -> list[Path]:
    """What is in a folder, the last name first: it is taken from the end."""
    with os.scandir(folder) as found:
        names = [each.name for each in found if not _is_asset(each)]
    return [folder / name for name in sorted(names, key=os.fsencode, reverse=True)]


def _is_asset(each: os.DirEntry[str]) -> bool:
    # a folder 2023.css is a folder, but __MACOSX is clutter with all that is in it
    return is_asset(f"{each.name}/document" if each.is_dir(follow_symlinks=False) else each.name)


def _file(path: Path, state: os.stat_result) -> File:
    if stat.S_ISREG(state.st_mode):
        return File(path, _name(path), state.st_size)
    return File(path, _name(path), 0, Trouble("open", "is a device or a pipe, not a file", "leave it out"))


def _missing(pattern: str) -> File:
    trouble = Trouble("open", "matches no file", "check the pattern and the folder it starts from")
    return File(Path(pattern), _name(Path(pattern)), 0, trouble)


def _identity(state: os.stat_result) -> _Identity:
    return state.st_dev, state.st_ino


def _name(path: Path) -> str:
    """The path as text, whatever encoding its bytes are in, with / between its parts."""
    try:
        return decode(os.fsencode(path.as_posix())).text
    except ReadError:
        return path.as_posix().encode("utf-8", "replace").decode()
