"""A batch: which files it takes, in which order, what it leaves in its folder, what it does again and what not."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import re
import sqlite3
import struct
import subprocess
import sys
import termios
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import journal as journals
from extractor.batch import run as runs
from extractor.batch.inputs import files, listed
from extractor.batch.model import BatchError, Bounds, Counts
from extractor.batch.run import Progress, run
from extractor.cli import main
from extractor.extractor import extract_file
from extractor.reading.document import Input
from extractor.writing import WRITERS, write
from extractor.writing.records import read

CORPUS = Path(__file__).parents[1] / "corpus"
POISON = Path(__file__).with_name("test_batch_faults")
TEXT = "一、新建公共充电桩{0}个\n今年新建公共充电桩{0}个，完成目标任务的106%。\n"
Run = Callable[..., Counts]


def put(path: Path, number: int = 1200) -> Path:
    """Make a small release."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(number), "utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is worked in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def batch(place: Path) -> Run:
    """Run a batch with one worker into the folder out."""

    def call(*paths: str, **options: Any) -> Counts:
        return run(paths, place / "out", workers=1, **options)

    return call


@pytest.fixture
def log(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that has a dot for every document done by the recorder of poison.py."""
    monkeypatch.setenv("PYTHONPATH", str(POISON), prepend=os.pathsep)
    monkeypatch.setenv("LOG", str(place / "log"))
    return place / "log"


def records(place: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (place / "out" / "records.jsonl").read_text("utf-8").splitlines()]


def names(place: Path) -> list[str]:
    return [" > ".join(filter(None, (r["source"]["name"], r["source"]["member"]))) for r in records(place)]


def rows(place: Path, name: str) -> list[dict[str, str]]:
    with (place / "out" / name).open(encoding="utf-8-sig", newline="") as stream:
        return [*csv.DictReader(stream)]


# what is taken, and in which order


def test_records_stand_in_the_order_of_paths_names_and_members(place: Path, batch: Run) -> None:
    for number, name in enumerate(["b/2.txt", "b/10.txt", "b/a/z.txt", "b/c.txt", "a.txt", "d.txt"]):
        put(place / name, number)
    with zipfile.ZipFile(place / "b" / "b.zip", "w") as file:
        for number, name in enumerate(["z.txt", "a.txt"]):
            file.writestr(name, TEXT.format(100 + number))
    batch("d.txt", "b", "a.txt", "b/c.txt")
    assert names(place) == [
        "d.txt",
        *("b/10.txt", "b/2.txt", "b/a/z.txt", "b/b.zip > z.txt", "b/b.zip > a.txt", "b/c.txt"),
        "a.txt",
    ]


def test_patterns_take_what_they_match(place: Path, batch: Run) -> None:
    for number, name in enumerate(["x/2022/a.txt", "x/2023/a.txt", "x/2023/b.htm", "[y].txt"]):
        put(place / name, number)
    batch("x/**/a.*", "x/*/*.htm", "[y].txt")  # the last is a file by that very name
    assert names(place) == ["x/2022/a.txt", "x/2023/a.txt", "x/2023/b.htm", "[y].txt"]


@pytest.mark.parametrize(
    "given", [b"b.txt\na.txt", b"b.txt\r\na.txt\r\n", b"b.txt\n\n\na.txt\n", b"b.txt\0a.txt\0"], ids=repr
)
def test_a_list_is_one_path_a_line_or_ended_by_nul(given: bytes) -> None:
    assert [*listed(io.BytesIO(given))] == ["b.txt", "a.txt"]
    assert [*listed(io.BufferedReader(io.BytesIO(given)))] == ["b.txt", "a.txt"]  # type: ignore[arg-type]


def test_a_folder_is_walked_once_however_it_is_linked(place: Path) -> None:
    (place / "out").mkdir()
    put(place / "in" / "a.txt")
    put(place / "other" / "b.txt")
    for link, target in (("in/loop", "."), ("in/other", "../other"), ("in/self", "self"), ("in/broken", "nowhere")):
        (place / link).symlink_to(target)
    found = {file.name: file.trouble.cause if file.trouble else "" for file in files(["in"], besides=place / "out")}
    assert found == {
        "in/a.txt": "",
        "in/other/b.txt": "",
        "in/broken": "cannot be opened: no such file or directory",
        "in/self": "cannot be opened: too many levels of symbolic links",
    }


def test_parts_of_saved_pages_are_passed_over_unless_named(place: Path) -> None:
    for name in ("in/a.txt", "in/a_files/style.css", "in/.DS_Store", "in/__MACOSX/a.txt", "in/2023.css/b.txt"):
        put(place / name)
    besides = place
    assert [file.name for file in files(["in"], besides=besides)] == ["in/2023.css/b.txt", "in/a.txt"]
    assert [file.name for file in files(["in/a_files/style.css"], besides=besides)] == ["in/a_files/style.css"]


def test_the_output_folder_is_no_input(place: Path, batch: Run) -> None:
    put(place / "a.txt")
    assert batch(".").documents == 1
    assert batch(".").documents == 1


def test_a_name_in_another_encoding_is_read_as_it_was_meant(place: Path, batch: Run) -> None:
    put(Path(os.fsdecode("南阳".encode("gb18030") + b".txt")))
    batch(".")
    assert names(place) == ["南阳.txt"]


# what comes of it


def test_a_record_is_that_of_the_library(place: Path, batch: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CORPUS)
    batch("*.txt")
    lines = [extract_file(path).to_json() for path in sorted(Path().glob("*.txt"))]
    assert (place / "out" / "records.jsonl").read_text("utf-8").splitlines() == lines


def test_every_form_is_what_convert_makes_of_the_records(place: Path, batch: Run) -> None:
    put(place / "a.txt")
    put(place / "b.txt", 1300)
    batch("a.txt", "b.txt", to=[*WRITERS], language="zh")
    for form, writer in WRITERS.items():
        made = place / f"converted{writer.suffix}"
        write(read(place / "out" / "records.jsonl"), form, made, **({"language": "zh"} if form == "xlsx" else {}))
        batched = place / "out" / f"records{writer.suffix}"
        for path in [made] if made.is_file() else sorted(made.iterdir()):
            assert path.read_bytes() == (batched if made.is_file() else batched / path.name).read_bytes()


def test_a_document_that_stands_in_several_places_is_one_record_that_says_so(place: Path, batch: Run) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt"):
        put(place / name)
    put(place / "f.txt", 1300)
    with zipfile.ZipFile(place / "g.zip", "w") as file:
        file.writestr("x.txt", TEXT.format(1300))
    counts = batch("a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "g.zip")
    assert (counts.documents, counts.records, counts.duplicates) == (7, 2, 5)
    said = [[c["message"] for c in record["checks"] if c["code"] == "duplicate-document"] for record in records(place)]
    assert said == [
        ["the same document is also at b.txt, c.txt, d.txt and 1 more"],
        ["the same document is also at g.zip > x.txt"],
    ]
    assert [(row["status"], row["duplicate_of"]) for row in rows(place, "documents.csv")] == [
        ("record", ""),
        *[("duplicate", "a.txt")] * 4,
        ("record", ""),
        ("duplicate", "f.txt"),
    ]


def test_copies_of_what_cannot_be_read_are_all_in_the_quarantine(place: Path, batch: Run) -> None:
    for name in ("a.pdf", "b.pdf"):
        (place / name).write_bytes(b"%PDF-1.7 and nothing more")
    assert batch("a.pdf", "b.pdf")[:2] == (2, 0)
    assert [row["name"] for row in rows(place, "quarantine.csv")] == ["a.pdf", "b.pdf"]


def test_names_that_spreadsheets_would_run_are_escaped(place: Path, batch: Run) -> None:
    put(place / "=1+1.txt")
    (place / "@x.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    batch("=1+1.txt", "@x.pdf")
    assert [row["name"] for row in rows(place, "documents.csv")] == ["'=1+1.txt", "'@x.pdf"]
    assert names(place) == ["=1+1.txt"]


# what is done again


def test_only_what_is_new_or_changed_is_done(place: Path, batch: Run, log: Path) -> None:
    again: dict[str, Any] = {"recorder": "poison:recorder"}
    for number in range(3):
        put(place / "in" / f"{number}.txt", number)
    batch("in", **again)
    assert log.read_text() == "..."
    batch("in", **again)
    assert log.read_text() == "..."
    put(place / "in" / "1.txt", 1400)
    (place / "in" / "2.txt").rename(place / "in" / "renamed.txt")
    put(place / "in" / "new.txt", 1500)
    batch("in", **again)
    assert log.read_text() == "....."
    assert names(place) == ["in/0.txt", "in/1.txt", "in/new.txt", "in/renamed.txt"]


def test_another_pack_has_everything_done_again_and_the_old_one_nothing(place: Path, batch: Run, log: Path) -> None:
    put(place / "a.txt")
    batch("a.txt", recorder="poison:recorder")
    before = (place / "out" / "records.jsonl").read_bytes()
    for pack, unit in (("own", "充电桩"), ("changed", "充电柜")):
        (place / pack).mkdir()
        (place / pack / "units.tsv").write_text(
            f"unit\tcode\tdimension\tfactor\tunless\n{unit}\t{unit}\tcount\n", "utf-8"
        )
        batch("a.txt", recorder="poison:recorder", pack=pack)
    assert log.read_text() == "..."
    batch("a.txt", recorder="poison:recorder")
    assert log.read_text() == "..."
    assert (place / "out" / "records.jsonl").read_bytes() == before


def test_another_version_has_everything_done_again(
    place: Path, batch: Run, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place / "a.txt")
    batch("a.txt", recorder="poison:recorder")
    with closing(sqlite3.connect(place / "out" / "journal.sqlite")) as database:
        ((name,),) = database.execute("SELECT name FROM rules").fetchall()
        assert re.fullmatch(r"\d+\.\d+\.\d+\S* release/1 [0-9a-f]{16}", name)
        database.execute("UPDATE rules SET name = 'an older version'")
        database.commit()
    batch("a.txt", recorder="poison:recorder")
    assert log.read_text() == ".."


# what goes wrong


def test_bad_inputs_are_told_and_the_others_are_done(place: Path, batch: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(place / "in" / "a.txt")
    (place / "in" / "empty.txt").touch()
    os.mkfifo(place / "in" / "pipe")
    with (place / "in" / "line.txt").open("wb") as stream:
        stream.truncate(1 << 30)
    (place / "in" / "cut.zip").write_bytes(b"PK\x03\x04 and nothing more")
    zipfile.ZipFile(place / "in" / "none.zip", "w").close()
    put(place / "in" / "closed" / "b.txt")
    real = os.scandir

    def scandir(path: Any) -> Any:
        if path == Path("in/closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    counts = batch("in", "nowhere.txt", "*.doc")
    assert (counts.records, counts.quarantined) == (1, 8)
    assert [(row["name"], row["stage"], row["cause"]) for row in rows(place, "quarantine.csv")] == [
        ("in/closed", "open", "cannot be opened: permission denied"),
        ("in/cut.zip", "unpack", "is damaged or cut off"),
        ("in/empty.txt", "read", "holds no text"),
        ("in/line.txt", "open", "is larger than 128 MB, the limit for one document"),
        ("in/none.zip", "unpack", "holds no documents"),
        ("in/pipe", "open", "is a device or a pipe, not a file"),
        ("nowhere.txt", "open", "cannot be opened: no such file or directory"),
        ("*.doc", "open", "matches no file"),
    ]
    assert all(row["remedy"] for row in rows(place, "quarantine.csv"))


def test_a_file_that_changes_while_it_is_read_is_read_the_next_time(
    place: Path, batch: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place / "a.txt")
    real = Input.data

    def growing(self: Input, limit: int) -> bytes:
        data = real(self, limit)
        put(place / "a.txt", 13_000)
        return data

    with monkeypatch.context() as patch:
        patch.setattr(Input, "data", growing)
        assert batch("a.txt").quarantined == 1
    assert rows(place, "quarantine.csv")[0]["cause"] == "changed while it was read"
    assert batch("a.txt")[:2] == (1, 1)
    assert rows(place, "quarantine.csv") == []


def test_a_full_disk_is_told(place: Path, batch: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put(place / "a.txt")
    real = sqlite3.connect

    def small(*arguments: Any, **options: Any) -> sqlite3.Connection:
        database = real(*arguments, **options)
        database.execute("PRAGMA max_page_count = 8")
        return database

    with monkeypatch.context() as patch:
        patch.setattr(journals.sqlite3, "connect", small)
        with pytest.raises(BatchError, match=r"The disk is full, .* free some space and run the same command") as told:
            batch("a.txt")
    assert told.value.zh.startswith("磁盘已满")
    assert batch("a.txt").records == 1


def test_a_damaged_journal_is_told(place: Path, batch: Run) -> None:
    put(place / "a.txt")
    (place / "out").mkdir()
    (place / "out" / "journal.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(BatchError, match=r"The journal .*/out/journal.sqlite is damaged: delete it and run again"):
        batch("a.txt")


@pytest.mark.parametrize("where", ["file/out", "file"])
def test_an_output_folder_that_cannot_be_made_is_told(place: Path, where: str) -> None:
    (place / "file").touch()
    put(place / "a.txt")
    with pytest.raises(BatchError, match=f"The folder .*{where} cannot be used"):
        run(["a.txt"], place / where)


def test_too_little_memory_to_begin_is_told(place: Path, batch: Run) -> None:
    put(place / "a.txt")
    with pytest.raises(BatchError, match="A worker process cannot start"):
        batch("a.txt", bounds=Bounds(memory=24 << 20))


# the command


@pytest.fixture
def command(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str]]:
    """Call the command line in this process; its exit code and what it says."""

    def call(*arguments: str, lang: str = "en", stdin: bytes = b"") -> tuple[object, str]:
        monkeypatch.setenv("EXTRACTOR_LANG", lang)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main(["batch", *arguments])
        out, err = capsys.readouterr()
        assert out == ""
        return end.value.code, err

    return call


def test_the_command_sums_up(place: Path, command: Callable[..., tuple[object, str]]) -> None:
    put(place / "a.txt")
    put(place / "b.txt")
    given = ("a.txt", "b.txt", "--output", "out", "--workers", "1", "--to", "jsonl,csv")
    assert command(*given) == (
        0,
        "2 documents: 1 records (2 figures, 1 findings), 1 duplicates, 0 quarantined\n"
        "Written to out: records.jsonl, records-csv, documents.csv\n",
    )
    code, told = command(*given, "nowhere.txt", lang="zh")
    assert code == 1
    assert told.splitlines()[0] == "3 份文件：1 条记录（2 项数据，1 条核对结果），1 份重复，1 份隔离"
    assert "nowhere.txt：打不开：没有这个文件或文件夹；请检查名称和权限，再运行一次" in told


def test_the_command_takes_a_list(place: Path, command: Callable[..., tuple[object, str]]) -> None:
    put(place / "a.txt")
    put(place / "b.txt", 1300)
    assert command("-", "--output", "out", "--to", "jsonl", stdin=b"b.txt\na.txt\n")[0] == 0
    assert names(place) == ["b.txt", "a.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "jsonl,docx"], "docx is none of jsonl, csv"),
        (["--workers", "0"], "'--workers'"),
        (["--workers", "2", "--scheduler", "tcp://127.0.0.1:9"], "--workers is for this machine"),
        (["--pack", "nowhere"], "nowhere: no such folder"),
    ],
)
def test_wrong_usage_is_told(
    place: Path, command: Callable[..., tuple[object, str]], arguments: list[str], said: str
) -> None:
    code, told = command("a.txt", "--output", "out", *arguments)
    assert code == 2
    assert said in told
    assert not (place / "out").exists()


def test_what_cannot_go_on_is_one_sentence(
    place: Path, command: Callable[..., tuple[object, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **options: object) -> Counts:
        raise BatchError("磁盘已满。", "The disk is full.")

    monkeypatch.setattr(runs, "run", broken)
    assert command("a.txt", "--output", "out") == (1, "Error: The disk is full.\n")


def test_progress_is_told_step_by_step(place: Path, batch: Run) -> None:
    for number in range(3):
        put(place / "in" / f"{number}.txt", number)
    (place / "in" / "9.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    seen: list[Progress] = []
    batch("in", watch=seen.append)
    reading = [progress for progress in seen if progress.stage == "read"]
    assert [progress.counts.documents for progress in reading] == [0, 1, 2, 3, 4]
    assert reading[-1].done == reading[-1].total == sum(path.stat().st_size for path in (place / "in").iterdir())
    assert (seen[-1].stage, seen[-1].done, seen[-1].total) == ("write", 3, 3)
    assert seen[-1].counts[1:6] == reading[-1].counts[1:6]


def on_terminal(command: list[str]) -> str:
    """What a command says on a terminal of 120 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
    shown = b""
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "EXTRACTOR_LANG": "en"}):
        os.close(theirs)
        with suppress(OSError):  # the other side is closed
            while part := os.read(ours, 1 << 16):
                shown += part
    os.close(ours)
    return shown.decode()


def test_progress_shows_on_a_terminal_only(place: Path) -> None:
    put(place / "a.txt")
    program = "from extractor.cli import main; main()"
    command = [sys.executable, "-c", program, "batch", "a.txt", "--output", "out", "--to", "jsonl"]
    shown = on_terminal(command)
    for part in ("Reading 100% |", "records 1", "figures 2", "quarantined 0", "Writing 100% |"):
        assert part in shown
    quiet = subprocess.run(command, stderr=subprocess.PIPE, check=True, timeout=60)
    assert quiet.stderr.count(b"\n") == 2
