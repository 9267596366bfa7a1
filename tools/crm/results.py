"""What a query gives back: rows of cells, each with its source or derivation, and the records behind them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tools.crm.query import Query
from tools.crm.semantic import Words
from tools.trace.cells import Cell, CellType, EvidenceBlock, Frozen


class ResultColumn(Frozen):
    """One column of a result. ``role`` says whether it names the row, measures it, or shows a field of it."""

    key: str
    words: Words
    type: CellType
    unit: str | None
    role: Literal["dimension", "measure", "field"]
    define: Words | None = None


class ResultRow(Frozen):
    """One row: its cells by column key. ``key`` is its part of the address (``r1``).

    ``held`` tells a group apart from the others, by a key for each dimension; of a record it is our own id.
    """

    key: str
    cells: dict[str, Cell]
    held: tuple[str | None, ...] = ()


class ResultSet(Frozen):
    """The outcome of one query.

    ``rows`` are those asked for, in order; ``groups`` counts all groups (or records) before the limit, ``tied`` those
    that the limit left out although they rank equal to the last one shown. ``shared`` are names that several of the groups
    bear, shown or not. ``support`` holds cells that are not shown
    but that shown ones are derived from. ``mixed_currencies`` is set where amounts in several currencies could not be
    added up, and rows are given per currency instead. ``as_of`` is when the newest of the records was read. ``steps`` are
    the results of inner queries that the filter needed; their evidence stands behind this one's own in ``blocks``.
    """

    call: str
    query: Query
    columns: tuple[ResultColumn, ...]
    rows: tuple[ResultRow, ...]
    groups: int
    tied: int = 0
    shared: tuple[str, ...] = ()
    support: tuple[Cell, ...] = ()
    blocks: tuple[EvidenceBlock, ...] = ()
    as_of: datetime | None = None
    n: int = 0
    mixed_currencies: tuple[str, ...] = ()
    converted_to: str | None = None
    steps: tuple[ResultSet, ...] = ()

    def column(self, key: str) -> ResultColumn:
        """Column by key. Raises KeyError."""
        for each in self.columns:
            if each.key == key:
                return each
        raise KeyError(key)

    def cells(self) -> dict[str, Cell]:
        """All cells by address."""
        found = {cell.address: cell for cell in self.support}
        for step in self.steps:
            found |= step.cells()
        for row in self.rows:
            found |= {cell.address: cell for cell in row.cells.values()}
        return found
