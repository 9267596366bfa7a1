"""Other outcomes for the same deals: shuffled within the month of their end, or drawn so that something known carries a signal."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from tools.forecast.history import NEVER, UNKNOWN, History

Flags = NDArray[np.bool_]
STRENGTH = 0.9
"""Standard deviation, in log-odds, of the planted effect over the owners, products …"""


def months_of(history: History) -> NDArray[np.int64]:
    """The month in which each deal ended, 0 for open ones."""
    return np.array([0 if day >= NEVER else (end := date.fromordinal(day)).year * 12 + end.month for day in history.closed.tolist()], np.int64)


def permuted(won: Flags, months: NDArray[np.int64], rng: np.random.Generator) -> Flags:
    """Outcomes shuffled among the deals that ended in the same month, so that only what tells them apart in it is lost."""
    found = won.copy()
    for month in np.unique(months[months > 0]).tolist():
        rows = np.flatnonzero(months == month)
        found[rows] = won[rng.permutation(rows)]
    return found


def planted(history: History, by: str, rng: np.random.Generator) -> Flags:
    """Outcomes that depend on who or what a deal is of (owner, product, account, region), at the same rate of wins."""
    coded = history.groups[by] if by in history.groups else history.words[by]
    effects = rng.normal(0, STRENGTH, len(coded.levels))
    effects = (effects - effects.mean()) / max(effects.std(), 1e-9) * STRENGTH
    rate = history.won[history.decided].mean()
    odds = np.log(rate / (1 - rate)) + np.where(coded.codes == UNKNOWN, 0.0, effects[np.maximum(coded.codes, 0)])
    found: Flags = history.decided & (rng.random(len(odds)) < 1 / (1 + np.exp(-odds)))
    return found
