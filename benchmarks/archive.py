"""Make an archive of mixed files out of the corpus, every document with numbers of its own.

    python benchmarks/archive.py FOLDER [--documents 2000] [--seed 1]

The same arguments give the same texts.  Needs the development extra.
"""

from __future__ import annotations

import argparse
import html
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

CORPUS = Path(__file__).parents[1] / "corpus"
FONT, SIZE, LEFT, TOP, BOTTOM, STEP = "STSong-Light", 12, 72, 770, 72, 20
PER_ARCHIVE = 20  # documents in one ZIP or WARC file
# Numbers that a release counts with; dates, ordinals and list marks stay as they are.
ARABIC = re.compile(r"(?<![\d.])[1-9]\d*(?:\.\d+)?(?![\d.]|\s*[年月日号、．)）])")
CHINESE = re.compile(r"(?<![第（十百千])[二三四五六七八九](?=[百千万]|十[^年月日、）]{2})")
PAGE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8">
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-01-15 09:30">
<meta name="SiteName" content="某某市人民政府门户网站"><title>{title}_某某市人民政府</title>
<style>body {{ font: 16px sans-serif }}</style><script>var page = 1;</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> <a href="/hdjl/">互动交流</a></div>
<h1>{title}</h1><div class="TRS_Editor">
{paragraphs}
</div><div class="footer">主办：某某市人民政府办公室 <a href="/map.html">网站地图</a></div></body></html>
"""


class Release(NamedTuple):
    """A release to be put into some format."""

    name: str
    text: str


def releases(seed: int) -> Iterator[Release]:
    """The corpus over and over, in random order, with other digits in its numbers each time."""
    originals = [Release(path.stem, path.read_text("utf-8")) for path in sorted(CORPUS.glob("*.txt"))]
    chance = random.Random(seed)
    for number in count(1):
        name, text = chance.choice(originals)
        text = ARABIC.sub(lambda number: _other(number[0], chance), text)
        text = CHINESE.sub(lambda _: chance.choice("二三四五六七八九"), text)
        yield Release(name, f"{text.rstrip()}\n\n索引号：{number:08}\n")


def _other(number: str, chance: random.Random) -> str:
    """A number of the same length; its first digit stays, so that no share passes 100 that did not before."""
    return number[0] + re.sub(r"\d", lambda _: str(chance.randrange(10)), number[1:])


def encoded(encoding: str) -> Callable[[Release], bytes]:
    """What makes a text file in an encoding."""
    return lambda release: release.text.encode(encoding)


def page(release: Release) -> bytes:
    """A page as sites of governments have them, with their usual furniture."""
    title, *lines = [html.escape(line) for line in release.text.splitlines() if line.strip()]
    paragraphs = "\n".join(f'<p style="text-indent: 2em">{line}</p>' for line in lines)
    return PAGE.format(title=title, paragraphs=paragraphs).encode()


def pdf(release: Release) -> bytes:
    """A PDF with its text set in lines and pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    y = BOTTOM
    for line in _set_in_lines(release.text, A4[0] - 2 * LEFT):
        if y - STEP < BOTTOM:
            canvas.showPage() if y != BOTTOM else None
            canvas.setFont(FONT, SIZE)
            y = TOP
        canvas.drawString(LEFT, y, line)
        y -= STEP
    canvas.save()
    return buffer.getvalue()


def _set_in_lines(text: str, width: float) -> Iterator[str]:
    for paragraph in filter(str.strip, text.splitlines()):
        line, room = "", width
        for character in "　　" + paragraph.strip():
            room -= pdfmetrics.stringWidth(character, FONT, SIZE)
            if room < 0 and character not in "，。；：、":
                yield line
                line, room = "", width - pdfmetrics.stringWidth(character, FONT, SIZE)
            line += character
        yield line


def word(release: Release) -> bytes:
    """A DOCX with a paragraph for every line."""
    document = docx.Document()
    for line in filter(str.strip, release.text.splitlines()):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zipped(documents: list[Release]) -> bytes:
    """A ZIP of text files and pages in turn."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for number, release in enumerate(documents):
            make, suffix = ((encoded("gb18030"), "txt"), (page, "html"))[number % 2]
            file.writestr(f"{number:02}-{release.name}.{suffix}", make(release))
    return buffer.getvalue()


def crawl(documents: list[Release]) -> bytes:
    """A WARC of pages as a crawler received them."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for number, release in enumerate(documents):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        address = f"https://www.example.gov.cn/{release.name}/{number}.html"
        date = {"WARC-Date": "2024-01-15T09:30:00Z"}
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(page(release)), http_headers=headers, warc_headers_dict=date
            )
        )
    return buffer.getvalue()


class Format(NamedTuple):
    """A format: its share of the documents in percent, and what makes a file of one document, or of several."""

    share: int
    suffix: str
    make: Callable[[Release], bytes] | None = None
    pack: Callable[[list[Release]], bytes] | None = None


FORMATS = {
    "text-utf8": Format(25, "txt", encoded("utf-8")),
    "text-gb18030": Format(10, "txt", encoded("gb18030")),
    "text-utf16": Format(5, "txt", encoded("utf-16")),
    "html": Format(30, "html", page),
    "pdf": Format(10, "pdf", pdf),
    "docx": Format(10, "docx", word),
    "zip": Format(5, "zip", pack=zipped),
    "warc": Format(5, "warc.gz", pack=crawl),
}


def make(folder: Path, documents: int, seed: int) -> None:
    """Fill a folder: one folder for every format."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    source = releases(seed)
    for name, (share, suffix, one, several) in FORMATS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        chosen = [next(source) for _ in range(documents * share // 100)]
        if one:
            for number, release in enumerate(chosen):
                (folder / name / f"{number:04}-{release.name}.{suffix}").write_bytes(one(release))
        if several:
            for number, at in enumerate(range(0, len(chosen), PER_ARCHIVE)):
                (folder / name / f"{number:02}.{suffix}").write_bytes(several(chosen[at : at + PER_ARCHIVE]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.documents, arguments.seed)
