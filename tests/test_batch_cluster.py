"""The same batch on a Dask cluster: of two workers on this machine, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import engine, work
from extractor.batch.model import BatchError, Bounds, Counts
from extractor.batch.run import Progress, run

CORPUS = Path(__file__).parents[1] / "corpus"
POISON = Path(__file__).with_name("test_batch_faults")
BOUNDS = Bounds(seconds=60)
DOCUMENTS = 96

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each a process; children of theirs know poison.py and take their time over every document."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(POISON), prepend=os.pathsep)
        patch.setenv("PAUSE", "0.02")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
        ) as cluster:
            yield cluster


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of releases, in the folder that is worked in."""
    monkeypatch.chdir(tmp_path)
    originals = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    for number in range(DOCUMENTS):
        path = tmp_path / "in" / f"{number:02}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(originals[number % len(originals)] + f"\n全市新建充电桩{number}个。\n", "utf-8")
    return path.parent


def there(cluster: Any, output: Path, **options: Any) -> Counts:
    """Run the batch on the cluster."""
    given = {"scheduler": cluster.scheduler_address, "bounds": BOUNDS, "recorder": "poison:recorder", **options}
    return run(["in"], output, **given)


def test_a_worker_killed_in_the_middle_changes_nothing(cluster: Any, source: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.counts.documents and not killed:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    assert there(cluster, tmp_path / "there", watch=kill).records == DOCUMENTS
    assert killed
    run(["in"], tmp_path / "here")
    for name in ("records.jsonl", "documents.csv"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_deadly_document_costs_only_itself_there_too(cluster: Any, source: Path, tmp_path: Path) -> None:
    (source / "50.txt").write_text("POISON crash", "utf-8")
    counts = there(cluster, tmp_path / "out")
    assert (counts.records, counts.quarantined) == (DOCUMENTS - 1, 1)
    assert "\nin/50.txt," in (tmp_path / "out" / "quarantine.csv").read_text("utf-8-sig")


def test_workers_with_other_rules_are_refused(
    cluster: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "rules", lambda pack: "others")
    with pytest.raises(BatchError, match=r"cannot start: it has the rules .*, not others; use the same version"):
        there(cluster, tmp_path / "out")


def test_a_scheduler_that_does_not_answer_is_told(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_PATIENCE", "1s")
    with pytest.raises(
        BatchError, match=r"The scheduler tcp://127\.0\.0\.1:9 does not answer: check address and network"
    ):
        run(["in"], tmp_path / "out", scheduler="tcp://127.0.0.1:9")
