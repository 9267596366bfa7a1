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
    """1 minus the ratio of two Brier scores, with its 95 % interval; ``clusters`` accounts, ``deals`` and ``origins`` stand behind it."""

    point: float
    low: float
    high: float
    clusters: int
    deals: int
    origins: int

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
        return Skill(0.0, -1.0, 1.0, 0, 0, 0)
    held, place = np.unique(clusters, return_inverse=True)
    own = np.bincount(place, weights=(p - won) ** 2)
    theirs = np.bincount(place, weights=(reference - won) ** 2)
    drawn = [1 - (weights @ own) / (weights @ theirs) for weights in cluster_weights(len(held), rng)]
    low, high = np.quantile(np.concatenate(drawn), [0.025, 0.975])
    return Skill(float(1 - own.sum() / theirs.sum()), float(low), float(high), len(held), len(np.unique(deals)), len(np.unique(origins)))


def cluster_weights(clusters: int, rng: np.random.Generator, draws: int = DRAWS) -> Iterator[Floats]:
    """How often each cluster is drawn, for ``draws`` resamples in batches of (draws, clusters)."""
    import numpy as np

    for start in range(0, draws, BATCH):
        size = min(BATCH, draws - start)
        chosen = rng.integers(0, clusters, (size, clusters)) + np.arange(size)[:, None] * clusters
        yield np.bincount(chosen.ravel(), minlength=size * clusters).reshape(size, clusters).astype(float)
