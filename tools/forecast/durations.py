"""How long deals last and how they end: hazards of being won and lost by age, from all deals that were underway. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.forecast.history import NEVER, History

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

BINS, FEWEST, HALF = 20, 15, 0.5
PRIOR = 8.0
"""So many deals of the overall win rate are added to each band of age."""


@dataclass(frozen=True, slots=True)
class Durations:
    """Hazards by age.

    Bands reach from edge to edge of ``edges`` (days; the last one goes on for ever); ``hazard`` is the cumulative hazard of a decision at each edge,
    ``won`` the share won of what is decided in each band.
    """

    edges: Floats
    hazard: Floats
    won: Floats
    n: int

    def hazard_between(self, age: Floats, later: Floats) -> Floats:
        """The hazard of a decision that deals pass through from one age to a later one."""
        return self._cumulative(later) - self._cumulative(age)

    def decision_age(self, age: Floats, waits: Floats) -> Floats:
        """The age at which deals of ``age`` are decided when they wait for that much hazard (exponential, mean one)."""
        import numpy as np

        reached = self._cumulative(age) + waits
        beyond = np.maximum(reached - self.hazard[-1], 0.0) / self._last_rate
        found: Floats = np.interp(reached, self.hazard, self.edges) + beyond
        return found

    def won_at(self, age: Floats) -> Floats:
        """The share won of what is decided at that age."""
        import numpy as np

        return self.won[np.clip(np.searchsorted(self.edges, age, "right") - 1, 0, len(self.won) - 1)]

    def _cumulative(self, age: Floats) -> Floats:
        import numpy as np

        found: Floats = np.interp(age, self.edges, self.hazard) + np.maximum(age - self.edges[-1], 0.0) * self._last_rate
        return found

    @property
    def _last_rate(self) -> float:
        return float((self.hazard[-1] - self.hazard[-2]) / (self.edges[-1] - self.edges[-2]))


def fit_durations(history: History, day: int, since: int) -> Durations | None:
    """Hazards as known on ``day`` (Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978) 141-150, with hazards constant in bands of age).

    Open deals count as far as they have come; beyond the longest life that ended, half an end is reckoned for all the days that open deals spent there. A
    deal that was opened before ``since``, the first day on which an end is recorded, counts only from the age it had then: that it lasted till then is why it
    is there. None without fifteen decided deals.
    """
    import numpy as np

    dated = (history.opened >= 0) & (history.opened <= day)
    end = np.minimum(history.closed, day)
    entry = np.maximum(since - history.opened, 0)[dated].astype(float)
    leave = (end - history.opened)[dated].astype(float) + 0.5
    over = (history.closed <= day)[dated]
    if over.sum() < FEWEST:
        return None
    bands = int(min(BINS, over.sum() // FEWEST))
    edges = np.unique(np.concatenate([[0.0], np.quantile(leave[over], np.arange(1, bands + 1) / bands) + 0.5]))
    beyond = np.clip(leave - np.maximum(entry, edges[-1]), 0.0, None).sum()
    low, high = edges[:-1], edges[1:]
    exposure = np.clip(np.minimum(leave[:, None], high) - np.maximum(entry[:, None], low), 0.0, None).sum(axis=0)
    band = np.clip(np.searchsorted(edges, leave, "right") - 1, 0, len(low) - 1)
    ends = np.bincount(band[over], minlength=len(low))
    wins = np.bincount(band[over], weights=history.won[dated][over], minlength=len(low))
    rate = wins.sum() / ends.sum()
    shares = (wins + PRIOR * rate) / (ends + PRIOR)
    hazards = ends / np.maximum(exposure, 1.0)
    late = min(float(hazards[-1]), HALF / beyond if beyond else np.inf)
    hazard = np.cumsum([0.0, *(hazards * (high - low)), late])
    return Durations(np.append(edges, edges[-1] + 1), hazard, np.append(shares, shares[-1]), int(over.sum()))


def first_end(history: History) -> int:
    """The first day on which a deal ended; NEVER where none did."""
    return int(history.closed.min()) if len(history.closed) else NEVER
