"""The place a file or folder is built in: it becomes the output when it is whole, and vanishes otherwise."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class WriteError(Exception):
    """An output that cannot be written: one sentence, what is wrong and what to do, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)  # both, so that it can be pickled
        self.zh, self.en = zh, en

    def __str__(self) -> str:
        return self.en


_NO_SPACE = ("磁盘已满，请腾出空间后重试", "the disk is full: free some space and write again")
_NO_PERMISSION = ("没有写入权限，请换一个位置", "no permission to write there: choose another place")
_NO_FOLDER = ("路径中有一段是文件，请换一个位置", "a part of the path is a file: choose another place")
_REASONS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: ("磁盘只读，请换一个位置", "the disk is read-only: choose another place"),
    errno.EIO: ("磁盘出错，请检查磁盘后重试", "the disk failed: check it and write again"),
    errno.EFBIG: ("文件超出系统允许的大小", "the file would grow beyond what the system allows"),
    errno.EEXIST: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.ENAMETOOLONG: ("名称太长，请换一个短的", "the name is too long: choose a shorter one"),
}


@contextmanager
def staged(output: Path, *, members: Collection[str] = ()) -> Iterator[Path]:
    """A path to build the output at, file or folder; it takes the output's place when the block ends without error.

    members: names that an output folder may hold; a folder that holds anything else is not replaced, nor a file by a
    folder.  () for a file.  Whatever stood at output stays until the new one is whole.
    Raises WriteError: no such folder, no permission, no space, in use by another run.
    """
    output = Path(output).resolve()
    try:
        _refuse(output, members)
        with claimed(output):
            workshop = _sibling(output, "partial")
            _recover(output, workshop)
            try:
                workshop.mkdir()
                yield workshop / output.name
                _replace(workshop / output.name, output)
            finally:
                shutil.rmtree(workshop, ignore_errors=True)
    except OSError as error:
        zh, en = reason(error)
        raise WriteError(f"无法写入 {output}：{zh}。", f"{output} cannot be written: {en}.") from error


@contextmanager
def claimed(output: Path) -> Iterator[None]:
    """The output to oneself: a lock file beside it with this process's id; that of a dead process is taken over.

    Raises WriteError while a living process holds it.
    """
    from filelock import SoftFileLock, Timeout

    lock = SoftFileLock(_sibling(output, "lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        zh, en = f"进程 {lock.pid} ", f"process {lock.pid}"
        if not lock.pid:
            zh, en = (
                f"另一个程序（若没有，请删除 {lock.lock_file}）",
                f"another run (if there is none, delete {lock.lock_file})",
            )
        raise WriteError(
            f"{zh}正在写入 {output}：请等它结束，或换一个输出位置。",
            f"{output} is being written by {en}: wait for it or choose another output.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def reason(error: OSError) -> tuple[str, str]:
    """Why the system does not write, and what to do where that is known: in Chinese and English."""
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error),) * 2


def _refuse(output: Path, members: Collection[str]) -> None:
    if not output.parent.is_dir():
        raise WriteError(
            f"没有文件夹 {output.parent}：请先建立，或换一个输出位置。",
            f"There is no folder {output.parent}: create it or choose another output.",
        )
    if output.is_dir() and not members:
        raise WriteError(f"{output} 是文件夹：请给出其中的文件名。", f"{output} is a folder: name a file in it.")
    if output.exists() and members and not output.is_dir():
        raise WriteError(
            f"{output} 是文件，而这种格式要写一个文件夹：请换一个输出位置。",
            f"{output} is a file, and this format writes a folder: choose another output.",
        )
    if output.exists() and not output.is_dir() and not output.is_file():
        raise WriteError(
            f"{output} 不是普通文件：请换一个输出位置。", f"{output} is no regular file: choose another output."
        )
    strangers = sorted({path.name for path in output.iterdir()} - {*members}) if output.is_dir() else []
    if strangers:
        raise WriteError(
            f"{output} 里有别的文件（{strangers[0]}）：请换一个新的或空的文件夹。",
            f"{output} holds other files ({strangers[0]}): choose a new or an empty folder.",
        )


def _sibling(output: Path, role: str) -> Path:
    return output.with_name(f".{output.name}.{role}")


def _recover(output: Path, workshop: Path) -> None:
    """Clear what a killed run left: its half-built output, and the old one if it died between the two renames."""
    shutil.rmtree(workshop, ignore_errors=True)
    previous = _sibling(output, "previous")
    if previous.is_dir() and not output.exists():
        previous.rename(output)
    shutil.rmtree(previous, ignore_errors=True)


def _replace(new: Path, output: Path) -> None:
    for path in (*sorted(new.rglob("*")), new):
        _flush(path)
    if output.is_dir():
        previous = output.rename(_sibling(output, "previous"))
        try:
            new.rename(output)
        except OSError:
            previous.rename(output)
            raise
        shutil.rmtree(previous, ignore_errors=True)
    else:
        new.replace(output)
    _flush(output.parent)


def _flush(path: Path) -> None:
    """Have the disk hold what was written, or a power cut could leave the name without the bytes."""
    with suppress(PermissionError):  # Windows opens no folders
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
