"""Pronouns in questions that are complete otherwise: "how many did she lose?" is about whom the last question was about."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.linking.places_meant import PLACES
from agent.parsing.reading.drafting import Reading
from agent.parsing.threads.filters import translated
from tools.crm.query import Compare, Filter, Plan
from tools.crm.semantic import FieldType

_MANY = {"they", "them", "their", "theirs", "他们", "他们的"}
PEOPLE = {"he", "she", "him", "his", "her", "hers", "他", "她", "他的", "她的"}
"""Pronouns of one person."""


def resolve_pronoun(reading: Reading, previous: Plan | None) -> Reading | None:
    """The reading with the last plan's conditions carried over, as far as they mean something there; None where nothing is meant by the pronoun."""
    places = reading.signals.at.get("pronoun", [])
    if not places:
        return reading
    if previous is None or len(previous.queries) != 1:
        return None
    query = previous.queries[0]
    own = {part.path for part in reading.filters if isinstance(part, Compare)}
    carried = tuple(part for part in translated(query, reading.entity, reading.paths) if not (isinstance(part, Compare) and part.path in own))
    if any(reading.item(index).text.casefold() in PEOPLE for index in places) and not any(_names_person(reading, part) for part in carried):
        return None
    placed = any(reading.item(index).text.casefold() in PLACES for index in places)
    if not carried or (placed and all(_names_person(reading, part) or _says_state(part) for part in carried)):
        return None
    if any(reading.item(index).text.casefold() in _MANY for index in places):
        carried = _of_the_company(reading, carried)
    same = query.entity == reading.entity and reading.window is None and query.window is not None
    made = reading.using(*places, filters=(*reading.filters, *carried))
    return replace(made, window=query.window) if same and reading.measures else made


def _of_the_company(reading: Reading, carried: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """As in "when did we last talk to them?" after "who is their CTO?": the company, where both it and what sort of contact of it were named."""
    fields = [(part, reading.paths.field(reading.entity, part.path)) for part in carried if isinstance(part, Compare) and part.op == "eq"]
    contacts = [part for part, field in fields if field.entity == "contact" and reading.entity != "contact"]
    return tuple(part for part in carried if part not in contacts) if any(field.to == "account" for _, field in fields) else carried


def _says_state(part: Filter) -> bool:
    return not isinstance(part, Compare) or part.op != "eq" or part.path in {"status", "stage"}


def _names_person(reading: Reading, part: Filter) -> bool:
    """Whether a condition says who: one of ours, or one of theirs."""
    if not isinstance(part, Compare) or part.op != "eq" or len(part.values) != 1:
        return False
    field = reading.paths.field(reading.entity, part.path)
    entity = field.to if field.type is FieldType.REF else field.entity if reading.paths.model.entities[field.entity].title == field.key else ""
    return entity in {"member", "contact", "lead"}
