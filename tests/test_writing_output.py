"""Writing is all or nothing: what stood there stays until the new output is whole, and nothing else is left."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.writing import WRITERS, WriteError, write
from extractor.writing.output import claimed, staged
from extractor.writing.records import read
from extractor.writing.rows import Record

FORMATS = [*WRITERS]
RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"

# Run by a process of its own: writes the records many times over, says so after the first, and then dies or goes on.
WRITE = """
import resource, sys, time
from pathlib import Path
from extractor.writing import WriteError, write
from extractor.writing.records import read

records, to, output, limit = sys.argv[1:]
if limit != "none":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))

def stream():
    yield from read(Path(records))
    if limit == "none":
        print("under way", flush=True)
        time.sleep(60)
    for _ in range(200):
        yield from read(Path(records))

try:
    write(stream(), to, Path(output))
except WriteError as error:
    print(error)
"""


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def broken() -> Iterator[Record]:
    yield from read(RECORDS)
    raise RuntimeError("the source broke")


@pytest.fixture(params=FORMATS)
def written(request: Any, tmp_path: Path) -> tuple[str, Path]:
    """A format and a whole output of it, alone in its folder."""
    output = tmp_path / f"out{WRITERS[request.param].suffix}"
    write(read(RECORDS), request.param, output)
    return request.param, output


def test_nothing_is_left_beside_the_output(written: tuple[str, Path]) -> None:
    assert [path.name for path in written[1].parent.iterdir()] == [written[1].name]


def test_a_source_that_breaks_leaves_the_old_output(written: tuple[str, Path]) -> None:
    to, output = written
    before = files(output.parent)
    with pytest.raises(RuntimeError):
        write(broken(), to, output)
    assert files(output.parent) == before


def test_a_new_output_replaces_the_old_one(written: tuple[str, Path]) -> None:
    to, output = written
    before = files(output.parent)
    write([*read(RECORDS)][:1], to, output)
    assert files(output.parent).keys() == before.keys()
    assert files(output.parent) != before


def test_a_full_disk_leaves_the_old_output(written: tuple[str, Path]) -> None:
    to, output = written
    before = files(output.parent)
    command = [sys.executable, "-c", WRITE, str(RECORDS), to, str(output), "20000"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"{output} cannot be written: " in run.stdout
    assert files(output.parent) == before


def test_a_killed_run_leaves_the_old_output_and_the_next_run_goes_on(written: tuple[str, Path]) -> None:
    to, output = written
    before = files(output.parent)
    command = [sys.executable, "-c", WRITE, str(RECORDS), to, str(output), "none"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "under way\n"
        with pytest.raises(WriteError, match=f"is being written by process {run.pid}: wait for it"):
            write(read(RECORDS), to, output)
        run.kill()
    left = files(output.parent)
    assert before.items() < left.items()
    write(read(RECORDS), to, output)
    assert files(output.parent) == before


def test_a_run_killed_between_two_renames_loses_nothing(tmp_path: Path) -> None:
    output = tmp_path / "out"
    write(read(RECORDS), "csv", output)
    before = files(tmp_path)
    output.rename(tmp_path / ".out.previous")
    with pytest.raises(RuntimeError):
        write(broken(), "csv", output)
    assert files(tmp_path) == before


def test_an_empty_lock_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".out.jsonl.lock").touch()
    with pytest.raises(WriteError, match=r"another run \(if there is none, delete .*/\.out\.jsonl\.lock\)"):
        write([], "jsonl", tmp_path / "out.jsonl")


def test_two_outputs_of_one_folder_do_not_meet(tmp_path: Path) -> None:
    with claimed(tmp_path / "a.jsonl"):
        write([], "jsonl", tmp_path / "b.jsonl")


@pytest.mark.parametrize(
    "to, path, complaint",
    [
        ("jsonl", "missing/out.jsonl", "There is no folder .*/missing: create it"),
        ("jsonl", "folder", "folder is a folder: name a file in it"),
        ("csv", "file", "file is a file, and this format writes a folder"),
        ("csv", "folder", r"folder holds other files \(diary.txt\): choose a new or an empty folder"),
        ("jsonl", "fifo", "fifo is no regular file"),
        ("jsonl", "x" * 300, "the name is too long"),
    ],
    ids=["no folder", "folder for a file", "file for a folder", "somebody's folder", "device", "long name"],
)
def test_places_that_cannot_be_written(to: str, path: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "diary.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    os.mkfifo(tmp_path / "fifo")
    before = {*tmp_path.rglob("*")}
    with pytest.raises(WriteError, match=complaint) as caught:
        write(read(RECORDS), to, tmp_path / path)
    assert {*tmp_path.rglob("*")} == before
    assert caught.value.zh.endswith("。")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of a Unix")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    folder = Path("/proc") if os.geteuid() == 0 else tmp_path / "closed"
    if folder.parent == tmp_path:
        folder.mkdir(mode=0o500)
    with pytest.raises(WriteError, match="cannot be written: "):
        write(read(RECORDS), "jsonl", folder / "out.jsonl")


def test_an_empty_folder_and_an_earlier_output_are_replaced(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    write(read(RECORDS), "csv", output, numerals=True)
    write(read(RECORDS), "csv", output)
    assert sorted(path.name for path in output.iterdir()) == [
        "figures.csv",
        "findings.csv",
        "projects.csv",
        "releases.csv",
    ]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data" / "out.jsonl")
    write(read(RECORDS), "jsonl", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "data" / "out.jsonl").read_bytes() == RECORDS.read_bytes()


def test_staged_serves_any_writer(tmp_path: Path) -> None:
    with staged(tmp_path / "page.html") as target:
        target.write_text("whole")
        assert not (tmp_path / "page.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
