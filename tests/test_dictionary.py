"""Words looked up in jieba's dictionary against the whole of it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

import extractor
from extractor.language.dictionary import TOTAL, words_in

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))

by_release = pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def listed() -> dict[str, int]:
    package = find_spec("jieba")
    assert package is not None and package.origin is not None
    lines = Path(package.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    return {word: int(frequency) for word, frequency, _ in map(str.split, lines)}


def test_the_total_is_that_of_the_file(listed: dict[str, int]) -> None:
    assert sum(listed.values()) == TOTAL


def test_every_word_is_found(listed: dict[str, int]) -> None:
    assert words_in("\n".join(listed)) == listed


def test_some_words_are_found_by_themselves(listed: dict[str, int]) -> None:
    some = [*listed][:100] + [*listed][::1000]
    assert [word for word in some if words_in(word).get(word) != listed[word]] == []


@by_release
def test_every_word_of_a_release_is_found(path: Path, listed: dict[str, int]) -> None:
    text = path.read_text("utf-8")
    parts = {text[at : at + length] for at in range(len(text)) for length in range(1, 17)}
    found = words_in(text)
    assert {word: listed[word] for word in parts & listed.keys()}.items() <= found.items() <= listed.items()


@by_release
def test_the_first_text_is_cut_as_every_other(path: Path) -> None:
    text = path.read_text("utf-8")
    assert extractor.Extractor().extract(text) == extractor.extract(text)


@pytest.mark.parametrize(
    "text", ["", " ", "一", "龢", "AT&T", "江南style", "\ud800", "\U00020000", "高富帅龟龄"], ids=ascii
)
def test_any_text_can_be_looked_up(text: str, listed: dict[str, int]) -> None:
    assert words_in(text).items() <= listed.items()
