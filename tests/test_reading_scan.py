"""Scans: recognised text with its figures and tables, a finding on how sure it is, a way out where nothing recognises.

``release-scan.png`` and ``.tiff`` are pages of ``release-chromium.pdf`` as pictures; ``release-half-scanned.pdf`` has
its first page as text and its second as a picture.
"""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from pathlib import Path

import pytest

from extractor.reading import Limits, ReadError, read_one, scan

PIL = pytest.importorskip("PIL.Image")
needs_ocr = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason='the extra "ocr" is not installed')


@pytest.fixture
def written(shared_datadir: Path) -> str:
    return (shared_datadir / "release.txt").read_text(encoding="utf-8")


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    scan.engine.cache_clear()


def digits(text: str) -> list[str]:
    return re.findall(r"\d", text)


@needs_ocr
def test_a_scanned_page_has_all_its_figures_and_rows(shared_datadir: Path, written: str) -> None:
    document = read_one(shared_datadir / "release-scan.png")
    page = written[: written.index("难学生")]
    assert digits(document.text) == digits(page)
    assert re.findall(r"^\|.*\|$", document.text, re.MULTILINE) == re.findall(r"^\|.*\|$", page, re.MULTILINE)
    assert len(document.text.split("\n")) == len(page.split("\n"))
    assert document.source.media_type == "image/png"
    assert document.pages == (0,)
    (finding,) = document.findings
    assert (finding.code, finding.severity) == ("ocr-confidence", "ok")
    assert re.match(r"page 1: \d+ lines recognised, confidence \d\.\d\d on average, \d\.\d\d in “", finding.message)


@needs_ocr
def test_a_picture_of_several_pages_is_read_to_the_end(shared_datadir: Path, written: str) -> None:
    document = read_one(shared_datadir / "release-scan.tiff")
    page = written[written.index("难学生") :]
    assert digits(document.text)[: len(digits(page))] == digits(page)
    assert len(document.pages) == len(document.findings) == 2
    assert document.page_of(len(document.text) - 1) == 2


@needs_ocr
def test_a_page_without_text_in_a_pdf_is_recognised(shared_datadir: Path, written: str) -> None:
    document = read_one(shared_datadir / "release-half-scanned.pdf")
    assert digits(document.text) == digits(written)
    assert [finding.message[:7] for finding in document.findings] == ["page 2:"]
    assert document.text[document.pages[1] :].startswith("难学生7.9万人次")


@needs_ocr
@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF"])
def test_an_empty_page_holds_no_text(format: str) -> None:
    buffer = io.BytesIO()
    PIL.new("L", (400, 300), 255).save(buffer, format)
    with pytest.raises(ReadError, match=r"^a.img holds no text; check that it is the document you meant$"):
        read_one(buffer.getvalue(), name="a.img")


@needs_ocr
def test_a_cut_picture_is_refused(shared_datadir: Path) -> None:
    data = (shared_datadir / "release-scan.png").read_bytes()
    with pytest.raises(ReadError, match=r"^a.png is a damaged picture; save it again as PNG$") as refusal:
        read_one(data[: len(data) // 2], name="a.png")
    assert refusal.value.stage == "ocr"


@needs_ocr
def test_pixels_are_bounded(shared_datadir: Path) -> None:
    with pytest.raises(ReadError, match=r"has more than 1000 pixels; scale it down$"):
        read_one(shared_datadir / "release-scan.png", limits=Limits(pixels=1_000))


@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra_a_picture_says_what_to_install(shared_datadir: Path) -> None:
    with pytest.raises(ReadError) as refusal:
        read_one(shared_datadir / "release-scan.png")
    assert refusal.value.stage == "ocr"
    assert refusal.value.message == (
        'release-scan.png is a picture of text: install the recognition with pip install "extractor[ocr]"'
    )


@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra_the_other_pages_are_read(shared_datadir: Path, written: str) -> None:
    document = read_one(shared_datadir / "release-half-scanned.pdf")
    assert written.startswith(document.text)
    (finding,) = document.findings
    assert (finding.code, finding.severity) == ("page-without-text", "error")
    assert finding.message == 'page 2 is a picture of text: install the recognition with pip install "extractor[ocr]"'


@pytest.mark.usefixtures("without_ocr")
def test_without_the_extra_a_scanned_pdf_is_refused() -> None:
    buffer = io.BytesIO()
    PIL.new("1", (400, 300), 1).save(buffer, "PDF")
    with pytest.raises(ReadError, match=r'^a.pdf holds no text: page 1 is a picture of text: .*"extractor\[ocr\]"$'):
        read_one(buffer.getvalue(), name="a.pdf")
