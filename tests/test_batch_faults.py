"""A document that crashes, hangs or eats memory costs only itself, whatever travels with it."""

from __future__ import annotations

import csv
import json
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest

from extractor.batch.documents import entries
from extractor.batch.engine import Engine
from extractor.batch.guard import Cells
from extractor.batch.inputs import files
from extractor.batch.journal import kept
from extractor.batch.model import BatchError, Bounds, Content, Counts, Entry, Order, Result, Trouble
from extractor.batch.run import run
from extractor.batch.stream import Stream
from extractor.batch.work import order, rules
from extractor.batch.work import run as results_of
from extractor.language.pack import load_pack

BOUNDS = Bounds(seconds=60, memory=700 << 20)
IMPATIENT = Bounds(seconds=3, memory=700 << 20)  # for documents that hang: enough for all others on a busy machine
INNOCENT = "一、新建公共充电桩{number}个\n今年新建公共充电桩{number}个，完成目标任务的106%。\n"
Run = Callable[..., Counts]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of six small releases."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(INNOCENT.format(number=1200 + number), "utf-8")
    return folder


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch, datadir: Path, tmp_path: Path, source: Path) -> Run:
    """Run a batch over the folder with the recorder of poison.py, one worker and small bounds."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(datadir), prepend=os.pathsep)

    def call(*paths: str, **options: object) -> Counts:
        settings = {"workers": 1, "bounds": BOUNDS, "recorder": "poison:recorder", **options}
        return run(paths or ["in"], tmp_path / "out", **settings)  # type: ignore[arg-type]

    return call


def names(folder: Path) -> list[str]:
    """What the records come from, in order."""
    lines = (folder / "records.jsonl").read_text("utf-8").splitlines()
    sources = [json.loads(line)["source"] for line in lines]
    return [source["member"] or source["name"] for source in sources]


def quarantine(folder: Path) -> list[tuple[str, str, str, str]]:
    """(document, stage, cause, remedy) of what is in the quarantine."""
    with (folder / "quarantine.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    at_line = re.compile(r":\d+(?=: )")
    return [(row["member"] or row["name"], row["stage"], at_line.sub("", row["cause"]), row["remedy"]) for row in rows]


POISONS = [
    ("crash", "crash", "ended the process that read it (SIGSEGV)"),
    ("leave", "crash", "ended the process that read it (exit code 3)"),
    ("sleep", "time", "took longer than 3 s"),
    ("backtrack", "time", "took longer than 3 s"),
    ("eat", "memory", "needed more than 700 MB of memory"),
    ("fail", "extract", "LookupError at work.py: a fault"),
]


@pytest.mark.parametrize(("poison", "stage", "cause"), POISONS, ids=[poison for poison, *_ in POISONS])
def test_a_deadly_document_costs_only_itself(
    batch: Run, source: Path, tmp_path: Path, poison: str, stage: str, cause: str
) -> None:
    (source / "2.txt").write_text(f"POISON {poison}", "utf-8")
    counts = batch(bounds=IMPATIENT if stage == "time" else BOUNDS)
    assert (counts.documents, counts.records, counts.quarantined) == (6, 5, 1)
    assert names(tmp_path / "out") == [f"in/{number}.txt" for number in (0, 1, 3, 4, 5)]
    ((name, *found, remedy),) = quarantine(tmp_path / "out")
    assert (name, *found) == ("in/2.txt", stage, cause)
    assert remedy


def test_all_poisons_together_cost_only_themselves(batch: Run, source: Path, tmp_path: Path) -> None:
    poisons = [each for each in POISONS if each[0] != "backtrack"]
    for number, (poison, *_) in enumerate(poisons):
        (source / f"{number}-poison.txt").write_text(f"POISON {poison}", "utf-8")
    batch(workers=2, bounds=IMPATIENT)
    assert names(tmp_path / "out") == [f"in/{number}.txt" for number in range(6)]
    assert [stage for _, stage, *_ in quarantine(tmp_path / "out")] == [stage for _, stage, _ in poisons]


def test_the_neighbours_of_a_dead_process_are_tried_again_alone(batch: Run, tmp_path: Path) -> None:
    assert batch(recorder="poison:fragile").records == 6
    assert quarantine(tmp_path / "out") == []


def test_a_deadly_member_costs_only_itself(batch: Run, source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(source / "9.zip", "w") as file:
        for number in range(3):
            file.writestr(f"{number}.txt", "POISON crash" if number == 1 else INNOCENT.format(number=1300 + number))
    batch("in/9.zip")
    assert names(tmp_path / "out") == ["0.txt", "2.txt"]
    assert [(name, stage) for name, stage, *_ in quarantine(tmp_path / "out")] == [("1.txt", "crash")]


def test_an_archive_that_kills_its_unpacker_keeps_what_came_before(batch: Run, source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(source / "9.zip", "w") as file:
        for number in range(3):
            file.writestr(f"{number}.txt", "POISON" if number == 1 else INNOCENT.format(number=number))
    with closing(Cells()) as cells:
        found = [*entries(files(["in"], besides=tmp_path), Order("poison:unpacker", (), BOUNDS), cells)]
    assert [entry.member or entry.name for entry in found] == [
        *(f"in/{number}.txt" for number in range(6)),
        *("0.txt", "1.txt", "in/9.zip"),
    ]
    assert found[-1].trouble and found[-1].trouble.stage == "crash"
    assert found[-1].trouble.cause.endswith("behind 1.txt")
    assert sum(entry.weight for entry in found[6:]) == (source / "9.zip").stat().st_size


def test_what_is_in_the_quarantine_stays_there_until_it_is_asked_for(
    batch: Run, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("LOG", str(log))
    (source / "2.txt").write_text("POISON fail", "utf-8")
    batch()
    assert log.read_text() == "." * 6
    assert batch().quarantined == 1
    assert log.read_text() == "." * 6
    assert batch(retry_quarantined=True).quarantined == 1
    assert log.read_text() == "." * 7


def test_a_process_that_has_other_rules_does_nothing(batch: Run, datadir: Path) -> None:
    with pytest.raises(BatchError, match=r"cannot start: it has the rules .*, not others; use the same version"):
        results_of(order(None, "others", BOUNDS), [Content("", b"text")], Cells())


def test_a_process_that_ended_while_it_waited_is_replaced() -> None:
    given = order(None, rules(load_pack()), BOUNDS)
    content = Content(".txt", INNOCENT.format(number=1).encode())
    with closing(Cells()) as cells:
        with cells.lend(given) as cell:
            pass
        cell.close()
        (result,) = results_of(given, [content], cells)
    assert result.record


def test_a_process_takes_nothing_from_the_folder_it_is_called_in(
    batch: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("msgspec", "json", "re", "extractor"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('planted')")
    assert batch(recorder="extractor.batch.work:recorder").records == 6


def test_trouble_of_a_reader_is_told_in_two_parts(batch: Run, source: Path, tmp_path: Path) -> None:
    (source / "2.txt").write_bytes(bytes(range(256)) * 20)
    batch()
    ((name, *trouble),) = quarantine(tmp_path / "out")
    assert (name, Trouble(*trouble)) == (
        "in/2.txt",
        Trouble("decode", "holds binary data or an unknown encoding", "save it as UTF-8 text"),
    )


def test_workers_that_are_lost_again_and_again_cost_only_what_they_were_lost_with(tmp_path: Path) -> None:
    """A cluster says no more than that the workers which took some contents are gone."""

    class LostError(Exception):
        pass

    def submit(contents: Sequence[Content]) -> Future[list[Result]]:
        promise: Future[list[Result]] = Future()
        if any(b"POISON" in content.data for content in contents):
            promise.set_exception(LostError())
        else:
            promise.set_result([Result(b"record") for _ in contents])
        return promise

    found = [
        Entry(name, None, Content(".txt", data), len(data))
        for name, data in (("a", b"1"), ("b", b"POISON"), ("c", b"2"), ("d", b"POISON"))
    ]
    with kept(tmp_path / "journal.sqlite", "rules") as journal:
        Stream(journal, Engine(submit, 1, (LostError,)), lambda counts: None).take(found)
        counts = journal.counts()
    assert (counts.documents, counts.records, counts.quarantined) == (4, 2, 2)
