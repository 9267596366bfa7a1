"""Where a plan makes another choice than the words allow as well: things that are named and not used, and columns alike beside those that it takes."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.linking import Item, Linked
from agent.parsing.vocabulary import Vocabulary
from tools.crm.query import Against, Among, And, Between, Compare, Exists, Filter, Lasted, Not, Or, Plan, Query
from tools.crm.semantic import FieldType

MOST = 4
Thing = tuple[str, str]


def meant_doubts(linked: Linked, plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """The figures of what was meant, over all queries of a plan."""
    used: set[Thing] = set()
    values: set[str] = set()
    for query in plan.queries:
        used |= set(_things(query, vocabulary))
        values |= set(_values(query.where)) | set(query.only)
    named = [item for item in linked.items if any(term.filled for term in item.terms)]
    yield "named, not used", min(MOST, sum(not item.values and not _is_used(item, used) for item in named))
    held = [item for item in linked.items if item.values and not item.terms and not item.cues]
    yield "value not used", min(MOST, sum(not any(value.text in values for value in item.values) for item in held))
    kinds = {query.entity for query in plan.queries}
    yield "columns of one name", min(MOST, sum(len({t.key for t in item.terms if t.what == "field" and t.filled and t.entity in kinds}) > 1 for item in named))
    yield (
        "figures of one name",
        min(MOST, sum(len({t.key for t in item.terms if t.what == "measure" and t.filled and t.entity in kinds}) > 1 for item in named)),
    )
    for query in plan.queries[:1]:
        yield from _others(query, vocabulary)


def _is_used(item: Item, used: set[Thing]) -> bool:
    return any((term.entity, term.key) in used or (term.what in {"entity", "kind"} and (term.entity, "") in used) for term in item.terms)


def _things(query: Query, vocabulary: Vocabulary) -> Iterator[Thing]:
    """The kinds, fields and measures that a query is made of."""
    model = vocabulary.model
    yield query.entity, ""
    paths = [each.path for each in query.dimensions] + [*query.select] + [each.path for each in query.order if each.path] + [*_paths(query.where)]
    for ref in query.measures:
        measure = model.measures.get(ref.measure or "")
        if measure is not None:
            yield measure.entity, measure.key
            paths += [arg for arg in (*measure.args, *measure.where) if arg in model.entities[query.entity].fields]
        paths += [path for path in (ref.path, ref.per) if path]
    if query.window is not None and query.window.path:
        paths.append(query.window.path)
    for path in paths:
        try:
            walked, last = model.field(query.entity, path)
        except KeyError:
            continue
        for field in (*walked, last):
            yield field.entity, field.key
            if field.to is not None:
                yield field.to, ""
        yield last.entity, ""
    yield from _beyond(query.where, vocabulary)


def _beyond(where: Filter | None, vocabulary: Vocabulary) -> Iterator[Thing]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _beyond(part, vocabulary)
        case Not():
            yield from _beyond(where.part, vocabulary)
        case Exists():
            yield from _things(Query(entity=where.entity, where=where.where), vocabulary)
        case Among() | Against():
            yield from _things(where.query, vocabulary)


def _paths(where: Filter | None) -> Iterator[str]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _paths(part)
        case Not():
            yield from _paths(where.part)
        case Compare() | Between() | Lasted() | Among() | Against():
            yield where.path


def _values(where: Filter | None) -> Iterator[str]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _values(part)
        case Not():
            yield from _values(where.part)
        case Compare():
            yield from where.values
        case Exists():
            yield from _values(where.where)
        case Among() | Against():
            yield from _values(where.query.where)


def _others(query: Query, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """How many more filled amounts and days the records have than the one that the plan takes, where it takes one."""
    fields = vocabulary.model.entities[query.entity].fields.values()
    filled = [field for field in fields if vocabulary.content(query.entity, field.key).count]
    used = {key for entity, key in _things(query, vocabulary) if entity == query.entity}
    amounts = {field.key for field in filled if field.type is FieldType.MONEY}
    days = {field.key for field in filled if field.type.is_time}
    yield "other amounts", min(MOST, len(amounts) - 1) if amounts & used else 0
    dated = query.window is not None or any(each.grain for each in query.dimensions)
    yield "other days", min(MOST, max(0, len(days) - 1)) if dated else 0
