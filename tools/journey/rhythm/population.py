"""What is known of an account before its own past says more: a Gamma prior from similar accounts, and how unevenly counts fall.

Knows neither the calendar nor how changes are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]
    Flags = NDArray[np.bool_]

LEAST_GROUP = 20
"""Groups with fewer accounts take the prior of all."""
SHAPES = (0.2, 4.0)
"""Bounds of the prior's shape: a prior that is sure of an account would hide its own past."""
BLOCKS = (1, 4, 13)
"""Weeks that are held against those next to them. What swings from month to month or quarter to quarter at all accounts is their usual course and no change."""
CHANGED = 0.02
"""The share of accounts, those that vary most, that may have changed and therefore don't tell how unevenly counts usually fall."""


@dataclass(frozen=True, slots=True)
class Population:
    """For each account a Gamma prior (``shape``, ``rate``; weekly rates in ordinary weeks) and the dispersion (variance over mean) of all."""

    shape: Floats
    rate: Floats
    dispersion: Floats

    def of(self, rows: Sequence[int]) -> Population:
        """That of some accounts."""
        return Population(self.shape[rows], self.rate[rows], self.dispersion[rows])


def fit_population(counts: Counts, exposure: Floats, first: Counts, groups: Sequence[str]) -> Population:
    """Empirical Bayes by moments over accounts, ``counts`` of shape ``(accounts, weeks)``, each counted from its week ``first`` on.

    Each group of similar accounts gets its own prior (Robbins 1956; moments as in Clayton and Kaldor, Biometrics 43 (1987) 671-681).
    """
    import numpy as np

    lived = np.arange(counts.shape[1])[None, :] >= first[:, None]
    total = (counts * lived).sum(1).astype(float)
    time = (exposure[None, :] * lived).sum(1)
    dispersion = np.full(len(total), max(1.0, *(_pairwise(*_blocks(counts, exposure, lived, weeks)) for weeks in BLOCKS)))
    everyone = _moments(total, time, dispersion)
    shape, rate = np.full(len(total), everyone[0]), np.full(len(total), everyone[1])
    labels = np.array(groups, dtype=object)
    for group in set(groups):
        members = labels == group
        if members.sum() >= LEAST_GROUP:
            shape[members], rate[members] = _moments(total[members], time[members], dispersion[members])
    return Population(shape, rate, dispersion)


def _moments(total: Floats, time: Floats, dispersion: Floats) -> tuple[float, float]:
    import numpy as np

    if not len(total) or total.sum() == 0 or time.sum() == 0:
        return 0.5, 1.0
    mean = total.sum() / time.sum()
    beyond = float(((total - mean * time) ** 2 - dispersion * mean * time).sum() / (time**2).sum())
    shape = float(np.clip(mean**2 / beyond, *SHAPES)) if beyond > 0 else SHAPES[1]
    return shape, shape / mean


def _pairwise(counts: Counts, exposure: Floats, lived: Flags) -> float:
    """Variance over mean from neighbouring weeks, given what both hold together: a lasting change of the rate is in one pair alone."""
    import numpy as np

    total, share = counts[:, 1:] + counts[:, :-1], exposure[1:] / (exposure[1:] + exposure[:-1])
    both = lived[:, :-1]
    spread = ((counts[:, 1:] - total * share) ** 2 / (share * (1 - share)) * both).sum(1)
    held = (total * both).sum(1)
    kept = np.argsort(spread - held)[: ceil(len(held) * (1 - CHANGED))]
    return float(spread[kept].sum() / held[kept].sum()) if held[kept].sum() else 1.0


def _blocks(counts: Counts, exposure: Floats, lived: Flags, weeks: int) -> tuple[Counts, Floats, Flags]:
    """The same in blocks of so many weeks, the newest whole."""
    start = counts.shape[1] % weeks
    whole = lived[:, start:].reshape(len(counts), -1, weeks).min(2)
    return counts[:, start:].reshape(len(counts), -1, weeks).sum(2), exposure[start:].reshape(-1, weeks).sum(1), whole
