"""The corpus: what the extractor reaches on every release, held by floors that only rise."""

import json
from pathlib import Path

import pytest

from extractor.extractor import Extractor
from extractor.gold import read
from extractor.score import Score, score

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.json"))
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def scores(extractor: Extractor) -> dict[str, Score]:
    found = {}
    for name in NAMES:
        gold, text = read(CORPUS / f"{name}.json")
        found[name] = score(gold, text, extractor.extract(text, name=name).to_dict())
    return found


def test_every_release_has_a_floor_and_every_floor_a_release() -> None:
    assert sorted(FLOORS["releases"]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_release_stays_above_its_floor(name: str, scores: dict[str, Score]) -> None:
    sunk = scores[name].below(FLOORS["releases"][name])
    assert not sunk, f"{sunk}\n" + "\n".join(map(str, scores[name].differences))


def test_corpus_stays_above_its_floors(scores: dict[str, Score]) -> None:
    total = sum(scores.values(), Score.nothing())
    assert not total.below(FLOORS["corpus"])


def test_hardly_a_numeral_is_unexplained(scores: dict[str, Score]) -> None:
    totals = sum(scores.values(), Score.nothing()).totals()
    assert totals["unexplained"] <= 0.003 * totals["numerals"]


@pytest.mark.parametrize("name", [name for name in NAMES if "inconsistency" in read(CORPUS / f"{name}.json")[0]])
def test_contradiction_is_found(name: str, extractor: Extractor) -> None:
    if name in FLOORS["contradictions_in_prose"]:
        pytest.skip("the contradiction is in words, not in numbers that can be reckoned")
    _, text = read(CORPUS / f"{name}.json")
    assert any(check.severity != "ok" for check in extractor.extract(text, name=name).checks)
