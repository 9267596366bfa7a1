"""What one part of a message leaves unsaid because the part before has said it: the period, the conditions, whose records are meant."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.linking.items import OUTCOMES, Item, Linked
from tools.crm.query import And, Between, Compare, Dimension, Filter, MeasureRef, Order, Query
from tools.crm.semantic import Measure, SemanticModel

WHOLE = {"company", "all"}  # said of the whole company, not of what the part before was about


def carried(query: Query, before: Query, linked: Linked, model: SemanticModel) -> Query:
    """What the part before said and this one leaves unsaid: the period, and, where it names nothing of its own, the records."""
    if query.entity == before.entity and before.where is not None and not any(_says_which(item) for item in linked.items):
        query = query.model_copy(update={"where": None})  # "…, and which?": the very records of the part before, under all of their conditions
    bare = query.window is None and query.compare is None and not any(each.grain for each in query.dimensions)
    dated = before.window is not None and not any(item.period for item in linked.items)
    if bare and dated and before.window is not None and is_dated(query, model) and (query.entity == before.entity or before.window.path is None):
        query = query.model_copy(update={"window": before.window})
    parted = {f"{query.entity}.{each.path}" for each in query.dimensions} if query.only else set()
    named = any(_is_named(item) and not _is_part(item, parted) for item in linked.items)
    if query.entity != before.entity and query.measures and query.where is None and not named:
        return of_those(query, before, model)
    if query.entity != before.entity and not query.measures and query.where is None and _asks_whose(linked, query.entity):
        return _by_bearer(query, before, model) or query
    if query.entity != before.entity or query.where is not None or named:
        return query
    ended = any(OUTCOMES & set(item.cues) or "resolved" in item.cues for item in linked.items)
    held = [part for part in parts_of(before.where) if not (ended and isinstance(part, Compare) and part.path in {"status", "stage"})]
    shared = {each.path for each in query.dimensions} if query.only else set()  # what a share is told of narrows not what it is taken of
    held = [part for part in held if not (isinstance(part, Compare) and part.path in shared)]
    parts = [*held, *(part for part in _state(before, model) if _takes_state(query, model, part))]
    if not parts:
        return query
    return query.model_copy(update={"where": parts[0] if len(parts) == 1 else And(parts=tuple(parts))})


def _says_which(item: Item) -> bool:
    return bool(item.values or item.terms or item.means_more or OUTCOMES & set(item.cues))


def _is_named(item: Item) -> bool:
    """Whether records are named: by what they are, by a value, as all of them; how they ended is what is asked of those of the part before."""
    valued = item.values and not OUTCOMES & set(item.cues)
    whole = WHOLE & set(item.cues) and "sum" not in item.cues  # the "total value" is that of the records of the part before
    return bool(valued or any(term.what == "entity" for term in item.terms) or whole)


def _is_part(item: Item, parted: set[str]) -> bool:
    """As in 三甲医院有几家，公立民营各占多少: the groups whose shares are asked for say nothing of which records they are of."""
    return bool(item.values) and any(f"{value.entity}.{value.field}" in parted for value in item.values) and not item.terms


def _asks_whose(linked: Linked, entity: str) -> bool:
    """As in 都在哪些医院, "and at which customers": nothing but which of another kind of record, all of which would say nothing."""
    told = [item for item in linked.items if item.terms]
    return len(told) == 1 and any(term.what == "entity" and term.entity == entity for term in told[0].terms) and not any(item.values for item in linked.items)


def _by_bearer(query: Query, before: Query, model: SemanticModel) -> Query | None:
    """The records of the part before, told apart by the records of the other kind that they refer to."""
    link = next((field.key for field in model.entities[before.entity].fields.values() if field.to == query.entity), None)
    plain = not before.dimensions and not before.having and (before.where is not None or before.window is not None)
    if link is None or not plain:
        return None
    measures = before.measures[:1] or (MeasureRef(fold="count"),)
    return Query(
        entity=before.entity, measures=measures, dimensions=(Dimension(path=link),), where=before.where, window=before.window, order=(Order(measure=0),)
    )


def of_those(query: Query, before: Query, model: SemanticModel) -> Query:
    """As in 中国客户有多少家，累计赢单金额多少: what other records come to that belong to those which the part before was about."""
    link = next((field.key for field in model.entities[query.entity].fields.values() if field.to == before.entity), None)
    parts = parts_of(before.where)
    if link is None or before.window is not None or before.dimensions or not all(isinstance(part, Compare | Between) for part in parts):
        return query
    title = model.entities[before.entity].title
    moved = tuple(
        part.model_copy(update={"path": link if part.path == title else f"{link}.{part.path}"}) for part in parts if isinstance(part, Compare | Between)
    )
    return query.model_copy(update={"where": None if not moved else moved[0] if len(moved) == 1 else And(parts=moved)})


def is_dated(query: Query, model: SemanticModel) -> bool:
    """Whether the records of a query have a day that a period may be meant of."""
    times = [measure_of(ref, model) for ref in query.measures]
    return model.entities[query.entity].time is not None or any(each is not None and each.time for each in times)


def parts_of(where: Filter | None) -> tuple[Filter, ...]:
    """The conditions of a query one by one."""
    return () if where is None else where.parts if isinstance(where, And) else (where,)


def _state(before: Query, model: SemanticModel) -> Iterator[Compare]:
    """What the first figure says of its records by its name: won deals are won."""
    measure = measure_of(before.measures[0], model) if before.measures else None
    for path, values in sorted(measure.where.items()) if measure is not None and measure.op != "rate" else ():
        yield Compare(path=path, op="eq" if values else "is_null", values=values)


def _takes_state(query: Query, model: SemanticModel, part: Compare) -> bool:
    """Whether all figures are of plain records: a win rate of won deals would say nothing."""
    measures = [measure_of(ref, model) for ref in query.measures]
    return all(each is None or (not each.where and each.op not in {"rate", "days"}) for each in measures) and not any(
        each.path == part.path for each in query.dimensions
    )


def measure_of(ref: MeasureRef, model: SemanticModel) -> Measure | None:
    """The named measure of a figure."""
    return model.measures.get(ref.measure or "")
