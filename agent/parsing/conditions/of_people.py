"""What is said of the people whom records refer to: 维护人已经离职的客户, "open deals of reps who have left"."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare
from tools.crm.semantic import FieldType

PEOPLE = "member"
REACH, OF_OTHERS = 4, 2.5


def add_of_people(reading: Reading) -> Reading:
    """Conditions on the day on which those people left, by the reference that is named beside it, or the usual one where only people are."""
    if reading.entity == PEOPLE and _are_whose(reading):
        return reading.paying(OF_OTHERS)
    for index in reading.open_items() if reading.entity != PEOPLE else ():
        pair = next((each for each in reading.item(index).pairs if each.entity == PEOPLE and each.what in {"filled", "empty"}), None)
        beside = (*range(index - 1, index - REACH, -1), *range(index + 1, index + REACH)) if pair is not None else ()
        places = [near for near in beside if 0 <= near < len(reading.signals.items)]
        found = next((way for near in places if (way := _way(reading, near)) is not None), None)
        if pair is None or found is None:
            continue
        path, used = found
        gone = Compare(path=f"{path}.{pair.path}", op="not_null" if pair.what == "filled" else "is_null")
        held = Compare(path=path, op="not_null")
        parts = (gone,) if pair.what == "filled" else (held, gone)
        reading = reading.using(index, *used, filters=(*reading.filters, *parts), fit=reading.fit + 0.4)
    return reading


def _are_whose(reading: Reading) -> bool:
    """As in "dealers whose rep has left": the people are those of the records that are asked for."""
    left = any(pair.entity == PEOPLE for item in reading.signals.items for pair in item.pairs)
    named = (item for item in reading.signals.items if item.start and any(term.what in {"entity", "field"} for term in item.terms))
    return left and any(reading.signals.tokens[item.start - 1].norm == "whose" for item in named)


def _way(reading: Reading, index: int) -> tuple[str, tuple[int, ...]] | None:
    """The reference to people that an item names, with its place where it says no more than that."""
    item, fields = reading.item(index), reading.paths.model.entities[reading.entity].fields
    for term in item.terms:
        if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type is FieldType.REF and fields[term.key].to == PEOPLE:
            return term.key, () if index in reading.used else (index,)
    named = any(term.what == "entity" and term.entity == PEOPLE for term in item.terms)
    if not named and not item.is_sort_of(PEOPLE):
        return None
    way = next(iter(reading.paths.to_entity(reading.entity, PEOPLE)), None)
    return (way, (index,) if named and index not in reading.used else ()) if way else None
