"""The commands of review on the command line: report, compare, score, keep, and extract --corrections."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor.cli import main
from extractor.cli.columns import width
from extractor.extractor import extract_file

FIRST = (
    "南阳市2023年民生实事\n"
    "一、停车场建设工程(市定)\n新增停车泊位2000个,完成年度目标的110%。\n"
    "二、老旧小区(市定)\n改造老旧小区20个。\n"
)
SECOND = "南阳市2024年民生实事\n一、停车场建设(市定)\n新增停车泊位2500个。\n二、口袋公园(市定)\n新建口袋公园12个。\n"


class Outcome(NamedTuple):
    code: int | str | None
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Call the command line in this process, in a folder with two releases."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXTRACTOR_LANG", "en")
    for name, text in (("2023.txt", FIRST), ("2024.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")

    def call(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return Outcome(end.value.code, out.decode(), err.decode())

    return call


def records(run: Run, *arguments: str) -> list[dict[str, Any]]:
    outcome = run("extract", "2023.txt", "2024.txt", *arguments)
    return [json.loads(line) for line in outcome.out.splitlines()]


def corrections(path: Path, entries: list[dict[str, Any]], text: str = FIRST, source: str = "2023.txt") -> Path:
    """A file of corrections; entries without a span are of the characters of their surface."""
    told = extract_file(source).source
    for entry in entries:
        start = text.index(entry["surface"])
        entry.setdefault("span", [start, start + len(entry["surface"])])
    of = {"name": told.name, "sha256": told.sha256, "page": None, "member": None}
    path.write_text(json.dumps({"schema": "corrections/1", "source": of, "corrections": entries}), encoding="utf-8")
    return path


RENAME = {"do": "edit", "surface": "2000个", "fields": {"indicator": {"value": "停车位"}}}
DELETE = {"do": "delete", "surface": "20个", "role": "name"}


# report


def test_a_page_of_a_release(run: Run, tmp_path: Path) -> None:
    outcome = run("report", "2023.txt", "-o", "review.html")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Written: review.html\n")
    page = (tmp_path / "review.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "停车泊位" in page


def test_a_page_of_a_record_whose_text_lies_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "2023.json").write_text(run("extract", "--indent", "2", "2023.txt").out, encoding="utf-8")
    assert run("report", "2023.json", "-o", "a.html").code == 0
    run("report", "2023.txt", "-o", "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_record_without_its_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text(run("extract", "2023.txt", "2024.txt").out, encoding="utf-8")
    elsewhere = tmp_path / "texts" / "deep"
    elsewhere.mkdir(parents=True)
    (tmp_path / "2023.txt").rename(elsewhere / "2023.txt")
    (tmp_path / "2024.txt").write_text("另一份", encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records.jsonl").rename(tmp_path / "records" / "records.jsonl")
    missing = run("report", "records/records.jsonl", "-o", "pages")
    assert missing.code == 1
    assert missing.err.count("its text is not there, say where with --texts") == 2
    found = run("report", "records/records.jsonl", "--texts", ".", "-o", "pages")
    assert found.code == 1, "2024.txt is another text now"
    assert found.err.count("2024.txt: its text is not there") == 1
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["2023.html", "index.html"]


def test_several_releases_make_a_folder_that_can_be_made_again(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("report", "2023.txt", "2024.txt", "2023.txt", "-o", "pages").code == 0
        made = sorted(path.name for path in (tmp_path / "pages").iterdir())
        assert made == ["2023-2.html", "2023.html", "2024.html", "index.html"]
    assert run("report", "2024.txt", "-o", "pages").code == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["2024.html", "index.html"]


def test_a_folder_with_anything_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "notes.html").write_text("mine", encoding="utf-8")
    outcome = run("report", "2023.txt", "2024.txt", "-o", "pages")
    assert outcome.code == 1
    assert "notes.html" in outcome.err
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["notes.html"]


def test_several_releases_are_no_one_page(run: Run, tmp_path: Path) -> None:
    outcome = run("report", "2023.txt", "2024.txt", "-o", "review.html")
    assert outcome.code == 2
    assert "there are several releases" in outcome.err
    assert not (tmp_path / "review.html").exists()


def test_nothing_is_written_where_nothing_can_be_read(run: Run, tmp_path: Path) -> None:
    outcome = run("report", "missing.txt", "-o", "review.html")
    assert outcome.code == 1
    assert not (tmp_path / "review.html").exists()


def test_names_of_sources_do_not_lead_out_of_the_folder(run: Run, tmp_path: Path) -> None:
    lines = []
    for line in run("extract", "2023.txt", "2024.txt").out.splitlines():
        record = json.loads(line)
        record["source"]["name"] = "../../" + record["source"]["name"]
        lines.append(json.dumps(record))
    (tmp_path / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("report", "records.jsonl", "-o", "pages").code == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["2023.html", "2024.html", "index.html"]


# compare


def test_a_table_of_two_years(run: Run) -> None:
    lines = run("compare", "2023.txt", "2024.txt", "--lang", "zh").out.splitlines()
    assert [line.split() for line in lines] == [
        ["指标", "南阳市", "2023", "南阳市", "2024", "变化"],
        ["──", "各份都有", "(1)"],
        ["停车泊位", "2,000", "个", "(110%)", "2,500", "个", "+500", "+25.0%"],
        ["──", "新出现", "(1)"],
        ["口袋公园", "12", "个"],
        ["──", "不再出现", "(1)"],
        ["老旧小区", "20", "个"],
    ]
    value = next(width(line[: line.index("2,500") + 7]) for line in lines if "2,500" in line)
    assert width(lines[0][: lines[0].index("2024") + 4]) == value, "columns hold for Chinese"


def test_csv_of_two_years(run: Run, tmp_path: Path) -> None:
    assert run("compare", "2023.txt", "2024.txt", "--to", "csv", "-o", "years.csv").code == 0
    text = (tmp_path / "years.csv").read_bytes().decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text, newline=""))]
    assert [(row["indicator"], row["state"]) for row in rows] == [
        ("停车泊位", "both"),
        ("老旧小区", "disappears"),
        ("口袋公园", "appears"),
    ]
    assert {name: value for name, value in rows[0].items() if value} == {
        "project": "停车场建设工程", "indicator": "停车泊位", "kind": "amount", "state": "both",
        "南阳市 2023 value": "2000", "南阳市 2023 unit": "个", "南阳市 2023 completion": "110",
        "南阳市 2024 value": "2500", "南阳市 2024 unit": "个",
        "南阳市 2024 change": "500", "南阳市 2024 change_percent": "25.0", "南阳市 2024 change_origin": "computed",
    }  # fmt: skip


def test_records_and_releases_are_compared_alike(run: Run, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text(run("extract", "2023.txt", "2024.txt").out, encoding="utf-8")
    assert run("compare", "records.jsonl").out == run("compare", "2023.txt", "2024.txt").out


def test_only_what_is_shared(run: Run) -> None:
    assert "口袋公园" not in run("compare", "2023.txt", "2024.txt", "--shared").out


# extract --corrections


def test_corrections_go_to_their_release(run: Run, tmp_path: Path) -> None:
    path = corrections(tmp_path / "c.json", [RENAME, DELETE])
    plain, (first, second) = records(run), records(run, "--corrections", str(path))
    assert second == plain[1]
    assert [f["indicator"] for p in first["projects"] for f in p["figures"]] == ["停车位"]
    assert first["projects"][0]["figures"][0]["rule"] == "corrected"


def test_corrections_that_do_not_fit_are_told(run: Run, tmp_path: Path) -> None:
    wrong = {"do": "delete", "surface": "20个", "span": [0, 3], "role": "name"}
    path = corrections(tmp_path / "c.json", [wrong])
    outcome = run("extract", "2023.txt", "--corrections", path)
    assert "2023.txt: a correction does not fit: delete 20个 [0, 3): other characters stand there now" in outcome.err
    codes = [check["code"] for check in json.loads(outcome.out)["checks"]]
    assert "correction-does-not-fit" in codes


def test_corrections_of_no_release_that_comes_by(run: Run, tmp_path: Path) -> None:
    path = corrections(tmp_path / "c.json", [DELETE])
    outcome = run("extract", "2024.txt", "--corrections", path)
    assert outcome.code == 1
    assert "not applied, the release that it corrects (2023.txt) is not among the files" in outcome.err


def test_files_that_are_no_corrections(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{}", encoding="utf-8")
    outcome = run("extract", "2023.txt", "--corrections", "c.json")
    assert outcome.code == 1
    assert outcome.err.startswith("Error: c.json is no file of corrections")
    assert run("extract", "2023.txt", "--corrections", "missing.json").err.count("\n") == 1


# keep and score


def test_a_corrected_release_becomes_gold(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    path = corrections(tmp_path / "c.json", [RENAME, DELETE])
    assert run("keep", path, "--corpus", "corpus").code == 0
    gold = json.loads((tmp_path / "corpus" / "2023.json").read_text("utf-8"))
    assert (tmp_path / "corpus" / "2023.txt").read_text("utf-8") == FIRST
    assert [f["indicator"] for p in gold["projects"] for f in p["figures"]] == ["停车位"]
    again = run("keep", path, "--corpus", "corpus")
    assert again.code == 1
    assert "choose another --name, or --replace it" in again.err
    assert run("keep", path, "--corpus", "corpus", "--replace").code == 0
    assert run("keep", path, "--corpus", "corpus", "--name", "other").code == 0
    assert len([*(tmp_path / "corpus").iterdir()]) == 4


def test_a_corrected_record_becomes_the_same_gold(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    path = corrections(tmp_path / "c.json", [RENAME, DELETE])
    (tmp_path / "corrected.json").write_text(run("extract", "2023.txt", "--corrections", path).out, encoding="utf-8")
    run("keep", path, "--corpus", "corpus", "--name", "a")
    assert run("keep", "corrected.json", "--corpus", "corpus", "--name", "b").code == 0
    assert (tmp_path / "corpus" / "a.json").read_bytes() == (tmp_path / "corpus" / "b.json").read_bytes()


def test_what_does_not_fit_is_not_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    path = corrections(tmp_path / "c.json", [{"do": "edit", "surface": "停车", "fields": {"value": {"value": "1"}}}])
    outcome = run("keep", path, "--corpus", "corpus")
    assert outcome.code == 1
    assert "no figure has these characters" in outcome.err
    assert [*(tmp_path / "corpus").iterdir()] == []


@pytest.fixture
def corpus(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    run("keep", corrections(tmp_path / "c.json", [RENAME, DELETE]), "--corpus", "corpus")
    return folder


def test_the_score_of_a_corpus(run: Run, corpus: Path) -> None:
    totals = json.loads(run("score", corpus, "--json").out)
    assert (totals["releases"], totals["figures"], totals["figures_recall"], totals["figures_precision"]) == (
        1,
        1,
        1,
        0.5,
    )
    shown = run("score", corpus, "--errors").out
    assert "2023: figure that is none: 改造老旧小区[20个] 老旧小区" in shown
    assert "Fields: value 1.0000" in shown


def test_corrections_are_gold_and_are_counted(run: Run, tmp_path: Path) -> None:
    path = corrections(tmp_path / "c.json", [RENAME, DELETE])
    outcome = run("score", path)
    assert "Corrections: 2  (delete 1  edit 1  edit.indicator 1)" in outcome.out
    assert json.loads(run("score", path, "--json").out)["corrections"] == 2
    (tmp_path / "corrected.jsonl").write_text(run("extract", "2023.txt", "--corrections", path).out, encoding="utf-8")
    assert "Corrections: 1  (edit 1  edit.indicator 1)" in run("score", "corrected.jsonl").out


def test_floors(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"figures_recall": 1, "figures_precision": 0.5}', encoding="utf-8")
    assert run("score", corpus, "--floors", "floors.json").code == 0
    (tmp_path / "floors.json").write_text('{"figures_precision": 0.6}', encoding="utf-8")
    sunk = run("score", corpus, "--floors", "floors.json")
    assert (sunk.code, sunk.err) == (1, "figures_precision is 0.5, below its floor 0.6\n")
    (tmp_path / "floors.json").write_text('{"no_such_total": 1}', encoding="utf-8")
    assert "holds no floors" in run("score", corpus, "--floors", "floors.json").err


GOLD_FAULTS = {
    "没有这个文件": (("score", "missing.json"), "cannot be read"),
    "不是标注": (("score", "2023.txt"), "cannot be read"),
    "别人的改正": (("score", "c.json", "--texts", "2024.txt"), "corrects another release"),
}


@pytest.mark.parametrize(("arguments", "sentence"), GOLD_FAULTS.values(), ids=GOLD_FAULTS)
def test_what_is_no_gold(arguments: tuple[str, ...], sentence: str, run: Run, tmp_path: Path) -> None:
    corrections(tmp_path / "c.json", [DELETE])
    outcome = run(*arguments)
    assert outcome.code == 1
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1


def test_nothing_of_this_is_loaded_by_extract_alone(run: Run) -> None:
    script = (
        "import sys\nfrom extractor.cli import main\n"
        "try: main(['extract', '2023.txt'])\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.split()
    assert "extractor.extractor" in loaded
    assert not {"jinja2", "extractor.report", "extractor.compare", "extractor.corrections"} & {*loaded}
