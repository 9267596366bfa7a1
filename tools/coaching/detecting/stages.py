"""Stages of the journey that are high or rise, and what the next step of them is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from tools.coaching.finding import Finding
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.journey.service import standing
from tools.trace.cells import Cell, CellType

HIGH, RISE, MONTH = 0.5, 0.15, timedelta(days=30)
THOUSANDTH = Decimal("0.001")
KNOWN = frozenset(
    ["awareness", "needs", "technical_evaluation", "competitive_awareness", "commercial_negotiation", "legal_review", "adoption", "renewal", "service_strain"]
)
"""Stages that have a text of their own; those that a company made up share one."""


def high_stages(sight: Sight) -> Iterator[Finding]:
    """The stage that rose most within a month, else the highest; none where no stage is high and none rose by much."""
    now = sight.end_of_today()
    stages = standing(sight.session, sight.principal, sight.scope, sight.account.id, now).stages
    if not any(stage.events for stage in stages):
        return
    before = {stage.stage: stage.weight for stage in standing(sight.session, sight.principal, sight.scope, sight.account.id, now - MONTH).stages}
    rises = {stage.stage: max(stage.weight - before.get(stage.stage, stage.weight), 0.0) for stage in stages}
    telling = [stage for stage in stages if stage.weight >= HIGH or rises[stage.stage] >= RISE]
    for stage in sorted(telling, key=lambda each: (-rises[each.stage], -each.weight)):
        sources = tuple(part.source for part in stage.contributions if part.source is not None)
        if not sources:
            continue
        at = sight.place()
        named = Cell(address=f"{at}.stage", value=stage.label.en, type=CellType.STAGE, sources=sources, label_en=stage.label.en, label_zh=stage.label.zh)
        share, rise = (Decimal(str(amount)).quantize(THOUSANDTH) for amount in (stage.weight, rises[stage.stage]))
        weight = Cell(address=f"{at}.weight", value=f"{share:f}", type=CellType.RATE, sources=sources)
        template = f"stage_{stage.stage}" if stage.stage in KNOWN else "stage_other"
        because = (("weight", share, weight), ("rise", rise, weight))
        yield Finding(SituationKind.STAGE_HIGH, template, {"stage": named, "weight": weight}, sight.today, weight, because)
        return
