"""What a figure is held against where that is the figure of another query, group by group: what was signed against the targets of whoever signed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from tools.crm.errors import QueryNamesUnknownField, QueryStepMalformed, StepCurrenciesMixed
from tools.crm.query import MeasureRef, Query
from tools.crm.results import ResultRow, ResultSet
from tools.crm.semantic import SemanticModel
from tools.store.classification import Classification

Keys = tuple[str | None, ...]


class Goals:
    """The figures that the measures of a query are held against, by the place of the measure (``m0``) and by what tells the groups apart."""

    def __init__(self, results: Mapping[str, ResultSet]) -> None:
        """``results`` as the queries gave them. Raises StepCurrenciesMixed where one is given per currency."""
        for found in results.values():
            if found.mixed_currencies:
                raise StepCurrenciesMixed(found.mixed_currencies)
        self._rows = {key: {row.held: row for row in found.rows} for key, found in results.items()}
        self.levels = {key: found.blocks[0].classification for key, found in results.items()}

    def row(self, key: str, group: Keys) -> ResultRow | None:
        """The row of a group; its figure is the cell ``m0``. None where nothing is set for it."""
        return self._rows.get(key, {}).get(group)

    def value(self, key: str, group: Keys, currency: str | None) -> Decimal | None:
        """What is set for a group. Raises StepCurrenciesMixed where that is in another currency than the group's own figure."""
        row = self.row(key, group)
        if row is None or (cell := row.cells["m0"]).number is None:
            return None
        if currency is not None and cell.unit is not None and currency != cell.unit:
            raise StepCurrenciesMixed((currency, cell.unit))
        return cell.number

    def level(self, key: str) -> Classification:
        """How sensitive it is what is set."""
        return self.levels[key]

    def groups(self) -> dict[Keys, ResultRow]:
        """The groups that something is set for, each with a row that names it."""
        return {held: row for rows in self._rows.values() for held, row in rows.items() if None not in held}


def run_goals(query: Query, model: SemanticModel, run: Callable[[Query], ResultSet], named_at: Callable[[SemanticModel, str, str], str]) -> Goals:
    """Run what the measures of a query are held against. Raises QueryStepMalformed and QueryNamesUnknownField where the groups are not alike."""
    found: dict[str, ResultSet] = {}
    for index, ref in enumerate(query.measures):
        if ref.against is None:
            continue
        _check(query, ref, model, named_at)
        found[f"m{index}"] = run(ref.against)
    return Goals(found)


def _check(query: Query, ref: MeasureRef, model: SemanticModel, named_at: Callable[[SemanticModel, str, str], str]) -> None:
    """One figure by the like groups, all of them, over one stretch of time."""
    inner = ref.against
    cut = inner is None or inner.limit or inner.skip or inner.having or inner.order or inner.only or inner.only_records or inner.compare
    if inner is None or cut or query.compare or len(inner.measures) != 1 or inner.measures[0].against or len(inner.dimensions) != len(query.dimensions):
        raise QueryStepMalformed
    for own, other in zip(query.dimensions, inner.dimensions, strict=True):
        if own.grain or other.grain or named_at(model, query.entity, own.path) != named_at(model, inner.entity, other.path):
            raise QueryNamesUnknownField(other.path)
