"""Turns what was known of deals into columns of numbers for a linear model. Levels, means and spreads come from the rows it is fitted to, no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.forecast.history import UNKNOWN
from tools.forecast.knowing import Known

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_LEVELS, FEWEST_ROWS, WIDEST = 15, 8, 4.0
PACED = "stage"
"""The one column of words whose meaning shifts with age: a young deal in the first stage is no bad sign, an old one is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: of a feature ``name``, for a ``level`` of words (None for a number), times age where ``paced``."""

    name: str
    level: int | None = None
    paced: bool = False


@dataclass(frozen=True, slots=True)
class Encoding:
    """The columns of a fitted model with the mean and spread by which each is standardised."""

    columns: tuple[Column, ...]
    mean: Floats
    spread: Floats

    def matrix(self, known: Known) -> Floats:
        """One row a pair, one column a :class:`Column`. What is unknown lies at the mean; values stay within four spreads of it."""
        return standardised(raw_matrix(known, self.columns), self.mean, self.spread)


def candidates(known: Known) -> tuple[Column, ...]:
    """Every column that these pairs could fill: all numbers, and the most frequent levels of words."""
    import numpy as np

    found = [Column(name) for name in known.numbers]
    for name, coded in known.words.items():
        counts = np.bincount(coded.codes[coded.codes != UNKNOWN], minlength=1)
        levels = [int(level) for level in np.argsort(-counts, kind="stable")[:MOST_LEVELS] if counts[level] >= FEWEST_ROWS]
        found += [Column(name, level) for level in levels]
        if name == PACED:
            found += [Column(name, level, paced=True) for level in levels]
    return tuple(found)


def fit_encoding(columns: tuple[Column, ...], raw: Floats) -> tuple[Encoding, Ints]:
    """The encoding by the rows of ``raw`` (one column each, nan where unknown), and the places of the columns kept: those with eight known values that vary."""
    import numpy as np

    filled = ~np.isnan(raw)
    n = filled.sum(axis=0)
    zeroed = np.where(filled, raw, 0.0)
    mean = zeroed.sum(axis=0) / np.maximum(n, 1)
    spread = np.sqrt(np.maximum((zeroed * zeroed).sum(axis=0) / np.maximum(n, 1) - mean * mean, 0.0))
    marks = np.array([each.level is not None for each in columns], bool)
    enough = np.where(marks, np.minimum(zeroed.astype(bool).sum(axis=0), n), n) >= FEWEST_ROWS
    kept = np.flatnonzero(enough & (spread > 1e-6))
    return Encoding(tuple(columns[at] for at in kept.tolist()), mean[kept], spread[kept]), kept


def raw_matrix(known: Known, columns: tuple[Column, ...]) -> Floats:
    """Values of columns before they are standardised."""
    import numpy as np

    made = np.empty((len(known.deals), len(columns)), order="F")
    for at, column in enumerate(columns):
        if column.level is None:
            made[:, at] = known.numbers[column.name]
            continue
        codes = known.words[column.name].codes
        made[:, at] = codes == column.level
        made[codes == UNKNOWN, at] = np.nan
        if column.paced:
            made[:, at] *= known.numbers["age"]
    return made


def standardised(raw: Floats, mean: Floats, spread: Floats) -> Floats:
    """Distance from the mean in spreads, at most four; the mean itself where unknown."""
    import numpy as np

    scaled = (raw - mean) / spread
    scaled[np.isnan(scaled)] = 0.0
    return np.clip(scaled, -WIDEST, WIDEST, out=scaled)
