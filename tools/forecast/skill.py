"""Whether forecasts made without the future were better than a reference: Brier skill with an interval clustered by account. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

DRAWS, BATCH = 1000, 100
FEWEST_ORIGINS, FEWEST_CLUSTERS = 3, 10


@dataclass(frozen=True, slots=True)
class Skill:
    """1 minus the ratio of two Brier scores, with its 95 % interval; ``clusters`` accounts, ``deals`` and ``origins`` stand behind it.

    ``own`` and ``theirs`` are the squared errors of each account, of the forecasts and of the reference, ``told`` its number of deals; ``drawn`` is the
    skill in each of the resamples.
    """

    point: float
    low: float
    high: float
    clusters: int
    deals: int
    origins: int
    own: Floats
    theirs: Floats
    told: Ints
    drawn: Floats

    @property
    def claimed(self) -> bool:
        """Whether the data carries a signal: the whole interval lies above zero, on at least three origins and ten accounts."""
        return self.low > 0 and self.origins >= FEWEST_ORIGINS and self.clusters >= FEWEST_CLUSTERS


def brier_skill(p: Floats, reference: Floats, won: Floats, clusters: Ints, deals: Ints, origins: Ints, rng: np.random.Generator) -> Skill:
    """Skill of ``p`` over ``reference`` (Brier, Monthly Weather Review 78 (1950) 1-3).

    Accounts are drawn with replacement, each with all of its forecasts (cluster bootstrap, Davison and Hinkley 1997, 3.8; percentile interval). Without
    forecasts the skill is 0 in [-1, 1].
    """
    import numpy as np

    if not len(p):
        return Skill(0.0, -1.0, 1.0, 0, 0, 0, np.empty(0), np.empty(0), np.empty(0, np.int64), np.empty(0))
    held, place = np.unique(clusters, return_inverse=True)
    own: Floats = np.bincount(place, weights=(p - won) ** 2).astype(float)
    theirs: Floats = np.bincount(place, weights=(reference - won) ** 2).astype(float)
    drawn = np.concatenate([1 - (weights @ own) / (weights @ theirs) for weights in cluster_weights(len(held), rng)])
    low, high = np.quantile(drawn, [0.025, 0.975])
    each, first = np.unique(deals, return_index=True)
    told = np.bincount(place[first], minlength=len(held))
    point = float(1 - own.sum() / theirs.sum())
    return Skill(point, float(low), float(high), len(held), len(each), len(np.unique(origins)), own, theirs, told, drawn)


def cluster_weights(clusters: int, rng: np.random.Generator, draws: int = DRAWS) -> Iterator[Floats]:
    """How often each cluster is drawn, for ``draws`` resamples in batches of (draws, clusters)."""
    import numpy as np

    for start in range(0, draws, BATCH):
        size = min(BATCH, draws - start)
        chosen = rng.integers(0, clusters, (size, clusters)) + np.arange(size)[:, None] * clusters
        yield np.bincount(chosen.ravel(), minlength=size * clusters).reshape(size, clusters).astype(float)
