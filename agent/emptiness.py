"""Tells an answer of nothing that the data might well give from a reading that no record ever fits, which is hardly what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tools.crm.query import And, Beside, Compare, Exists, Filter, MeasureRef, Not, Or, Plan, Query, Unlike
from tools.crm.results import ResultSet
from tools.crm.semantic import FieldType, SemanticModel
from tools.crm.semantic.model import RECORD_ID

Run = Callable[[Query], ResultSet]
NAMING = {FieldType.NAME, FieldType.REF}
BOUNDING = {"gt", "ge", "lt", "le"}
NUMBERS = {"number", RECORD_ID}
YES_OR_NO = "exists"
FEWEST = 2


def is_hollow(plan: Plan, results: tuple[ResultSet, ...], model: SemanticModel, run: Run) -> bool:
    """Whether no query of the plan finds anything, and none would at any time and for anybody.

    Without its period, its names and its bounds a query is left with the kinds of things that its words were read as: open deals that were won,
    say. A single such condition may well hold nowhere, and whether it does can be asked; several that exclude each other were misread. So is a
    mean or a sum of what is recorded nowhere. ``run`` answers a query with the rights of the person who asks.
    """
    if plan.focus == YES_OR_NO or not results or any(_finds(result) or result.steps for result in results):
        return False
    return all(_holds_nothing(query, model, run) for query in plan.queries)


def _holds_nothing(query: Query, model: SemanticModel, run: Run) -> bool:
    kinds = _kinds(query.where, query.entity, model)
    measure = query.measures[0] if query.measures else MeasureRef(fold="count")
    named = model.measures.get(measure.measure or "")
    counts = (measure.fold or (named.op if named else "")) in {"count", "count_distinct"}
    if counts and sum(1 for _ in _leaves(kinds)) + len(named.where if named else ()) < FEWEST:
        return False
    return not _finds(run(Query(entity=query.entity, measures=(measure.model_copy(update={"share": False}),), where=kinds)))


def _finds(result: ResultSet) -> bool:
    """Whether there is any record, or any figure other than nought."""
    if not result.query.measures:
        return result.groups > 0
    return any(cell.value is not None and cell.value.strip("-0.") for row in result.rows for name, cell in row.cells.items() if name == "m0")


def _kinds(where: Filter | None, entity: str, model: SemanticModel) -> Filter | None:
    """The conditions that tell kinds of records: not which one, how much or when."""
    match where:
        case And():
            kept = tuple(part for each in where.parts if (part := _kinds(each, entity, model)) is not None)
            return And(parts=kept) if len(kept) > 1 else kept[0] if kept else None
        case Compare():
            return where if _tells_kind(where, entity, model) else None
        case Not():
            return where if _kinds(where.part, entity, model) == where.part else None
        case Or():
            return where if all(_kinds(part, entity, model) == part for part in where.parts) else None
        case Beside() | Unlike():
            return where
        case Exists():
            return where if where.where is None or _kinds(where.where, where.entity, model) == where.where else None
    return None


def _tells_kind(part: Compare, entity: str, model: SemanticModel) -> bool:
    try:
        field = model.field(entity, part.path)[1]
    except KeyError:
        return False
    if part.op in {"is_null", "not_null"}:
        return True
    if field.key in NUMBERS:
        return False  # which one it is: what HT001 still owes may well be nothing
    return part.op not in BOUNDING and not part.by_id and field.type not in NAMING and not field.type.is_numeric and not field.type.is_time


def _leaves(where: Filter | None) -> Iterator[Filter]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _leaves(part)
        case Not():
            yield from _leaves(where.part)
        case None:
            return
        case _:
            yield where
