"""XLSX: a sheet per table with typed cells, frozen header, filters, and links from a row to what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from extractor.writing.rows import Cell, Record, Row, plain, rows
from extractor.writing.tables import Column, Name, Table, select

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Language = Literal["en", "zh"]

_ROWS = 1_048_576  # of a sheet, its header included
_LINKS = 65_530  # of a sheet
_CHARACTERS = 32_767  # of a cell, in UTF-16 units
_CUT = 16_000  # code points of a longer text: never more than the cell holds, with the note that it was cut
_DIGITS = 15  # that a spreadsheet keeps of a number
_LONGEST_URL = 2_000
_WEB = ("http://", "https://")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree on what day a number is
_CREATED = datetime(2000, 1, 1)
_FONT = {"valign": "top"}
_GUIDE = {"en": "columns", "zh": "字段说明"}
_GUIDE_HEADER = {
    "en": ("sheet", "column", "name", "type", "description"),
    "zh": ("工作表", "列", "字段名", "类型", "说明"),
}


def write(
    records: Iterable[Record],
    target: Path,
    *,
    numerals: bool = False,
    language: Language = "en",
    sources: str | None = None,
    rows_per_sheet: int = _ROWS,
) -> None:
    """One workbook; numerals: also the sheet of every numeral; language: of sheet names and headings.

    sources: what stands in front of a source's name in a link to it: a folder as seen from the workbook, or the
    beginning of a URL; None links only names that are URLs.
    A number is a number cell where a spreadsheet keeps all its digits, else text; text is never a formula; a table
    longer than rows_per_sheet goes on in a further sheet.
    """
    tables = tuple(table.without("record") for table in select(numerals=numerals))
    with _workbook(target) as book:
        formats = _Formats(book)
        sheets = {table.name: _Sheet(book, formats, table, language, rows_per_sheet) for table in tables}
        _fill(sheets, rows(records, tables), sources)
        _guide(book, formats, tables, language)
        for sheet in sheets.values():
            sheet.finish()
        sheets["figures"].show()


@contextmanager
def _workbook(target: Path) -> Iterator[Workbook]:
    """A workbook that is written when the block ends without error."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # constant_memory writes every row to a file beside the target as it comes.
    book = Workbook(target, {"constant_memory": True, "tmpdir": str(target.parent)})
    book.use_zip64()
    book.set_properties({"title": "民生实事数据", "created": _CREATED})
    try:
        yield book
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error
    finally:
        for sheet in book.worksheets():
            with suppress(OSError):  # the disk is full: of that the error tells that led here
                sheet.row_data_fh.close()


def _fill(sheets: dict[Name, _Sheet], stream: Iterable[tuple[Name, Row]], sources: str | None) -> None:
    """Every row to its sheet, its key linked to the row of the project or release that it belongs to."""
    places: dict[Cell, str] = {}
    for name, row in stream:
        table = sheets[name].table
        if name == "releases":
            places.clear()
            source = table.position("source_name")
            links: dict[int, str | None] = {source: _source_link(str(row[source]), sources)}
        else:
            parents = [key for column, key in zip(table.columns, row, strict=True) if column.references]
            links = {0: next(places[key] for key in reversed(parents) if key in places)}
        places[row[0]] = sheets[name].add(row, links)


def _source_link(name: str, sources: str | None) -> str | None:
    """The URL of a source, or its file's path as seen from the workbook; None for a name that leads elsewhere."""
    if not name.isprintable():
        return None
    if name.startswith(_WEB):
        return None if " " in name else name
    path = PurePosixPath(name)
    if sources is None or path.is_absolute() or ".." in path.parts or any(mark in name for mark in "\\:#"):
        return None
    start = sources if sources.startswith(_WEB) else f"external:{sources}"
    return f"{start.rstrip('/')}/{path}"


def _guide(book: Workbook, formats: _Formats, tables: Sequence[Table], language: Language) -> None:
    """The last sheet: what every column means."""
    sheet = book.add_worksheet(_GUIDE[language])
    sheet.freeze_panes(1, 0)
    for column, width in enumerate((12, 16, 18, 10, 110)):
        sheet.set_column(column, column, width)
    lines = [
        (_name(table, language), _heading(column, language), column.name, column.type, column.description)
        for table in tables
        for column in table.columns
    ]
    for row, line in enumerate((_GUIDE_HEADER[language], *lines)):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, formats.text if row else formats.header)


def _name(table: Table, language: Language) -> str:
    return table.label if language == "zh" else table.name


def _heading(column: Column, language: Language) -> str:
    return column.label if language == "zh" else column.name


class _Formats:
    """How cells look: one format of the workbook per kind of cell."""

    def __init__(self, book: Workbook) -> None:
        self.header: Format = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1, **_FONT})
        # quote_prefix: what begins with = stays text when somebody edits the cell
        self.text: Format = book.add_format({"quote_prefix": True, **_FONT})
        self.link: Format = book.add_format({"quote_prefix": True, "font_color": "#1155CC", "underline": 1, **_FONT})
        self.digits: Format = book.add_format({"align": "right", **_FONT})
        self.integer: Format = book.add_format({"num_format": "0", **_FONT})
        self.date: Format = book.add_format({"num_format": "yyyy-mm-dd", **_FONT})
        self.plain: Format = book.add_format(_FONT)
        self.decimals: list[Format] = [
            book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else ""), **_FONT})
            for places in range(_DIGITS + 1)
        ]


class _Sheet:
    """The sheet of one table, and those that it goes on in."""

    def __init__(self, book: Workbook, formats: _Formats, table: Table, language: Language, most_rows: int) -> None:
        self.table = table
        self._book, self._formats, self._language, self._most_rows = book, formats, language, most_rows
        self._parts: list[tuple[Worksheet, int]] = []
        self._open()

    def add(self, row: Row, links: dict[int, str | None]) -> str:
        """Write a row; links: where a column's cell leads.  Returns the row's own place, for links to it."""
        if self._next == self._most_rows:
            self._close()
            self._open()
        for column, cell in enumerate(row):
            self._write(column, cell, links.get(column))
        self._next += 1
        return f"internal:'{self._sheet.name}'!A{self._next}"

    def finish(self) -> None:
        """No more rows: filters over all there are."""
        self._close()
        for sheet, last_row in self._parts:
            sheet.autofilter(0, 0, last_row, len(self.table.columns) - 1)

    def show(self) -> None:
        """Have the workbook open at this sheet."""
        self._parts[0][0].activate()

    def _open(self) -> None:
        part = f" ({len(self._parts) + 1})" if self._parts else ""
        self._sheet: Worksheet = self._book.add_worksheet(_name(self.table, self._language) + part)
        self._sheet.freeze_panes(1, 1)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_ROWS}"})
        for index, column in enumerate(self.table.columns):
            self._sheet.set_column(index, index, column.width)
            self._sheet.write_string(0, index, _heading(column, self._language), self._formats.header)
        self._next, self._links = 1, 0

    def _close(self) -> None:
        self._parts.append((self._sheet, self._next - 1))

    def _write(self, column: int, cell: Cell, link: str | None) -> None:
        place, kind = (self._next, column), self.table.columns[column].type
        if cell is None or cell == ():
            return
        if isinstance(cell, bool):
            self._sheet.write_boolean(*place, cell, self._formats.plain)
        elif isinstance(cell, int) and abs(cell) < 10**_DIGITS:
            self._sheet.write_number(*place, cell, self._formats.integer)
        elif isinstance(cell, int | Decimal):
            self._number(place, Decimal(cell))
        elif link and len(link) <= _LONGEST_URL and self._links < _LINKS:
            self._links += 1
            self._sheet.write_url(*place, link, self._formats.link, string=_fitting(str(cell)))
        elif kind == "date" and (day := _day(str(cell))):
            self._sheet.write_datetime(*place, day, self._formats.date)
        else:
            text = "; ".join(cell) if isinstance(cell, tuple) else cell
            self._sheet.write_string(*place, _fitting(text), self._formats.text)

    def _number(self, place: tuple[int, int], number: Decimal) -> None:
        if not _is_kept(number):
            self._sheet.write_string(*place, _fitting(plain(number)), self._formats.digits)
            return
        places = max(0, -int(number.as_tuple().exponent))
        self._sheet.write_number(*place, float(number), self._formats.decimals[min(places, _DIGITS)])


@cache
def _day(text: str) -> date | None:
    """The day of an ISO date that every spreadsheet takes for the same."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _is_kept(number: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number."""
    # .16G is how the number is written into the file
    return len(number.normalize().as_tuple().digits) <= _DIGITS and Decimal(f"{float(number):.16G}") == number


def _fitting(text: str) -> str:
    """The text, cut where a cell cannot hold it, and saying so."""
    if len(text) * 2 <= _CHARACTERS or len(text.encode("utf-16-le")) // 2 <= _CHARACTERS:
        return text
    return f"{text[:_CUT]}… [cut: {len(text)} characters, whole in the JSON record]"
