"""Runs one aggregate query: executes it, keeps the groups asked for, orders them, and has their cells proven."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.compiling import AggregateCompiler, Aggregation
from tools.crm.currency import RateBook
from tools.crm.errors import QueryNamesUnknownField, QueryValueMalformed
from tools.crm.goals import Goals
from tools.crm.grouping import Group, Groups
from tools.crm.periods import Trend
from tools.crm.proving import Prover
from tools.crm.query import Having, Order, Query
from tools.crm.results import ResultColumn, ResultRow, ResultSet
from tools.crm.semantic import SemanticModel, Words
from tools.crm.stepping import within_cells
from tools.trace.arithmetic import quotient
from tools.trace.cells import Cell, CellType, EvidenceBlock

CURRENCY = Words(en=("currency",), zh=("币种",))
NUMERIC = {CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE}
BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "eq": operator.eq,
}  # fmt: skip


class Aggregator:
    """One run of one aggregate query."""

    def __init__(
        self, session: Session, query: Query, call: str, model: SemanticModel, principal: Principal, scope: RowScope, rates: RateBook, goals: Goals
    ) -> None:
        """``call`` is the first part of every address (``q1``); ``goals`` is what measures are held against."""
        self.session, self.query, self.call, self.model, self.rates, self.goals = session, query, call, model, rates, goals
        self._check()
        self.principal = principal
        compiler = AggregateCompiler(query, model, principal, scope, session.get_bind().dialect.name)
        self.compiled: Aggregation = compiler.compile()
        self.trend = Trend(query, model, compiler.columns, compiler.filters)
        self.block_id = f"b{call.removeprefix('q')}"

    def run(self) -> ResultSet:
        """Execute, fold, order and limit."""
        groups = Groups(self.compiled, self.session.execute(self.compiled.statement).all(), self.rates, self.model, self.goals, self.query.currency)
        if self.trend.dimension is not None and not groups.per_currency:
            known = [key for group in groups.all if (key := group.keys[0]) is not None]
            groups.add_empty(self.trend.periods(known, self.session, self.principal))
        kept = self._ordered([group for group in groups.all if self._asked(group, groups)])
        limited = kept[self.query.skip :][: self.query.limit]
        prover = Prover(groups, self.call, self.block_id)
        rows = tuple(prover.row(group, index + 1) for index, group in enumerate(limited))
        block = EvidenceBlock(
            id=self.block_id,
            table=self.model.entities[self.query.entity].table,
            columns=tuple(self.compiled.block_columns),
            rows_json=groups.rows_json,
            n=groups.n,
            classification=self.compiled.classification,
            as_of=groups.as_of,
        )
        return ResultSet(
            call=self.call,
            query=self.query,
            columns=tuple(self._columns(rows, groups.per_currency)),
            rows=rows,
            groups=len(kept),
            tied=self._tied(kept),
            shared=groups.shared(),
            support=(*prover.support.values(), *self._within(groups.rows_json)),
            blocks=(block,),
            as_of=groups.as_of,
            n=groups.n,
            mixed_currencies=groups.currencies if groups.per_currency else (),
            converted_to=groups.target if groups.converted else None,
        )

    def _within(self, rows_json: str) -> list[Cell]:
        """That every counted record belongs to the groups that an inner query chose."""
        names = [column.name for column in self.compiled.block_columns]
        return [cell for column, keys in self.compiled.within for cell in within_cells(self.call, self.block_id, rows_json, column, names.index(column), keys)]

    def _check(self) -> None:
        """Orders and bounds name measures of the query, or dimensions."""
        paths = {dimension.path for dimension in self.query.dimensions}
        for index in (*(bound.measure for bound in self.query.having), *(order.measure for order in self.query.order if order.path is None)):
            if not 0 <= (index or 0) < len(self.query.measures):
                raise QueryNamesUnknownField(f"m{index}")
        for order in self.query.order:
            if order.path is not None and order.measure is None and order.path not in paths:
                raise QueryNamesUnknownField(order.path)
            if order.by != "figure" and (order.measure is None or self.query.compare is None):
                raise QueryNamesUnknownField(order.by)

    # -- which groups, in which order -----------------------------------------------------------------------------

    def _asked(self, group: Group, groups: Groups) -> bool:
        """Shares and ranks are still those among all groups."""
        if self.query.only and group.labels[:1] not in {(label,) for label in self.query.only}:
            return False
        if self.query.only_records and (record := groups.record(group, 0)) is not None and record.record not in self.query.only_records:
            return False
        if group.keys and any(figure.kind == "against" and group.figures[figure.key] is None for figure in self.compiled.figures):
            return False  # nothing is set for it
        return all(_holds(group.figures[f"m{bound.measure}"], bound) for bound in self.query.having)

    def _ordered(self, groups: list[Group]) -> list[Group]:
        """By the orders asked for, equal ones by name; groups without a key ("no account") come last, never ranked among the named."""
        groups.sort(key=lambda group: tuple((text is None, text or "") for text in (*group.labels, *group.keys, group.currency)))
        for order in reversed(self.query.order):
            keyed = [(self._rank_key(group, order), group) for group in groups]
            known = [(key, group) for key, group in keyed if key is not None]
            known.sort(key=itemgetter(0), reverse=order.descending)
            groups = [group for _, group in known] + [group for key, group in keyed if key is None]
        return groups

    def _rank_key(self, group: Group, order: Order) -> tuple[Decimal, str] | None:
        if None in group.keys:
            return None
        if order.path is not None and order.measure is None:
            index = next(i for i, dimension in enumerate(self.query.dimensions) if dimension.path == order.path)
            label = group.labels[index]
            numeric = self.compiled.groupings[index].type in NUMERIC
            return None if label is None else (Decimal(label), "") if numeric else (Decimal(0), label)
        value = _rise(group, order) if order.by != "figure" else group.figures[f"m{order.measure or 0}"]
        return None if value is None else (Decimal(0), value) if isinstance(value, str) else (value, "")

    def _tied(self, kept: list[Group]) -> int:
        """How many groups that the limit left out rank equal to the last one shown."""
        limit = self.query.skip + self.query.limit if self.query.limit else None
        if not self.query.order or not limit or limit >= len(kept):
            return 0
        last = [self._rank_key(kept[limit - 1], order) for order in self.query.order]
        if None in last:
            return 0
        return sum([self._rank_key(group, order) for order in self.query.order] == last for group in kept[limit:])

    # -- description ----------------------------------------------------------------------------------------------

    def _columns(self, rows: tuple[ResultRow, ...], per_currency: bool) -> list[ResultColumn]:
        units: dict[str, set[str | None]] = {}
        for row in rows:
            for key, cell in row.cells.items():
                units.setdefault(key, set()).add(cell.unit)
        columns = [ResultColumn(key=each.key, words=each.words, type=each.type, unit=None, role="dimension") for each in self.compiled.groupings]
        if per_currency:
            columns.append(ResultColumn(key="currency", words=CURRENCY, type=CellType.TEXT, unit=None, role="dimension"))
        for figure in (*self.compiled.figures, *self.compiled.before):
            held = units.get(figure.key, set())
            unit = next(iter(held)) if len(held) == 1 else None
            columns.append(ResultColumn(key=figure.key, words=figure.words, type=figure.type, unit=unit, role="measure", define=figure.define))
        return columns


def _rise(group: Group, order: Order) -> Decimal | None:
    """How far a figure is above the one of the second window; None where one of them is not there, and for growth from nothing."""
    now, before = group.figures[f"m{order.measure}"], group.figures[f"m{order.measure}_before"]
    if not isinstance(now, Decimal) or not isinstance(before, Decimal):
        return None
    return now - before if order.by == "change" else quotient(now - before, abs(before), 6)


def _holds(value: Decimal | str | None, bound: Having) -> bool:
    if value is None:
        return False
    if isinstance(value, str):
        return BOUNDS[bound.op](value, bound.value)
    try:
        limit = Decimal(bound.value)
    except InvalidOperation as error:
        raise QueryValueMalformed(bound.value, f"m{bound.measure}") from error
    if limit.is_nan():
        raise QueryValueMalformed(bound.value, f"m{bound.measure}")
    return BOUNDS[bound.op](value, limit)
