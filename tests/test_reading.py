"""Reading as a whole: formats told by content, errors in one sentence, bounds on everything, the order of imports."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from extractor import reading
from extractor.reading import Document, Failure, Limits, ReadError, is_asset, read, read_one
from extractor.reading.document import Input
from extractor.reading.formats import READERS, recognise

RELEASES = ["release.txt", "release.html", "release.docx", "release-chromium.pdf"]


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"\xe5\xae\x8c\xe6\x88\x90", "a", "text/plain"),
        (b"", "a.html", "text/html"),
        (b"2023", "a.HTM", "text/html"),
        (b"\r\n <!-- x --><!DOCTYPE html><p>", "a.txt", "text/html"),
        (b"\xef\xbb\xbf<html>", "a", "text/html"),
        ("<html><body>".encode("utf-16"), "a", "text/html"),
        (b"<?xml version='1.0'?><html xmlns=''>", "a", "text/html"),
        (b"<div class=TRS_Editor>", "a", "text/html"),
        ("<通知>完成3项".encode(), "a.txt", "text/plain"),
        ("一、<p>标签说明".encode(), "a.txt", "text/plain"),
        (b"\n%PDF-1.4", "a.txt", "application/pdf"),
        (b"{\\rtf1", "a.doc", "application/rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.wps", "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "application/vnd.ms-excel"),
        (b"<html xmlns:w='urn'>", "a.doc", "text/html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.doc", "multipart/related"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "a.mhtml", "multipart/related"),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
        (b"II*\0", "a", "image/tiff"),
        (b"PK\x05\x06" + b"\0" * 18, "a.docx", "application/zip"),
        (b"WARC/1.0\r\n", "a", "application/warc"),
        (b"\x1f\x8b\x08", "a.txt.gz", "application/gzip"),
    ],
)
def test_formats_are_told_by_content(head: bytes, name: str, media_type: str) -> None:
    assert recognise(Input(io.BytesIO(head), name)).media_type == media_type


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.target)
def test_every_format_has_its_reader(reader: reading.Reader) -> None:
    assert callable(reader.load())


@pytest.mark.parametrize("name", RELEASES)
def test_a_path_and_its_bytes_read_the_same(name: str, shared_datadir: Path) -> None:
    path = shared_datadir / name
    document = read_one(path)
    assert document == read_one(str(path)) == read_one(path.read_bytes(), name=name)
    assert [*read(path)] == [document]
    assert document.source.name == name
    assert document.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.source.characters == len(document.text)
    assert document.source.member is None


def test_the_same_release_reads_the_same_in_every_format(shared_datadir: Path) -> None:
    assert len({read_one(shared_datadir / name).text for name in RELEASES}) == 1


def test_a_saved_page_is_read() -> None:
    page = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        "----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>=E5=AE=8C=E6=88=90=\r\n12=E9=A1=B9</p></body></html>\r\n----b--\r\n"
    )
    document = read_one(page.encode(), name="a.mhtml")
    assert (document.text, document.source.media_type) == ("完成12项", "multipart/related")
    with pytest.raises(ReadError, match=r"^a.mhtml holds no HTML page"):
        read_one(page.replace("text/html", "text/x").encode(), name="a.mhtml")


@pytest.mark.parametrize("data", [b"", b"   \r\n\t", b"\xef\xbb\xbf", "　\u200b".encode()[:3]])
def test_a_file_without_text_says_so(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a.txt holds no text; check that it is the document you meant$"):
        read_one(data, name="a.txt")


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("nowhere.txt", "cannot be opened: no such file or directory; check the name and its permissions"),
        ("folder", "is not a file; name a file, or use batch for a folder"),
        ("pipe", "is not a file; name a file, or use batch for a folder"),
        ("release.txt/x", "cannot be opened: not a directory; check the name and its permissions"),
        ("loop", "cannot be opened: too many levels of symbolic links; check the name and its permissions"),
    ],
)
def test_what_cannot_be_opened_is_told(path: str, cause: str, shared_datadir: Path) -> None:
    (shared_datadir / "folder").mkdir()
    os.mkfifo(shared_datadir / "pipe")
    (shared_datadir / "loop").symlink_to("loop")
    with pytest.raises(ReadError) as refusal:
        read_one(shared_datadir / path)
    assert refusal.value.message == f"{shared_datadir / path} {cause}"
    assert refusal.value.stage == "open"


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("完成12项", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):  # whom no permission binds

        def refuse(*arguments: object, **options: object) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match=r"secret.txt cannot be opened: permission denied; check the name"):
        read_one(path)


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "growing.txt"
    path.write_text("完成12项", encoding="utf-8")

    def recognise_late(source: Input) -> reading.Reader:
        with path.open("a", encoding="utf-8") as file:
            file.write("，惠及3万人")
        return recognise(source)

    monkeypatch.setattr(reading, "recognise", recognise_late)
    with pytest.raises(ReadError, match=r"^growing.txt changed while it was read; run again when it is complete$"):
        read_one(path)


def test_an_archive_that_changes_gives_what_came_before(shared_datadir: Path, tmp_path: Path) -> None:
    path = tmp_path / "growing.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(3):
            file.writestr(f"{number}.txt", f"完成{number}项")
    items = read(path)
    first = next(items)
    with path.open("ab") as stream:
        stream.write(b"more")
    rest = list(items)
    assert isinstance(first, Document)
    assert isinstance(rest[-1], Failure)
    assert rest[-1].error.message == "growing.zip changed while it was read; run again when it is complete"


def test_a_line_of_a_gigabyte_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(ReadError, match=r"^long.txt is larger than 128 MB, the limit for one document; split it$"):
        read_one(path)


def test_a_long_line_is_read_up_to_the_limit() -> None:
    line = "完成12项，" * 20_000
    assert read_one(line.encode()).text == line
    with pytest.raises(ReadError, match=r"has more than 99999 characters, the limit for one document; split it$"):
        read_one(line.encode(), limits=Limits(characters=99_999))


@pytest.mark.parametrize("name", ["云岭.txt".encode("gb18030"), b"\xff\xfe\xff.txt", "云岭.txt".encode()])
def test_a_file_name_of_any_encoding_is_text(name: bytes, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text("完成12项", encoding="utf-8")
    document = read_one(path)
    assert document.source.name.encode().decode() == document.source.name
    if b"\xff" not in name:
        assert document.source.name == "云岭.txt"


def test_errors_travel_between_processes() -> None:
    error = ReadError("is encrypted; save it without its password", stage="read", subject="a.pdf")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.message, copy.cause, copy.stage, copy.subject) == (error.message, error.cause, "read", "a.pdf")
    document = read_one("完成12项".encode())
    assert pickle.loads(pickle.dumps(document)) == document


def test_reading_is_deterministic(shared_datadir: Path) -> None:
    for name in RELEASES:
        assert read_one(shared_datadir / name) == read_one(shared_datadir / name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.css", True),
        ("page_files/JQUERY.JS", True),
        ("__MACOSX/._a.txt", True),
        ("x\\Thumbs.db", True),
        ("a.html", False),
        ("css", False),
        ("a.js.html", False),
    ],
)
def test_assets(name: str, expected: bool) -> None:
    assert is_asset(name) is expected


def test_a_text_is_read_without_the_libraries_of_other_formats(shared_datadir: Path) -> None:
    program = (
        "import sys; from extractor.reading import read_one; read_one(sys.argv[1]);"
        "print(*sorted(set(sys.modules) & set(sys.argv[2:])))"
    )
    heavy = "selectolax pypdfium2 docx lxml fastwarc PIL numpy cv2 rapidocr opencc email subprocess".split()  # noqa: SIM905
    ran = subprocess.run(
        [sys.executable, "-c", program, shared_datadir / "release.txt", *heavy],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize("name", [*RELEASES, "release-scan.png", "all.zip"])
def test_a_damaged_file_is_read_or_refused_in_a_sentence(
    name: str, shared_datadir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with zipfile.ZipFile(shared_datadir / "all.zip", "w") as file:
        for release in RELEASES:
            file.write(shared_datadir / release, release)
    whole = (shared_datadir / name).read_bytes()
    chance = random.Random(name)
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 30))):
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(9)] = chance.choice(
                (b"", b"\0", b"\xff\xff\xff\xff", b"<", b"999999999")
            )
        try:
            items = list(read(bytes(data), name=name))
        except ReadError as error:
            assert error.message.startswith(f"{name} ")
        else:
            assert all(item.text if isinstance(item, Document) else item.error.cause for item in items)


def test_no_message_is_more_than_a_sentence() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(reading.__path__[0]).glob("*.py"))
    causes = re.findall(r'(?:ReadError\(|_[A-Z]+ = )f?"([a-z][^"]+ [^"]+)"', source)
    assert len(causes) > 25
    assert [cause for cause in causes if cause.endswith(".") or "\n" in cause or ". " in cause] == []
