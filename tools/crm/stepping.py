"""Runs the inner queries of a question: those a filter needs ("the three reps with the largest pipeline"), and those that figures are held against."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tools.crm.currency import RateBook
from tools.crm.errors import QueryNamesUnknownField, QueryStepMalformed, StepCurrenciesMixed
from tools.crm.goals import Goals, run_goals
from tools.crm.query import Against, Among, And, Exists, Filter, Not, Or, Query
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.trace.arithmetic import EXACT
from tools.trace.cells import Cell, CellType, Condition, Derivation

MOST_STEPS = 4
DEEPEST = 3
Run = Callable[[Query, str], ResultSet]


@dataclass(slots=True)
class Steps:
    """The inner queries of one query. ``run`` answers one of them, with the rights of the person who asks, under the name of a call."""

    call: str
    model: SemanticModel
    run: Run
    rates: RateBook
    results: list[ResultSet] = field(default_factory=list)
    goals: Goals = field(default_factory=lambda: Goals({}))

    def resolve(self, query: Query) -> Query:
        """The query with the outcome of its inner queries. Raises QueryStepMalformed, StepCurrenciesMixed and what running them raises."""
        if query.where is not None:
            query = query.model_copy(update={"where": self._filter(query.where, query.entity)})
        self.goals = run_goals(query, self.model, self._run, _named_at)
        return query

    def _filter(self, part: Filter, entity: str) -> Filter:
        match part:
            case Among():
                return self._among(part, entity)
            case Against():
                return self._against(part)
            case And() | Or():
                return part.model_copy(update={"parts": tuple(self._filter(each, entity) for each in part.parts)})
            case Not():
                return part.model_copy(update={"part": self._filter(part.part, entity)})
            case Exists() if part.where is not None:
                return part.model_copy(update={"where": self._filter(part.where, part.entity)})
            case _:
                return part

    def _among(self, part: Among, entity: str) -> Among:
        inner = part.query
        if not (_groups(inner) or _lists(inner)):
            raise QueryStepMalformed
        if _told_apart(self.model, inner) != _named_at(self.model, entity, part.path):
            raise QueryNamesUnknownField(part.path)
        found = self._run(inner)
        if found.tied:  # who shares the last place is not told apart by chance
            found = self.results[-1] = self.run(inner.model_copy(update={"limit": len(found.rows) + found.tied}), found.call)
        if found.mixed_currencies:
            raise StepCurrenciesMixed(found.mixed_currencies)
        keys = tuple(key for row in found.rows for key in row.held if key is not None and _is_valued(row.cells, inner))
        if not part.path:
            keys = tuple(key for key in keys if key.isdecimal())  # what no record was found for is none of the records
        return part.model_copy(update={"keys": keys, "level": found.blocks[0].classification})

    def _against(self, part: Against) -> Against:
        inner = part.query
        if len(inner.measures) != 1 or inner.dimensions:
            raise QueryStepMalformed
        found = self._run(inner)
        if found.mixed_currencies:
            raise StepCurrenciesMixed(found.mixed_currencies)
        cell = found.rows[0].cells["m0"] if found.rows else None
        by_currency = self._by_currency(cell.number, found.converted_to) if cell is not None and cell.number is not None and found.converted_to else ()
        value = cell.value if cell is not None else None
        return part.model_copy(update={"value": value, "values": by_currency, "level": found.blocks[0].classification, "resolved": True})

    def _by_currency(self, value: Decimal, target: str) -> tuple[tuple[str, str], ...]:
        """What an amount in each currency that has a rate must be held against: the figure turned back into it."""
        known = sorted({each for pair in self.rates.rates for each in pair if each != target})
        turned = ((each, self.rates.rate(each, target)) for each in known if _converts(self.rates, each, target))
        return ((target, f"{value:f}"), *((each, f"{EXACT.divide(value, rate):f}") for each, rate in turned if rate))

    def _run(self, inner: Query) -> ResultSet:
        if len(self.results) == MOST_STEPS or self.call.count("s") == DEEPEST:
            raise QueryStepMalformed
        found = self.run(inner, f"{self.call}s{len(self.results) + 1}")
        self.results.append(found)
        return found


def with_steps(result: ResultSet, steps: Steps) -> ResultSet:
    """The result together with those that its filter needed."""
    if not steps.results:
        return result
    found = tuple(steps.results)
    as_of = max((each.as_of for each in (result, *found) if each.as_of is not None), default=None)
    blocks = (*result.blocks, *(block for step in found for block in step.blocks))
    return result.model_copy(update={"steps": found, "blocks": blocks, "as_of": as_of})


def chosen_groups(where: Filter | None) -> tuple[Among, ...]:
    """The groups that every record of a query belongs to: those that the filter demands on any account."""
    match where:
        case Among():
            return (where,)
        case And():
            return tuple(each for part in where.parts for each in chosen_groups(part))
    return ()


def within_cells(call: str, block_id: str, rows_json: str, column: str, place: int, keys: tuple[str, ...]) -> list[Cell]:
    """How many counted records lie in each chosen group, in all of these, and how many there are: that none lies outside can be recomputed."""
    held = Counter(str(row[place]) for row in json.loads(rows_json))
    cells = [
        _count(f"{call}.within.{column}_{number}", held[key], Derivation(formula="count", operands=(block_id,), where=(_is(column, key),)))
        for number, key in enumerate(keys, 1)
    ]
    inside = _count(f"{call}.within.{column}_all", sum(held[key] for key in keys), Derivation(formula="add", operands=tuple(each.address for each in cells)))
    whole = _count(f"{call}.within.rows", sum(held.values()), Derivation(formula="count", operands=(block_id,)))
    return [*cells, inside, whole]


def _converts(rates: RateBook, base: str, target: str) -> bool:
    return (base, target) in rates.rates or (target, base) in rates.rates


def _count(address: str, value: int, derivation: Derivation) -> Cell:
    return Cell(address=address, value=str(value), type=CellType.COUNT, derivation=derivation)


def _is(column: str, key: str) -> Condition:
    return Condition(column=column, equals=int(key) if column == "record" else key)


def _groups(inner: Query) -> bool:
    """One measure of the groups of one dimension, cut off somewhere."""
    plain = not (inner.compare or inner.only or inner.select)
    return plain and len(inner.measures) == 1 and len(inner.dimensions) == 1 and bool((inner.limit and inner.order) or inner.having)


def _lists(inner: Query) -> bool:
    """The first records of an order."""
    return not inner.measures and bool(inner.limit and inner.order and inner.order[0].path)


def _told_apart(model: SemanticModel, inner: Query) -> str:
    """What the inner query tells apart: records of a kind, else values of a field."""
    return _named_at(model, inner.entity, inner.dimensions[0].path) if inner.dimensions else inner.entity


def _named_at(model: SemanticModel, entity: str, path: str) -> str:
    """The kind of record at the end of a path, else the field there."""
    if not path:
        return entity
    try:
        field = model.field(entity, path)[1]
    except KeyError:
        raise QueryNamesUnknownField(path) from None
    return model.named_by(field) or f"{field.entity}.{field.key}"


def _is_valued(cells: dict[str, Cell], inner: Query) -> bool:
    """Whether there is something to rank the group or the record by."""
    name = "m0" if inner.measures else str(inner.order[0].path).replace(".", "_")
    return name not in cells or cells[name].value is not None
