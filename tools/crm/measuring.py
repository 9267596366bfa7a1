"""What a named measure requires of the rows that count, as conditions of the query language."""

from __future__ import annotations

from datetime import date

from tools.crm.query import Compare
from tools.crm.semantic import Entity, Measure
from tools.crm.semantic.model import ANY_VALUE, SOME


def conditions_of(measure: Measure) -> tuple[Compare, ...]:
    """The measure's conditions in the order of their fields: one of some values, no value at all, or any value."""
    return tuple(_condition(path, values) for path, values in sorted(measure.where.items()))


def overdue(entity: Entity, today: date) -> tuple[Compare, ...]:
    """What makes a record of this kind overdue on a day; empty for kinds that are never due."""
    if entity.due is None:
        return ()
    return (Compare(path=entity.due, op="lt", values=(today.isoformat(),)), *(_condition(path, values) for path, values in sorted(entity.pending.items())))


def _condition(path: str, values: tuple[str, ...]) -> Compare:
    if values == (ANY_VALUE,):
        return Compare(path=path, op="not_null")
    if values == (SOME,):
        return Compare(path=path, op="gt", values=("0",))
    return Compare(path=path, op="eq" if values else "is_null", values=values)
