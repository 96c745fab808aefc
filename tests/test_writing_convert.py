"""``extractor convert``, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RECORDS = Path(__file__).parent / "test_writing" / "records.jsonl"
MAIN = "from extractor.cli import main; main()"


def convert(
    folder: Path, *arguments: str, language: str = "en", stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", MAIN, "convert", *arguments]
    environment = {**os.environ, "EXTRACTOR_LANG": language}
    return subprocess.run(command, cwd=folder, env=environment, input=stdin, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "records.jsonl").write_bytes(RECORDS.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    "to, output",
    [
        ("csv", "records-csv"),
        ("xlsx", "records.xlsx"),
        ("sqlite", "records.sqlite"),
        ("parquet", "records-parquet"),
        ("datapackage", "records-datapackage"),
    ],
)
def test_output_is_named_like_the_input(to: str, output: str, folder: Path) -> None:
    run = convert(folder, "records.jsonl", "--to", to)
    assert (run.returncode, run.stdout, run.stderr.decode()) == (0, b"", f"Written: {output}\n")
    assert sorted(path.name for path in folder.iterdir()) == sorted(["records.jsonl", output])


def test_from_standard_input_to_standard_output(folder: Path) -> None:
    assert convert(folder, "-", "--to", "jsonl", stdin=RECORDS.read_bytes()).stdout == RECORDS.read_bytes()
    assert convert(folder, "-", "--to", "sqlite", "-o", "a.sqlite", stdin=RECORDS.read_bytes()).returncode == 0
    assert convert(folder, "a.sqlite", "--to", "jsonl", "-o", "-").stdout == RECORDS.read_bytes()


@pytest.mark.parametrize("language, sheet", [("zh", "指标数据"), ("en", "figures")])
def test_headings_are_in_the_users_language(language: str, sheet: str, folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert convert(folder, "records.jsonl", "--to", "xlsx", language=language).returncode == 0
    assert sheet in openpyxl.load_workbook(folder / "records.xlsx").sheetnames


@pytest.mark.parametrize(
    "arguments, code, en, zh",
    [
        (["records.jsonl", "--to", "jsonl"], 2, "the output is the input itself", "输出就是输入本身"),
        (["records.jsonl", "--to", "csv", "--licence", "CC0-1.0"], 2, "--licence is no option of csv", "不适用于 csv"),
        (["records.jsonl", "--to", "xlsx", "-o", "-"], 2, "xlsx needs a place", "xlsx 不能写到标准输出"),
        (["records.jsonl", "--to", "csv", "-o", "no/where"], 1, "There is no folder", "没有文件夹"),
        (["missing.jsonl", "--to", "csv"], 1, "missing.jsonl cannot be read: ", "输入有误"),
        (["broken.jsonl", "--to", "csv"], 1, "broken.jsonl, line 2 is not JSON", "输入有误"),
        (["broken.jsonl", "--to", "jsonl", "-o", "-"], 1, "broken.jsonl, line 2 is not JSON", "输入有误"),
    ],
)
def test_one_sentence_says_what_is_wrong(arguments: list[str], code: int, en: str, zh: str, folder: Path) -> None:
    (folder / "broken.jsonl").write_bytes(RECORDS.read_bytes().splitlines(keepends=True)[0] + b'{"cut')
    before = sorted(folder.iterdir())
    for language, sentence in (("en", en), ("zh", zh)):
        run = convert(folder, *arguments, language=language)
        assert run.returncode == code
        assert sentence in run.stderr.decode()
        assert "Traceback" not in run.stderr.decode()
    assert sorted(folder.iterdir()) == before
