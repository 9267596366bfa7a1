"""What a named measure requires of the rows that count, as conditions of the query language."""

from __future__ import annotations

from datetime import date

from tools.crm.query import Compare, MeasureRef
from tools.crm.semantic import Entity, Measure, SemanticModel, Words
from tools.crm.semantic.model import ANY_VALUE, SOME


def conditions_of(measure: Measure) -> tuple[Compare, ...]:
    """The measure's conditions in the order of their fields: one of some values, no value at all, or any value."""
    return tuple(_condition(path, values) for path, values in sorted(measure.where.items()))


def lasting_words(model: SemanticModel, entity: str, ref: MeasureRef) -> Words:
    """What the days of a duration between two fields, or of an age, are called."""
    since = model.field(entity, str(ref.since))[1].words
    if ref.path is None:
        return Words(en=(f"age since {since.label('en').lower()}",), zh=(f"自{since.label('zh')}起的天数",))
    until = model.field(entity, ref.path)[1].words
    en = f"days from {since.label('en').lower()} to {until.label('en').lower()}"
    return Words(en=(en,), zh=(f"从{since.label('zh')}到{until.label('zh')}的天数",))


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
