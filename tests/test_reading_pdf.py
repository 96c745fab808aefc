"""PDF: the characters in reading order, paragraphs whole, ruled tables as rows, pages known.

``release-chromium.pdf`` was printed by Chromium from ``release.html``, ``release-libreoffice.pdf`` by LibreOffice from
``release.docx``; the others are drawn here by reportlab.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.reading import Document, Limits, ReadError, read_one

FONT = "STSong-Light"
LEFT, TOP, STEP = 72, 760, 20
FULL = 36  # characters of 12 points that fill a line
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def put(canvas: Canvas, *lines: str, x: float = LEFT, y: float = TOP, size: float = 12) -> None:
    canvas.setFont(FONT, size)
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * STEP, line)


def text_of(draw: Callable[[Canvas], None], **options: object) -> list[str]:
    return read_one(drawn(draw, **options), name="a.pdf").text.split("\n")


def set_in_lines(text: str, width: int = FULL) -> list[str]:
    """Text in lines as wide as so many Han characters; numbers are cut wherever a line ends."""
    lines, room = [""], float(width)
    for character in text:
        em = pdfmetrics.stringWidth(character, FONT, 1)
        if em > room and character not in "，。；：、":
            lines, room = [*lines, ""], float(width)
        lines[-1] += character
        room -= em
    return lines


def turned_page() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 300)
        canvas.rotate(90)
        put(canvas, "附表", x=0, y=0)

    return drawn(draw)


def has_text(pdf: bytes) -> bool:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().count_chars() > 0


@pytest.fixture(params=["release-chromium.pdf", "release-libreoffice.pdf"])
def printed(request: pytest.FixtureRequest, shared_datadir: Path) -> Document:
    return read_one(shared_datadir / request.param)


def test_a_printed_release_reads_as_it_was_written(printed: Document, shared_datadir: Path) -> None:
    written = (shared_datadir / "release.txt").read_text(encoding="utf-8")
    # LibreOffice's pages have a header; it is kept once.
    assert printed.text.removeprefix("云岭市人民政府公报 2024年第1期\n") == written
    assert len(re.findall(r"^\|.*\|$", printed.text, re.MULTILINE)) == 5
    assert printed.source.media_type == "application/pdf"
    assert printed.findings == ()


def test_every_character_knows_its_page(printed: Document) -> None:
    assert len(printed.pages) == 2
    assert printed.pages[0] == 0
    assert printed.page_of(0) == 1
    assert printed.page_of(printed.pages[1] - 1) == 1
    assert printed.page_of(printed.pages[1]) == 2
    assert printed.page_of(len(printed.text) - 1) == 2
    assert printed.page_of(printed.text.index("113%")) == 1
    assert printed.page_of(printed.text.index("101.4万人")) == 2


PARAGRAPH = (
    "一、新建改建农村公路。全年新建改建农村公路1326.5公里，完成投资58.85亿元，完成年度目标任务的110.4%，"
    "惠及沿线427个行政村、63.2万人。"
)


@pytest.mark.parametrize("width", range(28, 40))
def test_a_paragraph_is_whole_wherever_its_lines_end(width: int) -> None:
    paragraph = PARAGRAPH + PARAGRAPH.removeprefix("一、")
    assert text_of(lambda canvas: put(canvas, *set_in_lines(paragraph, width), "二、新建学校28所。")) == [
        paragraph,
        "二、新建学校28所。",
    ]


def test_first_lines_that_are_set_in_begin_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        full = "市政府按月公布十件民生实事办理进展情况并接受社会各界监督评议"
        put(canvas, full, x=LEFT + 24)
        put(canvas, full + "和检查", "完成。", y=TOP - STEP)
        put(canvas, full, x=LEFT + 24, y=TOP - 3 * STEP)
        put(canvas, full + "和检查", "完成。", y=TOP - 4 * STEP)

    full = "市政府按月公布十件民生实事办理进展情况并接受社会各界监督评议"
    assert text_of(draw) == [f"{full}{full}和检查完成。"] * 2


def test_headings_and_signatures_stand_alone() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "云岭市民生实事完成情况", x=190, y=TOP + 40, size=18)
        put(canvas, *set_in_lines(PARAGRAPH))
        put(canvas, "云岭市人民政府办公室", "2024年1月12日", x=380, y=600)

    assert text_of(draw) == ["云岭市民生实事完成情况", PARAGRAPH, "云岭市人民政府办公室", "2024年1月12日"]


def test_words_of_latin_script_are_kept_apart() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "The city built 46 community canteens and renewed 124 old", "residential areas in 2023.")

    assert text_of(draw) == ["The city built 46 community canteens and renewed 124 old residential areas in 2023."]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = "一、" + "新建公路三百公里完成投资五亿元，" * 12 + "全部完成。"
    right = "二、" + "改造小区一百二十个惠及三万户，" * 12 + "全部完成。"

    def draw(canvas: Canvas) -> None:
        put(canvas, "云岭市民生实事完成情况", x=190, y=TOP + 40, size=18)
        put(canvas, *set_in_lines(left, 17), x=LEFT)
        put(canvas, *set_in_lines(right, 17), x=LEFT + 240)

    assert text_of(draw) == ["云岭市民生实事完成情况", left, right]


def test_columns_of_a_list_stay_in_their_rows() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(8):
            put(canvas, f"项目{number}", y=TOP - number * STEP)
            put(canvas, f"{number}00公里", x=LEFT + 160, y=TOP - number * STEP)
            put(canvas, f"{number}0亿元", x=LEFT + 320, y=TOP - number * STEP)

    assert text_of(draw) == [f"项目{number}\t{number}00公里\t{number}0亿元" for number in range(8)]


def test_what_is_drawn_twice_counts_once() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "完成投资33亿元")
        put(canvas, "完成投资33亿元", x=LEFT + 0.4)

    assert text_of(draw) == ["完成投资33亿元"]


def test_letters_set_apart_are_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(LEFT, TOP, "公告二〇二三年", charSpace=6)

    assert text_of(draw) == ["公告二〇二三年"]


def test_a_watermark_is_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, *set_in_lines(PARAGRAPH))
        canvas.translate(200, 500)
        canvas.rotate(45)
        put(canvas, "内部资料1234", x=0, y=150, size=40)

    assert text_of(draw) == [PARAGRAPH]


def test_page_numbers_and_repeated_headers_are_left_out() -> None:
    text = PARAGRAPH * 6

    def draw(canvas: Canvas) -> None:
        lines = set_in_lines(text)
        for page, start in enumerate(range(0, len(lines), 4), start=1):
            put(canvas, f"云岭市人民政府公报 第{page}期", x=220, y=812, size=9)
            put(canvas, *lines[start : start + 4])
            put(canvas, f"— {page} —", x=280, y=40, size=9)
            canvas.showPage()

    document = read_one(drawn(draw))
    assert document.text == f"云岭市人民政府公报 第1期\n{text}"
    firsts = set_in_lines(text)[::4]
    assert [
        document.text[start : start + len(first)] for start, first in zip(document.pages[1:], firsts[1:], strict=True)
    ] == firsts[1:]


def ruled(canvas: Canvas, columns: list[float], rows: list[float]) -> None:
    canvas.grid(columns, rows)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_ruled_table_on_a_turned_page(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = landscape(A4) if turn in (90, 270) else A4
        canvas.setPageRotation(turn)
        canvas.translate(*{0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[turn])
        canvas.rotate(turn)
        put(canvas, "附表", y=520)
        ruled(canvas, [60, 120, 300, 420], [400, 430, 460, 490])
        for row, cells in enumerate([("序号", "项目", "完成"), ("1", "公路", "3312公里"), ("2", "学校", "28所")]):
            for x, cell in zip((66, 126, 306), cells, strict=True):
                put(canvas, cell, x=x, y=470 - 30 * row)
        put(canvas, "注：截至12月31日。", y=370)

    if turn in (90, 270) and not has_text(turned_page()):
        pytest.skip("PDFium gives no text of a turned page: there is no Chinese font on this machine")
    assert text_of(draw) == [
        "附表",
        "| 序号 | 项目 | 完成 |",
        "| 1 | 公路 | 3312公里 |",
        "| 2 | 学校 | 28所 |",
        "注：截至12月31日。",
    ]


def test_a_row_that_the_end_of_a_page_cuts_is_made_whole() -> None:
    columns = [72, 120, 300, 420]

    def draw(canvas: Canvas) -> None:
        ruled(canvas, columns, [60, 100, 130])
        for x, upper, lower in (
            (78, "序号", "1"),
            (126, "项目", "新建改建农村公路，完成投资"),
            (306, "完成", "3312公里"),
        ):
            put(canvas, upper, x=x, y=110)
            put(canvas, lower, x=x, y=80)
        canvas.showPage()
        ruled(canvas, columns, [700, 730, 760, 790])
        for x, header, rest, row in (
            (78, "序号", "", "2"),
            (126, "项目", "58.85亿元", "学校"),
            (306, "完成", "", "28所"),
        ):
            put(canvas, header, x=x, y=770)
            put(canvas, rest, x=x, y=740)
            put(canvas, row, x=x, y=710)

    assert text_of(draw) == [
        "| 序号 | 项目 | 完成 |",
        "| 1 | 新建改建农村公路，完成投资58.85亿元 | 3312公里 |",
        "| 2 | 学校 | 28所 |",
    ]


def test_lines_without_cells_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "云岭市民生实事")
        canvas.line(60, 750, 500, 750)
        canvas.rect(50, 40, 500, 780)
        put(canvas, "完成12项", y=700)

    assert text_of(draw) == ["云岭市民生实事", "完成12项"]


def test_an_encrypted_file_says_so() -> None:
    lock = StandardEncryption("user", "owner", strength=128)
    with pytest.raises(ReadError, match=r"^a.pdf is encrypted; save it without its password$"):
        text_of(lambda canvas: put(canvas, "完成12项"), encrypt=lock)


def test_a_file_that_only_forbids_copying_is_read() -> None:
    lock = StandardEncryption("", "owner", canCopy=0, strength=128)
    assert text_of(lambda canvas: put(canvas, "完成12项"), encrypt=lock) == ["完成12项"]


def written(*objects: str) -> bytes:
    """A PDF of objects that no program would write."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
TREE = "<< /Type /Pages /Kids [3 0 R] /Count 5 >>"


@pytest.mark.parametrize(
    "data",
    [
        written(CATALOG, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        written(CATALOG, TREE, "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>"),
        written(CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 900000000 >>"),
        written(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"),
        written(CATALOG, TREE, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R >>"),
        b"%PDF-1.4\nnothing more",
        b"%PDF-1.7\n" + b"\xff" * 5000,
    ],
    ids=["own-parent", "circle", "countless-pages", "no-pages", "page-as-its-content", "cut", "noise"],
)
def test_a_file_that_leads_nowhere_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf (is a damaged PDF|has \d+ pages|holds no text)[^\n]*[^.\n]$"):
        read_one(data, name="a.pdf")


def test_what_is_left_of_a_cut_file_is_read_or_refused(shared_datadir: Path) -> None:
    data = (shared_datadir / "release-chromium.pdf").read_bytes()
    for size in range(0, len(data), 8_000):
        try:
            assert read_one(data[:size] or b"%PDF-", name="a.pdf").text
        except ReadError as error:
            assert error.message.startswith("a.pdf ")


def test_pages_and_time_are_bounded(shared_datadir: Path) -> None:
    path = shared_datadir / "release-chromium.pdf"
    with pytest.raises(ReadError, match=r"has 2 pages, more than the limit of 1; split it$"):
        read_one(path, limits=Limits(pages=1))
    with pytest.raises(ReadError, match=r"takes longer to read than 0 seconds; split it$"):
        read_one(path, limits=Limits(seconds=0))
