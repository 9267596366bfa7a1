"""Reads the visible sheets of a workbook, every cell as text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError, load_workbook

from tools.crm.importing.reading.text import Record

CellValue = int | float | str | bool | time | date | datetime | timedelta


class WorkbookLocked(ValueError):
    """The workbook asks for a password."""


class WorkbookBroken(ValueError):
    """The bytes are no workbook."""


def sheets(data: bytes) -> Iterator[tuple[str, list[Record]]]:
    """Name and rows of each visible sheet; the line of a row is its number in the sheet. Raises WorkbookLocked and WorkbookBroken."""
    workbook = _open(data)
    for sheet in workbook.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise WorkbookBroken from error
        yield sheet.name, [Record([cell_text(cell) for cell in row], line) for line, row in enumerate(rows, start=1)]


def _open(data: bytes) -> CalamineWorkbook:
    try:
        return load_workbook(io.BytesIO(data))
    except PasswordError as error:
        raise WorkbookLocked from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise WorkbookBroken from error


def cell_text(value: CellValue) -> str:
    """A cell as text: ISO 8601 for dates and times, plain decimals for numbers, TRUE and FALSE for flags."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value.isoformat() if isinstance(value, date) else str(value)
