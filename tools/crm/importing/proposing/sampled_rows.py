"""What a sample of a table's rows tells: of long tables the rows at equal steps, so that a proposal takes no longer than for short ones."""

from __future__ import annotations

from collections.abc import Sequence

from tools.crm.importing.proposing.places import Column
from tools.crm.importing.values import is_blank, parse_date

SEEN = 2_000
FEWEST = 5
IN_ORDER = 0.95
Rows = Sequence[int]


def rows_of_words(column: Column) -> dict[str, list[int]]:
    """The rows that hold each word of a column."""
    cells = column.profile.column()
    rows: dict[str, list[int]] = {}
    for row in range(0, len(cells), max(1, len(cells) // SEEN)):
        rows.setdefault(cells[row].strip(), []).append(row)
    return rows


def held(column: Column, rows: Rows) -> float:
    """The share of rows in which a column holds something."""
    cells = column.profile.column()
    return sum(row < len(cells) and not is_blank(cells[row].strip()) for row in rows) / len(rows) if rows else 0.0


def follows(first: Column, last: Column) -> bool:
    """Whether the days of the last column hardly ever lie before those of the first, in FEWEST rows at least that have both."""
    step = max(1, len(first.profile.column()) // SEEN)
    cells = [[parse_date(value, "mdy") or parse_date(value, "dmy") for value in each.profile.column()[::step]] for each in (first, last)]
    pairs = [(one, other) for one, other in zip(*cells, strict=True) if one and other]
    return len(pairs) >= FEWEST and sum(one <= other for one, other in pairs) >= IN_ORDER * len(pairs)
