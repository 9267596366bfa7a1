"""The proof of a superlative about groups: the place of a figure among those of all groups, recomputed from the evidence."""

from __future__ import annotations

from agent.composing.telling import Direction, Telling
from tools.crm.results import ResultRow
from tools.trace.cells import Cell, CellType, Derivation


def bind_rank(told: Telling, row: ResultRow, key: str, direction: Direction) -> None:
    """Binds the place of the cell ``key`` of a row, by the order and the places left out of the query; days have none."""
    own = row.cells[key]
    if own.derivation is None or own.type in {CellType.DATE, CellType.DATETIME}:
        return
    derivation = Derivation(formula="group_rank" if direction == "up" else "group_rank_up", operands=(own.address,), by=group_keys(told))
    told.bind(
        Cell(address=f"{own.address}_rank", value=str(told.query.skip + 1), type=CellType.COUNT, classification=own.classification, derivation=derivation)
    )


def group_keys(told: Telling) -> tuple[str, ...]:
    """The columns of the evidence that tell the groups apart."""
    block = told.result.blocks[0].id
    return tuple(f"{block}.d{i}" for i in range(len(told.query.dimensions)))
