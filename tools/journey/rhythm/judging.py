"""What an alarm says in figures: the weeks it rests on with what was expected of them, the rhythm before, and by how much it changed.

Knows counts and exposures; neither records nor principals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from tools.journey.rhythm.detecting import LEAST_PAST, Alarm
from tools.journey.rhythm.population import Population
from tools.journey.rhythm.schemas import CitedWeek, Direction, Past
from tools.journey.rhythm.thresholds import CHARTS
from tools.trace.cells import Confidence
from tools.trace.intervals import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

HIGHEST = Decimal(1000)
"""A ratio is told up to a thousand times; beyond, the account had no past to speak of."""


class Judged(TypedDict):
    """The figures of an alert."""

    changed: date
    direction: Direction
    chart: str
    past: Past
    weeks: tuple[CitedWeek, ...]
    count: int
    expected: Decimal
    ratio: Confidence
    dispersion: Decimal
    excess: Decimal


def judge(alarm: Alarm, began: int, counts: Counts, exposure: Floats, mondays: Sequence[date], population: Population, row: int) -> Judged:
    """The figures of one account's alarm; ``counts`` are its weeks, ``began`` the first week of the rhythm before, ``row`` its place in the population."""
    up = CHARTS[alarm.chart].factor > 1
    changed = _change(counts[began : alarm.noticed + 1], exposure[began : alarm.noticed + 1], up) + began
    before, since = slice(began, changed), slice(changed, alarm.noticed + 1)
    past, time = int(counts[before].sum()), float(exposure[before].sum())
    now = int(counts[since].sum())
    usual = float((population.shape[row] + past / alarm.dispersion) / (population.rate[row] + time / alarm.dispersion))
    weeks = tuple(
        CitedWeek(monday=mondays[week], count=int(counts[week]), expected=_decimal(usual * exposure[week]), busyness=_decimal(exposure[week]))
        for week in range(changed, alarm.noticed + 1)
    )
    return Judged(
        changed=mondays[changed],
        direction="up" if up else "down",
        chart=CHARTS[alarm.chart].name,
        past=Past(since=mondays[began], weeks=changed - began, count=past, a_week=_decimal(usual)),
        weeks=weeks,
        count=now,
        expected=sum((week.expected for week in weeks), Decimal(0)),
        ratio=_ratio(now, past, time / float(exposure[since].sum()), alarm.dispersion),
        dispersion=_decimal(alarm.dispersion),
        excess=_decimal(alarm.excess),
    )


def _change(counts: Counts, exposure: Floats, up: bool) -> int:
    """The week, of those given, since which another rate is most likely: the largest likelihood ratio of two rates, one higher or lower than the other.

    The charts tell that something changed, by factors fixed before; this tells when, whatever the factor (Hinkley, Biometrika 57 (1970) 1-17).
    """
    import numpy as np

    total, time = counts.cumsum()[LEAST_PAST - 1 : -1].astype(float), exposure.cumsum()[LEAST_PAST - 1 : -1]
    rest, left = counts.sum() - total, exposure.sum() - time
    before, after = total / time, rest / left
    gain = total * np.log(np.maximum(before, 1e-12)) + rest * np.log(np.maximum(after, 1e-12))
    return int(np.where((after > before) == up, gain, -np.inf).argmax()) + LEAST_PAST


def _ratio(now: int, past: int, times: float, dispersion: float) -> Confidence:
    """Rate since over rate before. Given all records, those since are a binomial share of them, whose Wilson interval is turned into one of the ratio.

    Przyborowski and Wilenski, Biometrika 31 (1940) 313-323. Counts are divided by the dispersion first, ``n`` is what is left of them.
    """
    share = wilson(round(now / dispersion), round((now + past) / dispersion))
    low, point, high = (_odds(each, times) for each in (share.low, share.point, share.high))
    return Confidence(level=share.level, low=low, point=point, high=high, method="wilson", n=share.n)


def _odds(share: Decimal, times: float) -> Decimal:
    return HIGHEST if share >= 1 else min(HIGHEST, (share / (1 - share) * _decimal(times)).quantize(Decimal("0.0001")))


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(float(value), 4)))
