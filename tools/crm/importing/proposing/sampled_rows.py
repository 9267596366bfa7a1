"""What a sample of a table's rows tells: of long tables the rows at equal steps, so that a proposal takes no longer than for short ones."""

from __future__ import annotations

from tools.crm.importing.loading.outcomes import Status, status_word
from tools.crm.importing.proposing.places import Column
from tools.crm.importing.values import parse_date

SEEN = 2_000
FEWEST = 5
IN_ORDER = 0.95


def rows_by_outcome(column: Column) -> dict[Status, list[int]]:
    """The rows that a column of states says to be won, lost or open."""
    rows: dict[Status, list[int]] = {"won": [], "lost": [], "open": []}
    cells = column.profile.column()
    said = {cell: status_word(cell.strip()) or "open" for cell in set(cells)}
    for row in range(0, len(cells), max(1, len(cells) // SEEN)):
        rows[said[cells[row]]].append(row)
    return rows


def follows(first: Column, last: Column) -> bool:
    """Whether the days of the last column hardly ever lie before those of the first, in FEWEST rows at least that have both."""
    step = max(1, len(first.profile.column()) // SEEN)
    cells = [[parse_date(value, "mdy") or parse_date(value, "dmy") for value in each.profile.column()[::step]] for each in (first, last)]
    pairs = [(one, other) for one, other in zip(*cells, strict=True) if one and other]
    return len(pairs) >= FEWEST and sum(one <= other for one, other in pairs) >= IN_ORDER * len(pairs)
