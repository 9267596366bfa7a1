"""The proof of what the data can tell: the base rate, and how much better than it forecasts made without the future were."""

from __future__ import annotations

from dataclasses import dataclass

from tools.forecast.proving import SCALE, Ledger, RateAt, scaled
from tools.forecast.skill import Skill
from tools.store.classification import Classification
from tools.trace.cells import CellType


@dataclass(slots=True)
class SkillAt:
    """Addresses of a skill, the ends of its 95 % interval, and how many past deals and accounts it rests on."""

    point: str
    low: str
    high: str
    deals: str
    clusters: str


@dataclass(slots=True)
class SignalProof:
    """The base rate, and the skill over it: None where no forecast of a past deal could be made without its future."""

    claimed: bool
    base: RateAt
    skill: SkillAt | None


def prove_signal(ledger: Ledger) -> SignalProof:
    """Write the base rate and the skill of the study. Raises NoOpeningDays."""
    import numpy as np

    study, history = ledger.study, ledger.history
    decided = np.flatnonzero(history.decided)
    block = ledger.deals("decided", decided, (("won", CellType.FLAG, 0),), history.won[decided].astype(int).tolist(), classification=Classification.INTERNAL)
    k = ledger.derive("base.won", CellType.COUNT, "count", block, where=(("won", 1),))
    base = ledger.rate("base.rate", k, ledger.derive("base.decided", CellType.COUNT, "count", block))
    return SignalProof(study.skill.claimed, base, _skill(ledger, study.skill) if study.skill.clusters else None)


def _skill(ledger: Ledger, skill: Skill) -> SkillAt:
    """1 less the ratio of two sums of squared errors, with quantiles of the same over accounts drawn again."""
    columns = (("own", CellType.NUMBER, SCALE), ("reference", CellType.NUMBER, SCALE), ("deals", CellType.COUNT, 0))
    errors = zip(skill.own.tolist(), skill.theirs.tolist(), skill.told.tolist(), strict=True)
    rows = [[at, 1, scaled(own), scaled(theirs), told] for at, (own, theirs, told) in enumerate(errors, 1)]
    block = ledger.block("past_errors", "forecast_errors", columns, rows, len(rows))
    drawn = [[at, ledger.study.seed, scaled(each)] for at, each in enumerate(skill.drawn.tolist(), 1)]
    draws = ledger.block("skill_draws", "forecast_draws", (("skill", CellType.NUMBER, SCALE),), drawn, len(drawn))
    sums = [ledger.derive(f"skill.{name}", CellType.NUMBER, "sum", f"{block}.{name}") for name in ("own", "reference")]
    point = ledger.derive("skill.point", CellType.RATE, "delta", ledger.one, ledger.derive("skill.ratio", CellType.NUMBER, "ratio", *sums))
    low, high = (
        ledger.derive(f"skill.{name}", CellType.RATE, "quantile", f"{draws}.skill", ledger.constant(f"where.skill_{name}", level, CellType.NUMBER))
        for name, level in (("low", "0.025"), ("high", "0.975"))
    )
    deals = ledger.derive("skill.deals", CellType.COUNT, "sum", f"{block}.deals")
    return SkillAt(point, low, high, deals, ledger.derive("skill.clusters", CellType.COUNT, "count", block))
