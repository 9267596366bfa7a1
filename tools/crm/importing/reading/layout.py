"""Finds the table in a sheet of cells: the header row below any titles, and the columns and rows that hold something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.crm.importing.reading.text import Record
from tools.crm.importing.values import parse_date, parse_decimal

SEARCHED_ROWS = 25
BODY_SAMPLE = 60
FILLED_SHARE = 0.6
WHITESPACE = re.compile(r"\s+")


def lay_out(records: Sequence[Record]) -> tuple[tuple[str, ...], list[list[str]], list[int]] | None:
    """Headers, data rows and their line numbers; None where there is no row at all. Blank rows and columns without header and data are left out."""
    filled = [record for record in records if any(cell and not cell.isspace() for cell in record.cells)]
    if not filled:
        return None
    at = header_row([record.cells for record in filled[: SEARCHED_ROWS + BODY_SAMPLE]])
    names = [WHITESPACE.sub(" ", cell).strip() for cell in filled[at].cells]
    body = filled[at + 1 :]
    width = len(names)
    blank = [i for i, name in enumerate(names) if not name]
    used = {i for i in blank if any(len(record.cells) > i and record.cells[i].strip() for record in body)}
    keep = [i for i in range(width) if names[i] or i in used]
    rows = [_trim(record.cells, width) for record in body]
    if len(keep) < width:
        rows = [[row[i] for i in keep if i < len(row)] + row[width:] for row in rows]
    headers = tuple(names[i] or f"column {i + 1}" for i in keep)
    return headers, rows, [record.line for record in body]


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row that names the columns: the first that fills most of the table's width with words, not values."""
    width = _usual_width(rows)
    if width <= 1:
        return 0
    for at, row in enumerate(rows[:SEARCHED_ROWS]):
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        if len(cells) >= max(2, FILLED_SHARE * width) and len(set(cells)) >= 0.5 * len(cells) and sum(map(_is_value, cells)) <= 0.2 * len(cells):
            return at
    return 0


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Cells between the first and the last that is filled, in the wider half of the rows."""
    widths = sorted(sum(1 for cell in row if cell and cell.strip()) for row in rows)
    return widths[(3 * len(widths)) // 4] if widths else 0


def _is_value(text: str) -> bool:
    return parse_decimal(text) is not None or parse_date(text, "mdy") is not None


def _trim(cells: list[str], width: int) -> list[str]:
    """Without the blank cells that stand beyond the headers."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end] if end < len(cells) else cells
