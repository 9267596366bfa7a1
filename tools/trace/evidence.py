"""Reads evidence blocks: selects rows by conditions and folds one of their columns, exactly."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from functools import cached_property
from itertools import chain
from typing import Literal

from tools.trace.arithmetic import fold_values
from tools.trace.cells import BlockColumn, Condition, EvidenceBlock

BlockValue = str | int | None
Row = list[BlockValue]
Key = tuple[BlockValue, ...]

FaultReason = Literal[
    "unproven",
    "operand_unknown",
    "operand_kind",
    "operand_count",
    "circular",
    "block_malformed",
    "column_unknown",
    "duplicate_name",
    "formula_unknown",
    "group_absent",
    "number_malformed",
    "mismatch",
    "withheld",
]

# Wide enough for every number that a trace may hold; a result that would not fit exactly is an error, never rounded.
EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN, traps=[Inexact])
MAX_PLACES = 40


class DerivationFault(ValueError):
    """A derivation that proves nothing: ``reason`` says in what way, ``about`` names the culprit."""

    def __init__(self, reason: FaultReason, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about


def fold_column(fold: str, values: Sequence[str | int], scale: int) -> Decimal | str | None:
    """Fold values that are not null. Raises DerivationFault for a sum or median of texts, or extremes of a mixture."""
    kinds = {type(value) for value in values}
    if (fold in ("sum", "median") and str in kinds) or (fold in ("min", "max") and len(kinds) > 1):
        raise DerivationFault("operand_kind", fold)
    return fold_values(fold, values, scale)


class Evidence:
    """One block, parsed on first use and indexed by the columns that conditions ask for."""

    def __init__(self, block: EvidenceBlock) -> None:
        self.block = block
        self._places = {column.name: index for index, column in enumerate(block.columns)}
        self._indexes: dict[tuple[str, ...], dict[Key, list[Row]]] = {}

    @cached_property
    def rows(self) -> list[Row]:
        """The rows. Raises DerivationFault when they are not what the columns and ``n`` say."""
        names = [column.name for column in self.block.columns]
        try:
            rows = json.loads(self.block.rows_json, parse_float=_refuse, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise DerivationFault("block_malformed", self.block.id) from None
        well_formed = (
            names[:2] == ["record", "version"]
            and len(set(names)) == len(names)
            and all(abs(column.scale) <= MAX_PLACES for column in self.block.columns)
            and isinstance(rows, list)
            and len(rows) == self.block.n
            and {list}.issuperset(map(type, rows))
            and {len(names)}.issuperset(map(len, rows))
            and {int, str, type(None)}.issuperset(map(type, chain.from_iterable(rows)))
        )
        if not well_formed:
            raise DerivationFault("block_malformed", self.block.id)
        return list(rows)

    @cached_property
    def _column_values(self) -> list[list[BlockValue]]:
        return [[row[place] for row in self.rows] for place in range(len(self.block.columns))]

    def column(self, name: str) -> BlockColumn:
        """Column by name. Raises DerivationFault."""
        if name not in self._places:
            raise DerivationFault("column_unknown", f"{self.block.id}.{name}")
        return self.block.columns[self._places[name]]

    def groups(self, columns: tuple[str, ...]) -> Mapping[Key, list[Row]]:
        """The rows by their values in ``columns``."""
        if columns not in self._indexes:
            places = [self._places[self.column(name).name] for name in columns]
            index: dict[Key, list[Row]] = defaultdict(list)
            for key, row in zip(zip(*(self._column_values[place] for place in places), strict=True), self.rows, strict=True):
                index[key].append(row)
            self._indexes[columns] = dict(index)
        return self._indexes[columns]

    def select(self, where: Collection[Condition]) -> list[Row]:
        """Rows that fulfil every condition."""
        wanted: dict[str, BlockValue] = {}
        for condition in where:
            if condition.column in wanted and wanted[condition.column] != condition.equals:
                return []
            wanted[condition.column] = condition.equals
        names = tuple(sorted(wanted))
        return self.groups(names).get(tuple(wanted[name] for name in names), []) if names else self.rows

    def values(self, column: str, where: Collection[Condition]) -> list[str | int]:
        """Values of a column that are not null, of the rows that fulfil every condition."""
        place = self._places[self.column(column).name]
        return [value for row in self.select(where) if (value := row[place]) is not None]


def split_operand(operand: str, blocks: Container[str]) -> tuple[str, str | None] | None:
    """Block id and column (None: the block alone) that an operand names; None when it names no block."""
    if operand in blocks:
        return operand, None
    parts = operand.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        if (block := ".".join(parts[:cut])) in blocks:
            return block, ".".join(parts[cut:])
    return None


def _refuse(text: str) -> object:
    raise ValueError(f"{text} is not a whole number")
