"""Runs a compiled aggregate and turns its groups into cells that each say how they follow from the evidence."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.compiling import AggregateCompiler, Aggregation, Figure, Fold, Grouping
from tools.crm.currency import RateBook
from tools.crm.query import Having, Query
from tools.crm.results import ResultColumn, ResultRow, ResultSet
from tools.crm.semantic import SemanticModel, Words
from tools.store.classification import Classification
from tools.trace.arithmetic import canonical, fold_values, quotient
from tools.trace.cells import Cell, CellType, Condition, Derivation, EvidenceBlock, SourceRef


PLACES = {CellType.MONEY: 2, CellType.RATE: 6}


@dataclass(slots=True)
class Group:
    """One group of the result, with its base folds per currency."""

    keys: tuple[str | None, ...]
    labels: tuple[str | None, ...] = ()
    records: tuple[SourceRef | None, ...] = ()
    folds: dict[str | None, list[Any]] = field(default_factory=dict)
    n: int = 0
    figures: dict[str, Decimal | str | None] = field(default_factory=dict)


class Aggregator:
    """One run of one aggregate query."""

    def __init__(self, session: Session, query: Query, call: str, model: SemanticModel, principal: Principal, scope: RowScope, rates: RateBook) -> None:
        """``call`` is the first part of every address (``q1``)."""
        self.query, self.call, self.model, self.rates = query, call, model, rates
        self.session = session
        dialect = session.get_bind().dialect.name
        self.compiled: Aggregation = AggregateCompiler(query, model, principal, scope, dialect).compile()
        self.block_id = f"b{call.removeprefix('q')}"
        self.support: dict[str, Cell] = {}

    def run(self) -> ResultSet:
        """Execute, fold, order and limit."""
        rows = self.session.execute(self.compiled.statement).all()
        self.rows_json = "[" + ",".join(row.block[1:-1] for row in rows if len(row.block) > 2) + "]"
        currencies = frozenset(row.currency for row in rows if row.currency) if self.compiled.has_currency else frozenset()
        blank = self.compiled.has_currency and any(row.currency is None and row.n for row in rows)
        self.mixed = len(currencies) + blank > 1
        self.target = self.rates.target(currencies) if self.mixed and not blank else next(iter(currencies), None) if not blank else None
        self.per_currency = self.mixed and (self.target is None or not self._convertible())
        self.groups = groups = self._groups(rows)
        for group in groups:
            group.figures = {figure.key: self._value(figure, group) for figure in (*self.compiled.figures, *self.compiled.before)}
        kept = self._ordered([group for group in groups if self._having(group)])
        limited = kept[: self.query.limit] if self.query.limit is not None else kept
        result_rows = tuple(self._row(group, index + 1) for index, group in enumerate(limited))
        units = {key: cell.unit for row in result_rows for key, cell in row.cells.items()}
        return ResultSet(
            call=self.call,
            query=self.query,
            columns=tuple(self._columns(units)),
            rows=result_rows,
            groups=len(kept),
            support=tuple(self.support.values()),
            blocks=(self._block(sum(group.n for group in groups)),),
            n=sum(group.n for group in groups),
            mixed_currencies=tuple(sorted(currencies)) if self.per_currency else (),
            converted_to=self.target if self.mixed and not self.per_currency else None,
        )

    # -- groups ---------------------------------------------------------------------------------------------------

    def _groups(self, rows: Any) -> list[Group]:  # noqa: ANN401 - rows of a statement built at run time
        found: dict[tuple[str | None, ...], Group] = {}
        for row in rows:
            values = row._mapping
            keys = tuple(values[each.column] for each in self.compiled.groupings)
            currency = values["currency"] if self.compiled.has_currency else None
            if self.per_currency:
                keys = (*keys, currency)
            group = found.get(keys)
            if group is None:
                labels = tuple(values[f"l{i}"] for i in range(len(self.compiled.groupings)))
                group = found[keys] = Group(keys, labels, tuple(self._record(each, i, values) for i, each in enumerate(self.compiled.groupings)))
            group.folds[currency] = [values[f"a{i}"] for i in range(len(self.compiled.folds))]
            group.n += values["n"]
        if not found and not self.compiled.groupings:
            found[()] = Group(())
        return list(found.values())

    def _record(self, grouping: Grouping, index: int, values: Any) -> SourceRef | None:  # noqa: ANN401
        if grouping.refers_to is None or grouping.grain or values.get(f"sid{index}") is None:
            return None
        entity = self.model.entities[grouping.refers_to]
        as_of = values[f"asof{index}"]
        if isinstance(as_of, str):
            as_of = datetime.fromisoformat(as_of)
        return SourceRef(
            system=values[f"sys{index}"],
            table=entity.table,
            record=values[f"sid{index}"],
            field=entity.title or "source_id",
            version=values[f"ver{index}"],
            as_of=as_of,
        )

    def _having(self, group: Group) -> bool:
        if group.n == 0 and self.compiled.groupings:
            return False
        return all(_holds(group.figures[f"m{bound.measure}"], bound) for bound in self.query.having)

    def _ordered(self, groups: list[Group]) -> list[Group]:
        groups.sort(key=lambda group: tuple((label is None, label or "") for label in group.labels))
        for order in reversed(self.query.order):
            key = f"m{order.measure or 0}"
            # groups without a key ("no account") are shown after the named ones, never ranked among them
            known = [group for group in groups if group.figures[key] is not None and None not in group.keys]
            unknown = [group for group in groups if group.figures[key] is None or None in group.keys]
            known.sort(key=lambda group: group.figures[key], reverse=order.descending)  # type: ignore[arg-type, return-value]  # noqa: B023
            groups = known + unknown
        return groups

    # -- values ---------------------------------------------------------------------------------------------------

    def _convertible(self) -> bool:
        """Sums, means and counts can be converted; extremes and medians over several currencies can't."""
        figures = (*self.compiled.figures, *self.compiled.before)
        return all(not figure.money or all(self.compiled.folds[i].name in {"sum", "count"} for i in figure.folds) for figure in figures)

    def _value(self, figure: Figure, group: Group) -> Decimal | str | None:
        if figure.kind == "rate":
            part, whole = (self._count(i, group) for i in figure.folds)
            return quotient(part, whole, 6)
        if figure.kind == "mean":
            total, count = self._total(figure, group), self._count(figure.folds[1], group)
            return None if total is None else quotient(total, count, figure_places(figure))
        fold = self.compiled.folds[figure.folds[0]]
        if fold.name in {"count", "count_distinct"}:
            return self._count(figure.folds[0], group)
        if fold.name == "sum":
            return self._total(figure, group)
        return self._extreme(fold, figure.folds[0], group)

    def _count(self, index: int, group: Group) -> Decimal:
        fold = self.compiled.folds[index]
        if fold.name == "count_distinct" and len(group.folds) > 1:
            return self._from_block(fold, group) or Decimal(0)  # type: ignore[return-value]
        return Decimal(sum(values[index] or 0 for values in group.folds.values()))

    def _total(self, figure: Figure, group: Group) -> Decimal | None:
        index = figure.folds[0]
        scale = self._scale(self.compiled.folds[index])
        sums = {currency: Decimal(values[index]) / 10**scale for currency, values in group.folds.items() if values[index] is not None}
        if figure.money and self.mixed and not self.per_currency:
            return sum((amount * self._rate(str(currency)) for currency, amount in sums.items()), Decimal(0))
        return sum(sums.values(), Decimal(0))

    def _rate(self, currency: str) -> Decimal:
        if currency == self.target:
            return Decimal(1)
        cell = self.rates.cell(self.call, currency, str(self.target))
        self.support.setdefault(cell.address, cell)
        return cell.number or Decimal(0)

    def _extreme(self, fold: Fold, index: int, group: Group) -> Decimal | str | None:
        if fold.name == "median" or len(group.folds) > 1:
            return self._from_block(fold, group)
        held = next(iter(group.folds.values()))[index] if group.folds else None
        if held is None or isinstance(held, str):
            return held
        return Decimal(held) / 10 ** self._scale(fold)

    def _scale(self, fold: Fold) -> int:
        return next((column.scale for column in self.compiled.block_columns if column.name == fold.operand), 0)

    @cached_property
    def _parsed(self) -> dict[tuple[str | None, ...], list[list[Any]]]:
        width = len(self.compiled.groupings) + (1 if self.per_currency else 0)
        groups: dict[tuple[str | None, ...], list[list[Any]]] = defaultdict(list)
        for row in json.loads(self.rows_json):
            groups[tuple(row[2 : 2 + width])].append(row)
        return groups

    def _from_block(self, fold: Fold, group: Group) -> Decimal | str | None:
        names = [column.name for column in self.compiled.block_columns]
        at = names.index(str(fold.operand))
        flag = names.index(fold.flag) if fold.flag else None
        values = [row[at] for row in self._parsed[group.keys] if row[at] is not None and (flag is None or row[flag] == 1)]
        return fold_values(fold.name, values, self._scale(fold))

    # -- cells ----------------------------------------------------------------------------------------------------

    def _row(self, group: Group, number: int) -> ResultRow:
        at = f"{self.call}.r{number}"
        cells: dict[str, Cell] = {}
        for index, grouping in enumerate(self.compiled.groupings):
            cells[grouping.key] = self._label(f"{at}.{grouping.key}", grouping, index, group)
        if self.per_currency:
            currency = group.keys[-1]
            derivation = Derivation(formula="group_key", operands=(f"{self.block_id}.currency",), where=(Condition(column="currency", equals=currency),))
            cells["currency"] = Cell(address=f"{at}.currency", value=currency, type=CellType.TEXT, derivation=derivation)
        for figure in self.compiled.figures:
            cells[figure.key] = self._cell(f"{at}.{figure.key}", figure, group)
        for figure, earlier in zip(self.compiled.figures, self.compiled.before, strict=False):
            cells |= self._comparison(at, figure, earlier, cells[figure.key], group)
        for figure in self.compiled.figures:
            if figure.share:
                cells[f"{figure.key}_share"] = self._share(at, figure, cells[figure.key])
            if figure.kind == "rate" and cells[figure.key].value is not None:
                cells |= self._interval(at, figure, cells[figure.key])
        return ResultRow(key=f"r{number}", cells=cells)

    def _label(self, address: str, grouping: Grouping, index: int, group: Group) -> Cell:
        label, source = group.labels[index], group.records[index]
        shared = {"address": address, "value": label, "type": grouping.type, "classification": grouping.classification}
        if source is not None:
            return Cell(**shared, sources=(source,))  # type: ignore[arg-type]
        where = (Condition(column=grouping.column, equals=group.keys[index]),)
        derivation = Derivation(formula="group_key", operands=(f"{self.block_id}.{grouping.column}",), where=where)
        return Cell(**shared, derivation=derivation)  # type: ignore[arg-type]

    def _where(self, group: Group | None, flag: str | None, currency: str | None = None) -> tuple[Condition, ...]:
        names = [each.column for each in self.compiled.groupings] + (["currency"] if self.per_currency else [])
        conditions = [Condition(column=name, equals=key) for name, key in zip(names, group.keys if group else (), strict=False)]
        conditions += [Condition(column="currency", equals=currency)] if currency is not None else []
        return (*conditions, *((Condition(column=flag, equals=1),) if flag else ()))

    def _fold_cell(self, address: str, index: int, group: Group | None, value: Decimal | str | None, kind: CellType, unit: str | None, currency: str | None = None) -> Cell:  # noqa: E501
        fold = self.compiled.folds[index]
        operand = self.block_id if fold.operand is None else f"{self.block_id}.{fold.operand}"
        derivation = Derivation(formula=fold.name, operands=(operand,), where=self._where(group, fold.flag, currency))
        return Cell(address=address, value=canonical(value), type=kind, unit=unit, classification=self._level(fold), derivation=derivation)

    def _level(self, fold: Fold) -> Classification:
        return self.compiled.classification if fold.operand or self.compiled.groupings else Classification.INTERNAL

    def _unit(self, figure: Figure, group: Group) -> str | None:
        if figure.type is CellType.DURATION:
            return "day"
        if not figure.money:
            return None
        return group.keys[-1] if self.per_currency else self.target

    def _cell(self, address: str, figure: Figure, group: Group) -> Cell:
        unit, value = self._unit(figure, group), group.figures[figure.key]
        if figure.kind == "fold" and not (figure.money and self._split(group)):
            return self._fold_cell(address, figure.folds[0], group, value, figure.type, unit)
        if figure.kind == "fold":
            return self._converted(address, figure, group)
        if figure.kind == "mean":
            total = self._converted(f"{address}_sum", figure, group) if figure.money and self._split(group) else self._fold_cell(
                f"{address}_sum", figure.folds[0], group, self._total(figure, group), figure.type, unit
            )
            parts = (total, self._fold_cell(f"{address}_n", figure.folds[1], group, self._count(figure.folds[1], group), CellType.COUNT, None))
            derivation = Derivation(formula="ratio", operands=tuple(part.address for part in parts), places=figure_places(figure))
        else:
            parts = tuple(  # type: ignore[assignment]
                self._fold_cell(f"{address}_{name}", i, group, self._count(i, group), CellType.COUNT, None)
                for name, i in zip(("part", "n"), figure.folds, strict=True)
            )
            derivation = Derivation(formula="rate", operands=tuple(part.address for part in parts))
        self.support |= {part.address: part for part in parts}
        level = max(part.classification for part in parts)
        return Cell(address=address, value=canonical(value), type=figure.type, unit=unit, classification=level, derivation=derivation)

    def _split(self, group: Group) -> bool:
        return self.mixed and not self.per_currency

    def _converted(self, address: str, figure: Figure, group: Group) -> Cell:
        """A total over several currencies: the sum of each times its cited rate."""
        index, operands = figure.folds[0], []
        scale = self._scale(self.compiled.folds[index])
        for currency, values in sorted(group.folds.items(), key=lambda item: str(item[0])):
            if values[index] is None:
                continue
            part = self._fold_cell(f"{address}_{currency}", index, group, Decimal(values[index]) / 10**scale, CellType.MONEY, currency, currency)
            self.support[part.address] = part
            operands += [self._rate_address(str(currency)), part.address]
        value = self._total(figure, group)
        derivation = Derivation(formula="weighted", operands=tuple(operands))
        return Cell(
            address=address, value=canonical(value), type=CellType.MONEY, unit=self.target, classification=self.compiled.classification, derivation=derivation
        )

    def _rate_address(self, currency: str) -> str:
        if currency != self.target:
            return self.rates.cell(self.call, currency, str(self.target)).address
        one = Cell(address=f"{self.call}.rates.one", value="1", type=CellType.NUMBER, derivation=Derivation(formula="constant"))
        self.support.setdefault(one.address, one)
        return one.address

    def _comparison(self, at: str, figure: Figure, earlier: Figure, now: Cell, group: Group) -> dict[str, Cell]:
        before = self._cell(f"{at}.{earlier.key}", earlier, group)
        cells = {earlier.key: before}
        a, b = now.number, before.number
        delta = None if a is None or b is None else a - b
        growth = None if delta is None or b is None else quotient(delta, abs(b), 6)
        pair = (now.address, before.address)
        shared = {"classification": max(now.classification, before.classification)}
        cells[f"{figure.key}_delta"] = Cell(
            address=f"{at}.{figure.key}_delta", value=canonical(delta), type=now.type, unit=now.unit, derivation=Derivation(formula="delta", operands=pair), **shared
        )
        if figure.type is not CellType.RATE:
            cells[f"{figure.key}_growth"] = Cell(
                address=f"{at}.{figure.key}_growth", value=canonical(growth), type=CellType.RATE, derivation=Derivation(formula="growth", operands=pair), **shared
            )
        return cells

    def _share(self, at: str, figure: Figure, own: Cell) -> Cell:
        whole = self._whole(figure)
        value = None if own.number is None or whole.number is None else quotient(own.number, whole.number, 6)
        derivation = Derivation(formula="share", operands=(own.address, whole.address))
        return Cell(address=f"{at}.{figure.key}_share", value=canonical(value), type=CellType.RATE, classification=own.classification, derivation=derivation)

    def _whole(self, figure: Figure) -> Cell:
        """The figure over all groups."""
        address = f"{self.call}.total.{figure.key}"
        if address not in self.support:
            merged = Group((), folds=_merge(self.groups))
            merged.figures = {figure.key: self._value(figure, merged)}
            self.support[address] = self._cell(address, figure, merged)
        return self.support[address]

    def _interval(self, at: str, figure: Figure, rate: Cell) -> dict[str, Cell]:
        from tools.trace.intervals import wilson  # noqa: PLC0415 - needed by rates only

        operands = rate.derivation.operands if rate.derivation else ()
        k, n = (self.support[address].number or Decimal(0) for address in operands)
        bounds = wilson(int(k), int(n))
        return {
            f"{figure.key}_{end}": Cell(
                address=f"{at}.{figure.key}_{end}",
                value=canonical(value),
                type=CellType.RATE,
                classification=rate.classification,
                derivation=Derivation(formula=formula, operands=operands),  # type: ignore[arg-type]
            )
            for end, value, formula in (("low", bounds.low, "wilson_low"), ("high", bounds.high, "wilson_high"))
        }

    # -- description ----------------------------------------------------------------------------------------------

    def _columns(self, units: dict[str, str | None]) -> list[ResultColumn]:
        columns = [ResultColumn(key=each.key, words=each.words, type=each.type, unit=None, role="dimension") for each in self.compiled.groupings]
        if self.per_currency:
            columns.append(ResultColumn(key="currency", words=Words(en=("currency",), zh=("币种",)), type=CellType.TEXT, unit=None, role="dimension"))
        for figure in (*self.compiled.figures, *self.compiled.before):
            columns.append(
                ResultColumn(key=figure.key, words=figure.words, type=figure.type, unit=units.get(figure.key), role="measure", define=figure.define)
            )
        return columns

    def _block(self, n: int) -> EvidenceBlock:
        table = self.model.entities[self.query.entity].table
        return EvidenceBlock(
            id=self.block_id, table=table, columns=tuple(self.compiled.block_columns), rows_json=self.rows_json, n=n, classification=self.compiled.classification
        )


def _merge(groups: list[Group]) -> dict[str | None, list[Any]]:
    merged: dict[str | None, list[Any]] = {}
    for group in groups:
        for currency, values in group.folds.items():
            held = merged.setdefault(currency, [None] * len(values))
            merged[currency] = [b if a is None else a if b is None else a + b for a, b in zip(held, values, strict=True)]
    return merged


def _holds(value: Decimal | str | None, bound: Having) -> bool:
    if value is None or isinstance(value, str):
        return False
    limit = Decimal(bound.value)
    return {"lt": value < limit, "le": value <= limit, "gt": value > limit, "ge": value >= limit, "eq": value == limit}[bound.op]


def figure_places(figure: Figure) -> int:
    """Decimal places of a mean."""
    return PLACES.get(figure.type, 4)
