"""Whatever ends a run, the same command goes on, and its outputs are those of a run that nothing disturbed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor.batch.run import run

CORPUS = Path(__file__).parents[1] / "corpus"
PROGRAM = "from extractor.cli import main; main()"
FORMS = "jsonl,csv,sqlite"
DOCUMENTS = 200
SEED = 4
# A run with too little room: no file may grow beyond so many bytes, as on a disk that is nearly full.
CRAMPED = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)); {PROGRAM}"
HOLD = "import sys, time; from pathlib import Path; from extractor.writing.output import claimed\n" + (
    "with claimed(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
)

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups of a Unix")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases, one in four of them in a ZIP, each of them twice."""
    folder = tmp_path_factory.mktemp("archive")
    originals = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    with zipfile.ZipFile(folder / "m.zip", "w") as file:
        for number in range(DOCUMENTS):
            text = originals[number // 2 % len(originals)] + f"\n全市新建充电桩{number // 2 * 2}个。\n"
            if number % 4:
                (folder / f"{number:03}.txt").write_text(text, "utf-8")
            else:
                file.writestr(f"{number:03}.txt", text)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    return folder


class Undisturbed(NamedTuple):
    """A run that nothing disturbs: its outputs, and how many results it has."""

    outputs: dict[str, bytes]
    results: int


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> Undisturbed:
    output = source.with_name("undisturbed")
    finish(source, output)
    return Undisturbed(outputs(output), done(output))


@pytest.fixture
def output(source: Path, request: pytest.FixtureRequest) -> Path:
    return source.with_name(request.node.name)


def start(source: Path, output: Path, program: str = PROGRAM) -> subprocess.Popen[str]:
    """Start the command in a process group of its own."""
    command = [sys.executable, "-c", program, "batch", source.name, "--output", str(output), "--to", FORMS]
    return subprocess.Popen(
        [*command, "--workers", "2"], cwd=source.parent, start_new_session=True, text=True, stderr=subprocess.PIPE,
        env={**os.environ, "EXTRACTOR_LANG": "en"},
    )  # fmt: skip


def finish(source: Path, output: Path) -> None:
    """Run the command to its end."""
    with start(source, output) as process:
        assert process.wait(120) == 1  # the broken file


def outputs(folder: Path) -> dict[str, bytes]:
    """All files of an output folder but the journal."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("journal.sqlite")
    }


def done(output: Path) -> int:
    """How many results are in the journal."""
    try:
        with closing(sqlite3.connect(f"file:{output}/journal.sqlite?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_until_under_way(process: subprocess.Popen[str], output: Path) -> None:
    while not done(output):
        assert process.poll() is None
        time.sleep(0.02)


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(["ps", "-e", "-o", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [int(pid) for pid, group in pairs if int(group) == process.pid and int(pid) != process.pid]


def children_end(process: subprocess.Popen[str]) -> bool:
    """Whether the children of a run that has ended follow it within ten seconds."""
    for _ in range(100):
        if not children(process):
            return True
        time.sleep(0.1)
    return False


def test_killed_at_random_moments_it_loses_nothing(source: Path, output: Path, undisturbed: Undisturbed) -> None:
    chance = random.Random(SEED)
    results = undisturbed.results
    # Two while it starts, six while it reads, two while it writes.
    moments = [0, 0, *sorted(chance.sample(range(1, results), 6)), results, results]
    progress, ends = [], []
    for moment in moments:
        with start(source, output) as process:
            while done(output) < moment and process.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.05))
            os.killpg(process.pid, signal.SIGKILL)
            ends.append(process.wait(10))
        progress.append(done(output))
    assert ends.count(-signal.SIGKILL) >= 9  # the writing may end before its moment
    assert progress == sorted(progress)
    assert sum(0 < count < results for count in progress) > 2
    finish(source, output)
    assert outputs(output) == undisturbed.outputs


def test_interrupted_it_says_so_and_goes_on(source: Path, output: Path, undisturbed: Undisturbed) -> None:
    with start(source, output) as process:
        wait_until_under_way(process, output)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "Run the same command to go on from here.\n\nInterrupted.\n")
    assert children_end(process)
    assert 0 < done(output) < undisturbed.results
    finish(source, output)
    assert outputs(output) == undisturbed.outputs


def test_the_children_of_a_killed_run_do_not_outlive_it(source: Path, output: Path) -> None:
    with start(source, output) as process:
        wait_until_under_way(process, output)
        process.kill()
    assert children_end(process)


def test_a_full_disk_is_told_and_nothing_is_lost(source: Path, output: Path, undisturbed: Undisturbed) -> None:
    with start(source, output, CRAMPED) as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.count("\n") == 1
    assert f"The journal {output}/journal.sqlite cannot be written" in told
    assert "run the same command" in told
    finish(source, output)
    assert outputs(output) == undisturbed.outputs


def test_an_output_in_use_is_left_alone(source: Path, output: Path) -> None:
    output.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(output / "journal.sqlite")], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with start(source, output) as process:
            _, told = process.communicate(timeout=60)
        assert process.returncode == 1
        assert told == (
            f"Error: {output}/journal.sqlite is being written by process {holder.pid}: "
            "wait for it or choose another output.\n"
        )
        assert [path.name for path in output.iterdir()] == [".journal.sqlite.lock"]
        holder.kill()
    assert run([str(source / "001.txt")], output).records == 1  # the lock of a dead process is no lock
