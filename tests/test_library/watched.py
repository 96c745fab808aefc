"""Extracts with every file, folder, process and connection reported that is written, made, started or opened."""

import os
import sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
REPORTED = (
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.exec",
    "os.fork", "os.system", "os.spawn", "shutil.", "socket.", "subprocess.", "tempfile.",
)  # fmt: skip


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        if (isinstance(mode, str) and {*mode} & {*"wax+"}) or (isinstance(flags, int) and flags & WRITING):
            sys.__stdout__.write(f"{event} {path}\n")
    elif event.startswith(REPORTED):
        sys.__stdout__.write(f"{event} {arguments}\n")


sys.addaudithook(watch)

import extractor  # noqa: E402

text, pure = sys.argv[1], sys.argv[2] == "pure"
assert extractor.Extractor(pure=pure).extract(text).to_json()
assert extractor.extract(text).to_json()
