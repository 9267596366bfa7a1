"""Forecasts of the same kind of period made on past days, against what came: how wide the interval must be to keep its promise. Knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.forecast.history import History
from tools.forecast.simulating import Drawn, Outlook, Period, by_segment, draw, known_on

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

STEP, MOST, DRAWS = 30, 10, 200
LOW, HIGH = 0.05, 0.95
USUAL = 1 / 1.645**2
"""The mean square of a normal deviation in units of the half-width of its 90 % interval."""
TRUSTED, NARROWEST, WIDEST, FARTHEST = 3.0, 0.8, 3.0, 4.0


@dataclass(frozen=True, slots=True)
class Past:
    """One forecast made on a past ``day``: ``low``, ``point`` and ``high`` as simulated then, and the ``actual`` value that came."""

    day: int
    low: float
    point: float
    high: float
    actual: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A 90 % interval around the median."""

    low: float
    point: float
    high: float


@dataclass(frozen=True, slots=True)
class Lookback:
    """A period that is over, as drawn on a past day with what was known then."""

    period: Period
    drawn: Drawn


def backtest(history: History, period: Period, rng: np.random.Generator, *, seasonal: bool, step: int = STEP, most: int = MOST) -> tuple[Past, ...]:
    """Looks at past periods of the same kind, and what came; see :func:`lookbacks`."""
    import numpy as np

    return pasts_of(history, lookbacks(history, period, rng, seasonal=seasonal, step=step, most=most), np.ones(len(history.ids), bool))


def pasts_of(history: History, looks: Sequence[Lookback], inside: Flags) -> tuple[Past, ...]:
    """What was forecast of the deals that are meant, and what came of them."""
    import numpy as np

    segments, found = np.where(inside, 0, 1), []
    for each in looks:
        interval = simulated(by_segment(history, each.drawn, each.period, segments), 0)
        came = inside & history.won & (history.closed >= each.period.start) & (history.closed <= each.period.end)
        found.append(Past(each.period.day, interval.low, interval.point, interval.high, float(np.nansum(history.amount[came]))))
    return tuple(found)


def lookbacks(history: History, period: Period, rng: np.random.Generator, *, seasonal: bool, step: int = STEP, most: int = MOST) -> tuple[Lookback, ...]:
    """Up to ``most`` looks at periods that are over by ``period.day``, each ``step`` days before the one after, latest first, with what was known then."""
    found: list[Lookback] = []
    back = -(-(period.end - period.day) // step) * step
    while len(found) < most:
        look = period.earlier(back)
        known = known_on(history, look.day, seasonal=seasonal)
        if known is None:
            break
        found.append(Lookback(look, draw(history, known, look, DRAWS, rng)))
        back += step
    return tuple(found)


def simulated(outlook: Outlook, segment: int | None = None) -> Interval:
    """The 5 %, 50 % and 95 % quantiles of the draws of a segment, or of all."""
    import numpy as np

    totals = outlook.totals.sum(axis=1) if segment is None else outlook.totals[:, segment]
    return Interval(*(float(each) for each in np.quantile(totals, [LOW, 0.5, HIGH])))


def widening(pasts: tuple[Past, ...], horizon: int, step: int = STEP) -> float:
    """By how much to stretch the interval around its median, from how far past values lay from theirs in half-widths of the same side.

    The mean square is shrunk towards the one that a right interval has; looks that overlap count for less. Between 0.8 and 3.
    """
    import numpy as np

    if not pasts:
        return 1.0
    weight = len(pasts) * own_share(horizon, step)
    square = (TRUSTED + weight * float(np.mean([square_off(past) for past in pasts])) / USUAL) / (TRUSTED + weight)
    return float(np.clip(np.sqrt(square), NARROWEST, WIDEST))


def own_share(horizon: int, step: int = STEP) -> float:
    """How much of a look is its own: looks that overlap count for less."""
    return min(step / max(horizon, 1), 1.0)


def square_off(past: Past) -> float:
    """The square of how far the value lay from the median, in half-widths of its side; one far out counts as four."""
    width = past.high - past.point if past.actual > past.point else past.point - past.low
    return float(min(abs(past.actual - past.point) / max(width, 1e-9), FARTHEST) ** 2)


def stretched(interval: Interval, factor: float, floor: float) -> Interval:
    """The interval with both sides longer by ``factor``, never below ``floor`` (what is booked already)."""
    low = max(interval.point - factor * (interval.point - interval.low), floor)
    return Interval(low, interval.point, interval.point + factor * (interval.high - interval.point))
