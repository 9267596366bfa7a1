"""A table as it stands in an export: one CSV file or one sheet of a workbook, every cell as text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class SourceTable:
    """``rows`` are the data rows under the headers; ``lines`` their line (or sheet row) numbers, from 1, running parallel.

    A row may be shorter or longer than the headers: it is kept as it stands, for the loader to refuse. Cells of a
    workbook that hold dates or numbers are given as ISO 8601 text and plain decimals. ``notes`` says in which encoding
    and with which delimiter the file was read. ``unclosed`` are lines in which a quotation mark has no end.
    """

    file: str
    sheet: str | None
    headers: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    notes: dict[str, str] = field(default_factory=dict)
    unclosed: frozenset[int] = frozenset()
