"""From decayed sums to the weights of stages with their intervals, for many accounts at once. Knows neither store nor events.

``z_s = b_s + sum a * q * c * 2**(-age / h_s) + relations``, ``w_s = 1 / (1 + exp(-z_s))``. The interval is that of the delta method on the
log-odds: the law of propagation of uncertainty (JCGM 100:2008, 5.1.2) with the products of the uncertain ``a`` and ``q`` in full, the
correlation of stages that rest on the same origins, and the half-life's uncertainty to first order; its ends are carried over by the logistic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from tools.journey.reading_weights import order
from tools.journey.weights import JourneyWeights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEVEL = 0.90


class CellKey(NamedTuple):
    """What a sum is of: one kind of evidence from one origin, decaying with one half-life in seconds."""

    evidence: str
    origin: str
    half_life: int


@dataclass(frozen=True, slots=True)
class DecayedSums:
    """What :func:`tools.journey.decaying.read` reads, shapes ``(accounts, cells)``; the columns are those of ``cells``."""

    cells: tuple[CellKey, ...]
    mass: Array
    square: Array
    age: Array


@dataclass(frozen=True, slots=True)
class Intensities:
    """Log-odds with their standard deviations, shapes ``(accounts, stages)`` in the order of the file; ``related`` are the relations' summands in its order."""

    stages: tuple[str, ...]
    log_odds: Array
    deviation: Array
    related: Array

    def weights(self) -> Array:
        """The weight of every stage, in [0, 1]."""
        return logistic(self.log_odds)

    def interval(self, level: float = LEVEL) -> tuple[Array, Array]:
        """The ends of the interval of each weight at a level of coverage."""
        reach = NormalDist().inv_cdf(0.5 + level / 2) * self.deviation
        return logistic(self.log_odds - reach), logistic(self.log_odds + reach)


def intensities(weights: JourneyWeights, sums: DecayedSums) -> Intensities:
    """Every stage of every account."""
    import numpy as np

    accounts, stages, origins = len(sums.mass), tuple(weights.stages), tuple(weights.origins)
    place = {stage: number for number, stage in enumerate(stages)}
    log_odds = np.empty((accounts, len(stages)))
    # How each log-odds moves with one standard deviation of each independent source: of one's own stage, then of the origins that stages share.
    moves = np.zeros((accounts, len(stages), len(stages) + len(origins)))
    related = np.zeros((accounts, len(weights.relations)))
    for stage in order(weights):
        here = place[stage]
        log_odds[:, here], own, shared = _unrelated(weights, stage, origins, sums)
        moves[:, here, here] = np.sqrt(own)
        moves[:, here, len(stages) :] = shared
        for number, relation in enumerate(weights.relations):
            if relation.target == stage:
                there = place[relation.source]
                weight, level = logistic(log_odds[:, there]), logistic(np.float64(weights.stages[relation.source].base))
                related[:, number] = relation.gain * np.maximum(0.0, weight - level)
                log_odds[:, here] += related[:, number]
                slope = np.where(weight > level, relation.gain * weight * (1.0 - weight), 0.0)
                moves[:, here] += slope[:, None] * moves[:, there]
    return Intensities(stages, log_odds, np.sqrt((moves**2).sum(axis=2)), related)


def logistic(log_odds: Array) -> Array:
    """``1 / (1 + exp(-x))`` without overflow."""
    import numpy as np

    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def _unrelated(weights: JourneyWeights, stage: str, origins: Sequence[str], sums: DecayedSums) -> tuple[Array, Array, Array]:
    """Log-odds of a stage from its own evidence, their variance by what is uncertain about it alone, and their moves with each origin's reliability."""
    import numpy as np

    spec, accounts = weights.stages[stage], len(sums.mass)
    log_odds, ageing = np.full(accounts, spec.base), np.zeros(accounts)
    own, shared = np.full(accounts, spec.base_uncertainty**2), np.zeros((accounts, len(origins)))
    for key in weights.evidence:
        weight = weights.evidence[key].stages.get(stage)
        columns = [number for number, cell in enumerate(sums.cells) if weight and cell.evidence == key and cell.half_life == weights.half_life_s(key, stage)]
        if weight is None or not columns:
            continue
        counted, noise, systematic = np.zeros(accounts), np.zeros(accounts), np.zeros(accounts)
        for column in columns:
            name = sums.cells[column].origin
            if name not in weights.origins:
                continue
            origin, mass = weights.origins[name], sums.mass[:, column]
            counted += origin.reliability * mass
            noise += origin.spread**2 * sums.square[:, column]
            systematic += (origin.uncertainty * mass) ** 2
            shared[:, origins.index(name)] += weight.weight * origin.uncertainty * mass
            ageing += weight.weight * origin.reliability * sums.age[:, column]
        log_odds += weight.weight * counted
        own += weight.weight**2 * noise + weight.uncertainty**2 * (counted**2 + systematic + noise)
    own += (spec.half_life_uncertainty * log(2.0) * ageing) ** 2
    return log_odds, own, shared
