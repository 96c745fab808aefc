"""``extractor text``: the very text that the spans of a record count in."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.reading import read_one

Printed = tuple[int | str | None, bytes, str]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], shared_datadir: Path, tmp_path: Path
) -> object:
    monkeypatch.setenv("EXTRACTOR_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("all.zip", "w") as file:
        for name in ("release.txt", "release.html"):
            file.writestr(f"2023/{name}", (shared_datadir / name).read_bytes())
        file.writestr("a.7z", b"7z\xbc\xaf\x27\x1c\0\0")
    with zipfile.ZipFile("many.zip", "w") as file:
        for number in range(30):
            file.writestr(f"{number}.txt", f"完成{number}项")

    def call(*arguments: str | Path, stdin: bytes = b"") -> Printed:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main(["text", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return end.value.code, out, err.decode()

    return call


@pytest.mark.parametrize("name", ["release.txt", "release.html", "release.docx", "release-chromium.pdf"])
def test_it_prints_what_spans_count_in(name: str, run, shared_datadir: Path) -> None:  # type: ignore[no-untyped-def]
    path = shared_datadir / name
    assert run(path) == (0, read_one(path).text.encode(), "")
    assert run("-", stdin=path.read_bytes()) == (0, read_one(path).text.encode(), "")


def test_line_ends_and_encodings_come_out_as_read(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_bytes("完成12项，\r\n惠及3万人。\r".encode("gb18030"))
    assert run("a.txt") == (0, "完成12项，\r\n惠及3万人。\r".encode(), "")


def test_one_member_of_an_archive(run, shared_datadir: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("all.zip", "--member", "2023/release.html") == (
        0,
        read_one(shared_datadir / "release.html").text.encode(),
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["all.zip"], "Error: all.zip holds several documents; name one with --member: "
                      "2023/release.txt, 2023/release.html, a.7z\n"),
        (["many.zip"], "Error: many.zip holds several documents; name one with --member: "
                       "0.txt, 1.txt, 2.txt, 3.txt, 4.txt, 5.txt, 6.txt, 7.txt, 8.txt, 9.txt…\n"),
        (["all.zip", "--member", "b.txt"], "Error: all.zip holds nothing that is called b.txt\n"),
        (["all.zip", "--member", "a.7z"], "Error: all.zip: is a 7Z or RAR archive, which is not read; "
                                          "unpack it, or pack it as ZIP\n"),
        (["none.txt"], "Error: none.txt: cannot be opened: no such file or directory; "
                       "check the name and its permissions\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told(arguments: list[str], sentence: str, run) -> None:  # type: ignore[no-untyped-def]
    assert run(*arguments) == (1, b"", sentence)


def test_it_speaks_chinese(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("EXTRACTOR_LANG", "zh")
    code, _, err = run("all.zip")
    assert (code, err.startswith("错误：all.zip 含多个文档，请用 --member 指定其一：2023/release.txt、")) == (1, True)
