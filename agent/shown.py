"""What the last answer showed, by reference: its query runs again with the speaker's identity, so that nobody learns more than he may."""

from __future__ import annotations

from agent.turn import Turn
from tools.crm.currency import load_rates
from tools.crm.query import Query
from tools.crm.results import ResultRow
from tools.crm.service import run_query
from tools.store.errors import PlumbError


class ShownRows:
    """The rows of a query, as the speaker of a turn sees them."""

    def __init__(self, turn: Turn) -> None:
        """Nothing runs before a question asks for a place."""
        self.turn = turn

    def labels(self, query: Query) -> tuple[str | None, ...]:
        """For groups, the value of the first dimension of each row in order; for a list, the id that the record has in its own system.

        Empty where the query can no longer run.
        """
        return tuple(_label(query, row) for row in self._rows(query))

    def values(self, query: Query, path: str) -> tuple[str | None, ...]:
        """The values of a selected field, row by row; none of what the speaker may not read."""
        return tuple(row.cells[path.replace(".", "_")].value for row in self._rows(query))

    def _rows(self, query: Query) -> tuple[ResultRow, ...]:
        turn = self.turn
        rates = load_rates(turn.session, turn.today, turn.reporting_currency)
        try:
            return run_query(turn.session, query, "q1", turn.catalog.model, turn.principal, turn.scope, rates, turn.texts).rows
        except PlumbError:
            return ()


def _label(query: Query, row: ResultRow) -> str | None:
    if query.dimensions:
        return row.cells[query.dimensions[0].path.replace(".", "_")].value
    own = next((cell.sources[0].record for cell in row.cells.values() if cell.sources and cell.sources[0].table == _table(query, row)), None)
    return own


def _table(query: Query, row: ResultRow) -> str:
    """The table of the records themselves: that of the first selected field that is no reference."""
    first = row.cells[query.select[0].replace(".", "_")]
    return first.sources[0].table if first.sources else ""
