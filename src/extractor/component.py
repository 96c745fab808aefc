"""spaCy: releases read inside a pipeline, a tokenizer that cuts no quantity, figures as training data.

    nlp = spacy.blank("zh")
    nlp.add_pipe("release_extractor")
    doc = nlp(text)
    doc.spans["figures"], doc.spans["projects"], doc._.release

spaCy finds both factories by their entry points: a host need not import this package.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extractor.extractor import Extractor
from extractor.gold import Entry
from extractor.language import pack as packs
from extractor.language.words import CLASSES
from extractor.record.release import Release

_TAGS = {character: name for name, character in CLASSES.items()}
_BLANK_TAG = "_SP"  # what spaCy's own tables call a token of blanks


class Token(NamedTuple):
    """A token before there is a document: its characters and the class of its word."""

    start: int
    end: int
    tag: str


@Language.factory(
    "release_extractor",
    assigns=["doc.spans", "doc._.release"],
    default_config={"pack": None, "figures_key": "figures", "projects_key": "projects"},
)
def make_release_extractor(
    nlp: Language, name: str, pack: str | None, figures_key: str, projects_key: str
) -> ReleaseExtractor:
    """The pipeline component; pack: folder of rules on top of the built-in ones, keys: those of doc.spans."""
    return ReleaseExtractor(pack=pack, figures_key=figures_key, projects_key=projects_key)


def make_release_tokenizer(pack: str | None = None) -> Callable[[Language], ReleaseTokenizer]:
    """What makes the tokenizer of a pipeline: ``"tokenizer": {"@tokenizers": "release_tokenizer"}`` in its config."""
    return lambda nlp: ReleaseTokenizer(nlp.vocab, pack=pack)


class _Ruled:
    """What works by a rule pack: by its folder where it was made, by its files wherever it goes from there.

    A folder that is not there is no error before the first text: from_disk() and from_bytes() may bring its files.
    """

    def __init__(self, make: Callable[[str | None], Any], pack: str | None) -> None:
        self._make, self._pack = make, pack
        self._files = {} if pack is None else _files(Path(pack))
        self._made = make(pack) if pack is None or Path(pack).exists() else None

    def _rules(self) -> Any:
        """What was made of the pack.  Raises PackError."""
        return self._make(self._pack) if self._made is None else self._made

    def to_bytes(self, *, exclude: Collection[str] = ()) -> bytes:
        """The files of the pack; the built-in rules are the package's own."""
        return msgspec.msgpack.encode(self._files)

    def from_bytes(self, data: bytes, *, exclude: Collection[str] = ()) -> Self:
        """The same by the files that to_bytes() gave.  Raises PackError."""
        self._files = msgspec.msgpack.decode(data, type=dict[str, bytes])
        if not self._files:
            self._made = self._make(self._pack)
            return self
        with TemporaryDirectory() as folder:
            self.to_disk(folder)
            self._made = self._make(folder)
        return self

    def to_disk(self, path: str | Path, *, exclude: Collection[str] = ()) -> None:
        """Write the files of the pack into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in packs.FILES:
            if name in self._files:
                (Path(path) / name).write_bytes(self._files[name])

    def from_disk(self, path: str | Path, *, exclude: Collection[str] = ()) -> Self:
        """The same by the files that to_disk() wrote.  Raises PackError."""
        self._files = _files(Path(path))
        self._made = self._make(str(path) if self._files else self._pack)
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_made": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.from_bytes(self.to_bytes())


class ReleaseExtractor(_Ruled):
    """Reads every document as one release.

    ``doc.spans[figures_key]``: the figures in the order of the text, label: kind, id: p05.f3; a span grows to whole
    tokens where the pipeline's tokens cut it.  ``doc.spans[projects_key]``: the projects, label project, id: p05.
    ``doc._.release``: the record as plain data, each Decimal the string of its digits ("7.08"); a DocBin gives its
    lists back as tuples.
    """

    def __init__(
        self, *, pack: str | None = None, figures_key: str = "figures", projects_key: str = "projects"
    ) -> None:
        super().__init__(_extractor, pack)
        self._keys = figures_key, projects_key

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> Release:
        """The release that a document is."""
        rules: Extractor = self._rules()
        return rules.extract(doc.text)

    def set_annotations(self, doc: Doc, release: Release) -> None:
        """Write a release's spans and record to its document."""
        numbered = [*enumerate(release.projects, 1)]
        found = [figure for project in release.projects for figure in project.figures] + [*release.figures]
        figures = sorted((figure.span, str(figure.kind), figure.id) for figure in found)
        projects = [(project.span, "project", f"p{position:02}") for position, project in numbered]
        for key, told in zip(self._keys, (figures, projects), strict=True):
            doc.spans[key] = _spans(doc, told)
        doc._.release = msgspec.to_builtins(release.to_dict())


class ReleaseTokenizer(_Ruled):
    """Cuts a text into the words that the rules see; a quantity is one token, and every token's tag is its class."""

    def __init__(self, vocab: Vocab, *, pack: str | None = None) -> None:
        super().__init__(Extractor, pack)
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return _doc(self.vocab, text, self.tokens(text))

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of a text and the blanks between them: every character is in one token."""
        rules: Extractor = self._rules()
        row = rules.row(text)
        position = 0
        for start, end, word_class in zip(row.starts, row.ends, row.classes, strict=True):
            yield from _between(text, position, start)
            yield Token(start, end, _TAGS[word_class])
            position = end
        yield from _between(text, position, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Token]:
    """What stands between two words: the blanks, and the signs that no rule sees, apart from each other."""
    for _, characters in groupby(range(start, end), key=lambda at: text[at].isspace()):
        run = [*characters]
        yield Token(run[0], run[-1] + 1, _BLANK_TAG)


def training_data(examples: Iterable[tuple[str, list[Entry]]], *, key: str = "sc") -> bytes:
    """A DocBin of texts with their figures, for spaCy's ner (doc.ents) and spancat (doc.spans[key]); labels: kinds.

    examples: texts with their figures.  Tokens are those of ReleaseTokenizer, cut further where a figure begins or
    ends inside one.  The same bytes for the same examples.
    """
    vocab = Vocab()
    tokenizer = ReleaseTokenizer(vocab)
    docs = (_annotated(tokenizer, text, figures, key) for text, figures in examples)
    return DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"], docs=docs).to_bytes()


def _annotated(tokenizer: ReleaseTokenizer, text: str, figures: list[Entry], key: str) -> Doc:
    edges = {edge for figure in figures for edge in figure.span}
    doc = _doc(tokenizer.vocab, text, _split(tokenizer.tokens(text), edges))
    spans = _spans(doc, [(figure.span, figure.kind, "") for figure in figures])
    doc.spans[key] = spans
    doc.set_ents(filter_spans(spans))
    return doc


def _spans(doc: Doc, told: Iterable[tuple[tuple[int, int], str, str]]) -> list[Span]:
    """Spans of whole tokens for (characters, label, id)."""
    spans = [doc.char_span(*at, label, span_id=name, alignment_mode="expand") for at, label, name in told]
    return [span for span in spans if span is not None]


def _split(tokens: Iterable[Token], edges: set[int]) -> Iterator[Token]:
    for token in tokens:
        cuts = [edge for edge in range(token.start + 1, token.end) if edge in edges]
        for start, end in pairwise([token.start, *cuts, token.end]):
            yield Token(start, end, token.tag)


def _doc(vocab: Vocab, text: str, tokens: Iterable[Token]) -> Doc:
    """A document whose text is the text: a single blank belongs to the token in front of it."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    for start, end, tag in tokens:
        if words and tag == _BLANK_TAG and text[start] == " " and not spaces[-1]:
            spaces[-1] = True
            start += 1
        if start < end:
            words.append(text[start:end])
            spaces.append(False)
            tags.append(tag)
    return Doc(vocab, words=words, spaces=spaces, tags=tags)


def _extractor(pack: str | None) -> Extractor:
    if not Doc.has_extension("release"):
        Doc.set_extension("release", default=None)
    return Extractor(pack)


def _files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in packs.FILES if (folder / name).is_file()}
