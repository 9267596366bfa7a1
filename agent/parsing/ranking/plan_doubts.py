"""What in a plan itself gives cause for doubt: its size, its detours, and what it holds that people seldom ask for. Sees no question."""

from __future__ import annotations

from collections.abc import Iterator

from tools.crm.query import About, Against, Among, And, Beside, Between, Compare, Exists, Filter, Lasted, MeasureRef, Not, Or, Plan, Query
from tools.crm.semantic import Field, SemanticModel

MOST = 4


def plan_doubts(plan: Plan, model: SemanticModel) -> Iterator[tuple[str, float]]:
    """The figures of a plan, the greatest over its queries."""
    yield f"asks for {plan.focus}", 1.0
    yield "assumptions", min(MOST, len(plan.assumptions))
    yield "parts left out", float(bool(plan.left_out))
    found: dict[str, float] = {}
    for query in plan.queries:
        for name, value in _query(query, model):
            found[name] = max(found.get(name, 0.0), float(value))
    yield from found.items()


def _query(query: Query, model: SemanticModel) -> Iterator[tuple[str, float]]:
    filters = list(_flat(query.where))
    paths = [*(each.path for each in query.dimensions), *query.select, *(part.path for part in filters if isinstance(part, Compare | Between | Lasted))]
    fields = [found for path in paths if (found := _field(model, query.entity, path)) is not None]
    yield "joins", min(MOST, sum(path.count(".") for path in paths))
    yield "own columns", min(MOST, sum(field.custom for field in fields))
    yield "conditions", min(MOST, len(filters))
    yield "bounds", float(any(isinstance(part, Between | Against) or (isinstance(part, Compare) and part.op in {"gt", "ge", "lt", "le"}) for part in filters))
    yield "empty or filled", float(any(isinstance(part, Compare) and part.op in {"is_null", "not_null"} for part in filters))
    yield "several values", float(any(isinstance(part, Compare) and len(part.values) > 1 for part in filters))
    yield "topic", float(any(isinstance(part, About) for part in filters))
    yield "related records", float(any(isinstance(part, Exists) for part in filters))
    yield "chosen groups", float(any(isinstance(part, Among) for part in filters))
    yield "spans of time", float(any(isinstance(part, Lasted | Beside) for part in filters))
    yield "exceptions", float(_denies(query.where))
    yield "groups", min(MOST, len(query.dimensions))
    yield "units of time", float(any(each.grain for each in query.dimensions))
    yield "bound on groups", float(bool(query.having))
    yield "some groups only", float(bool(query.only))
    yield "ordered", float(bool(query.order))
    yield "limited", float(query.limit is not None)
    yield "place in order", float(query.skip > 0)
    yield "period", float(query.window is not None)
    yield "named day", float(query.window is not None and query.window.path is not None)
    yield "two periods", float(query.compare is not None)
    yield "currency", float(query.currency is not None)
    yield "fields shown", min(MOST, max(0, len(query.select) - 1))
    yield "figures beyond one", min(MOST, max(0, len(query.measures) - 1))
    yield "kind that is not deals", float(query.entity != "opportunity")
    yield "own table", float(model.entities[query.entity].custom_table is not None)
    for ref in query.measures[:1]:
        yield from _figure(ref, model)


def _figure(ref: MeasureRef, model: SemanticModel) -> Iterator[tuple[str, float]]:
    named = model.measures.get(ref.measure or "")
    yield "folded field", float(named is None and ref.path is not None)
    yield "plain count", float((named.op if named else ref.fold) == "count" and not (named and named.where))
    yield "rate", float(named.op == "rate" if named is not None else ref.over is not None or ref.part is not None)
    yield "days", float(named is not None and named.op == "days")
    yield "mean", float((ref.fold or (named.op if named else "")) in {"avg", "median"})
    yield "greatest or least", float(ref.fold in {"min", "max"})
    yield "per", float(ref.per is not None)
    yield "share", float(ref.share)
    yield "measure with condition", float(named is not None and bool(named.where))


def _flat(where: Filter | None) -> Iterator[Filter]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _flat(part)
        case Not():
            yield from _flat(where.part)
        case None:
            return
        case _:
            yield where


def _denies(where: Filter | None) -> bool:
    match where:
        case And() | Or():
            return isinstance(where, Or) or any(map(_denies, where.parts))
        case Compare():
            return where.op == "ne"
        case Exists():
            return where.absent
        case Not():
            return True
    return False


def _field(model: SemanticModel, entity: str, path: str) -> Field | None:
    try:
        return model.field(entity, path)[1]
    except KeyError:  # a path to something other than a field
        return None
