"""Measures that belong together: the same fold under another outcome, the same records counted instead of added up."""

from __future__ import annotations

from agent.parsing.reading.paths import Paths
from agent.parsing.targets.sizing import whole_amount, worth_of
from tools.crm.query import Compare, Filter, MeasureRef, Query
from tools.crm.semantic import FieldType, Measure


def conditions_of(ref: MeasureRef, paths: Paths) -> tuple[Filter, ...]:
    """The records that a measure counts, as filters; of a quotient, those of what it divides by."""
    measure = paths.model.measures.get(ref.measure or "")
    if measure is None:
        return ()
    if measure.op in {"rate", "quotient"} and len(measure.args) == 2:
        return conditions_of(MeasureRef(measure=measure.args[1]), paths)
    return tuple(Compare(path=path, values=values) if values else Compare(path=path, op="is_null") for path, values in sorted(measure.where.items()))


def time_of(query: Query, paths: Paths) -> str | None:
    """The day by which a query's period selects."""
    for ref in query.measures:
        measure = paths.model.measures.get(ref.measure or "")
        if measure is not None and measure.time:
            return measure.time
    return paths.model.entities[query.entity].time


def counterpart(ref: MeasureRef, entity: str, op: str, args: tuple[str, ...], paths: Paths) -> tuple[MeasureRef, tuple[Filter, ...]]:
    """Another fold over the records that a measure counts: the named measure for that, else the fold itself with the records as filters."""
    where = _where(ref, paths)
    named = _find(paths, entity, op, args, where)
    if named is not None:
        return MeasureRef(measure=named.key), ()
    plain = _find(paths, entity, op, args, {})
    rest = conditions_of(ref, paths)
    if plain is not None:
        return MeasureRef(measure=plain.key), rest
    fold = MeasureRef(fold=op, path=args[0] if args else None)
    return fold, rest


def _where(ref: MeasureRef, paths: Paths) -> dict[str, tuple[str, ...]]:
    measure = paths.model.measures.get(ref.measure or "")
    if measure is None:
        return {}
    if measure.op in {"rate", "quotient"} and len(measure.args) == 2:
        return _where(MeasureRef(measure=measure.args[1]), paths)
    return measure.where


def _find(paths: Paths, entity: str, op: str, args: tuple[str, ...], where: dict[str, tuple[str, ...]]) -> Measure | None:
    found = (m for m in paths.model.measures.values() if m.entity == entity and m.op == op and m.args == args and m.where == where)
    return next(found, None)


def unconditioned(ref: MeasureRef, entity: str, paths: Paths) -> MeasureRef | None:
    """The measure without its outcome: all deals for won deals; None where it has none, or is a quotient."""
    measure = paths.model.measures.get(ref.measure or "")
    if measure is None or len(measure.where) != 1 or measure.op not in {"count", "sum", "avg", "median", "min", "max"}:
        return None
    plain = _find(paths, entity, measure.op, measure.args, {})
    return MeasureRef(measure=plain.key) if plain else MeasureRef(fold=measure.op, path=measure.args[0] if measure.args else None)


def rate_of(ref: MeasureRef, status: str, paths: Paths) -> MeasureRef | None:
    """The same rate of another outcome: the loss rate for the win rate."""
    measures = paths.model.measures
    measure = measures.get(ref.measure or "")
    if measure is None or measure.op != "rate":
        return None
    part, whole = (measures[each] for each in measure.args)
    other = next(
        (m for m in measures.values() if m.entity == part.entity and m.op == part.op and m.args == part.args and m.where == {"status": (status,)}), None
    )
    found = next((m for m in measures.values() if other is not None and m.op == "rate" and m.args == (other.key, whole.key)), None)
    return MeasureRef(measure=found.key) if found is not None and found.key != measure.key else None


def folded_field(ref: MeasureRef, entity: str, paths: Paths) -> str | None:
    """The field that a measure folds; for a count, the amount of the records."""
    measure = paths.model.measures.get(ref.measure or "")
    if measure is None:
        return ref.path or money_of(entity, paths)
    return measure.args[0] if measure.op in {"sum", "avg", "median", "min", "max"} and measure.args else money_of(entity, paths)


def size_of(ref: MeasureRef, entity: str, paths: Paths) -> str | None:
    """The number by which the records of a measure are large or small: what it adds up, or for a count what the sum of just those records adds up."""
    measure = paths.model.measures.get(ref.measure or "")
    if measure is None or measure.op != "count":
        return folded_field(ref, entity, paths)
    summed = next((m for m in paths.model.measures.values() if m.entity == entity and m.op == "sum" and measure.where and m.where == measure.where), None)
    return summed.args[0] if summed is not None else money_of(entity, paths)


def money_of(entity: str, paths: Paths) -> str | None:
    """The amount of a kind of record, where it has one filled."""
    fields = paths.model.entities[entity].fields.values()
    money = next((each.key for each in fields if each.type is FieldType.MONEY and paths.vocabulary.content(entity, each.key).count), None)
    if money is not None and paths.model.entities[entity].custom_table is not None:
        return worth_of(entity, paths)  # rather than a price per piece
    return whole_amount(entity, paths) if money is None and paths.model.entities[entity].custom_table is not None else money
