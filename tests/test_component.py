"""In a spaCy pipeline: the same record, spans over the same characters, tokens that cut no quantity."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.language.pack import PackError
from extractor.record.release import Release

spacy = pytest.importorskip("spacy")
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "release_tokenizer"}}}
OWN_UNIT = "新建充电桩3咕噜。"


def contents(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def piped(*, tokenizer: dict[str, Any] = TOKENIZER, **config: object) -> Language:
    nlp = spacy.blank("zh", config=tokenizer)
    nlp.add_pipe("release_extractor", config=config)
    return nlp


def digits(number: object) -> str:
    assert isinstance(number, Decimal)
    return f"{number:f}"


def plain(release: Release) -> str:
    return json.dumps(release.to_dict(), default=digits)


def told(doc: Doc) -> str:
    return json.dumps(doc._.release)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return piped()


@pytest.fixture
def pack(datadir: Path) -> Path:
    return datadir / "pack"


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_document_has_the_release_that_the_library_reads(path: Path, nlp: Language) -> None:
    text = contents(path)
    doc, release = nlp(text), extractor.extract(text)
    assert doc.text == text
    assert told(doc) == plain(release)
    figures = [figure for project in release.projects for figure in project.figures] + [*release.figures]
    assert {(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["figures"]} == {
        (*figure.span, figure.kind, figure.id) for figure in figures
    }
    assert [(s.start_char, s.end_char, s.id_) for s in doc.spans["projects"]] == [
        (*project.span, f"p{position:02}") for position, project in enumerate(release.projects, 1)
    ]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_tokens_cut_no_numeral_and_have_a_tag(path: Path, nlp: Language) -> None:
    doc = nlp.make_doc(contents(path))
    for numeral in extractor.extract(doc.text).numerals:
        span = doc.char_span(*numeral.span)
        assert span is not None and len(span) == 1
    assert all(token.tag_ for token in doc)
    assert any(token.tag_ == "amount" for token in doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "  新建\u30003所 ",
        "a\u200b b",
        "3\r\n万元",
        "\ue000新建3所\ue041",
        "①２．５　万人\ufeff",
        "百 分 之 三",
        "\x00\x01",
    ],
)
def test_a_tokenised_text_is_the_text(text: str, nlp: Language) -> None:
    assert nlp.make_doc(text).text == text
    assert told(nlp(text)) == plain(extractor.extract(text))


def test_tokens_that_cut_a_figure_widen_its_span(text: str) -> None:
    nlp = piped(tokenizer={})  # spaCy's own: one character a token
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=["".join(text)], spaces=[False])
    doc = nlp(text)
    assert {span.text for span in doc.spans["figures"]} == {text}
    assert told(doc) == plain(extractor.extract(text))


def test_any_tokenizer_gives_the_same_record(text: str, nlp: Language) -> None:
    one, other = nlp(text), piped(tokenizer={})(text)
    assert one._.release == other._.release
    assert [s.text for s in one.spans["figures"]] == [s.text for s in other.spans["figures"]] != []


def test_numbers_keep_their_digits(nlp: Language) -> None:
    values = [f["value"] for f in nlp("建成道路7.080公里，完成投资3291.3万元。")._.release["figures"]]
    assert values == ["7.080", "32913000"]


CARRIED: dict[str, Callable[[Doc], Doc]] = {
    "to_bytes": lambda doc: Doc(doc.vocab).from_bytes(doc.to_bytes()),
    "pickle": lambda doc: pickle.loads(pickle.dumps(doc)),
    "DocBin": lambda doc: next(iter(DocBin(store_user_data=True, docs=[doc]).get_docs(spacy.blank("zh").vocab))),
}


@pytest.mark.parametrize("way", CARRIED)
def test_a_document_travels_whole(way: str, nlp: Language) -> None:
    doc = nlp(contents(CORPUS[0]))
    there = CARRIED[way](doc)
    assert told(there) == told(doc)
    for key in ("figures", "projects"):
        spans = [[(s.start_char, s.end_char, s.label_, s.id_) for s in d.spans[key]] for d in (doc, there)]
        assert spans[0] == spans[1] != []


def saved(nlp: Language, folder: Path) -> Language:
    nlp.to_disk(folder)
    return spacy.load(folder)


PIPELINES: dict[str, Callable[[Language, Path], Language]] = {
    "to_disk": saved,
    "to_bytes": lambda nlp, _: piped().from_bytes(nlp.to_bytes()),
    "pickle": lambda nlp, _: pickle.loads(pickle.dumps(nlp)),
}


@pytest.mark.parametrize("way", PIPELINES)
@pytest.mark.parametrize("own", [False, True], ids=["built-in", "own pack"])
def test_a_pipeline_travels_with_its_pack(way: str, own: bool, pack: Path, tmp_path: Path) -> None:
    given = str(pack) if own else None
    nlp = piped(tokenizer={"nlp": {"tokenizer": {**TOKENIZER["nlp"]["tokenizer"], "pack": given}}}, pack=given)
    before = nlp(OWN_UNIT)
    # the pack must not be needed where the pipeline goes
    shutil.rmtree(pack)
    after = PIPELINES[way](nlp, tmp_path / "nlp")(OWN_UNIT)
    assert [token.text for token in after] == [token.text for token in before]
    assert after._.release == before._.release
    assert [s.text for s in after.spans["figures"]] == (["3咕噜"] if own else ["3"])


def test_a_pack_that_is_missing_is_told_with_the_first_text(text: str, tmp_path: Path) -> None:
    nlp = piped(pack=str(tmp_path / "nowhere"))
    with pytest.raises(PackError, match="nowhere: no such folder"):
        nlp(text)


def test_a_bad_pack_is_told_at_once(pack: Path) -> None:
    (pack / "units.tsv").write_text("unit\tcode\tdimension\nx\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"units\.tsv:2"):
        piped(pack=str(pack))


def test_keys_are_configured(text: str) -> None:
    doc = piped(figures_key="sc", projects_key="p")(text)
    assert {*doc.spans} == {"sc", "p"}


def test_match_computes_and_set_annotations_writes(text: str, nlp: Language) -> None:
    component, doc = nlp.get_pipe("release_extractor"), nlp.make_doc(text)
    release = component.match(doc)
    assert not doc.spans and doc._.release is None
    component.set_annotations(doc, release._replace(figures=(), projects=()))
    assert len(doc.spans["figures"]) == 0 and doc._.release["projects"] == []


def test_an_extension_of_the_host_is_left_alone() -> None:
    code = (
        "import spacy; from spacy.tokens import Doc; Doc.set_extension('release', default='host')\n"
        "nlp = spacy.blank('zh'); nlp.add_pipe('release_extractor')\n"
        "assert Doc.get_extension('release')[0] == 'host'; assert nlp('新建3所。')._.release['figures']"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("saved_before", [False, True], ids=["blank pipeline", "loaded pipeline"])
def test_a_host_that_knows_nothing_of_this_package(
    saved_before: bool, text: str, datadir: Path, tmp_path: Path, nlp: Language
) -> None:
    pipeline = "blank"
    if saved_before:
        pipeline = str(tmp_path / "pipeline")
        nlp.to_disk(pipeline)
    output = tmp_path / "docs.spacy"
    subprocess.run([sys.executable, datadir / "host.py", pipeline, text, output], check=True, cwd=tmp_path)
    docs = [*DocBin(store_user_data=True).from_disk(output).get_docs(nlp.vocab)]
    assert [told(doc) for doc in docs] == [plain(extractor.extract(text))] * 2
    assert [s.text for s in docs[0].spans["figures"]] == ["1.2万个", "90%"]


def test_the_pipeline_is_analysed_without_complaint(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert analysis["problems"] == {"release_extractor": []}
    assert analysis["attrs"]["doc._.release"]["assigns"] == ["release_extractor"]
