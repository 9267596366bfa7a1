"""How the rows that a principal may see are asked for. A domain asks; the permission sandbox, or a default, answers."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.sql.selectable import FromClause

from tools.access.principal import Principal


class RowScope(Protocol):
    """Limits a query in SQL, so that a row out of reach is never read."""

    def limit(self, principal: Principal, entity: str, table: FromClause) -> ColumnElement[bool] | None:
        """Condition on ``table`` (an alias of the entity's table) under which a row may be seen; None where all may."""
        ...

    def describe(self, principal: Principal, language: str) -> str | None:
        """One clause that says what the principal's view is limited to; None where it is not."""
        ...


class EveryRow:
    """No limit: for work of the installation itself, of which nobody is shown single records."""

    def limit(self, principal: Principal, entity: str, table: FromClause) -> ColumnElement[bool] | None:
        """See :class:`RowScope`."""
        return None

    def describe(self, principal: Principal, language: str) -> str | None:
        """See :class:`RowScope`."""
        return None
