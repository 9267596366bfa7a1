"""Reads the code lists that an export brings along: which code of which column stands for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from tools.crm.importing.cleaning import key_text
from tools.crm.importing.source import SourceTable

LEAST_COLUMNS, LEAST_CODES = 2, 4
MOST_WIDE = 8
HELD = 0.7


def read_code_lists(tables: Sequence[SourceTable]) -> dict[str, dict[str, str]]:
    """What codes stand for, by the header of their column (see :func:`key_text`)."""
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        for header, codes in (_codes(table, tables) or {}).items():
            found.setdefault(header, {}).update(codes)
    return found


def is_code_list(table: SourceTable, tables: Sequence[SourceTable]) -> bool:
    """Whether a table tells what the codes of other tables' columns stand for."""
    return _codes(table, tables) is not None


def _codes(table: SourceTable, tables: Sequence[SourceTable]) -> dict[str, dict[str, str]] | None:
    """As in ``column, code, description``: a column of headers, one of what stands under them, and one of texts."""
    if not 3 <= len(table.headers) <= MOST_WIDE or len(table.rows) < LEAST_CODES:
        return None
    rows = [[cell.strip() for cell in row] for row in table.rows if len(row) == len(table.headers)]
    held = _held(table, tables)
    for named, code, text in permutations(range(len(table.headers)), 3):
        headers = {key_text(row[named]) for row in rows}
        if len(headers) < LEAST_COLUMNS or not headers <= held.keys():
            continue
        pairs = [(key_text(row[named]), row[code], row[text]) for row in rows if row[code] and row[text]]
        used = sum(value.casefold() in held[header] for header, value, _ in pairs)
        if len({(header, value) for header, value, _ in pairs}) == len(rows) and used >= HELD * len(rows):
            found: dict[str, dict[str, str]] = {}
            for header, value, meant in pairs:
                found.setdefault(header, {})[value.casefold()] = meant
            return found
    return None


def _held(table: SourceTable, tables: Sequence[SourceTable]) -> Mapping[str, set[str]]:
    """The values that stand under each header of the other tables."""
    found: dict[str, set[str]] = {}
    for other in tables:
        for at, header in enumerate(other.headers) if other is not table else ():
            found.setdefault(key_text(header), set()).update(row[at].strip().casefold() for row in other.rows if at < len(row))
    return found
