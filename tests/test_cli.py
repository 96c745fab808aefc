"""The command line: what it prints, what it refuses in one sentence, and what it leaves untouched."""

from __future__ import annotations

import gettext
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import click
import polib
import pytest

import extractor
from extractor.cli import COMMANDS, commands, main
from extractor.cli.bilingual import language, settle
from extractor.cli.columns import pad, visible, width, wrap
from extractor.cli.explanation import explain
from extractor.record.release import Release

CHINESE = re.compile("[一-鿿]")
LOCALE = Path(extractor.__file__).parent / "cli" / "locale" / "zh" / "LC_MESSAGES"
HEAVY = ["spacy", "pandas", "pyarrow", "polars", "distributed", "pdfplumber", "pypdfium2", "docx", "xlsxwriter", "tqdm"]
PROGRAM = [sys.executable, "-c", "from extractor.cli import main; main()"]


class Outcome(NamedTuple):
    code: int | str | None
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], datadir: Path) -> Run:
    """Call the command line in this process, among the sample files."""
    monkeypatch.chdir(datadir)
    monkeypatch.setenv("EXTRACTOR_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")

    def call(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return Outcome(end.value.code, out.decode(), err.decode())

    return call


def process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the command line as a process of its own."""
    clean = {k: v for k, v in os.environ.items() if k not in ("EXTRACTOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")}
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env={**clean, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


# extract


def test_a_record_is_that_of_the_library(run: Run, datadir: Path) -> None:
    outcome = run("extract", "changle.txt")
    assert outcome == (0, extractor.extract_file(datadir / "changle.txt").to_json() + "\n", "")
    assert [project["title"] for project in outcome.records[0]["projects"]] == ["新建公共充电桩", "扩大普惠托育供给"]


def test_several_files_are_as_many_lines_in_their_order(run: Run) -> None:
    outcome = run("extract", "wuchang.txt", "changle.txt", "wuchang.txt")
    assert [record["source"]["name"] for record in outcome.records] == ["wuchang.txt", "changle.txt", "wuchang.txt"]


def test_a_dash_is_standard_input(run: Run, datadir: Path) -> None:
    (piped,) = run("extract", "-", stdin=(datadir / "changle.txt").read_bytes()).records
    (named,) = run("extract", "changle.txt").records
    assert (piped["source"].pop("name"), named["source"].pop("name")) == ("stdin", "changle.txt")
    assert piped == named


@pytest.mark.parametrize(
    ("indent", "second_line"), [("0", None), ("2", '  "schema": "release/1",'), ("4", '    "schema": "release/1",')]
)
def test_indent(run: Run, indent: str, second_line: str | None) -> None:
    lines = run("extract", "changle.txt", "--indent", indent).out.splitlines()
    assert (lines[1] if len(lines) > 1 else None) == second_line
    assert json.loads("".join(lines))["year"] == 2022


BAD: dict[str, Callable[[Path], object]] = {
    "missing.txt": lambda path: None,
    "folder": lambda path: path.mkdir(),
    "binary.dat": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "program.txt": lambda path: path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(500)),
    "broken.pdf": lambda path: path.write_bytes(b"%PDF-1.7\nnothing more"),
    "broken.docx": lambda path: path.write_bytes(b"PK\x03\x04nothing more"),
    "picture.png": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\nnothing more"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_and_the_others_are_done(run: Run, datadir: Path, name: str, lang: str) -> None:
    BAD[name](datadir / name)
    outcome = run("--lang", lang, "extract", name, "changle.txt")
    assert outcome.code == 1
    assert [record["source"]["name"] for record in outcome.records] == ["changle.txt"]
    assert outcome.err.count("\n") == 1
    assert name in outcome.err
    assert "Traceback" not in outcome.err
    assert bool(CHINESE.search(outcome.err)) == (lang == "zh")


def test_an_empty_file_is_a_record_of_nothing_and_a_note(run: Run, datadir: Path) -> None:
    (datadir / "empty.txt").touch()
    outcome = run("extract", "empty.txt")
    assert outcome.code == 0
    (record,) = outcome.records
    assert record["source"]["characters"] == 0
    assert not any(record[name] for name in ("projects", "figures", "numerals"))
    assert outcome.err.splitlines() == ["empty.txt: empty, its record holds nothing"]


@pytest.mark.parametrize("content", [b"", "新建充电桩3个。".encode()])
def test_a_name_in_no_encoding_is_still_a_name(run: Run, datadir: Path, content: bytes) -> None:
    name = os.fsdecode("南阳".encode("gb18030") + b"\xff.txt")
    (datadir / name).write_bytes(content)
    outcome = run("extract", name)
    assert outcome.code == 0
    assert outcome.records[0]["source"]["name"].endswith(".txt")


def test_names_cannot_steer_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("extract", "\x1b[31mred").err


# extract --output


def test_output_is_what_would_be_printed(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    assert run("extract", "changle.txt", "wuchang.txt", "--output", target) == (0, "", "")
    assert target.read_text("utf-8") == run("extract", "changle.txt", "wuchang.txt").out
    assert [*tmp_path.glob("*.partial")] == []


def test_an_output_is_replaced_only_by_a_whole_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "new" / "records.jsonl"
    target.parent.mkdir()
    target.write_text("before")
    assert run("extract", "missing.txt", "-o", target).code == 1
    assert target.read_text() == "before"

    broken = iter([Release.to_json, _interrupt])
    monkeypatch.setattr(Release, "to_json", lambda self, indent=None: next(broken)(self, indent))
    assert run("extract", "changle.txt", "wuchang.txt", "-o", target) == (130, "", "\nInterrupted.\n")
    assert target.read_text() == "before"
    assert [*target.parent.iterdir()] == [target]


def _interrupt(*_: object) -> str:
    raise KeyboardInterrupt


def test_a_folder_that_is_missing_is_told(run: Run, tmp_path: Path) -> None:
    outcome = run("extract", "changle.txt", "-o", tmp_path / "nowhere" / "records.jsonl")
    assert (outcome.code, outcome.out) == (1, "")
    assert str(tmp_path / "nowhere") in outcome.err
    assert outcome.err.count("\n") == 1


# what a bad rule pack says


def test_a_pack_that_is_missing_is_told(run: Run) -> None:
    outcome = run("extract", "changle.txt", "--pack", "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--pack: nowhere: no such folder" in outcome.err


def test_a_bad_line_of_a_pack_is_told(run: Run, datadir: Path) -> None:
    own = datadir / "own"
    own.mkdir()
    (own / "units.tsv").write_text("unit\tcode\tdimension\tfactor\tunless\n只有一列\n", "utf-8")
    outcome = run("extract", "changle.txt", "--pack", own)
    assert (outcome.code, outcome.out) == (2, "")
    assert "units.tsv:2" in outcome.err


# explain


def test_an_explanation_of_a_release(
    release: Release, text: str, datadir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTOR_LANG", "zh")
    lines = [*explain(release, text, 80)]
    assert "\n".join(lines) + "\n" == (datadir / "explained.txt").read_text("utf-8")


def test_nought_is_a_value_and_no_is_none(release: Release, text: str) -> None:
    project = release.projects[0]
    figure = project.figures[0]._replace(value=Decimal(0))
    nought = release._replace(projects=(project._replace(figures=(figure,)),))
    assert "  value       0" in [*explain(nought, text, 80)]
    assert not [line for line in explain(nought, text, 80) if "promised" in line]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_an_explanation_keeps_to_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("explain", "changle.txt").out.splitlines()
    assert max(map(width, lines)) <= columns
    assert sum("⟦" in line for line in lines) > 10


def test_every_figure_is_explained(run: Run) -> None:
    (record,) = run("extract", "changle.txt").records
    figures = [figure for project in record["projects"] for figure in project["figures"]]
    assert len(figures) > 3
    explained = run("explain", "changle.txt").out
    for figure in figures:
        assert f"\n{figure['id']}  {figure['surface']} · [{figure['span'][0]},{figure['span'][1]})" in explained
        alone = run("explain", "changle.txt", "--figure", figure["id"]).out
        assert re.findall(r"^(p\d+\.f\d+)  ", alone, re.MULTILINE) == [figure["id"]]


def test_a_figure_that_is_not_there_is_told(run: Run) -> None:
    outcome = run("explain", "changle.txt", "--figure", "p99.f1")
    assert (outcome.code, outcome.out) == (2, "")
    assert "p99.f1" in outcome.err
    assert "p01.f1 … p02.f" in outcome.err


def test_what_cannot_be_explained_is_told(run: Run) -> None:
    outcome = run("explain", "missing.txt", "--figure", "p01.f1")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1


# schema, help, languages


def test_the_schema_is_the_published_one(run: Run) -> None:
    published = Path(__file__).parents[1] / "schemas" / "release.schema.json"
    assert run("schema").out == published.read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_in_both_languages(name: str) -> None:
    for lang, expected in (("zh", True), ("en", False)):
        shown = process(name, "--help", EXTRACTOR_LANG=lang)
        assert shown.returncode == 0
        assert bool(CHINESE.search(shown.stdout.replace("，如 p05.f3", ""))) == expected
        assert max(map(width, shown.stdout.splitlines())) <= 80
    command = commands().get_command(click.Context(commands()), name)
    assert command is not None
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_names_every_command_and_exit_code(run: Run, lang: str) -> None:
    shown = run("--lang", lang, "--help")
    assert shown.code == 0
    for word in [*COMMANDS, "130", "--version"]:
        assert re.search(rf"^  {word}\b", shown.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少命令"),
        (("frob",), "没有 frob 这个命令"),
        (("extract",), "缺少参数"),
        (("extract", "--frob", "x"), "没有 --frob 这个选项"),
        (("extract", "x", "--indent", "x"), "不是所需的数字"),
        (("extract", "x", "--indent", "99"), "超出范围"),
        (("extract", "x", "--output"), "须带值"),
        (("schema", "x"), "多余的参数"),
        (("schema", "--lang", "fr"), "不在可选之列"),
        (("extract", "x", "--pack", "nowhere"), "nowhere：没有这个文件夹"),
        (("compare", "changle.jsonl", "--pack", "nowhere"), "nowhere：没有这个文件夹"),
        (("keep", "nowhere.json", "--corpus", "."), " nowhere.json。"),
        (("keep", "changle.txt", "--corpus", "changle.txt"), "changle.txt 是文件，须是"),
    ],
)
def test_wrong_usage_is_told_in_chinese_too(run: Run, arguments: tuple[str, ...], said: str) -> None:
    outcome = run("--lang", "zh", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.startswith(("用法", "错误"))


@pytest.mark.parametrize(
    ("environment", "arguments", "expected"),
    [
        ({}, [], "en"),
        ({"LANG": "C.UTF-8"}, [], "en"),
        ({"LANG": "zh_CN.UTF-8"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, [], "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "EXTRACTOR_LANG": "en"}, [], "en"),
        ({"LANG": "zh_CN.UTF-8", "EXTRACTOR_LANG": "en"}, ["schema", "--lang", "zh"], "zh"),
        ({}, ["--lang=zh", "schema"], "zh"),
        ({"LANG": "zh_CN.UTF-8"}, ["--lang", "fr"], "zh"),
    ],
)
def test_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], arguments: list[str], expected: str
) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    for name in ("EXTRACTOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, environment.get(name, ""))
    settle(arguments)
    assert language() == expected


def test_the_compiled_words_are_those_of_the_catalogue() -> None:
    catalogue = polib.pofile(str(LOCALE / "extractor.po"))
    with (LOCALE / "extractor.mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    for entry in catalogue:
        assert words.gettext(entry.msgid) == (entry.msgstr or entry.msgstr_plural[0]), "compile it: msgfmt or polib"
    assert len(catalogue) == len({*polib.mofile(str(LOCALE / "extractor.mo"))})


# the process as a whole


def test_version() -> None:
    assert re.fullmatch(r"extractor \d+\.\d+\.\d+\n", process("--version").stdout)


def test_a_reader_that_leaves_early_is_no_error(datadir: Path) -> None:
    program = subprocess.Popen(
        [*PROGRAM, "extract", *[datadir / "changle.txt"] * 200], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout and program.stderr
    program.stdout.read(10)
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(60) != 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["extract", "explain"])
def test_a_full_disk_is_told(datadir: Path, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        program = subprocess.run(
            [*PROGRAM, command, datadir / "changle.txt"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert program.returncode == 1
    assert program.stderr.count(b"\n") == 1


def test_an_interrupted_command_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Release, "to_json", _interrupt)
    assert run("extract", "changle.txt") == (130, "", "\nInterrupted.\n")


def test_a_bug_is_not_hidden(datadir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object) -> str:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Release, "to_json", bug)
    with pytest.raises(RuntimeError, match="a bug"):
        main(["extract", str(datadir / "changle.txt")])


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], [entry.target.partition(":")[0] for entry in COMMANDS.values()]),
        (
            ["extract", "FILE"],
            [
                "spacy",
                "pandas",
                "pyarrow",
                "polars",
                "distributed",
                "pdfplumber",
                "pypdfium2",
                "docx",
                "xlsxwriter",
                "opencc",
            ],
        ),
    ],
)
def test_a_command_imports_only_what_it_needs(datadir: Path, arguments: list[str], unwanted: list[str]) -> None:
    given = [str(datadir / "changle.txt") if argument == "FILE" else argument for argument in arguments]
    program = f"""
import sys
from extractor.cli import main
try:
    main({given!r})
except SystemExit as end:
    print(end.code, *sys.modules, file=sys.stderr)
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    code, *modules = shown.stderr.split()
    assert code == "0"
    assert not {*unwanted} & {*modules}


# columns


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("民生", 4), ("ＡＢ", 4), ("a民", 3), ("⟦", 1), ("e\u0301", 1), ("１２，", 6)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns
    assert width(pad(text, 10)) == 10


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 9, ["one two", "three"]),
        ("新建公共充电桩", 8, ["新建公共", "充电桩"]),
        ("新建公共，充电桩", 8, ["新建公", "共，充电", "桩"]),
        ("新建 charging points 三百个", 12, ["新建", "charging", "points 三百", "个"]),
        ("a\n\nb", 10, ["a b"]),
        ("x" * 130, 80, ["x" * 80, "x" * 50]),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x1b[2Jb", "a [2Jb"), ("a\u202eb", "a b"), ("第\n一\t件", "第 一 件"), ("３％", "３％")]
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown
