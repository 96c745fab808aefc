"""Word processors' files: paragraphs with their numbers, tables with merged cells once, nothing deleted, nothing lost.

``release.docx`` was written by python-docx, ``release.doc``, ``.odt`` and ``.rtf`` by LibreOffice from it.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractor.reading import Limits, ReadError, office, read_one

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def saved(document: Docx) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines(fill: Callable[[Docx], None]) -> list[str]:
    document = docx.Document()
    fill(document)
    return read_one(saved(document), name="a.docx").text.split("\n")


def with_body(xml: str) -> list[str]:
    """The lines of a document whose body is xml."""

    def fill(document: Docx) -> None:
        body = parse_xml(f"<w:body {nsdecls('w', 'wp', 'a', 'r')} xmlns:mc='{MC}' xmlns:wps='{WPS}'>{xml}</w:body>")
        document.element.body.extend(list(body))

    return lines(fill)


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def test_a_release_is_read_with_its_table(shared_datadir: Path) -> None:
    document = read_one(shared_datadir / "release.docx")
    assert document.text == (shared_datadir / "release.txt").read_text(encoding="utf-8")
    assert document.source.media_type == WORD
    assert document.source.encoding is None
    assert document.source.characters == len(document.text)


@needs_office
@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("doc", "application/msword"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("rtf", "application/rtf"),
    ],
)
def test_other_formats_read_the_same(suffix: str, media_type: str, shared_datadir: Path) -> None:
    document = read_one(shared_datadir / f"release.{suffix}")
    assert document.text == (shared_datadir / "release.txt").read_text(encoding="utf-8")
    assert document.source.media_type == media_type


@needs_office
def test_a_wps_file_is_told_by_its_content(shared_datadir: Path) -> None:
    data = (shared_datadir / "release.doc").read_bytes()
    assert read_one(data, name="release.wps").source.media_type == "application/msword"


@needs_office
def test_what_cannot_be_converted_says_so() -> None:
    with pytest.raises(ReadError, match=r"^a.doc could not be converted by LibreOffice; open it in a word processor"):
        read_one(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, name="a.doc")


@needs_office
def test_a_conversion_is_bounded_in_time(shared_datadir: Path) -> None:
    with pytest.raises(ReadError, match=r"took LibreOffice longer than 0.01 seconds; save it as DOCX$"):
        read_one(shared_datadir / "release.doc", limits=Limits(seconds=0.01))


def test_without_libreoffice_the_way_out_is_named(shared_datadir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda program: None)
    with pytest.raises(
        ReadError, match=r"^release.doc needs LibreOffice to be read: install it, or save the file as DOCX$"
    ):
        read_one(shared_datadir / "release.doc")


LEVEL = (
    "<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{style}'/>{more}"
    "<w:lvlText w:val='{text}'/></w:lvl>"
)


def numbered(paragraphs: list[tuple[int, str]], *levels: tuple[str, str], start: int = 1, more: str = "") -> list[str]:
    """The lines of paragraphs at levels of a list, each level a style and the text that shows its number."""

    def fill(document: Docx) -> None:
        xml = "".join(
            LEVEL.format(depth=depth, start=start, style=style, text=text, more=more)
            for depth, (style, text) in enumerate(levels)
        )
        root = document.part.numbering_part.element
        root.insert(0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{xml}</w:abstractNum>"))
        root.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
        for depth, text in paragraphs:
            paragraph = document.add_paragraph(text)
            if depth >= 0:
                properties = f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{depth}'/><w:numId w:val='77'/></w:numPr>"
                paragraph._p.get_or_add_pPr().append(parse_xml(properties))

    return lines(fill)


@pytest.mark.parametrize(
    ("style", "text", "start", "expected"),
    [
        ("decimal", "%1.", 1, ["1. 甲", "2. 乙"]),
        ("decimal", "第%1件", 9, ["第9件 甲", "第10件 乙"]),
        ("chineseCounting", "%1、", 1, ["一、 甲", "二、 乙"]),
        ("chineseCountingThousand", "（%1）", 10, ["（十） 甲", "（十一） 乙"]),
        ("japaneseCounting", "%1、", 20, ["二十、 甲", "二十一、 乙"]),
        ("chineseCountingThousand", "%1、", 100, ["一百、 甲", "一百零一、 乙"]),
        ("ideographTraditional", "%1", 1, ["甲 甲", "乙 乙"]),
        ("decimalEnclosedCircleChinese", "%1", 1, ["① 甲", "② 乙"]),
        ("decimalFullWidth", "%1．", 9, ["９． 甲", "１０． 乙"]),
        ("upperRoman", "%1.", 3, ["III. 甲", "IV. 乙"]),
        ("lowerLetter", "%1)", 26, ["z) 甲", "aa) 乙"]),
        ("decimalZero", "%1", 9, ["09 甲", "10 乙"]),
        ("bullet", "\uf0b7", 1, ["• 甲", "• 乙"]),
        ("none", "附件", 1, ["附件 甲", "附件 乙"]),
        ("some-day-invented", "%1.", 1, ["1. 甲", "2. 乙"]),
    ],
)
def test_numbers_that_word_shows(style: str, text: str, start: int, expected: list[str]) -> None:
    assert numbered([(0, "甲"), (0, "乙")], (style, text), start=start) == expected


def test_numbers_of_levels() -> None:
    paragraphs = [(0, "甲"), (1, "乙"), (1, "丙"), (-1, "正文"), (0, "丁"), (1, "戊"), (2, "己")]
    assert numbered(paragraphs, ("chineseCounting", "%1、"), ("decimal", "%2."), ("decimal", "%1.%2.%3")) == [
        "一、 甲", "1. 乙", "2. 丙", "正文", "二、 丁", "1. 戊", "二.1.1 己",
    ]  # fmt: skip
    assert numbered([(1, "甲"), (0, "乙")], ("decimal", "%1."), ("decimal", "%1.%2")) == ["1.1 甲", "1. 乙"]


def test_a_number_without_a_blank_stands_close() -> None:
    assert numbered([(0, "学校")], ("chineseCounting", "%1、"), more="<w:suff w:val='nothing'/>") == ["一、学校"]


def test_empty_paragraphs_are_counted_as_word_counts_them() -> None:
    assert numbered([(0, "甲"), (0, ""), (0, "乙")], ("decimal", "%1.")) == ["1. 甲", "3. 乙"]


def test_lists_of_styles_and_new_starts() -> None:
    def fill(document: Docx) -> None:
        for text in ("甲", "乙"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("丙", style="List Bullet")

    assert lines(fill) == ["1. 甲", "2. 乙", "• 丙"]


def test_merged_cells_stand_once() -> None:
    def fill(document: Docx) -> None:
        table = document.add_table(4, 4)
        for row, texts in enumerate(["项目 目标 完成 单位", "公路 3000 3312 公里", "公路 40 38 座", "合计 0 0 0"]):
            for column, text in enumerate(texts.split()):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0)).text = "公路"
        table.cell(3, 1).merge(table.cell(3, 3)).text = "2项"

    assert lines(fill) == [
        "| 项目 | 目标 | 完成 | 单位 |",
        "| 公路 | 3000 | 3312 | 公里 |",
        "|  | 40 | 38 | 座 |",
        "| 合计 | 2项 |  |  |",
    ]


def test_a_table_of_one_column_is_a_frame() -> None:
    def fill(document: Docx) -> None:
        document.add_paragraph("前言")
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "一、教育"
        inner = cell.add_table(2, 2)
        for row, texts in enumerate((("学校", "5所"), ("医院", "6所"))):
            for column, text in enumerate(texts):
                inner.cell(row, column).text = text

    assert lines(fill) == ["前言", "一、教育", "| 学校 | 5所 |", "| 医院 | 6所 |"]


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<w:p>{RUN.format('完成')}<w:ins>{RUN.format('58亿')}</w:ins>{RUN.format('元')}</w:p>", ["完成58亿元"]),
        ("<w:p><w:del><w:r><w:delText>57</w:delText></w:r></w:del>" + RUN.format("58亿元") + "</w:p>", ["58亿元"]),
        (f"<w:sdt><w:sdtContent><w:p>{RUN.format('完成3项')}</w:p></w:sdtContent></w:sdt>", ["完成3项"]),
        (
            f"<w:p><w:hyperlink>{RUN.format('附件')}</w:hyperlink><w:smartTag>{RUN.format('5')}</w:smartTag></w:p>",
            ["附件5"],
        ),
        (
            "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:noBreakHyphen/></w:r></w:p>",
            ["一", "二\t三-"],
        ),
        ("<w:p><w:r><w:instrText>PAGE 99</w:instrText></w:r>" + RUN.format("完成") + "</w:p>", ["完成"]),
        (
            "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>" + RUN.format("完成") + "</w:p>",
            ["完成"],
        ),
        (
            f"<w:p>{RUN.format('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"<w:txbxContent><w:p>{RUN.format('框中5项')}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<w:txbxContent><w:p>{RUN.format('框中5项')}</w:p></w:txbxContent></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            ["正文", "框中5项"],
        ),
    ],
    ids=["insertion", "deletion", "control", "links", "breaks", "field", "tab-stops", "text-box"],
)
def test_what_is_text_and_what_is_not(xml: str, expected: list[str]) -> None:
    assert with_body(xml) == expected


def test_footnotes_come_last() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>"
        f"<w:footnote w:id='1'><w:p>{RUN.format('截至12月31日。')}</w:p></w:footnote></w:footnotes>"
    )

    def fill(document: Docx) -> None:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        document.add_paragraph("完成12项")

    assert lines(fill) == ["完成12项", "截至12月31日。"]


def test_the_title_of_the_properties_is_kept() -> None:
    document = docx.Document()
    document.core_properties.title = "2023年民生实事完成情况"
    document.add_paragraph("完成12项")
    assert read_one(saved(document)).meta.title == "2023年民生实事完成情况"


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A Word file with one of its parts rewritten."""
    document = docx.Document()
    document.add_paragraph("完成12项")
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == part else data)
    return buffer.getvalue()


LAUGHS = b"<!DOCTYPE d [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip


def after_declaration(data: bytes, addition: bytes) -> bytes:
    head, _, rest = data.partition(b"?>")
    return head + b"?>" + addition + rest


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_entities_are_refused(part: str, codec: str) -> None:
    def declare(data: bytes) -> bytes:
        text = after_declaration(data, LAUGHS).decode().replace("UTF-8", codec)
        return text.encode(codec)

    with pytest.raises(ReadError, match=r"^a.docx declares entities of its own, as no word processor does"):
        read_one(changed(part, declare), name="a.docx")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (changed("word/document.xml", lambda data: data + b" " * 300_000_000), "unpacks to far more than its size"),
        (
            changed("word/document.xml", lambda data: data + b" " * 60_000_000 + b"x"),
            "unpacks to far more than its size",
        ),
        (changed("word/document.xml", lambda data: data[:-20]), "is a damaged Word file"),
        (changed("word/document.xml", lambda data: b""), "is a damaged Word file"),
        (changed("[Content_Types].xml", lambda data: data.replace(b"main+xml", b"x")), "is a damaged Word file"),
        (
            changed("word/document.xml", lambda data: data.replace(b"<w:p>", b"<w:p>" * 5_000, 1)),
            "is a damaged Word file",
        ),
    ],
    ids=["bomb", "small-bomb", "cut", "empty", "no-document", "deep"],
)
def test_a_broken_or_hostile_file_is_refused_in_a_sentence(data: bytes, cause: str) -> None:
    with pytest.raises(ReadError, match=rf"^a.docx {cause}[^\n]*[^.\n]$"):
        read_one(data, name="a.docx")
