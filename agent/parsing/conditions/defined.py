"""Words that people taught, as the conditions that they stand for; and whether a plan really holds what such a word means."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from tools.crm.query import And, Between, Compare, Exists, Filter, Not, Or, Plan, Query, inner_queries
from tools.crm.semantic import SemanticModel
from tools.definitions.schemas import Definition, Meaning


def add_defined(reading: Reading) -> Reading:
    """The conditions of taught words on the records that are asked about, or on those that they belong to."""
    for index, item in enumerate(reading.signals.items):
        for meaning in _meanings(reading, item):
            if meaning.entity == reading.entity:
                parts = () if meaning.where is None else (meaning.where,)
                named = meaning.measure is None or meaning.measure in reading.measures
                used = (index,) if named else ()
                reading = reading.using(*used, filters=(*reading.filters, *parts))
            elif meaning.where is not None and meaning.measure is None and index not in reading.used:
                path = next((path for path in reading.paths.to_entity(reading.entity, meaning.entity) if path), None)
                moved = _moved(meaning.where, path) if path else None
                if moved is not None:
                    reading = reading.using(index, filters=(*reading.filters, moved)).paying(0.3)
            break
    return reading


def conditions_of_item(reading: Reading, item: Item, entity: str) -> tuple[Filter, ...]:
    """What a taught word says of related records."""
    return tuple(meaning.where for meaning in _meanings(reading, item) if meaning.entity == entity and meaning.where is not None)


def definitions_of(items: tuple[Item, ...], defined: dict[str, Definition]) -> list[Definition]:
    """The taught words among linked items."""
    return list(dict.fromkeys(defined[term.key] for item in items for term in item.terms if term.what == "defined"))


def holds(plan: Plan, definition: Definition, model: SemanticModel) -> bool:
    """Whether the plan has the word's condition, and its measure, anywhere: a word that lost its meaning on the way must not be answered."""
    return any(_holds(query, definition.meaning, model) for one in plan.queries for query in (one, *inner_queries(one.where)))


def _holds(query: Query, meaning: Meaning, model: SemanticModel) -> bool:
    if meaning.measure is not None and meaning.measure not in query.measures:
        return False
    if meaning.where is None:
        return True
    needed = {meaning.where}
    for path in ("", *(field.key for field in model.entities[query.entity].fields.values() if field.to == meaning.entity)):
        moved = _moved(meaning.where, path) if path else None
        needed |= {moved} if moved is not None else set()
    held = set(_parts(query.where)) | {
        Compare(path=path, values=values)
        for ref in query.measures
        if ref.measure
        for path, values in model.measures[ref.measure].where.items()
        if model.measures[ref.measure].op != "rate"
    }
    return any(part in held or (isinstance(part, And) and set(part.parts) <= held) for part in needed)


def _parts(where: Filter | None) -> Iterator[Filter]:
    """A filter and what is in it; of alternatives and negations only the whole counts."""
    if where is not None:
        yield where
    if isinstance(where, And):
        for part in where.parts:
            yield from _parts(part)
    if isinstance(where, Exists):
        yield from _parts(where.where)


def _meanings(reading: Reading, item: Item) -> Iterator[Meaning]:
    known = reading.paths.vocabulary.defined
    return (known[term.key].meaning for term in item.terms if term.what == "defined")


def _moved(where: Filter, path: str) -> Filter | None:
    """The condition as one on records that refer to those it was made for; None where it asks for related records."""
    match where:
        case Compare() | Between():
            return where.model_copy(update={"path": f"{path}.{where.path}"})
        case And() | Or():
            parts = tuple(_moved(part, path) for part in where.parts)
            return where.model_copy(update={"parts": parts}) if None not in parts else None
        case Not():
            part = _moved(where.part, path)
            return where.model_copy(update={"part": part}) if part is not None else None
        case _:
            return None
