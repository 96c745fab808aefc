"""DOCX -> paragraphs with their numbers, tables with merged cells once, notes; no macro is run, no link followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.reading.directory import DAMAGED, open_zip
from extractor.reading.document import MEBIBYTE, Input, Limits, Meta, ReadError, Text
from extractor.reading.encoding import replacements
from extractor.reading.numbering import Numbering, W
from extractor.reading.tables import Cell, table_grid, table_lines

_DAMAGED = "is a damaged Word file; open it in a word processor and save it again"
_BOMB = "unpacks to far more than its size, as only a bomb does"
_DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y|E\0?N\0?T\0?I\0?T)")
_HEAD = 1 << 16
_XML_PER_ELEMENT = 100  # bytes
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# In a paragraph, but not its text: what was deleted or moved away, instructions of fields, second copies, boxes.
_LEFT_OUT = frozenset(("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "Fallback", "txbxContent", "rt"))
# Around paragraphs and tables: content controls, accepted insertions.
_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "footnote", "endnote"))
_HAIR = 120  # twentieths of a point
_NOTES = ("/footnotes", "/endnotes")


def read(data: bytes, limits: Limits) -> Text:
    """The lines of a DOCX file: paragraphs with the numbers Word shows, table rows as ``| a | b |``, notes last."""
    _refuse_hostile(data, limits)
    parts = _opened(data)
    numbering = Numbering(parts.numbering, parts.styles)
    lines = [line for root in parts.roots for line in _lines(root, numbering)]
    text = "\n".join(lines)
    return Text(text, None, replacements(text, None), Meta(title=parts.title or None))


class _Parts(NamedTuple):
    """The parts of a file that are read: body and notes; the elements of numbering and styles; the title."""

    roots: list[Any]
    numbering: Any
    styles: Any
    title: str


def _opened(data: bytes) -> _Parts:
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        relations = [one for one in document.part.rels.values() if not one.is_external]
        numbering = next((one.target_part.element for one in relations if one.reltype.endswith("/numbering")), None)
        return _Parts(list(_roots(document)), numbering, document.styles.element, document.core_properties.title)
    except Exception as error:  # whatever the library stumbles over lies in the file
        raise ReadError(_DAMAGED) from error


def _refuse_hostile(data: bytes, limits: Limits) -> None:
    """Raise ReadError for a bomb, and for declarations of entities, which no word processor writes."""
    try:
        with open_zip(Input(io.BytesIO(data), "the Word file")) as file:
            entries = file.infolist()
            if sum(entry.file_size for entry in entries) > 2 * limits.document_bytes:
                raise ReadError(_BOMB)
            for entry in entries:
                _refuse_entry(file, entry, limits)
    except DAMAGED as error:
        raise ReadError(_DAMAGED) from error


def _refuse_entry(file: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    if entry.file_size > MEBIBYTE and entry.file_size > limits.ratio * entry.compress_size:
        raise ReadError(_BOMB)
    if not entry.filename.endswith((".xml", ".rels")):
        return
    if entry.file_size > _XML_PER_ELEMENT * limits.elements:
        raise ReadError("is larger than any release; split it")
    with file.open(entry) as part:
        if _DECLARATION.search(part.read(_HEAD)):
            raise ReadError("declares entities of its own, as no word processor does; save it again as DOCX")


def _roots(document: Any) -> Iterator[Any]:
    """The body, then foot- and endnotes."""
    from docx.oxml.parser import parse_xml

    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{W}type", "normal") == "normal":
                    yield note


def _lines(parent: Any, numbering: Numbering) -> Iterator[str]:
    """The lines of all paragraphs and tables below parent."""
    for element in parent:
        name = _name(element)
        if name == "p":
            yield from _paragraph(element, numbering)
        elif name == "tbl":
            yield from _table(element, numbering)
        elif name in _WRAPPERS:
            yield from _lines(element, numbering)


def _paragraph(element: Any, numbering: Numbering) -> Iterator[str]:
    marker = numbering.marker(element)  # counts an empty paragraph too
    lines = [line for line in "".join(_texts(element)).split("\n") if line.strip()]
    if lines:
        yield marker + lines[0]
        yield from lines[1:]
    for box in _boxes(element):
        yield from _lines(box, numbering)


def _texts(parent: Any) -> Iterator[str]:
    for element in parent:
        name = _name(element)
        if name == "t":
            yield element.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _LEFT_OUT:
            yield from _texts(element)


def _boxes(parent: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph, each once."""
    for element in parent:
        name = _name(element)
        if name == "txbxContent":
            yield element
        elif name not in _LEFT_OUT:
            yield from _boxes(element)


def _table(element: Any, numbering: Numbering) -> list[str]:
    column = _columns(element)
    rows = [[*_cells(row, column, numbering)] for row in _below(element, "tr")]
    if max(map(len, rows), default=0) < 2:  # a frame around text
        return [line for row in rows for cell in row for line in cell.lines]
    return table_lines(table_grid(rows))


def _columns(table: Any) -> list[int]:
    """The column that each line of the table's grid opens; where edges miss each other by a hair, none opens."""
    column = [0]
    for width in table.iterfind(f"{W}tblGrid/{W}gridCol"):
        text = width.get(f"{W}w", "")
        is_hair = text.isdecimal() and 0 < int(text[:9]) < _HAIR
        column.append(column[-1] + (not is_hair))
    return column


def _cells(row: Any, column: list[int], numbering: Numbering) -> Iterator[Cell]:
    place = _number(row.find(f"{W}trPr"), "gridBefore", 0)
    if place:
        yield Cell((), 1, _width(0, place, column))
    for cell in _below(row, "tc"):
        properties = cell.find(f"{W}tcPr")
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        is_covered = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        lines = () if is_covered else tuple(_lines(cell, numbering))
        end = place + _number(properties, "gridSpan", 1)
        width = _width(place, end, column)
        if lines or width:
            yield Cell(lines, 1, width)
        place = end


def _width(start: int, end: int, column: list[int]) -> int:
    """How many columns there are between two lines of the grid, those that the grid has forgotten included."""
    last = len(column) - 1
    beyond = max(end - max(start, last), 0)
    return column[min(end, last)] - column[min(start, last)] + beyond


def _below(parent: Any, name: str) -> Iterator[Any]:
    """The elements called name below parent, through content controls and insertions."""
    for element in parent:
        if _name(element) == name:
            yield element
        elif _name(element) in _WRAPPERS:
            yield from _below(element, name)


def _number(properties: Any, name: str, default: int) -> int:
    element = properties.find(f"{W}{name}") if properties is not None else None
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 5 else default


def _name(element: Any) -> str:
    """The local name; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
