"""When two queries mean the same: a normal form in which a condition may stand in the measure or beside it, and defaults are written out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal, InvalidOperation

from tools.crm.query import About, And, Between, Compare, Exists, Filter, MeasureRef, Query, Window
from tools.crm.semantic import Measure, SemanticModel
from tools.crm.semantic.model import RECORD_ID

Part = tuple[Hashable, ...]


def meaning(query: Query, model: SemanticModel, focus: str, asked_limit: bool) -> Hashable:
    """The normal form. Columns count only where fields of one record are asked for, a limit only where the question gives it."""
    conditions = set(_parts(query.where, query.entity, model))
    figures = tuple(_figure(ref, query, model) for ref in query.measures)
    if len(figures) == 1:
        conditions |= set(figures[0][2])
    return (
        query.entity,
        tuple(figure[:2] for figure in figures) if len(figures) == 1 else figures,
        frozenset((_path(each.path, query.entity, model), each.grain) for each in query.dimensions),
        frozenset(conditions),
        _window(query.window, query, model),
        _window(query.compare, query, model),
        tuple((bound.measure, bound.op, _number(bound.value)) for bound in query.having),
        query.only,
        _order(query),
        query.limit if asked_limit else None,
        query.skip,
        _columns(query, model) if focus == "lookup" else focus == "exists",
    )


def _figure(ref: MeasureRef, query: Query, model: SemanticModel) -> tuple[Hashable, Hashable, tuple[Part, ...]]:
    named = model.measures[ref.measure] if ref.measure else None
    if named is None:
        return (ref.fold, (_path(ref.path, query.entity, model),) if ref.path else ()), ref.share, ()
    if named.op in {"rate", "days"}:
        return (named.key, ()), ref.share, ()
    return (named.op, named.args), ref.share, tuple(_held(named))


def _held(measure: Measure) -> Iterator[Part]:
    for path, values in measure.where.items():
        yield (path, "eq", frozenset(values)) if values else (path, "is_null", frozenset())


def _parts(where: Filter | None, entity: str, model: SemanticModel) -> Iterator[Part]:
    match where:
        case And():
            for part in where.parts:
                yield from _parts(part, entity, model)
        case Compare():
            yield (_path(where.path, entity, model), where.op, frozenset(map(_number, where.values)))
        case Between():
            yield (where.path, "between", frozenset({("low", where.low), ("high", where.high)}))
        case Exists():
            yield (where.entity, where.via, where.absent, frozenset(_parts(where.where, where.entity, model)))
        case About():
            yield ("about", where.text)
        case None:
            return
        case _:
            yield (where.model_dump_json(),)


def _path(path: str, entity: str, model: SemanticModel) -> str:
    """The name of a referenced record is the record."""
    walked, last = model.field(entity, path)
    return path.rpartition(".")[0] if walked and model.entities[last.entity].title == last.key else path


def _number(text: str) -> str:
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return text


def _window(window: Window | None, query: Query, model: SemanticModel) -> Hashable:
    if window is None:
        return None
    own = next((time for ref in query.measures if ref.measure and (time := model.measures[ref.measure].time)), model.entities[query.entity].time)
    return window.start, window.end, window.path or own


def _order(query: Query) -> Hashable:
    """Only where it decides what is shown: highest first is how groups are shown anyway."""
    if not query.order or (query.dimensions and query.limit is None):
        return None
    first = query.order[0]
    return first.path, first.measure, first.descending


def _columns(query: Query, model: SemanticModel) -> Hashable:
    return frozenset(query.select) - {model.entities[query.entity].title, RECORD_ID}
