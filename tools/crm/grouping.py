"""Reads the rows of a compiled aggregate into groups, settles their currency, and computes every figure of a group."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from tools.crm.compiling import Aggregation
from tools.crm.currency import RateBook
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.figures import Figure, Fold
from tools.crm.goals import Goals
from tools.crm.results import ResultRow
from tools.crm.semantic import SemanticModel
from tools.trace.arithmetic import fold_values, quotient
from tools.trace.cells import CellType, SourceRef

PLACES = {CellType.MONEY: 2, CellType.RATE: 6, CellType.DURATION: 6}
Keys = tuple[str | None, ...]


@dataclass(slots=True)
class Group:
    """One group of the result, with its base folds per currency.

    ``currency`` is set where groups are told apart by it, ``row`` is a row of the database; a group without records that
    something is set for is named by the row ``set_by``.
    """

    keys: Keys
    currency: str | None = None
    labels: Keys = ()
    row: Any = None
    set_by: ResultRow | None = None
    folds: dict[str | None, list[Any]] = field(default_factory=dict)
    n: int = 0
    figures: dict[str, Decimal | str | None] = field(default_factory=dict)


class Groups:
    """All groups of one result.

    Amounts in several currencies are ``mixed``: converted to ``target`` where imported rates allow it, else every group
    is split ``per_currency``. An amount without a currency can't be converted.
    """

    def __init__(self, compiled: Aggregation, rows: Sequence[Any], rates: RateBook, model: SemanticModel, goals: Goals, wanted: str | None = None) -> None:
        """``rows`` as the compiled statement gives them; ``wanted`` is the currency that amounts are asked for in, which rates convert all of them to."""
        self.compiled, self.rates, self.model, self.goals = compiled, rates, model, goals
        self._figures = (*compiled.figures, *compiled.before)
        self._scales = {column.name: column.scale for column in compiled.block_columns}
        self._held = tuple(i for figure in self._figures for i in figure.held)
        self._places = {name: place for place, name in enumerate(compiled.statement.selected_columns.keys())}
        self.rows_json = "[" + ",".join(row.block[1:-1] for row in rows if len(row.block) > 2) + "]"
        self.n: int = sum(row.n for row in rows)
        self.as_of = _moment(max((row.as_of for row in rows if row.as_of), default=None))
        at = self._places["a0"]
        paid = [row for row in rows if compiled.has_currency and self._has_amount(row[at : at + len(compiled.folds)])]
        known = frozenset(row.currency for row in paid if row.currency)
        blank = any(row.currency is None for row in paid)
        self.currencies = tuple(sorted(known))
        asked = wanted if wanted is not None and not blank and known and all(rates.converts(each, wanted) for each in known) else None
        self.mixed = len(known) + blank > 1 or (asked is not None and asked not in known)
        self.target = None if blank else (asked or rates.target(known)) if self.mixed else next(iter(known), None)
        self.per_currency = self.mixed and (self.target is None or not self._convertible())
        self.all = self._read(rows)
        held = {group.keys for group in self.all}
        for keys, row in goals.groups().items():
            if keys not in held:
                self.all.append(Group(keys, labels=_labels(row, len(keys)), set_by=row))
        for group in self.all:
            group.figures = {figure.key: self.value(figure, group) for figure in self._figures}

    @property
    def converted(self) -> bool:
        """Amounts of several currencies were added up by means of rates."""
        return self.mixed and not self.per_currency

    def add_empty(self, keys: Sequence[str]) -> None:
        """Groups without rows, for those of the keys that no group has."""
        held = {group.keys for group in self.all}
        for group in [Group((key,), labels=(key,)) for key in keys if (key,) not in held]:
            group.figures = {figure.key: self.value(figure, group) for figure in self._figures}
            self.all.append(group)

    # -- reading --------------------------------------------------------------------------------------------------

    def _has_amount(self, folds: Sequence[Any]) -> bool:
        return any(folds[i] for i in self._held)

    def _convertible(self) -> bool:
        """Sums, means and counts can be converted; extremes and medians over several currencies can't."""
        additive = {"sum", "count", "count_distinct"}
        return all(not figure.money or all(self.compiled.folds[i].name in additive for i in figure.folds) for figure in self._figures)

    def _read(self, rows: Sequence[Any]) -> list[Group]:
        found: dict[tuple[Keys, str | None], Group] = {}
        only_money = all(figure.money for figure in self._figures)
        at, width = self._places["a0"], len(self.compiled.groupings)
        named = [self._places[f"l{i}"] if each.refers_to and not each.grain else i for i, each in enumerate(self.compiled.groupings)]
        for row in rows:
            folds = list(row[at : at + len(self.compiled.folds)])
            if self.per_currency and only_money and not self._has_amount(folds):
                continue
            keys = tuple(row[:width])
            currency = row[width] if self.compiled.has_currency else None
            own = currency if self.per_currency else None
            group = found.get((keys, own))
            if group is None:
                group = found[(keys, own)] = Group(keys, own, tuple(row[i] for i in named), row)
            group.folds[currency] = folds
            group.n += row.n
        if not found and not self.compiled.groupings:
            found[((), None)] = Group(())
        return list(found.values())

    def shared(self) -> tuple[str, ...]:
        """Names that several of the records bear by which it is grouped."""
        found: set[str] = set()
        for index, grouping in enumerate(self.compiled.groupings):
            if grouping.refers_to is not None and not grouping.grain:
                pairs = {(group.labels[index], group.keys[index]) for group in self.all}
                borne = Counter(label for label, _ in pairs)
                found |= {label for label, count in borne.items() if label is not None and count > 1}
        return tuple(sorted(found))

    def record(self, group: Group, index: int) -> SourceRef | None:
        """The record that a group is about, in one of its dimensions; None where that is no record."""
        grouping = self.compiled.groupings[index]
        if grouping.refers_to is None or grouping.grain or group.row is None:
            return None
        values = group.row._mapping
        as_of = _moment(values[f"asof{index}"])
        if as_of is None:
            return None
        entity = self.model.entities[grouping.refers_to]
        if entity.title is None and entity.custom_table is not None:
            return None  # what the group is called stands in the records that refer to it
        return SourceRef(
            system=values[f"sys{index}"],
            table=entity.table,
            record=values[f"sid{index}"],
            field=entity.title or "source_id",
            version=values[f"ver{index}"],
            as_of=as_of,
        )

    # -- values ---------------------------------------------------------------------------------------------------

    def value(self, figure: Figure, group: Group) -> Decimal | str | None:
        """A figure of a group; None where there is nothing to fold or to divide by."""
        first = figure.folds[0]
        if figure.kind == "rate":
            return quotient(self.count(first, group), self.count(figure.folds[1], group), 6)
        if figure.kind == "quotient":
            return quotient(self.total(first, figure, group), self.total(figure.folds[1], figure, group), 6)
        if figure.kind == "attained":
            whole = self.alike(figure.folds[1], group)
            currency = group.currency if self.per_currency else self.target
            other = None not in (figure.unit, currency) and figure.unit != currency
            if other or self.count(figure.folds[2], group) > 1:  # two people of one name have two quotas
                raise QueryNamesUnknownField(figure.of)
            return None if whole is None else quotient(self.total(first, figure, group), whole, 6)
        if figure.kind == "against":
            goal = self.goals.value(figure.key, group.keys, (group.currency if self.per_currency else self.target) if figure.money else None)
            return None if goal is None else quotient(self.count(first, group) if self._counts(first) else self.total(first, figure, group), goal, 6)
        if figure.kind == "difference":
            return self.total(first, figure, group) - self.total(figure.folds[1], figure, group)
        if figure.kind == "mean":
            return quotient(self.total(first, figure, group), self.count(figure.folds[1], group), figure_places(figure))
        fold = self.compiled.folds[first]
        if self._counts(first):
            return self.count(first, group)
        return self.total(first, figure, group) if fold.name == "sum" else self._extreme(fold, first, group)

    def _counts(self, index: int) -> bool:
        return self.compiled.folds[index].name in {"count", "count_distinct"}

    def alike(self, index: int, group: Group) -> Decimal | None:
        """A number that all records of a group hold."""
        held = self._extreme(self.compiled.folds[index], index, group)
        return held if isinstance(held, Decimal) else None

    def count(self, index: int, group: Group) -> Decimal:
        """A fold that counts."""
        fold = self.compiled.folds[index]
        if fold.name == "count_distinct" and len(group.folds) > 1:
            return Decimal(self._from_block(fold, group) or 0)
        return Decimal(sum(values[index] or 0 for values in group.folds.values()))

    def total(self, index: int, figure: Figure, group: Group) -> Decimal:
        """A fold that adds up, in the target currency where amounts were converted."""
        sums = {currency: self.amount(index, group, currency) for currency in group.folds}
        if figure.money and self.converted:
            return sum((amount * self.rate(currency) for currency, amount in sums.items() if currency and amount), Decimal(0))
        return sum(sums.values(), Decimal(0))

    def amount(self, index: int, group: Group, currency: str | None) -> Decimal:
        """A fold that adds up, for one currency."""
        held = group.folds.get(currency)
        return Decimal((held[index] if held else None) or 0).scaleb(-self.scale(self.compiled.folds[index]))

    def rate(self, currency: str) -> Decimal:
        """What one unit of ``currency`` is in the target currency."""
        return Decimal(1) if currency == self.target else self.rates.rate(currency, str(self.target))

    def scale(self, fold: Fold) -> int:
        """Decimal places of a fold's operand."""
        return self._scales[fold.operand] if fold.operand else 0

    def whole(self, figure: Figure, group: Group) -> Group:
        """All groups (of the same currency, where they are told apart by it) as one; knows counts and sums only."""
        merged: dict[str | None, list[Any]] = {}
        for each in self.all:
            if each.currency == group.currency:
                for currency, values in each.folds.items():
                    held = merged.get(currency, [None] * len(values))
                    merged[currency] = [self._added(i, a, b) for i, (a, b) in enumerate(zip(held, values, strict=True))]
        found = Group((), group.currency, folds=merged)
        found.figures = {figure.key: self.value(figure, found)}
        return found

    def _added(self, index: int, a: int | None, b: int | None) -> int | None:
        if self.compiled.folds[index].name not in {"count", "sum"}:
            return None
        return b if a is None else a if b is None else a + b

    def _extreme(self, fold: Fold, index: int, group: Group) -> Decimal | str | None:
        if fold.name == "median" or len(group.folds) > 1:
            return self._from_block(fold, group)
        held = next(iter(group.folds.values()))[index] if group.folds else None
        return held if held is None or isinstance(held, str) else Decimal(held).scaleb(-self.scale(fold))

    @cached_property
    def _parsed(self) -> dict[tuple[Keys, str | None], list[list[Any]]]:
        width = len(self.compiled.groupings)
        groups: dict[tuple[Keys, str | None], list[list[Any]]] = defaultdict(list)
        for row in json.loads(self.rows_json):
            groups[(tuple(row[2 : 2 + width]), row[2 + width] if self.per_currency else None)].append(row)
        return groups

    def _from_block(self, fold: Fold, group: Group) -> Decimal | str | None:
        names = [column.name for column in self.compiled.block_columns]
        at = names.index(str(fold.operand))
        flag = names.index(fold.flag) if fold.flag else None
        rows = self._parsed[(group.keys, group.currency)]
        return fold_values(fold.name, [row[at] for row in rows if row[at] is not None and (flag is None or row[flag] == 1)], self.scale(fold))


def _labels(row: ResultRow, width: int) -> Keys:
    return tuple(cell.value for cell in list(row.cells.values())[:width])


def _moment(held: str | datetime | None) -> datetime | None:
    """A point in time as SQLite holds it, in UTC without saying so, or as PostgreSQL gives it."""
    if held is None:
        return None
    return datetime.fromisoformat(held).replace(tzinfo=UTC) if isinstance(held, str) else held.astimezone(UTC)


def figure_places(figure: Figure) -> int:
    """Decimal places of a mean."""
    return PLACES.get(figure.type, 4)
