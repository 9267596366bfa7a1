"""Counts how comparable deals went on after each next step, and says whether one stands out. Knows no store; the numbers are provable from a block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from tools.coaching.schemas import Breadth, Step, StepRecord, TrackRecord, Unit
from tools.coaching.sight import Sight
from tools.trace.cells import BlockColumn, Cell, CellType, Condition, Derivation
from tools.trace.intervals import LEVEL, newcombe, wilson

WINDOW_DAYS = 14
HORIZON_DAYS: dict[Unit, int] = {"deals": 30, "invoices": 30, "contracts": 90}
TABLES: dict[Unit, str] = {"deals": "opportunities", "invoices": "invoices", "contracts": "contracts"}
ENOUGH = 30
"""So many precedents make a narrower comparison worth having; below that the next wider one is taken, whatever either shows."""
COMPARABLE = 10


@dataclass(frozen=True, slots=True)
class Precedent:
    """A deal, invoice or contract with which the situation came up on ``at``: whether it went on after the landmark, and the steps taken before it."""

    id: int
    version: int
    at: date
    tier: str | None
    stage: str | None
    alike: bool
    progressed: bool
    steps: frozenset[Step]


def compare(sight: Sight, unit: Unit, precedents: Sequence[Precedent], tier: str | None, stage: str | None, can_be_alike: bool) -> TrackRecord:
    """The record of the narrowest comparison with enough precedents, else of the widest.

    Which comparison is taken depends on counts alone, never on what it shows. Steps are compared by Newcombe's interval of the difference,
    at a level corrected for their number (Bonferroni), so that looking at many finds one by chance in at most 5 of 100 cases.
    """
    breadth, chosen = _narrowest(precedents, tier, stage, can_be_alike)
    at = sight.place()
    columns = [BlockColumn(name=name, type=CellType.FLAG) for name in ("progressed", *get_args(Step))]
    block = sight.block(
        TABLES[unit], columns, [(each.id, each.version, int(each.progressed), *(int(step in each.steps) for step in get_args(Step))) for each in chosen]
    )

    def counted(name: str, **where: int) -> Cell:
        n = sum(all((each.progressed if key == "progressed" else key in each.steps) == bool(held) for key, held in where.items()) for each in chosen)
        conditions = tuple(Condition(column=key, equals=held) for key, held in where.items())
        derivation = Derivation(formula="count", operands=(block.id,), where=conditions)
        return sight.keep(Cell(address=f"{at}.{name}", value=str(n), type=CellType.COUNT, derivation=derivation))

    worth = [step for step in get_args(Step) if COMPARABLE <= sum(step in each.steps for each in chosen) <= len(chosen) - COMPARABLE]
    level = 1 - (1 - LEVEL) / max(len(worth), 1)
    k, n = counted("k", progressed=1), counted("n")
    return TrackRecord(
        unit=unit, breadth=breadth, window_days=WINDOW_DAYS, horizon_days=HORIZON_DAYS[unit], k=k, n=n, rate=wilson(_int(k), _int(n)), compared=len(worth),
        steps=tuple(_step(step, counted, level) for step in worth),
    )  # fmt: skip


def _step(step: Step, counted: Callable[..., Cell], level: Decimal) -> StepRecord:
    k, n = counted(f"{step}_k", progressed=1, **{step: 1}), counted(f"{step}_n", **{step: 1})
    other_k, other_n = counted(f"{step}_without_k", progressed=1, **{step: 0}), counted(f"{step}_without_n", **{step: 0})
    return StepRecord(
        step=step, k=k, n=n, rate=wilson(_int(k), _int(n)), without_k=other_k, without_n=other_n, without_rate=wilson(_int(other_k), _int(other_n)),
        difference=newcombe(_int(k), _int(n), _int(other_k), _int(other_n), level),
    )  # fmt: skip


def _narrowest(precedents: Sequence[Precedent], tier: str | None, stage: str | None, can_be_alike: bool) -> tuple[Breadth, Sequence[Precedent]]:
    in_stage = [each for each in precedents if stage is not None and each.stage == stage]
    in_both = [each for each in in_stage if tier is not None and each.tier == tier]
    ladder: list[tuple[Breadth, Sequence[Precedent]]] = []
    if can_be_alike:
        ladder += [
            ("alike_tier_stage", [each for each in in_both if each.alike]),
            ("alike_stage", [each for each in in_stage if each.alike]),
            ("alike", [each for each in precedents if each.alike]),
        ]
    ladder += [("tier_stage", in_both), ("stage", in_stage)]
    if stage is None:
        ladder.append(("tier", [each for each in precedents if tier is not None and each.tier == tier]))
    return next(((breadth, found) for breadth, found in ladder if len(found) >= ENOUGH), ("all", precedents))


def _int(cell: Cell) -> int:
    return int(cell.value or 0)
