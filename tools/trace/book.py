"""Writes the cells and blocks of a proof: each computed value by the very formulas that verifying runs again. Knows no domain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import Self

from tools.store.classification import Classification
from tools.trace.arithmetic import canonical
from tools.trace.cells import BlockColumn, Cell, CellType, Condition, Derivation, EvidenceBlock, Formula, SourceRef
from tools.trace.recompute import Recomputation

Column = tuple[str, CellType, int]
"""Name, type and scale of a column."""
Where = Sequence[tuple[str, str | int | None]]
"""Columns with the values that rows must hold in them."""
HEADS: tuple[Column, ...] = (("record", CellType.TEXT, 0), ("version", CellType.COUNT, 0))


class Book:
    """Cells by address and blocks of one call, in the order in which they were written."""

    def __init__(self, call: str) -> None:
        """``call`` begins every address and the name of every block."""
        self.call = call
        self.cells: dict[str, Cell] = {}
        self.blocks: list[EvidenceBlock] = []
        self._machine = Recomputation(self.cells, {}, frozenset())

    def constant(self, name: str, value: Decimal | int | str | None, kind: CellType, unit: str | None = None) -> str:
        """A parameter; gives its address."""
        return self._put(Cell(address=f"{self.call}.{name}", value=canonical(value), type=kind, unit=unit, derivation=Derivation(formula="constant")))

    def read(
        self, name: str, value: Decimal | int | str | None, kind: CellType, source: SourceRef, classification: Classification, unit: str | None = None
    ) -> str:
        """A value of one field of one record."""
        address = f"{self.call}.{name}"
        return self._put(Cell(address=address, value=canonical(value), type=kind, unit=unit, classification=classification, sources=(source,)))

    def derive(
        self,
        name: str,
        kind: CellType,
        formula: Formula,
        *operands: str,
        where: Where = (),
        places: int = 6,
        unit: str | None = None,
    ) -> str:
        """A value computed from addresses and block columns. Raises DerivationFault where these give none."""
        conditions = tuple(Condition(column=column, equals=equals) for column, equals in where)
        derivation = Derivation(formula=formula, operands=operands, where=conditions, places=places)
        cell = Cell(address=f"{self.call}.{name}", value=None, type=kind, unit=unit, derivation=derivation)
        return self._put(cell.model_copy(update={"value": canonical(self._machine.value_of(cell))}))

    def block(
        self, name: str, table: str, columns: Sequence[Column], rows: Sequence[Sequence[object]] | str, n: int, as_of: datetime | None = None,
        classification: Classification = Classification.INTERNAL, unit: str | None = None,
    ) -> str:  # fmt: skip
        """Records (or draws, or parameters) with their version and values; gives its name. ``rows`` may be their JSON text already."""
        text = rows if isinstance(rows, str) else json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        heads = tuple(BlockColumn(name=head, type=kind, scale=scale, unit=unit if kind is CellType.MONEY else None) for head, kind, scale in (*HEADS, *columns))
        made = EvidenceBlock(
            id=f"{self.call}_{name}", table=table, columns=heads, rows_json=text, n=n, classification=classification, as_of=as_of
        )  # fmt: skip
        self.blocks.append(made)
        self._machine.add(made)
        return made.id

    def fork(self) -> Self:
        """The same cells and blocks, to go on writing without changing this book."""
        twin = copy(self)
        twin.cells, twin.blocks = dict(self.cells), list(self.blocks)
        twin._machine = Recomputation(twin.cells, {}, frozenset())
        twin._machine.evidence = dict(self._machine.evidence)
        return twin

    def number(self, address: str) -> Decimal:
        """The value at an address as a number. Raises KeyError, and ValueError where it is empty."""
        value = self.cells[address].number
        if value is None:
            raise ValueError(f"{address} is empty")
        return value

    def _put(self, cell: Cell) -> str:
        if self.cells.setdefault(cell.address, cell) != cell:
            raise ValueError(f"{cell.address} is taken by another cell")
        return cell.address
