"""Where a query names records by a name that several may bear, and the query with those records that are meant put in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.crm.query import Against, Among, And, Between, Compare, Exists, Filter, Not, Or, Query
from tools.crm.semantic import Field, FieldType, SemanticModel


@dataclass(frozen=True, slots=True)
class Known:
    """One record of a name: its number in its own system, and what sets it apart, as people are told."""

    record: str
    apart: tuple[str, ...]


Meant = dict[tuple[str, str], tuple[Known, ...]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A kind of record and a name by which a query means one of them; ``beside`` are further conditions on the same record, as conditions of its own."""

    entity: str
    name: str
    beside: tuple[Filter, ...] = field(default=())


def mentions(query: Query, model: SemanticModel) -> Iterator[Mention]:
    """Every name in the conditions of a query, and of the groups that it keeps.

    A list or a count of the records of a name means all that bear it, and mentions none of them.
    """
    yield from _mentions(query.where, query.entity, model, (), own=_asks_of_one(query, model))
    first = query.dimensions[0] if query.dimensions else None
    named = _named(query.entity, first.path, model) if first is not None and not first.grain and not query.only_records else None
    yield from (Mention(named[1], label) for label in query.only if named is not None)


def _asks_of_one(query: Query, model: SemanticModel) -> bool:
    """Whether figures of the records themselves are asked for, rather than how many or which they are."""
    return any(ref.path or ref.since or (ref.measure is not None and model.measures[ref.measure].op != "count") for ref in query.measures)


def _mentions(where: Filter | None, entity: str, model: SemanticModel, beside: tuple[Filter, ...], own: bool) -> Iterator[Mention]:
    match where:
        case And():
            for part in where.parts:
                yield from _mentions(part, entity, model, tuple(other for other in where.parts if other is not part), own)
        case Or():
            for part in where.parts:
                yield from _mentions(part, entity, model, (), own)
        case Not():
            yield from _mentions(where.part, entity, model, (), own)
        case Exists() if where.entity in model.entities:
            yield from _mentions(where.where, where.entity, model, (), own=True)
        case Among() | Against():
            yield from mentions(where.query, model)
        case Compare() if where.op in {"eq", "ne"} and not where.by_id and not any(where.records):
            named = _named(entity, where.path, model)
            if named is not None and (own or named[0]):
                held = tuple(each for part in beside if where.op == "eq" and (each := _within(part, named[0])) is not None)
                yield from (Mention(named[1], value, held) for value in where.values)


def _named(entity: str, path: str, model: SemanticModel) -> tuple[str, str] | None:
    """The path to the record that a path names, empty for the queried one itself, and its kind."""
    try:
        walked, last = model.field(entity, path)
    except KeyError:
        return None
    kind = model.named_by(last)
    if kind is None or not _has_name(model, kind):
        return None
    return (path if last.type is FieldType.REF else ".".join(each.key for each in walked)), kind


def _has_name(model: SemanticModel, kind: str) -> bool:
    title: Field | None = model.entities[kind].fields.get(model.entities[kind].title or "")
    return title is not None and title.type is FieldType.NAME


def _within(part: Filter, reference: str) -> Filter | None:
    """A condition on the record that ``reference`` leads to, as one of its own."""
    if not reference or not isinstance(part, Compare | Between) or not part.path.startswith(f"{reference}."):
        return None
    return part.model_copy(update={"path": part.path.removeprefix(f"{reference}.")})


# -- putting records in their places ----------------------------------------------------------------------------------


def with_records(query: Query, model: SemanticModel, meant: Meant) -> Query:
    """The query with the records that are meant by names."""
    where = _filled(query.where, query.entity, model, meant) if query.where is not None else None
    first = query.dimensions[0] if query.dimensions else None
    named = _named(query.entity, first.path, model) if first is not None and not first.grain else None
    records = tuple(known.record for label in query.only if named is not None for known in meant.get((named[1], label), ()))
    return query.model_copy(update={"where": where, "only_records": records or query.only_records})


def _filled(part: Filter, entity: str, model: SemanticModel, meant: Meant) -> Filter:
    match part:
        case And() | Or():
            return part.model_copy(update={"parts": tuple(_filled(each, entity, model, meant) for each in part.parts)})
        case Not():
            return part.model_copy(update={"part": _filled(part.part, entity, model, meant)})
        case Exists() if part.where is not None:
            return part.model_copy(update={"where": _filled(part.where, part.entity, model, meant)})
        case Among() | Against():
            return part.model_copy(update={"query": with_records(part.query, model, meant)})
        case Compare() if part.op in {"eq", "ne"} and not part.by_id and not any(part.records):
            named = _named(entity, part.path, model)
            return _of(part, named[1], meant) if named is not None else part
    return part


def _of(part: Compare, kind: str, meant: Meant) -> Compare:
    """The comparison with each name as often as records of it are meant."""
    nobody = (Known("", ()),)
    pairs = [(value, known) for value in part.values for known in meant.get((kind, value), nobody)]
    if not any(known.record for _, known in pairs):
        return part
    names = tuple(value for value, _ in pairs)
    return part.model_copy(update={"values": names, "records": tuple(k.record for _, k in pairs), "apart": tuple(k.apart for _, k in pairs)})
