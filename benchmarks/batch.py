"""Run `extractor batch` over an archive and print what it takes, as a Markdown table.

    python benchmarks/archive.py /tmp/archive
    python benchmarks/batch.py /tmp/archive [--to jsonl]

The archive has a folder for every format, as archive.py makes them.  Rates are those of one worker, with reading,
checking and writing; the time to start, that of a run over one document, is told apart.  Linux only.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PROGRAM = [sys.executable, "-c", "from extractor.cli import main; main()"]
ROLES = {"work:recorder": "worker", "documents:unpacker": "unpacker", "forms:form_writer": "writer"}
POLL = 0.02  # seconds between two looks at the processes


class Run(NamedTuple):
    """What one run took: seconds, documents and records, the peak memory in bytes of every process."""

    seconds: float
    documents: int
    records: int
    peaks: dict[str, int]


def run(folder: Path, workers: int, to: str) -> Run:
    """Run the command over a folder into a new output folder."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "out"
        command = [*PROGRAM, "batch", str(folder), "--output", str(output), "--workers", str(workers), "--to", to]
        start = time.perf_counter()
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            peaks = watched(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise SystemExit(f"the run over {folder} ended with {process.returncode}")
        with (output / "documents.csv").open(encoding="utf-8-sig", newline="") as stream:
            status = [row["status"] for row in csv.DictReader(stream)]
    return Run(seconds, len(status), status.count("record"), peaks)


def watched(process: subprocess.Popen[bytes]) -> dict[str, int]:
    """The peak memory of a process and its children, until it ends."""
    peaks: dict[str, int] = {}
    while process.poll() is None:
        for pid in [str(process.pid), *children(process.pid)]:
            role, peak = state(pid)
            name = "parent" if pid == str(process.pid) else f"{role} {pid}"
            peaks[name] = max(peak, peaks.get(name, 0))
        time.sleep(POLL)
    return peaks


def children(pid: int) -> list[str]:
    """The ids of a process's children."""
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += task.read_text().split()
        except OSError:
            continue
    return found


def state(pid: str) -> tuple[str, int]:
    """(what a process is there for, its peak memory in bytes)."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text()
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    except OSError:
        return "gone", 0
    role = next((role for target, role in ROLES.items() if target in command), "starting")
    return role, int(lines.get("VmHWM", "0 kB").split()[0]) << 10


def numbered(peaks: dict[str, int]) -> dict[str, int]:
    """Peaks by role and number instead of process id."""
    named: dict[str, int] = {}
    for name, peak in peaks.items():
        role = name.partition(" ")[0]
        if role in ("parent", *ROLES.values()):
            number = sum(each.startswith(role) for each in named) + 1
            named[role if role == "parent" else f"{role} {number}"] = peak
    return named


def main(archive: Path, to: str) -> None:
    """Print the tables."""
    formats = [folder for folder in sorted(archive.iterdir()) if folder.is_dir()]
    first = next(path for path in sorted((archive / "text-utf8").iterdir()))
    start = min(run(first, 1, to).seconds for _ in range(3))
    print(f"Start: {start:.1f} s\n\n| Format | Documents | Seconds | Documents/s |\n|---|--:|--:|--:|")
    for folder in formats:
        took = run(folder, 1, to)
        rate = (took.documents - 1) / (took.seconds - start)
        print(f"| {folder.name} | {took.documents:,} | {took.seconds:.1f} | {rate:.0f} |", flush=True)
    whole = {workers: run(archive, workers, to) for workers in (1, 2)}
    print("\n| Whole archive | Documents | Records | Seconds | Peak memory of each process, MB |")
    print("|---|--:|--:|--:|---|")
    for workers, took in whole.items():
        peaks = ", ".join(f"{name} {peak >> 20}" for name, peak in numbered(took.peaks).items())
        label = f"{workers} worker{'s' * (workers > 1)}"
        print(f"| {label} | {took.documents:,} | {took.records:,} | {took.seconds:.1f} | {peaks} |")
    print(f"\nTwo workers are {whole[1].seconds / whole[2].seconds:.2f} times as fast as one.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--to", default="jsonl")
    arguments = parser.parse_args()
    main(arguments.archive, arguments.to)
