"""Formats that are recognised but not read: each says what to do instead."""

from __future__ import annotations

from typing import NoReturn

from extractor.reading.document import Limits, ReadError


def archive(data: bytes, limits: Limits) -> NoReturn:
    """7Z and RAR."""
    raise ReadError("is a 7Z or RAR archive, which is not read; unpack it, or pack it as ZIP", stage="recognise")


def spreadsheet(data: bytes, limits: Limits) -> NoReturn:
    """XLS, XLSX and ET."""
    raise ReadError("is a spreadsheet, which is not read; save the sheet as CSV or PDF", stage="recognise")


def slides(data: bytes, limits: Limits) -> NoReturn:
    """PPT, PPTX and DPS."""
    raise ReadError("is a slide show, which is not read; save it as PDF", stage="recognise")


def ofd(data: bytes, limits: Limits) -> NoReturn:
    """OFD (GB/T 33190-2016)."""
    raise ReadError("is an OFD file, which is not read; save it as PDF", stage="recognise")
