"""Training data: the figures of records and of annotated releases, in a form that spaCy learns from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.cli import main
from extractor.gold import GoldError, entries, read
from extractor.training import Example, Missing, examples
from extractor.writing import write

spacy = pytest.importorskip("spacy")
from spacy.tokens import Doc, DocBin  # noqa: E402
from spacy.training import Example as Lesson  # noqa: E402
from spacy.util import fix_random_seed  # noqa: E402

CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.txt"))
LEARNT = ["changji-2023-percapita", "chengde-2022-workreport", "danyang-2025-votedlist", "nanyang-2023"]
TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "release_tokenizer"}}}
SMALL = {
    "@architectures": "spacy.SpanCategorizer.v1",
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 32,
        "depth": 2,
        "embed_size": 500,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
    },
    "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 32},
    "scorer": {"@layers": "spacy.LinearLogistic.v1", "nO": None, "nI": None},
}
SUGGESTER = {"@misc": "spacy.ngram_suggester.v1", "sizes": [1, 2]}

Export = Callable[..., tuple[int, list[Doc]]]


def annotated(name: str) -> set[tuple[int, int, str]]:
    return {(*entry.span, entry.kind) for entry in entries(*read(CORPUS / f"{name}.json"))}


def spans(doc: Doc, key: str = "sc") -> set[tuple[int, int, str]]:
    return {(span.start_char, span.end_char, span.label_) for span in doc.spans[key]}


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """The command: its exit code and the documents it wrote."""

    def run(*arguments: object) -> tuple[int, list[Doc]]:
        output = tmp_path / "train.spacy"
        with pytest.raises(SystemExit) as ended:
            main(["export", "--to", "docbin", "-o", str(output), *map(str, arguments)])
        docs = DocBin().from_disk(output).get_docs(spacy.blank("zh").vocab) if output.exists() else []
        return int(ended.value.code or 0), [*docs]

    return run


@pytest.fixture
def records(tmp_path: Path) -> list[dict[str, Any]]:
    """Records of the first releases of the corpus, as files in every form that holds them whole."""
    made = [extractor.extract_file(CORPUS / f"{name}.txt").to_dict() for name in NAMES[:3]]
    for to in ("jsonl", "sqlite", "datapackage"):
        write(made, to, tmp_path / f"records.{to}")
    return made


def test_annotated_releases_are_exported_to_the_character(export: Export) -> None:
    code, docs = export(CORPUS)
    assert code == 0
    assert [doc.text for doc in docs] == [(CORPUS / f"{name}.txt").read_bytes().decode() for name in NAMES]
    for name, doc in zip(NAMES, docs, strict=True):
        assert spans(doc) == annotated(name) != set()
        assert {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents} == annotated(name)


@pytest.mark.parametrize("form", ["jsonl", "sqlite", "datapackage"])
def test_records_are_exported_with_their_texts(
    form: str, records: list[dict[str, Any]], export: Export, tmp_path: Path
) -> None:
    code, docs = export(tmp_path / f"records.{form}", "--texts", CORPUS, "--key", "figures")
    assert code == 0
    for record, doc in zip(records, docs, strict=True):
        found = [f for project in record["projects"] for f in project["figures"]] + record["figures"]
        assert spans(doc, "figures") == {(*figure["span"], figure["kind"]) for figure in found} != set()


def test_one_record_on_many_lines(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(extractor.extract_file(CORPUS / f"{NAMES[0]}.txt").to_json(indent=2), encoding="utf-8")
    code, docs = export(path, "--texts", CORPUS)
    assert (code, len(docs)) == (0, 1)


def test_a_text_that_changed_is_not_the_record_s(
    records: list[dict[str, Any]], export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NAMES[:3]:
        text = (CORPUS / f"{name}.txt").read_bytes().decode()
        changed = text.replace("。", "！", 1) if name == NAMES[1] else text
        (tmp_path / f"{name}.txt").write_bytes(changed.encode())
    code, docs = export(tmp_path / "records.jsonl")
    assert (code, len(docs)) == (1, 2)
    assert f"{NAMES[1]}.txt" in capsys.readouterr().err


def test_nothing_is_written_where_no_text_is_there(
    records: list[dict[str, Any]], export: Export, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert [*examples(tmp_path / "records.jsonl", tmp_path / "empty")] == [Missing(f"{name}.txt") for name in NAMES[:3]]
    assert export(tmp_path / "records.jsonl", "--texts", tmp_path / "empty") == (1, [])


def test_no_name_in_a_record_leads_out_of_the_folder(records: list[dict[str, Any]], tmp_path: Path) -> None:
    record = records[0]
    record["source"]["name"] = f"../{NAMES[0]}.txt"
    (tmp_path / f"{NAMES[0]}.txt").write_bytes((CORPUS / f"{NAMES[0]}.txt").read_bytes())
    (tmp_path / "below").mkdir()
    write([record], "jsonl", tmp_path / "below" / "records.jsonl")
    assert [*examples(tmp_path / "below" / "records.jsonl")] == [Missing(f"../{NAMES[0]}.txt")]


def test_a_figure_that_no_text_has_is_told(export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figure = {"before": "新建", "surface": "4所", "value": "4", "unit": "所", "kind": "amount", "indicator": "学校"}
    gold = {"projects": [{"title": "建学校", "figures": [figure]}]}
    (tmp_path / "a.txt").write_text("新建3所学校。", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.json: The text has no 新建\[4所\]"):
        [*examples(tmp_path)]
    assert export(tmp_path / "a.txt") == (1, [])
    assert "Traceback" not in capsys.readouterr().err


def test_a_figure_that_begins_inside_a_word_cuts_it(tmp_path: Path, export: Export) -> None:
    figure = {"before": "共有", "surface": "5万", "value": "50000", "unit": None, "kind": "amount", "indicator": "人"}
    (tmp_path / "a.txt").write_text("共有5万人参加。", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"projects": [], "other_figures": [figure]}), encoding="utf-8")
    _, docs = export(tmp_path / "a.json")
    assert [span.text for span in docs[0].spans["sc"]] == ["5万"]
    assert docs[0].text == "共有5万人参加。"


def test_same_bytes_in_another_process(export: Export, tmp_path: Path) -> None:
    export(CORPUS)
    first = (tmp_path / "train.spacy").read_bytes()
    code = "import sys; from extractor.cli import main; main(sys.argv[1:])"
    arguments = ["export", CORPUS, "--to", "docbin", "-o", tmp_path / "again.spacy"]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env={"PYTHONHASHSEED": "1"})
    assert (tmp_path / "again.spacy").read_bytes() == first


def test_a_span_categoriser_learns_from_it(export: Export) -> None:
    _, docs = export(*(CORPUS / f"{name}.json" for name in LEARNT))
    fix_random_seed(0)
    nlp = spacy.blank("zh", config=TOKENIZER)
    nlp.add_pipe("spancat", config={"spans_key": "sc", "model": SMALL, "suggester": SUGGESTER})
    lessons = [Lesson(nlp.make_doc(doc.text), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: lessons)
    optimizer.learn_rate = 0.01
    losses = [nlp.update(lessons, sgd=optimizer, losses={})["spancat"] for _ in range(32)]
    assert losses[-1] < losses[0] / 20
    nlp.add_pipe("release_extractor")  # beside a trained component
    for doc in docs:
        learnt = nlp(doc.text)
        found, wanted = spans(learnt), spans(doc)
        assert len(found & wanted) > 0.8 * len(wanted)
        assert len(found - wanted) < 0.2 * len(wanted)
        assert learnt.spans["figures"] and learnt._.release["figures"] is not None


def test_an_example_is_a_text_with_its_figures() -> None:
    found = [*examples(CORPUS / f"{NAMES[0]}.txt")]
    assert isinstance(found[0], Example)
    assert found[0].name == NAMES[0]
    assert all(found[0].text[slice(*figure.span)] == figure.surface for figure in found[0].figures)
