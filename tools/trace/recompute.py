"""Recomputes every derived cell from the cells and blocks that it names, exactly and without the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from decimal import Decimal, Inexact, localcontext
from typing import Any, Literal

from tools.store.collecting import uncollected
from tools.trace.arithmetic import canonical
from tools.trace.block_formulas import BLOCK_FORMULAS
from tools.trace.cells import Cell, CellType, Condition, Derivation, EvidenceBlock, Frozen
from tools.trace.evidence import (
    EXACT,
    MAX_PLACES,
    BlockValue,
    DerivationFault,
    Evidence,
    FaultReason,
    fold_column,
    split_operand,
)
from tools.trace.formulas import PLAIN_DECIMAL, Result, arithmetic, days_between, elapsed, number_of
from tools.trace.ranking import number_rank, row_number, time_rank

Keys = Mapping[str, BlockValue]

_FOLDS = frozenset({"count", "count_distinct", "sum", "min", "max", "median"})
_GROUP_RANKS = frozenset({"group_rank", "group_rank_up"})
_NO_KEYS: Keys = {}
_TIMES = frozenset({CellType.DATE, CellType.DATETIME})


class Finding(Frozen):
    """What recomputing one cell gave: ``recomputed`` and ``stated`` as canonical text, ``about`` names the culprit."""

    address: str
    outcome: Literal["ok", "failed", "not_checkable"]
    reason: FaultReason | None = None
    about: str = ""
    stated: str | None = None
    recomputed: str | None = None


class _Withheld(Exception):
    """An operand that this reader may not see."""


def recompute(cells: Mapping[str, Cell], blocks: Mapping[str, EvidenceBlock], withheld: Collection[str] = frozenset()) -> list[Finding]:
    """One finding per derived cell, and one per cell or block that proves nothing.

    ``withheld`` names the cells and blocks whose content this reader may not see: what rests on them is not checkable.
    """
    with uncollected():
        return Recomputation(cells, blocks, frozenset(withheld)).findings()


def mismatches(cells: Mapping[str, Cell], blocks: Mapping[str, EvidenceBlock]) -> list[Finding]:
    """The findings that speak against the cells; empty when every one of them is proven."""
    return [finding for finding in recompute(cells, blocks) if finding.outcome == "failed"]


class Recomputation:
    """Cells and blocks, and what follows from them."""

    def __init__(self, cells: Mapping[str, Cell], blocks: Mapping[str, EvidenceBlock], withheld: Set[str]) -> None:
        """``withheld`` names what this reader may not see."""
        self.cells, self.withheld = cells, withheld
        self.evidence = {name: Evidence(block) for name, block in blocks.items()}
        self.circular = _circular(cells)
        self._standings: dict[object, list[Decimal]] = {}

    def add(self, block: EvidenceBlock) -> None:
        """One more block to compute with."""
        self.evidence[block.id] = Evidence(block)

    def value_of(self, cell: Cell) -> Result:
        """What a derived cell ought to hold. Raises DerivationFault."""
        assert cell.derivation is not None  # noqa: S101 - only derived cells are asked for
        with localcontext(EXACT):
            self._check_names(cell.derivation)
            return self._derived(cell, _NO_KEYS)

    def findings(self) -> list[Finding]:
        """See :func:`recompute`."""
        found = [Finding(address=name, outcome="failed", reason="duplicate_name") for name in self.cells if name in self.evidence]
        for name, evidence in self.evidence.items():
            if name not in self.withheld:
                try:
                    _ = evidence.rows
                except DerivationFault as fault:
                    found.append(Finding(address=name, outcome="failed", reason=fault.reason, about=fault.about))
        return found + [self._judge(cell) for cell in self.cells.values() if cell.derivation or not (cell.sources or cell.address in self.withheld)]

    def _judge(self, cell: Cell) -> Finding:
        def failed(reason: FaultReason, about: str = "", recomputed: str | None = None) -> Finding:
            return Finding(address=cell.address, outcome="failed", reason=reason, about=about, stated=cell.value, recomputed=recomputed)

        if cell.address in self.circular:
            return failed("circular")
        if cell.derivation is None:
            return failed("unproven")
        try:
            with localcontext(EXACT):
                self._check_names(cell.derivation)
                if cell.address in self.withheld:
                    return Finding(address=cell.address, outcome="not_checkable", reason="withheld")
                result = self._derived(cell, _NO_KEYS)
                agrees = _agrees(cell, result)
        except DerivationFault as fault:
            return failed(fault.reason, fault.about)
        except _Withheld:
            return Finding(address=cell.address, outcome="not_checkable", reason="withheld", stated=cell.value)
        except (Inexact, ArithmeticError):
            return failed("number_malformed", cell.address)
        text = canonical(result)
        return Finding(address=cell.address, outcome="ok", stated=cell.value, recomputed=text) if agrees else failed("mismatch", recomputed=text)

    def _check_names(self, derivation: Derivation) -> None:
        for operand in derivation.operands:
            if operand not in self.cells and split_operand(operand, self.evidence) is None:
                raise DerivationFault("operand_unknown", operand)
        if not 0 <= derivation.places <= MAX_PLACES:
            raise DerivationFault("number_malformed", str(derivation.places))

    def _derived(self, cell: Cell, keys: Keys) -> Result:
        """Value of a derived cell. ``keys`` replaces the conditions on its columns, throughout the tree of operands."""
        derivation = cell.derivation
        assert derivation is not None  # noqa: S101 - only derived cells come here
        formula = derivation.formula
        if formula == "constant":
            if derivation.operands:
                raise DerivationFault("operand_count", cell.address)
            return cell.value
        if formula in _FOLDS:
            return self._fold(derivation, keys)
        if formula in _GROUP_RANKS:
            return self._group_rank(derivation)
        if formula in _EVIDENCE_FORMULAS:
            return _EVIDENCE_FORMULAS[formula](self, derivation, keys)
        operands = [self._cell_value(name, keys) for name in derivation.operands]
        if formula == "days_between":
            return days_between(operands)
        if formula == "elapsed":
            return elapsed(operands, derivation.places)
        return arithmetic(formula, [number_of(value) for value in operands], derivation.places)

    def _cell_value(self, address: str, keys: Keys) -> Result:
        """The stated value of an operand, or, under other ``keys``, its value for that group."""
        if address not in self.cells:
            raise DerivationFault("operand_kind", address)
        cell = self.cells[address]
        if address in self.withheld:
            raise _Withheld
        if not keys or cell.derivation is None or cell.derivation.formula in ("constant", *_GROUP_RANKS):
            return cell.value
        return self._derived(cell, keys)

    def _block(self, operand: str) -> tuple[Evidence, str | None]:
        named = split_operand(operand, self.evidence)
        if named is None or operand in self.cells:
            raise DerivationFault("operand_kind", operand)
        if named[0] in self.withheld:
            raise _Withheld
        return self.evidence[named[0]], named[1]

    def _fold(self, derivation: Derivation, keys: Keys) -> Result:
        evidence, column = self._block(_only(derivation.operands))
        where = _replaced(derivation.where, keys)
        if column is None:
            if derivation.formula != "count":
                raise DerivationFault("operand_kind", derivation.operands[0])
            return Decimal(len(evidence.select(where)))
        return fold_column(derivation.formula, evidence.values(column, where), evidence.column(column).scale)

    def _row_rank(self, derivation: Derivation, keys: Keys) -> Result:
        if len(derivation.operands) != 2:
            raise DerivationFault("operand_count")
        held = self._cell_value(derivation.operands[0], keys)
        evidence, column = self._block(derivation.operands[1])
        if column is None:
            raise DerivationFault("operand_kind", derivation.operands[1])
        values = evidence.values(column, _replaced(derivation.where, keys))
        up = derivation.formula.endswith("_up")
        if evidence.column(column).type in _TIMES:
            return time_rank(held, values, column, up=up)
        own = number_of(held)
        unit = Decimal(1).scaleb(-evidence.column(column).scale)
        others = [row_number(value, column) * unit for value in values]
        return None if own is None else number_rank(own, others, up=up)

    def _over_rows(self, derivation: Derivation, keys: Keys) -> Result:
        """A formula over columns of one block, row by row, and single values."""
        formula = BLOCK_FORMULAS[derivation.formula]
        if len(derivation.operands) != len(formula.operands):
            raise DerivationFault("operand_count")
        named = list(zip(derivation.operands, formula.operands, strict=True))
        columns = [(operand, kind) for operand, kind in named if kind in ("numbers", "words")]
        held = dict(zip([operand for operand, _ in columns], self._columns(columns, derivation, keys), strict=True))
        values = {operand: self._cell_value(operand, keys) for operand, kind in named if kind in ("number", "word")}
        if None in values.values():
            return None
        parts = [held.get(operand, number_of(values[operand]) if kind == "number" else values.get(operand)) for operand, kind in named]
        return formula.value(*parts, derivation.places)

    def _columns(self, operands: Sequence[tuple[str, str]], derivation: Derivation, keys: Keys) -> list[list[Any]]:
        """Columns of one block, row by row, as numbers or words."""
        where = _replaced(derivation.where, keys)
        named = [(*self._block(operand), kind) for operand, kind in operands]
        found: list[list[Any]] = []
        for evidence, column, kind in named:
            if column is None or evidence is not named[0][0]:
                raise DerivationFault("operand_kind", operands[0][0])
            scale, values = evidence.column(column).scale, evidence.values(column, where)
            found.append([str(value) for value in values] if kind == "words" else [Decimal(row_number(value, column)).scaleb(-scale) for value in values])
        if len({len(values) for values in found}) > 1:
            raise DerivationFault("block_malformed", named[0][0].block.id)
        return found

    def _group_key(self, derivation: Derivation, keys: Keys) -> Result:
        evidence, column = self._block(_only(derivation.operands))
        where = _replaced(derivation.where, keys)
        fixed = [condition.equals for condition in where if condition.column == column]
        if column is None or len(fixed) != 1 or not evidence.select(where):
            raise DerivationFault("group_absent", derivation.operands[0])
        key = fixed[0]
        return str(key) if isinstance(key, int) else key

    def _group_rank(self, derivation: Derivation) -> Result:
        own_address = _only(derivation.operands)
        own = number_of(self._cell_value(own_address, _NO_KEYS))
        by = tuple(split[1] or name if (split := split_operand(name, self.evidence)) else name for name in derivation.by)
        shape = (by, self._shape(own_address, by))
        if shape not in self._standings:  # the same for every group that is ranked in one column
            groups = {key for evidence in self._grouped_blocks(own_address, by) for key in evidence.groups(by) if None not in key}
            values = (number_of(self._cell_value(own_address, dict(zip(by, key, strict=True)))) for key in groups)
            self._standings[shape] = [value for value in values if value is not None]
        others = self._standings[shape]
        return None if own is None else number_rank(own, others, up=derivation.formula == "group_rank_up")

    def _shape(self, address: str, by: tuple[str, ...]) -> object:
        """How a value follows from the evidence, whatever group it is of."""
        cell = self.cells.get(address)
        if cell is None or cell.derivation is None or cell.derivation.formula in _GROUP_RANKS or address in self.circular:
            return address
        if cell.derivation.formula == "constant":
            return ("constant", cell.value)
        where = tuple((each.column, each.equals) for each in cell.derivation.where if each.column not in by)
        return (cell.derivation.formula, where, cell.derivation.places, tuple(self._shape(operand, by) for operand in cell.derivation.operands))

    def _grouped_blocks(self, address: str, by: tuple[str, ...]) -> list[Evidence]:
        """Blocks under the operand's tree that have all columns of ``by``; the groups are those of their rows."""
        names, todo = set(), [address]
        while todo:
            cell = self.cells.get(todo.pop())
            for operand in cell.derivation.operands if cell and cell.derivation else ():
                if operand in self.cells:
                    todo.append(operand)
                elif split := split_operand(operand, self.evidence):
                    names.add(split[0])
        if names & self.withheld:
            raise _Withheld
        found = [self.evidence[name] for name in sorted(names) if set(by) <= {column.name for column in self.evidence[name].block.columns}]
        if not by or not found:
            raise DerivationFault("column_unknown", ", ".join(by))
        return found


_EVIDENCE_FORMULAS: dict[str, Callable[[Recomputation, Derivation, Keys], Result]] = {
    "row_rank": Recomputation._row_rank,
    "row_rank_up": Recomputation._row_rank,
    "group_key": Recomputation._group_key,
    **dict.fromkeys(BLOCK_FORMULAS, Recomputation._over_rows),
}


def _only(operands: tuple[str, ...]) -> str:
    if len(operands) != 1:
        raise DerivationFault("operand_count")
    return operands[0]


def _replaced(where: tuple[Condition, ...], keys: Keys) -> tuple[Condition, ...]:
    return tuple(Condition(column=each.column, equals=keys[each.column]) if each.column in keys else each for each in where) if keys else where


def _agrees(cell: Cell, result: Result) -> bool:
    stated = cell.value
    if isinstance(result, Decimal) and stated is not None:
        return bool(PLAIN_DECIMAL.fullmatch(stated)) and Decimal(stated) == result
    if isinstance(result, str) and cell.derivation and cell.derivation.formula == "group_key":
        return stated in (result, result.removeprefix("?"))  # the mark of a reference that found no record is not shown
    return stated == result


def _circular(cells: Mapping[str, Cell]) -> set[str]:
    """Cells that rest on themselves: what is left when cells whose operands are all settled are taken away, again and again."""
    waiting = {name: {each for each in cell.derivation.operands if each in cells} for name, cell in cells.items() if cell.derivation}
    dependants: dict[str, list[str]] = {}
    for name, operands in waiting.items():
        for operand in operands:
            dependants.setdefault(operand, []).append(name)
    settled = [name for name in cells if not waiting.get(name)]
    while settled:
        name = settled.pop()
        for dependant in dependants.get(name, ()):
            waiting[dependant].discard(name)
            if not waiting[dependant]:
                settled.append(dependant)
    return {name for name, operands in waiting.items() if operands}
