"""Records by whether those whose they are still work here: 维护人已离职的客户, "open deals of reps who have left the company"."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare

PEOPLE = "member"
GENERAL = 2  # the rank up to which a word means our people themselves


def add_employed(reading: Reading) -> Reading:
    """The day on which people left, there or not, as a condition on the colleague of the records: the one that is named, else whose they are."""
    if reading.entity == PEOPLE:
        return reading
    for index in reading.open_items():
        pair = next((pair for pair in reading.item(index).pairs if pair.entity == PEOPLE and pair.what in {"filled", "empty"} and not pair.other), None)
        said = _colleague(reading) if pair is not None else None
        if pair is None or said is None:
            continue
        place, path = said
        part = Compare(path=f"{path}.{pair.path}", op="not_null" if pair.what == "filled" else "is_null")
        reading = reading.using(index, *place, filters=(*reading.filters, part), fit=reading.fit + 0.4)
    return reading


def _colleague(reading: Reading) -> tuple[tuple[int, ...], str] | None:
    """The word for a reference to a colleague, or for our people, and the way to them; None where the question names no such person."""
    fields = reading.paths.model.entities[reading.entity].fields
    ways = [way for way in reading.paths.to_entity(reading.entity, PEOPLE) if "." not in way]
    for index, item in enumerate(reading.signals.items):
        named = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].to == PEOPLE]
        if len(set(named)) == 1:
            return (() if item.values else (index,)), named[0]
    for index, item in enumerate(reading.signals.items):
        people = any(term.what == "entity" and term.entity == PEOPLE and term.rank <= GENERAL for term in item.terms)
        if ways and not item.values and people:
            return (index,), ways[0]
        if ways and any(value.entity == PEOPLE and not value.title for value in item.values):
            return (), ways[0]
    return None
