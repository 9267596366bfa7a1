"""What the last answer showed, by reference: its query runs again with the speaker's identity, so that nobody learns more than he may."""

from __future__ import annotations

from collections.abc import Callable

from tools.crm.query import Query
from tools.crm.results import ResultRow
from tools.crm.service import run_query
from tools.crm.tools import CrmCall
from tools.store.errors import PlumbError


class ShownRows:
    """The rows of a query, as the speaker of a turn sees them."""

    def __init__(self, call: Callable[[], CrmCall]) -> None:
        """``call`` brings what a query runs with; nothing runs before a question asks for what was shown."""
        self.call = call

    def labels(self, query: Query) -> tuple[str | None, ...]:
        """For groups, the value of the first dimension of each row in order; for a list, the id that the record has in its own system.

        Empty where the query can no longer run.
        """
        return tuple(_label(query, row) for row in self._rows(query))

    def numbers(self, query: Query) -> tuple[str | None, ...]:
        """For groups, the number that the record of the first dimension has in its own system, row by row; None where it is no record."""
        key = query.dimensions[0].path.replace(".", "_")
        return tuple(row.cells[key].sources[0].record if row.cells[key].sources else None for row in self._rows(query))

    def values(self, query: Query, path: str) -> tuple[str | None, ...]:
        """The values of a selected field, row by row; None for what the speaker may not read."""
        return tuple(row.cells[path.replace(".", "_")].value for row in self._rows(query))

    def _rows(self, query: Query) -> tuple[ResultRow, ...]:
        call = self.call()
        try:
            return run_query(call.session, query, "q1", call.model, call.principal, call.scope, call.rates, call.texts).rows
        except PlumbError:
            return ()


def _label(query: Query, row: ResultRow) -> str | None:
    """What a row is told apart by. A record cites itself in every field of its own, and other records where a field refers to one."""
    if query.dimensions:
        return row.cells[query.dimensions[0].path.replace(".", "_")].value
    first = row.cells[query.select[0].replace(".", "_")]
    return first.sources[0].record if first.sources else None
