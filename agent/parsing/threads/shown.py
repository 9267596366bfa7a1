"""Results of the last answer by reference: which records or groups it showed, in order. The agent runs the query again; the parser sees no store."""

from __future__ import annotations

from typing import Protocol

from tools.crm.query import Query


class Shown(Protocol):
    """Gives what a query shows, with the reader's identity."""

    def labels(self, query: Query) -> tuple[str | None, ...]:
        """For groups, the value of the first dimension of each row in order; for a list, the id that the record has in its own system."""
        ...

    def numbers(self, query: Query) -> tuple[str | None, ...]:
        """For groups, the number that the record of the first dimension has in its own system, row by row; None where it is no record."""
        ...

    def values(self, query: Query, path: str) -> tuple[str | None, ...]:
        """The values of a selected field, row by row."""
        ...
