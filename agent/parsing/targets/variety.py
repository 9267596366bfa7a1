"""How many different ones of a sort somebody has, held against a bound: "customers with more than one product", 买过3个以上大类的客户."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.comparing import comparator
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_kind
from tools.crm.query import Compare, MeasureRef
from tools.crm.semantic import FieldType

SORTS = {"product"}
STATED = ("won", "lost", "open", "closed")
FURTHEST = 3


def variety(reading: Reading) -> Iterator[Reading]:
    """What is counted stands right behind a bare number with a bound, and another reference of the records says who is told apart by it."""
    for index, item in enumerate(reading.signals.items):
        plain = item.number is not None and not (item.period or item.length or item.currency or item.number.money or item.number.percent)
        if not plain or index in reading.signals.top_items or comparator(reading, index)[0] is None:
            continue
        for place in range(index + 1, min(index + FURTHEST, len(reading.signals.items))):
            found = _sort_named(reading, place)
            if found is not None and _has_holder(reading, index, place):
                won = (Compare(path="status", values=("won",)),) if reading.entity == "opportunity" and not reading.signals.has(*STATED) else ()
                distinct = [at for at in reading.signals.at.get("distinct", ()) if index < at <= place + 1]
                measured = measured_by(reading, place, *distinct, measures=(MeasureRef(fold="count_distinct", path=found),), fit=0.6)
                bought = reading.signals.at.get("sells", ()) if _is_worth_something(reading) else ()
                yield measured.using(*bought, filters=(*reading.filters, *won))
            if found is not None or not reading.item(place).is_only_cue:
                break


def _is_worth_something(reading: Reading) -> bool:
    """Whether the records hold amounts of money, so that things may be bought by them: deals and orders, and no tickets."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    return any(field.type is FieldType.MONEY and reading.paths.vocabulary.content(reading.entity, field.key).count for field in fields)


def _sort_named(reading: Reading, place: int) -> str | None:
    """The column of the records that holds what is named, if it tells sorts of things: products, or texts that many records share."""
    item = reading.item(place)
    if item.values or mentions_kind(reading, place):
        return None
    for _, path in sorted(reading.paths.dimension(reading.entity, item.terms)):
        field = reading.paths.field(reading.entity, path)
        own = path in reading.paths.model.entities[reading.entity].fields
        if field.to in SORTS or (own and field.custom and field.type is FieldType.TEXT) or path.partition(".")[0] in SORTS:
            return path
    return None


def _has_holder(reading: Reading, number: int, place: int) -> bool:
    """Whether something else is named that the records refer to."""
    others = (at for at in range(len(reading.signals.items)) if at not in {number, place})
    return any(
        reading.paths.field(reading.entity, path).to not in {None, *SORTS}
        for at in others
        for _, path in reading.paths.dimension(reading.entity, reading.item(at).terms)
    )
