"""Synthetic histories with known truth: what the file of stages only estimates is drawn anew for each of them, and the weight follows event by event.

Knows nothing of how the engine sums; gamma, beta and log-normal draws have the means and deviations of the file, and none is normal but the base.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.journey.weights import DAY_S, JourneyWeights

NOW = 836_000_000
WRONG = 1 / 3
LONGEST_AGE_DAYS = 720

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Histories:
    """Events of many accounts, one entry each; ``account`` runs from 0. ``stage`` is the one that is looked at of each account, ``truth`` its true weight."""

    account: Ints
    evidence: tuple[str, ...]
    origin: tuple[str, ...]
    at: Ints
    counts: Array
    stage: Ints
    truth: Array
    moving: Ints
    """How many events move the stage that is looked at."""


def draw_histories(weights: JourneyWeights, n: int, rng: np.random.Generator, *, wrong: bool = False) -> Histories:
    """``n`` histories. With ``wrong``, true half-lives and reliabilities are each a third above or below what the file says, beyond what it allows for."""
    kinds = [key for key, each in weights.evidence.items() if each.stages]
    size = np.maximum(1, np.rint(rng.lognormal(2.8, 1.3, n))).astype(np.int64).clip(max=500)
    account = np.repeat(np.arange(n), size)
    total = int(size.sum())
    taste = rng.dirichlet(np.full(len(kinds), 0.06), n)  # every account has its own few kinds
    kind = (rng.random(total)[:, None] > taste.cumsum(axis=1)[account]).sum(axis=1).clip(max=len(kinds) - 1)
    at = NOW - (rng.gamma(1.2, 90.0, total).clip(max=LONGEST_AGE_DAYS) * DAY_S).astype(np.int64)
    counts = np.where(rng.random(total) < 0.3, rng.uniform(0.5, 1.0, total), 1.0)
    names, origins = list(weights.evidence), list(weights.origins)
    origin = np.array([origins.index(weights.evidence[key].origin) for key in kinds])[kind]
    trusted = _reliabilities(weights, n, rng, wrong)[account, origin]
    spread = np.array([each.spread for each in weights.origins.values()])[origin]
    log_odds, moving = _log_odds(weights, n, rng, wrong, account, [kinds[k] for k in kind], at, counts * _beta(trusted, spread, rng))
    stage = np.array([rng.choice(np.flatnonzero(row > 0)) if row.any() else 0 for row in moving])
    rows = np.arange(n)
    assert set(names) >= set(kinds)
    return Histories(
        account, tuple(kinds[k] for k in kind), tuple(origins[o] for o in origin), at, counts, stage, 1 / (1 + np.exp(-log_odds[rows, stage])), moving[rows, stage]
    )


def _log_odds(
    weights: JourneyWeights, n: int, rng: np.random.Generator, wrong: bool, account: Ints, kinds: list[str], at: Ints, certain: Array
) -> tuple[Array, Ints]:
    """True log-odds by account and stage, and how many events move each."""
    stages = list(weights.stages)
    found, moving = np.zeros((n, len(stages))), np.zeros((n, len(stages)), np.int64)
    stretch = {}
    for number, (key, stage) in enumerate(weights.stages.items()):
        found[:, number] = rng.normal(stage.base, stage.base_uncertainty, n)
        deviation = np.sqrt(np.log1p(stage.half_life_uncertainty**2))
        stretch[key] = _third(rng, n) if wrong else rng.lognormal(-(deviation**2) / 2, deviation, n)
    names = np.array(kinds)
    for key, evidence in weights.evidence.items():
        mine = names == key
        for stage_key, weight in evidence.stages.items():
            number = stages.index(stage_key)
            strength = _gamma(weight.weight, weight.uncertainty, n, rng)
            half_life = weights.half_life_s(key, stage_key) * stretch[stage_key][account[mine]]
            effect = strength[account[mine]] * certain[mine] * np.exp2(-(NOW - at[mine]) / half_life)
            np.add.at(found[:, number], account[mine], effect)
            np.add.at(moving[:, number], account[mine], 1)
    done: set[str] = set()
    while len(done) < len(stages):  # those first on which nothing acts that is not done yet
        for key in (each for each in stages if each not in done):
            acting = [each for each in weights.relations if each.target == key]
            if all(each.source in done for each in acting):
                for each in acting:
                    source = stages.index(each.source)
                    level = 1 / (1 + np.exp(-weights.stages[each.source].base))
                    found[:, stages.index(key)] += each.gain * np.maximum(0.0, 1 / (1 + np.exp(-found[:, source])) - level)
                done.add(key)
    return found, moving


def _reliabilities(weights: JourneyWeights, n: int, rng: np.random.Generator, wrong: bool) -> Array:
    columns = []
    for each in weights.origins.values():
        mean = np.full(n, each.reliability)
        columns.append(np.minimum(1.0, mean * _third(rng, n)) if wrong else _beta(mean, np.full(n, each.uncertainty), rng))
    return np.stack(columns, axis=1)


def _third(rng: np.random.Generator, n: int) -> Array:
    return 1 + WRONG * rng.choice([-1.0, 1.0], n)


def _gamma(mean: float, deviation: float, n: int, rng: np.random.Generator) -> Array:
    """Draws of the mean's sign; the mean itself where nothing is uncertain."""
    if mean == 0 or deviation == 0:
        return np.full(n, mean)
    shape = (mean / deviation) ** 2
    return np.sign(mean) * rng.gamma(shape, abs(mean) / shape, n)


def _beta(mean: Array, deviation: Array, rng: np.random.Generator) -> Array:
    """Draws in [0, 1]; the mean itself where nothing is uncertain or nothing can be. A deviation that no such draw can have is taken as large as it can be."""
    room = mean * (1 - mean)
    free = (deviation > 0) & (room > 1e-9)
    strength = np.where(free, room / np.where(free, np.minimum(deviation**2, 0.95 * room), 1.0) - 1, 1.0)
    drawn = rng.beta(np.where(free, mean * strength, 1.0), np.where(free, (1 - mean) * strength, 1.0))
    return np.where(free, drawn, mean)
