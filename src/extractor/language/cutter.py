"""Cuts a text into the words of jieba's dictionary and of a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final, Protocol

from extractor.language.dictionary import TOTAL, words_in

_FREQUENCY: Final = 5000  # of a pack's word in the dictionary: enough to be cut as one word from common characters
_LONG: Final = 20_000  # characters: a text that may hold any word
_NOWHERE: Final = "\uf8ff"  # in no folded text, and the placeholder of no numeral


class Cutter(Protocol):
    """What jieba and rjieba have in common."""

    def cut(self, text: str) -> Iterable[str]: ...


def load_cutter(words: Mapping[str, bool], *, pure: bool = False) -> Cutter:
    """A private word cutter that knows ``words`` and cuts those apart that are True.

    It is rjieba where that is installed, else (or if ``pure``) jieba.
    Both use the same dictionary and algorithm without guessing of unknown words, so that they cut alike.
    """
    native = None if pure else _native()
    return _Pure(words) if native is None else _Fast(native.Jieba, words)


def _native() -> Any:
    """Rjieba's extension module, or None where it is not installed.

    Importing the package would also build the shared dictionary that its module-level functions use: twice the time
    and the memory of the private one.
    """
    package = find_spec("rjieba")
    if package is None or not package.submodule_search_locations:
        return None
    for suffix in EXTENSION_SUFFIXES:
        path = Path(package.submodule_search_locations[0]) / f"rjieba{suffix}"
        if path.is_file():
            spec = spec_from_file_location("rjieba", path)
            assert spec is not None and spec.loader is not None
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    return None


def _total(words: Mapping[str, bool]) -> int:
    """What the frequencies of a dictionary with a pack's words add up to, however many of its words are loaded."""
    return TOTAL + _FREQUENCY * len(words)


def _frequencies(words: Mapping[str, bool], listed: Mapping[str, int]) -> dict[str, int]:
    """The frequencies of a pack's words: those of the dictionary where they are high enough."""
    return {word: 0 if parted else max(_FREQUENCY, listed.get(word, 0)) for word, parted in words.items()}


class _Fast:
    """rjieba.  For its first text it loads words that may stand in it, in a fifth of the time, and all for the next."""

    def __init__(self, jieba: Any, words: Mapping[str, bool]) -> None:
        self._jieba = jieba
        self._words = words
        self._used = False

    def cut(self, text: str) -> list[str]:
        jieba = self._whole if self._used or len(text) > _LONG else self._sparse(text)
        self._used = True
        return jieba.cut(text, False)  # type: ignore[no-any-return]

    @cached_property
    def _whole(self) -> Any:
        listed = words_in("\n".join(self._words))
        known = TOTAL - sum(listed.get(word, 0) for word in self._words)
        return self._with(self._jieba(), _frequencies(self._words, listed), known)

    def _sparse(self, text: str) -> Any:
        listed = words_in(text)
        characters = {*text}
        words = {word: parted for word, parted in self._words.items() if characters.issuperset(word)}
        return self._with(self._jieba.empty(), listed | _frequencies(words, listed), 0)

    def _with(self, jieba: Any, frequencies: Mapping[str, int], known: int) -> Any:
        """The cutter with these words, and as many others as make the frequencies add up to the same."""
        for word, frequency in frequencies.items():
            jieba.add_word(word, frequency, "n")
        jieba.add_word(_NOWHERE, _total(self._words) - known - sum(frequencies.values()), "n")
        return jieba


class _Pure:
    def __init__(self, words: Mapping[str, bool]) -> None:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        # jieba would trust a file of fixed name in the shared temp folder: build the dictionary afresh instead.
        self._jieba.FREQ, _ = self._jieba.gen_pfdict(self._jieba.get_dict_file())
        self._jieba.initialized = True
        for word, frequency in _frequencies(words, self._jieba.FREQ).items():
            if frequency:
                self._jieba.add_word(word, frequency)
            else:
                self._jieba.FREQ[word] = 0
        self._jieba.total = _total(words)

    def cut(self, text: str) -> list[str]:
        return self._jieba.lcut(text, HMM=False)  # type: ignore[no-any-return]
