"""Turns the groups of an aggregate into rows of cells that each say how they follow from the evidence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tools.crm.compiling import Grouping
from tools.crm.figures import Figure
from tools.crm.grouping import Group, Groups, figure_places
from tools.crm.results import ResultRow
from tools.trace.arithmetic import canonical, quotient
from tools.trace.cells import Cell, CellType, Condition, Derivation, Formula
from tools.trace.intervals import wilson


class Prover:
    """Builds the cells of one result; ``support`` collects those that are not shown but that shown ones rest on."""

    def __init__(self, groups: Groups, call: str, block_id: str) -> None:
        """``call`` begins every address, ``block_id`` names the evidence that everything is folded from."""
        self.groups, self.call, self.block_id = groups, call, block_id
        self.compiled = groups.compiled
        self.support: dict[str, Cell] = {}

    def row(self, group: Group, number: int) -> ResultRow:
        """All cells of one group: its dimensions, its figures, and what follows from them."""
        at = f"{self.call}.r{number}"
        cells: dict[str, Cell] = {}
        for index, grouping in enumerate(self.compiled.groupings):
            cells[grouping.key] = self._label(f"{at}.{grouping.key}", grouping, index, group)
        if self.groups.per_currency:
            cells["currency"] = self._key(f"{at}.currency", "currency", group.currency)
        for figure in self.compiled.figures:
            cells[figure.key] = self._figure(f"{at}.{figure.key}", figure, group)
        for figure, earlier in zip(self.compiled.figures, self.compiled.before, strict=False):
            cells[earlier.key] = before = self._figure(f"{at}.{earlier.key}", earlier, group)
            cells |= self._comparison(at, figure, cells[figure.key], before)
        for figure in self.compiled.figures:
            if figure.share:
                cells[f"{figure.key}_share"] = self._share(f"{at}.{figure.key}_share", figure, cells[figure.key], group)
            if figure.kind == "rate" and cells[figure.key].value is not None:
                cells |= self._interval(at, figure, cells[figure.key])
        return ResultRow(key=f"r{number}", cells=cells, held=group.keys)

    # -- dimensions -----------------------------------------------------------------------------------------------

    def _label(self, address: str, grouping: Grouping, index: int, group: Group) -> Cell:
        label, source = group.labels[index], self.groups.record(group, index)
        if source is not None:
            return Cell(address=address, value=label, type=grouping.type, classification=grouping.classification, sources=(source,))
        if group.set_by is not None:
            return list(group.set_by.cells.values())[index].model_copy(update={"address": address})
        if group.row is None:  # a period in which nothing happened
            return Cell(address=address, value=label, type=grouping.type, classification=grouping.classification, derivation=Derivation(formula="constant"))
        key = self._key(address, grouping.column, group.keys[index])
        return key.model_copy(update={"value": label, "type": grouping.type, "classification": grouping.classification})

    def _key(self, address: str, column: str, key: str | None) -> Cell:
        derivation = Derivation(formula="group_key", operands=(f"{self.block_id}.{column}",), where=(Condition(column=column, equals=key),))
        return Cell(address=address, value=key, type=CellType.TEXT, derivation=derivation)

    # -- figures --------------------------------------------------------------------------------------------------

    def _figure(self, address: str, figure: Figure, group: Group) -> Cell:
        unit = "day" if figure.type is CellType.DURATION else self._currency(figure, group)
        value = group.figures[figure.key]
        if figure.kind == "fold":
            return self._folded(address, figure.folds[0], figure, group, value)
        places = 6
        if figure.kind == "rate":
            parts = [self._counted(f"{address}_{name}", i, group) for name, i in zip(("part", "n"), figure.folds, strict=True)]
            formula: Formula = "rate"
        elif figure.kind == "quotient":
            parts = [self._folded(f"{address}_{name}", i, figure, group, self.groups.total(i, figure, group)) for name, i in _parts(figure)]
            formula, unit = "rate", None
        elif figure.kind == "attained":
            sum_, whole, _ = figure.folds
            kind, formula = CellType.MONEY if figure.money else CellType.NUMBER, "rate"
            parts = [
                self._folded(f"{address}_part", sum_, replace(figure, type=kind), group, self.groups.total(sum_, figure, group)),
                self._cell(f"{address}_n", self.groups.alike(whole, group), kind, self._currency(figure, group), self._fold(whole, group)),
            ]
            unit = None
        elif figure.kind == "against":
            return self._against(address, figure, group, value)
        elif figure.kind == "difference":
            parts = [self._folded(f"{address}_{name}", i, figure, group, self.groups.total(i, figure, group)) for name, i in _parts(figure)]
            formula = "delta"
        else:
            total = self._folded(f"{address}_sum", figure.folds[0], figure, group, self.groups.total(figure.folds[0], figure, group))
            parts, formula, places = [total, self._counted(f"{address}_n", figure.folds[1], group)], "ratio", figure_places(figure)
        self.support |= {part.address: part for part in parts}
        derivation = Derivation(formula=formula, operands=tuple(part.address for part in parts), places=places)
        return self._cell(address, value, figure.type, unit, derivation)

    def _against(self, address: str, figure: Figure, group: Group, value: Decimal | str | None) -> Cell:
        """A count or a sum over the cell of another query."""
        own, first = replace(figure, type=figure.part or figure.type), figure.folds[0]
        part = (
            self._counted(f"{address}_part", first, group)
            if figure.part is CellType.COUNT
            else self._folded(f"{address}_part", first, own, group, self.groups.total(first, own, group))
        )
        self.support[part.address] = part
        goal = self.groups.goals.row(figure.key, group.keys)
        operands = (part.address, goal.cells["m0"].address) if goal is not None else (part.address,)
        cell = self._cell(address, value, figure.type, None, Derivation(formula="rate", operands=operands, places=6))
        return cell.model_copy(update={"classification": max(cell.classification, self.groups.goals.level(figure.key))})

    def _folded(self, address: str, index: int, figure: Figure, group: Group, value: Decimal | str | None) -> Cell:
        if figure.money and self.groups.converted:
            return self._converted(address, index, group, value)
        unit = "day" if figure.type is CellType.DURATION else self._currency(figure, group)
        kind = CellType.MONEY if figure.kind == "quotient" and figure.money else CellType.NUMBER if figure.kind == "quotient" else figure.type
        return self._cell(address, value, kind, unit, self._fold(index, group))

    def _counted(self, address: str, index: int, group: Group) -> Cell:
        return self._cell(address, self.groups.count(index, group), CellType.COUNT, None, self._fold(index, group))

    def _converted(self, address: str, index: int, group: Group, value: Decimal | str | None) -> Cell:
        """A total over several currencies: the sum of each times its cited rate."""
        operands: list[str] = []
        for currency in self.groups.currencies:  # all of them, so that the same tree can be recomputed for every other group
            amount = self.groups.amount(index, group, currency)
            part = self._cell(f"{address}_{currency}", amount, CellType.MONEY, currency, self._fold(index, group, currency))
            self.support[part.address] = part
            operands += [self._rate(currency), part.address]
        return self._cell(address, value, CellType.MONEY, self.groups.target, Derivation(formula="weighted", operands=tuple(operands)))

    def _rate(self, currency: str) -> str:
        if currency == self.groups.target:
            one = Cell(address=f"{self.call}.rates.one", value="1", type=CellType.NUMBER, derivation=Derivation(formula="constant"))
            self.support.setdefault(one.address, one)
            return one.address
        cells = self.groups.rates.cells(self.call, currency, str(self.groups.target))
        self.support |= {cell.address: cell for cell in cells}
        return cells[0].address

    def _fold(self, index: int, group: Group, currency: str | None = None) -> Derivation:
        fold = self.compiled.folds[index]
        operand = self.block_id if fold.operand is None else f"{self.block_id}.{fold.operand}"
        where = [Condition(column=each.column, equals=key) for each, key in zip(self.compiled.groupings, group.keys, strict=False)]
        if self.groups.per_currency:
            where.append(Condition(column="currency", equals=group.currency))
        elif currency is not None:
            where.append(Condition(column="currency", equals=currency))
        if fold.flag:
            where.append(Condition(column=fold.flag, equals=1))
        return Derivation(formula=fold.name, operands=(operand,), where=tuple(where))

    def _currency(self, figure: Figure, group: Group) -> str | None:
        if not figure.money:
            return None
        return group.currency if self.groups.per_currency else self.groups.target

    def _cell(self, address: str, value: Decimal | str | None, kind: CellType, unit: str | None, derivation: Derivation) -> Cell:
        return Cell(address=address, value=canonical(value), type=kind, unit=unit, classification=self.compiled.classification, derivation=derivation)

    # -- what follows from figures --------------------------------------------------------------------------------

    def _comparison(self, at: str, figure: Figure, now: Cell, before: Cell) -> dict[str, Cell]:
        if figure.type is CellType.DATE:
            return {}
        a, b = now.number, before.number
        delta = None if a is None or b is None else a - b
        pair = (now.address, before.address)
        address = f"{at}.{figure.key}_delta"
        cells = {f"{figure.key}_delta": self._cell(address, delta, now.type, now.unit or before.unit, Derivation(formula="delta", operands=pair))}
        if figure.type is not CellType.RATE:
            growth = None if delta is None or b is None else quotient(delta, abs(b), 6)
            address = f"{at}.{figure.key}_growth"
            cells[f"{figure.key}_growth"] = self._cell(address, growth, CellType.RATE, None, Derivation(formula="growth", operands=pair))
        return cells

    def _share(self, address: str, figure: Figure, own: Cell, group: Group) -> Cell:
        whole = f"{self.call}.total.{figure.key}" + (f"_{group.currency}" if self.groups.per_currency else "")
        if whole not in self.support:
            self.support[whole] = self._figure(whole, figure, self.groups.whole(figure, group))
        total = self.support[whole].number
        value = None if own.number is None or total is None else quotient(own.number, total, 6)
        return self._cell(address, value, CellType.RATE, None, Derivation(formula="share", operands=(own.address, whole)))

    def _interval(self, at: str, figure: Figure, rate: Cell) -> dict[str, Cell]:
        operands = rate.derivation.operands if rate.derivation else ()
        k, n = (self.support[address].number or Decimal(0) for address in operands)
        bounds = wilson(int(k), int(n))
        low, high = f"{figure.key}_low", f"{figure.key}_high"
        return {
            low: self._cell(f"{at}.{low}", bounds.low, CellType.RATE, None, Derivation(formula="wilson_low", operands=operands)),
            high: self._cell(f"{at}.{high}", bounds.high, CellType.RATE, None, Derivation(formula="wilson_high", operands=operands)),
        }


def _parts(figure: Figure) -> tuple[tuple[str, int], ...]:
    return tuple(zip(("part", "whole"), figure.folds, strict=True))
