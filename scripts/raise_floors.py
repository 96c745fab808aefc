"""Raise the corpus test's floors to what the extractor reaches now; a floor is never lowered.

Run from the checkout: python scripts/raise_floors.py
"""

from __future__ import annotations

import json
from pathlib import Path

from extractor.extractor import Extractor
from extractor.gold import read
from extractor.score import Score, score

ROOT = Path(__file__).parent.parent
MEASURES = (
    "records_f1",
    "figures_f1",
    "relations_f1",
    "indicators_close",
    "projects_f1",
    "levels",
    "header",
    "spans_true",
)


def main() -> None:
    """Write tests/floors.json."""
    path = ROOT / "tests" / "floors.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    extractor = Extractor()
    total = Score.nothing()
    releases = {}
    for js in sorted((ROOT / "corpus").glob("*.json")):
        gold, text = read(js)
        reached = score(gold, text, extractor.extract(text, name=js.stem).to_dict())
        total += reached
        releases[js.stem] = _raised(old.get("releases", {}).get(js.stem, {}), reached)
    same = releases.keys() == old.get("releases", {}).keys()  # other releases have another mean
    floors = {
        "corpus": _raised(old.get("corpus", {}) if same else {}, total),
        "releases": releases,
        "contradictions_in_prose": old.get("contradictions_in_prose", []),
    }
    path.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _raised(floors: dict[str, float], reached: Score) -> dict[str, float]:
    totals = reached.totals()
    return {
        name: max(floors.get(name, 0.0), float(totals[name] if totals[name] is not None else 1.0)) for name in MEASURES
    }


if __name__ == "__main__":
    main()
