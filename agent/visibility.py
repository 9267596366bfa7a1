"""Which names of the store a person may be understood by: only those of records that the person may see.

A name that is hidden is treated like one that nobody has, so that a question can't find out who is there.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent.parsing.store_words.vocabulary import Value
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.semantic import SemanticModel
from tools.store.base import Base


class Visibility:
    """Answers for one person and one turn; what was asked once is remembered."""

    def __init__(self, session: Session, principal: Principal, scope: RowScope, model: SemanticModel) -> None:
        """``scope`` limits rows as it does in every query."""
        self.session, self.principal, self.scope, self.model = session, principal, scope, model
        self._known: dict[Value, bool] = {}

    def __call__(self, value: Value) -> bool:
        """Whether the person may see the field, and at least one record that holds the value."""
        if value.classification > self.principal.clearance:
            return False
        if not value.title:
            return True  # a category says nothing of any one record
        if value not in self._known:
            self._known[value] = self._held_in_scope(value)
        return self._known[value]

    def _held_in_scope(self, value: Value) -> bool:
        table = Base.metadata.tables[self.model.entities[value.entity].table]
        limit = self.scope.limit(self.principal.up_to(value.classification), value.entity, table)
        if limit is None:
            return True
        own = self.model.entities[value.entity].fields[value.field].custom
        column = table.c.custom[value.field].as_string() if own else table.c.get(f"{value.field}_ref") if value.field not in table.c else table.c[value.field]
        if column is None:
            return False
        return self.session.execute(select(table.c.id).where(column == value.text, table.c.gone_at.is_(None), limit).limit(1)).first() is not None
