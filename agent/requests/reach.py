"""How far somebody may read about one record: a customer of a unit is open as far as the unit's template says, and no further."""

from __future__ import annotations

from sqlalchemy import select

from agent.turn import Turn
from tools.access.principal import Principal
from tools.store.base import Base
from tools.store.classification import Classification


def reaching(turn: Turn, kind: str, record: int) -> Principal:
    """The speaker, reading as far as the record is open to it; as it is where nothing but its own office opens records."""
    principal = turn.principal
    if not principal.units:
        return principal
    table = Base.metadata.tables[turn.catalog.model.entities[kind].table]
    for level in sorted((each for each in Classification if each <= principal.clearance), reverse=True):
        limit = turn.scope.limit(principal.up_to(level), kind, table)
        found = select(table.c.id).where(table.c.id == record)
        if turn.session.scalar(found if limit is None else found.where(limit)) is not None:
            return principal.up_to(level)
    return principal
