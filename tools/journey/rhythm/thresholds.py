"""How high each chart's statistic must rise for an alarm, so that false alarms come at the stated rate.

Knows the charts and the measured table beside it (``thresholds.yaml``, written by ``python -m evals.rhythm --calibrate``); nothing of any account.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tools.journey.rhythm.errors import RateCannotBePromised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEEKS_A_YEAR = 365.2425 / 7
STATED_RATE = 0.1
"""False alarms an account and year, of all charts together, unless another rate is asked for: one in ten years."""
LOWEST, HIGHEST = 0.005, 1.0
"""Rates between which the measured table was found to hold."""
TABLE = Path(__file__).with_name("thresholds.yaml")


@dataclass(frozen=True, slots=True)
class Chart:
    """A change that is looked for: the rate times ``factor``. ``share`` is its part of the false alarms."""

    name: str
    factor: float
    share: float


CHARTS = (Chart("halved", 0.5, 0.44), Chart("nearly stopped", 0.1, 0.06), Chart("doubled", 2.0, 0.44), Chart("surged", 6.0, 0.06))
"""Two on each side: a halving or doubling, as early as it can be noticed, and a far larger change, noticed sooner."""


class Thresholds:
    """The thresholds of all charts for one stated rate of false alarms.

    Far out, the rate of false alarms falls with the threshold ``h`` as ``C exp(-h)`` (Siegmund, Sequential Analysis, 1985, ch. 2); ``ln C`` is what the table
    holds for each chart by the account's usual count a week over its dispersion, and by the dispersion. Between the rows it is interpolated.
    """

    def __init__(self, rate: float = STATED_RATE) -> None:
        """``rate`` in false alarms an account and year, between :data:`LOWEST` and :data:`HIGHEST`. Raises RateCannotBePromised outside."""
        import numpy as np

        if not LOWEST <= rate <= HIGHEST:
            raise RateCannotBePromised(rate=rate, lowest=LOWEST, highest=HIGHEST)
        self.rate = rate
        self._np = np
        levels, dispersions, constants = _table()
        self._levels, self._dispersions = np.log(np.array(levels)), np.array(dispersions)
        budget = np.log(np.array([rate * chart.share / WEEKS_A_YEAR for chart in CHARTS]))
        self._heights = np.array(constants) - budget[:, None, None]

    def of(self, level: Floats, dispersion: Floats) -> Floats:
        """Thresholds, shape ``(charts, accounts)``, of accounts with these usual counts a week over their dispersion, and these dispersions."""
        np = self._np
        across, right = self._between(self._levels, np.log(np.maximum(level, 1e-9)))
        down, below = self._between(self._dispersions, dispersion)
        upper = self._heights[:, down, across] * (1 - right) + self._heights[:, down, across + 1] * right
        lower = self._heights[:, down + 1, across] * (1 - right) + self._heights[:, down + 1, across + 1] * right
        found: Floats = upper * (1 - below) + lower * below
        return found

    def _between(self, grid: Floats, values: Floats) -> tuple[NDArray[np.int64], Floats]:
        """The row of the grid below each value, and how far it is on the way to the next; values beyond the ends are taken for the ends."""
        np = self._np
        inside = np.clip(values, grid[0], grid[-1])
        row = np.clip(np.searchsorted(grid, inside, side="right") - 1, 0, len(grid) - 2)
        return row, (inside - grid[row]) / (grid[row + 1] - grid[row])


@cache
def _table() -> tuple[list[float], list[float], list[list[list[float]]]]:
    import yaml

    content = yaml.safe_load(TABLE.read_text("utf-8"))
    return content["level"], content["dispersion"], [content["ln_c"][chart.name] for chart in CHARTS]
