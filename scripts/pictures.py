"""Makes the pictures of the documentation that show other programs: a batch in a terminal, a workbook in a spreadsheet.

    python scripts/pictures.py [terminal] [workbook]

They are real: the terminal is tmux's, drawn as it captured it, the sheet is what LibreOffice prints.  Needs tmux,
LibreOffice and the development extra.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

import openpyxl
import pypdfium2
from openpyxl.utils import get_column_letter
from PIL import Image, ImageChops

from extractor.cli.columns import width
from extractor.extractor import extract_file
from extractor.writing import write
from extractor.writing.tables import select

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
LANGUAGES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
_COLUMNS, _LINES = 126, 8
_DOCUMENTS = 3000
_HALF = re.compile(r" [4-7]\d%")
_CELL, _LINE, _MARGIN = 8.4, 20, 16  # pixels of a character, of a line, around all
_SHOWN = "region year project indicator action value unit kind completion target surface"
_ROWS = 24
_RELEASES = ["nanyang-2023", "yuxi-2025-halfyear-table", "huanggang-2021-tenthings"]
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<rect width="100%" height="100%" rx="8" fill="#1e2228"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace" font-size="14" fill="#d8dee9">
{lines}
</g></svg>
"""


def terminal(language: str) -> None:
    """A batch half way, as a terminal shows it."""
    with tempfile.TemporaryDirectory() as folder:
        make = [sys.executable, ROOT / "benchmarks" / "archive.py", "releases", "--documents", str(_DOCUMENTS)]
        subprocess.run(make, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        lines = next(_half_way(_screens(Path(folder), language)))
    drawn = "\n".join(_drawn(row, line) for row, line in enumerate(lines))
    size = {"width": round(_COLUMNS * _CELL + 2 * _MARGIN), "height": len(lines) * _LINE + 2 * _MARGIN}
    (IMAGES / f"batch.{language}.svg").write_text(_SVG.format(lines=drawn, **size), encoding="utf-8")


def workbook(language: str) -> None:
    """The sheet of figures, as LibreOffice prints it with the letters of its columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.xlsx"
        records = (extract_file(ROOT / "corpus" / f"{name}.txt").to_dict() for name in _RELEASES)
        write(records, "xlsx", path, language=language)
        _leave_figures(path)
        convert = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*convert, "--outdir", folder, path], check=True, stdout=subprocess.DEVNULL)
        page = pypdfium2.PdfDocument(path.with_suffix(".pdf"))[0].render(scale=1.8).to_pil().convert("RGB")
    picture = page.crop(ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox())
    picture.quantize(64).save(IMAGES / f"workbook.{language}.png", optimize=True)


def _screens(folder: Path, language: str) -> Iterator[list[str]]:
    """What a terminal shows while a batch runs in it, over and over."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"LANG": LANGUAGES[language], "PS1": "$ ", "PATH": programs}
    session = f"pictures-{os.getpid()}-{language}"
    tmux = ["tmux", "-u", "-L", session]
    shell = shlex.join(["env", *(f"{name}={value}" for name, value in environment.items()), "bash", "--norc"])
    start = ["new-session", "-d", "-x", str(_COLUMNS), "-y", str(_LINES), "-s", session, "-c", str(folder), shell]
    subprocess.run([*tmux, *start], check=True)
    try:
        time.sleep(1)
        subprocess.run([*tmux, "send-keys", "clear; extractor batch releases --output archive", "Enter"], check=True)
        while True:
            time.sleep(0.1)
            shown = subprocess.run([*tmux, "capture-pane", "-p"], check=True, capture_output=True, encoding="utf-8")
            yield shown.stdout.rstrip().split("\n")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)


def _half_way(screens: Iterator[list[str]]) -> Iterator[list[str]]:
    for lines in screens:
        if any(_HALF.search(line) for line in lines):
            yield ["$ extractor batch releases --output archive", *(line for line in lines if _HALF.search(line))]


def _drawn(row: int, line: str) -> str:
    """A line as SVG text, every run of one width at the columns it takes."""
    y = _MARGIN + (row + 0.75) * _LINE
    parts, column = [], 0
    for run in re.findall(r"[\x00-\xff]+|[^\x00-\xff]+", line):
        x, length = _MARGIN + column * _CELL, width(run) * _CELL
        place = f'x="{x:.1f}" textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"'
        parts.append(f"<tspan {place}>{escape(run)}</tspan>")
        column += width(run)
    return f'<text y="{y:.1f}" xml:space="preserve">{"".join(parts)}</text>'


def _leave_figures(path: Path) -> None:
    """Keep of a workbook the first rows of its sheet of figures, on one page with the letters of its columns."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[2]
    for other in [other for other in book.worksheets if other is not sheet]:
        book.remove(other)
    columns = select()[2].columns
    for at, column in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.min = dimension.max = at
        dimension.width, dimension.hidden = column.width, column.name not in _SHOWN.split()
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{_ROWS}"
    sheet.print_options.headings = sheet.print_options.gridLines = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = sheet.page_setup.fitToWidth = 1
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = None
    book.save(path)


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or ["terminal", "workbook"]:
        for language in LANGUAGES:
            {"terminal": terminal, "workbook": workbook}[name](language)
