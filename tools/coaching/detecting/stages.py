"""Stages of the journey that are high or rise, and what the next step of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tools.coaching.finding import HUNDREDTH, Finding
from tools.coaching.ports import StageView
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.trace.cells import Cell, CellType

HIGH, RISE = Decimal("0.5"), Decimal("0.15")
MOST_LINES = 2
KNOWN = frozenset(
    {
        "awareness", "needs", "technical_evaluation", "competitive_awareness", "commercial_negotiation", "legal_review", "adoption", "renewal", "service_strain",
    }
)  # fmt: skip
"""Stages that have a text of their own; those that a company made up share one."""


def high_stages(sight: Sight, stages: Sequence[StageView]) -> Iterator[Finding]:
    """The stages with the highest weight among those that are high or rose by much within a month."""
    telling = [each for each in stages if each.sources and (each.weight >= HIGH or each.weight - each.before >= RISE)]
    for stage in sorted(telling, key=lambda each: -each.weight)[:MOST_LINES]:
        at = sight.place()
        named = Cell(address=f"{at}.stage", value=stage.named.get("en", stage.key), type=CellType.STAGE, sources=stage.sources, label_en=stage.named.get("en", ""), label_zh=stage.named.get("zh", ""))
        weight = Cell(address=f"{at}.weight", value=str(stage.weight.quantize(HUNDREDTH)), type=CellType.RATE, sources=stage.sources)
        template = f"stage_{stage.key}" if stage.key in KNOWN else "stage_other"
        yield Finding(SituationKind.STAGE_HIGH, template, {"stage": named, "weight": weight}, sight.today, weight, (("weight", stage.weight.quantize(HUNDREDTH), weight),))
