"""Archives and crawls: every document in them, each failure alone, nothing beyond the bounds, nothing on the disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractor.reading import Document, Failure, Limits, ReadError, read, read_one

PAGE = "<html><head><meta charset=gb2312></head><body><p>完成公路{}公里，新建学校3所</p></body></html>"


def text(number: int) -> bytes:
    return f"完成公路{number}公里，新建学校3所".encode()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w", encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=tarfile.GNU_FORMAT, encoding=encoding) as file:  # type: ignore[call-overload]
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            file.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def crawled(pages: dict[str, tuple[str, bytes]], *, packed: bool = True, status: str = "200 OK") -> bytes:
    """A crawl as warcio writes it: address -> media type and bytes."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, (media_type, data) in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        dated = {"WARC-Date": "2023-12-20T09:30:00Z"}
        for kind, payload in (("request", b""), ("response", data)):
            record = writer.create_warc_record(
                address, kind, io.BytesIO(payload), http_headers=headers, warc_headers_dict=dated
            )
            writer.write_record(record)
    return buffer.getvalue()


def told(items: Iterator[Document | Failure]) -> dict[str | None, str]:
    """What each member gave: its text, or why it failed."""
    return {
        item.member if isinstance(item, Failure) else item.source.member: item.error.cause
        if isinstance(item, Failure)
        else item.text
        for item in items
    }


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Temporary files are made in a folder of our own, which is empty again after each test."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "zip-stored": lambda members: zipped(members, zipfile.ZIP_STORED),
    "zip-bzip2": lambda members: zipped(members, zipfile.ZIP_BZIP2),
    "zip-lzma": lambda members: zipped(members, zipfile.ZIP_LZMA),
    "tar": tarred,
    "tar.gz": lambda members: tarred(members, "w:gz"),
    "tar.bz2": lambda members: tarred(members, "w:bz2"),
    "tar.xz": lambda members: tarred(members, "w:xz"),
}


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_every_member_is_a_document_of_its_own(pack: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    members = {"2023/云岭.txt": text(1), "2023/公告.html": PAGE.format(2).encode("gb18030"), "空/三.txt": text(3)}
    path = tmp_path / "all.bin"
    path.write_bytes(pack(members))
    documents = [item for item in read(path) if isinstance(item, Document)]
    assert [document.source.member for document in documents] == list(members)
    assert [document.text for document in documents] == [text(number).decode() for number in (1, 2, 3)]
    assert {document.source.name for document in documents} == {"all.bin"}
    assert [document.source.media_type for document in documents] == ["text/plain", "text/html", "text/plain"]
    assert [document.source.encoding for document in documents] == ["utf-8", "gb18030", "utf-8"]


def test_a_release_in_an_archive_is_that_of_its_file(shared_datadir: Path) -> None:
    names = ["release.docx", "release-chromium.pdf", "release.html", "release.txt"]
    packed = zipped({name: (shared_datadir / name).read_bytes() for name in names})
    for item, name in zip(read(packed, name="a.zip"), names, strict=True):
        assert isinstance(item, Document)
        alone = read_one(shared_datadir / name)
        assert item == alone._replace(source=alone.source._replace(name="a.zip", member=name))


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5", "cp437"])
def test_names_without_the_utf8_flag_are_read(codec: str) -> None:
    name = {"cp437": "résumé.txt", "big5": "雲嶺市民生實事.txt"}.get(codec, "云岭市民生实事.txt")
    raw = name.encode(codec)
    packed = zipped({"x" * len(raw): text(1)}).replace(b"x" * len(raw), raw)
    assert list(told(read(packed))) == [name]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_names_in_a_tar_are_read(codec: str) -> None:
    assert list(told(read(tarred({"云岭市民生实事.txt": text(1)}, encoding=codec)))) == ["云岭市民生实事.txt"]


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt", "evil\x1b[2J.txt"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_is_only_a_name(
    name: str, pack: Callable[[dict[str, bytes]], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert told(read(pack({name: text(1)}))) == {name.replace("\x1b", "\ufffd"): text(1).decode()}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b"]
    assert not Path("/etc/evil.txt").exists()


def test_assets_and_clutter_are_no_documents() -> None:
    names = [
        "a_files/site.css",
        "a_files/app.js",
        "__MACOSX/._a.txt",
        "Thumbs.db",
        ".DS_Store",
        "logo.svg",
        "a.txt",
        "empty/",
    ]
    assert list(told(read(zipped({name: text(1) for name in names})))) == ["a.txt"]


def test_links_and_devices_in_a_tar_are_no_documents() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as file:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo(f"link{kind!r}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            file.addfile(entry)
    with pytest.raises(ReadError, match="holds no documents"):
        read_one(buffer.getvalue())


@pytest.mark.parametrize(
    ("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)], ids=["gz", "bz2", "xz"]
)
def test_a_single_packed_file_is_its_document(suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / f"云岭.txt.{suffix}"
    path.write_bytes(pack(text(1)))
    document = read_one(path)
    assert (document.text, document.source.name, document.source.member) == (text(1).decode(), path.name, "云岭.txt")
    assert document.findings == ()


def test_a_packed_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = "".join(f"{number}、完成公路{number * number}公里\n" for number in range(20_000))
    packed = gzip.compress(whole.encode())
    document = read_one(packed[: len(packed) // 2], name="a.txt.gz")
    assert len(document.text) > 10_000
    assert whole.startswith(document.text.rstrip("\ufffd"))
    assert ("truncated-input", "error") in {(finding.code, finding.severity) for finding in document.findings}
    with pytest.raises(ReadError, match=r"^a.txt.gz is damaged or cut off; fetch it again$"):
        read_one(packed[:8], name="a.txt.gz")


def test_archives_in_archives_are_opened_to_a_depth() -> None:
    packed = zipped({"a.txt": text(0)})
    for level in (1, 2, 3, 4):
        packed = zipped({f"{level}.txt": text(level), f"{level}.zip": packed})
    assert told(read(packed, name="all.zip", limits=Limits(depth=3))) == {
        "4.txt": text(4).decode(),
        "4.zip/3.txt": text(3).decode(),
        "4.zip/3.zip/2.txt": text(2).decode(),
        "4.zip/3.zip/2.zip": "is an archive too deep inside others; unpack the outer ones first",
    }
    assert len(told(read(packed))) == 5
    mixed = tarred({"inner.tar.gz": tarred({"b.zip": packed}, "w:gz")}, "w:xz")
    assert next(iter(told(read(mixed, limits=Limits(depth=9))))) == "inner.tar.gz/b.zip/4.txt"


def test_an_archive_that_holds_itself_ends() -> None:
    packed = zipped({"a.zip": b"PK\x03\x04"})
    assert told(read(packed)) == {"a.zip": "is damaged or cut off; fetch it again"}


def test_a_bomb_loses_only_itself() -> None:
    packed = zipped({"a.txt": text(1), "bomb.txt": b"0" * 30_000_000, "c.txt": text(3)})
    given = told(read(packed))
    assert given["a.txt"] == text(1).decode()
    assert given["bomb.txt"] == "unpacks to more than 500 times its size, as only a bomb does"
    assert given["c.txt"] == text(3).decode()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_alone_is_refused(pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ReadError, match=r"^input unpacks to more than 500 times its size, as only a bomb does$"):
        read_one(pack(b"0" * 50_000_000))


def test_a_bomb_of_bombs_stays_within_the_bounds() -> None:
    layer = zipped({f"{number}.txt": os.urandom(100_000) for number in range(10)})
    for _ in range(2):
        layer = zipped({f"{number}.zip": layer for number in range(10)}, zipfile.ZIP_STORED)
    given = list(read(layer, limits=Limits(archive_bytes=20_000_000)))
    assert all(isinstance(item, Failure) for item in given)
    assert "unpacks to more than 19 MB, the limit for one archive; unpack it first" in {
        item.error.cause for item in given if isinstance(item, Failure)
    }


def test_a_tar_of_a_giant_hole_is_refused() -> None:
    entry = tarfile.TarInfo("hole.css")
    entry.size = 1 << 40
    packed = gzip.compress(entry.tobuf() + b"\0" * 40_000_000)
    with pytest.raises(ReadError, match="as only a bomb does"):
        read_one(packed)


def test_a_tar_with_a_giant_header_is_refused() -> None:
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    with pytest.raises(ReadError, match="is damaged or cut off"):
        read_one(gzip.compress(entry.tobuf() + b"a" * 30_000_000))


def test_members_are_counted() -> None:
    packed = zipped({f"{number}.txt": text(number) for number in range(20)})
    given = told(read(packed, name="a.zip", limits=Limits(members=5)))
    assert len(given) == 6
    assert given[None] == "holds more than 5 members; unpack it first"


def test_a_directory_larger_than_memory_is_not_read() -> None:
    packed = zipped({"a.txt": text(1)})
    end = packed.rindex(b"PK\x05\x06")
    swollen = packed[: end + 12] + struct.pack("<I", 1 << 31) + packed[end + 16 :]
    with pytest.raises(ReadError, match="lists more members than any collection of documents has"):
        read_one(swollen)


def test_an_encrypted_member_loses_only_itself() -> None:
    packed = bytearray(zipped({"a.txt": text(1), "b.txt": text(2)}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + flags] |= 1
    assert told(read(bytes(packed))) == {
        "a.txt": "is encrypted; unpack the archive with its password first",
        "b.txt": text(2).decode(),
    }


def test_a_damaged_member_loses_only_itself() -> None:
    packed = zipped({"a.txt": text(1), "b.pdf": b"%PDF-1.4 nothing", "c.txt": text(3)}, zipfile.ZIP_STORED)
    given = list(read(packed.replace(text(1), text(9)), name="a.zip"))
    assert [type(item) for item in given] == [Failure, Failure, Document]
    first, second, _ = given
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert first.error.message.startswith("a.zip > a.txt is damaged (Bad CRC-32")
    assert second.error.message == "a.zip > b.pdf is a damaged PDF; open it in a viewer and save it again"
    assert second.error.stage == "read"


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["tar", "tar.gz", "zip"])
def test_a_cut_archive_gives_what_is_whole_and_says_so(kind: str, cut: float) -> None:
    members = {f"{number}.txt": text(number) + os.urandom(2_000).hex().encode() for number in range(20)}
    packed = PACKERS[kind](members)
    given: list[Document | Failure] = []
    try:
        given += read(packed[: int(len(packed) * cut)], name="a")
    except ReadError as error:
        assert error.message == "a is damaged or cut off; fetch it again"
        assert kind == "zip"
        return
    documents = [item for item in given if isinstance(item, Document)]
    assert len(documents) == pytest.approx(20 * cut, abs=3)
    assert isinstance(given[-1], Failure) or len(documents) == 20
    assert all(document.text.encode() == members[str(document.source.member)] for document in documents)


def test_a_tar_cut_inside_a_header_says_so() -> None:
    packed = tarred({"a.txt": text(1), "b.txt": text(2)})
    assert told(read(packed[: 1024 + 100])) == {
        "a.txt": text(1).decode(),
        None: "is damaged or cut off; fetch it again",
    }
    assert told(read(packed[:1024])) == {"a.txt": text(1).decode()}


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "is a 7Z or RAR archive, which is not read; unpack it, or pack it as ZIP"),
        (b"Rar!\x1a\x07\x01\0" + b"\0" * 50, "is a 7Z or RAR archive, which is not read; unpack it, or pack it as ZIP"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "is a spreadsheet, which is not read; save the sheet as CSV or PDF"),
        (zipped({"ppt/presentation.xml": b"<x/>"}), "is a slide show, which is not read; save it as PDF"),
        (zipped({"OFD.xml": b"<x/>"}), "is an OFD file, which is not read; save it as PDF"),
        (b"PK\x03\x04" + b"\0" * 50, "is damaged or cut off; fetch it again"),
        (zipped({}), "holds no documents"),
    ],
    ids=["7z", "rar", "xlsx", "pptx", "ofd", "cut-zip", "empty-zip"],
)
def test_what_is_not_read_says_what_to_do(data: bytes, cause: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_one(data, name="a.bin")
    assert refusal.value.message == f"a.bin {cause}"


HTML = ("text/html; charset=gb2312", PAGE.format(7).encode("gb18030"))


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawl_gives_its_pages(packed: bool, shared_datadir: Path) -> None:
    crawl = crawled(
        {
            "https://www.example.gov.cn/a.html": HTML,
            "https://www.example.gov.cn/a.css": ("text/css", b"p {}"),
            "https://www.example.gov.cn/app.js?v=1": ("application/x-javascript", b"x()"),
            "https://www.example.gov.cn/b.pdf": (
                "application/pdf",
                (shared_datadir / "release-chromium.pdf").read_bytes(),
            ),
            "https://www.example.gov.cn/c.txt": ("text/plain", text(3)),
        },
        packed=packed,
    )
    documents = [item for item in read(crawl, name="a.warc") if isinstance(item, Document)]
    assert [document.source.member for document in documents] == [
        f"20231220093000/https://www.example.gov.cn/{name}" for name in ("a.html", "b.pdf", "c.txt")
    ]
    assert documents[0].text == text(7).decode()
    assert len(documents[1].pages) == 2
    assert all(document.findings == () for document in documents)


def test_pages_that_were_not_received_are_no_documents() -> None:
    with pytest.raises(ReadError, match="holds no documents"):
        read_one(crawled({"https://www.example.gov.cn/a.html": HTML}, status="404 Not Found"))


def test_packed_answers_are_unpacked() -> None:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    payload = io.BytesIO(gzip.compress(HTML[1]))
    writer.write_record(writer.create_warc_record("http://a.example/", "response", payload, http_headers=headers))
    assert read_one(buffer.getvalue()).text == text(7).decode()


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_crawl_says_so_wherever_it_is_cut(packed: bool) -> None:
    pages = {f"https://www.example.gov.cn/{number}": ("text/plain", text(number) * 20) for number in range(5)}
    crawl = crawled(pages, packed=packed)
    complete = list(read(crawl, name="a.warc"))
    assert [item.text for item in complete if isinstance(item, Document)] == [
        (text(number) * 20).decode() for number in range(5)
    ]
    for cut in range(len(crawl) // 2, len(crawl) - 10, 41):
        *documents, last = read(crawl[:cut], name="a.warc")
        if isinstance(last, Document):  # cut between two records
            assert [*documents, last] == complete[: len(documents) + 1]
            continue
        assert (last.member, last.error.cause) == (None, "is damaged or cut off; fetch it again")
        *whole, part = documents
        assert whole == complete[: len(whole)]
        # Of the record that is cut there may be some text, or none.
        assert isinstance(part, Failure) or part.findings[0].code == "truncated-input"


def test_a_large_record_loses_only_itself() -> None:
    pages = {"http://a.example/1": ("text/plain", b"1" * 5_000), "http://a.example/2": ("text/plain", text(2))}
    given = told(read(crawled(pages), limits=Limits(document_bytes=4_000)))
    assert list(given.values()) == ["is larger than 4000 bytes; fetch it alone", text(2).decode()]


def test_one_of_several_is_not_guessed() -> None:
    with pytest.raises(ReadError, match=r"^a.zip holds several documents; read them all, or name one$"):
        read_one(zipped({"a.txt": text(1), "b.txt": text(2)}), name="a.zip")
