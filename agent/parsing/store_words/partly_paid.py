"""Which kinds of record hold some of which a part was paid: to these a day of receipt doesn't say that nothing is left."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, and_, cast, func, select
from sqlalchemy.orm import Session

from agent.parsing.columns.owing import owed_pair
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import Entity
from tools.store.base import Base


def read_partly_paid(session: Session, vocabulary: Vocabulary) -> frozenset[str]:
    """The keys of the kinds of record of which any holds less paid than was to be paid, but something."""
    found = set()
    for key, amounts in vocabulary.columns.amounts.items():
        pair = owed_pair(key, amounts)
        if pair is not None and _any_less(session, vocabulary.model.entities[key], pair[0].path, pair[1].path):
            found.add(key)
    return frozenset(found)


def _any_less(session: Session, entity: Entity, due: str, paid: str) -> bool:
    table = Base.metadata.tables[entity.table]
    here = table.c.gone_at.is_(None) if entity.custom_table is None else and_(table.c.gone_at.is_(None), table.c.table_id == entity.custom_table)
    came = _amount(entity, paid)
    return bool(session.scalar(select(func.count()).select_from(table).where(here, came > 0, came < _amount(entity, due))))


def _amount(entity: Entity, key: str) -> Any:  # noqa: ANN401 - SQL expression
    table = Base.metadata.tables[entity.table]
    return cast(table.c.custom[key].as_string(), BigInteger) if entity.fields[key].custom else table.c[key]
