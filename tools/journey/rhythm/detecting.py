"""The sequential test: a two-sided CUSUM in its Gamma-Poisson form, for many accounts at once and week by week.

Knows counts and exposures of weeks; neither where they come from nor what they mean.

Page's CUSUM (Biometrika 41 (1954) 100-115) is the largest log-likelihood ratio over the weeks in which the rate may have changed. The rate itself is
not known here; with a Gamma prior and the account's own past it is integrated out, before the change and, times a factor, after it. With ``A``
the prior's shape plus all counts, ``B`` its rate plus all exposure, and ``X``, ``E`` the counts and the exposure since the supposed change,
the log ratio for a factor ``f`` is ``X ln f - A ln(1 + (f - 1) E / B)``. Uneven counts are met by quasi-likelihood: counts and exposure are divided by the
dispersion (Wedderburn, Biometrika 61 (1974) 439-447). Window-limited as in Lai, IEEE Trans. Inf. Theory 44 (1998) 2917-2929, so that a week costs the same
whatever the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.journey.rhythm.population import Population
from tools.journey.rhythm.thresholds import CHARTS, Thresholds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]
    Flags = NDArray[np.bool_]

WINDOW = 260
"""Weeks of its own past that an account is held against."""
AGES = (*range(1, 17), *range(18, 34, 2), *range(36, 105, 4))
"""How many weeks ago the rate may have changed: every week at first, then every second, then every fourth, up to two years."""
LEAST_PAST = 13
"""Weeks that a rhythm must have lasted before a change of it can be told."""
STEADY = 52.0
"""So many pairs of weeks of its own does an account need before its own dispersion counts as much as that of all."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """What one week brought: places of the accounts that gave an alarm, and for each the chart, the first changed week, the excess and the dispersion."""

    account: Counts
    chart: Counts
    changed: Counts
    excess: Floats
    dispersion: Floats


class Detector:
    """Follows many accounts, week by week. Each step takes the same time however long it has been going on."""

    def __init__(self, population: Population, thresholds: Thresholds, first: Counts | None = None) -> None:
        """Weeks before an account's ``first`` one (0 for all where not given) are passed over for that account."""
        import numpy as np

        n = len(population.shape)
        self._np, self._population, self._thresholds = np, population, thresholds
        self._ages = np.array(AGES)
        self._factors = np.array([chart.factor for chart in CHARTS])
        self.week = 0
        self.since = np.zeros(n, dtype=np.int64) if first is None else first.astype(np.int64)
        """The week since which each account's rhythm is taken for one."""
        self._counts, self._exposure = np.zeros((WINDOW + 1, n)), np.zeros(WINDOW + 1)
        self._previous, self._before = np.zeros(n), 0.0
        self._spread, self._held, self._pairs = np.zeros(n), np.zeros(n), np.zeros(n)

    def step(self, counts: Counts, exposure: float) -> Alarms:
        """Take one more week: ``counts`` of shape ``(accounts,)`` and how busy the week is for everybody.

        An account with an alarm starts anew after that week: the weeks that raised the alarm were chosen for being unusual, so what they tell of the
        new rate is biased, and a baseline made of them would soon raise the next one.
        """
        np, now = self._np, self.week
        self.take(counts, exposure)
        statistics, ages, level = self.statistics()
        dispersion = self.dispersion()
        passed = statistics - self._thresholds.of(level, dispersion)
        chart = passed.argmax(0)
        every = np.arange(len(chart))
        excess = passed[chart, every]
        hit = np.flatnonzero(excess > 0)
        changed = now + 1 - ages[chart[hit], hit]
        self.since[hit] = now + 1
        return Alarms(hit, chart[hit], changed, excess[hit], dispersion[hit])

    def statistics(self) -> tuple[Floats, Counts, Floats]:
        """After a week: each chart's statistic and the age of its change, shape ``(charts, accounts)``, and each account's weekly rate over its dispersion."""
        np = self._np
        now, width = self.week, WINDOW + 1
        dispersion = self.dispersion()
        oldest = np.maximum(self.since, now - WINDOW)
        newest = now % width
        places, every = oldest % width, np.arange(len(oldest))
        weight = self._population.shape + (self._counts[newest] - self._counts[places, every]) / dispersion
        time = self._population.rate + (self._exposure[newest] - self._exposure[places]) / dispersion
        ages = self._ages[self._ages <= now]
        since = (now - ages) % width
        after = (self._counts[newest] - self._counts[since]) / dispersion
        share = (self._exposure[newest] - self._exposure[since])[:, None] / (dispersion * time)
        impossible = now - ages[:, None] < self.since[None, :] + LEAST_PAST
        best, age = np.full((len(CHARTS), len(oldest)), -np.inf), np.ones((len(CHARTS), len(oldest)), dtype=np.int64)
        for place, factor in enumerate(self._factors):
            ratio = after * np.log(factor) - weight * np.log1p((factor - 1) * np.minimum(share, 1.0))
            ratio[impossible] = -np.inf
            top = ratio.argmax(0)
            best[place], age[place] = ratio[top, every], ages[top]
        return best, age, weight / time / dispersion

    def dispersion(self) -> Floats:
        """Each account's variance over mean, at least 1: its own, drawn towards that of all the more the fewer its weeks are."""
        np = self._np
        own = self._spread / np.maximum(self._held, 1.0)
        shared = (STEADY * self._population.dispersion + self._pairs * own) / (STEADY + self._pairs)
        found: Floats = np.maximum(shared, 1.0)
        return found

    def take(self, counts: Counts, exposure: float) -> None:
        """Take one more week without judging it."""
        np, width = self._np, WINDOW + 1
        lived = self.since <= self.week
        seen = np.where(lived, counts, 0).astype(float)
        if self.week > 0 and exposure > 0 and self._before > 0:
            total = np.where(self.since < self.week, seen + self._previous, 0.0)
            part = exposure / (exposure + self._before)
            self._spread += np.where(total > 0, (seen - total * part) ** 2 / (part * (1 - part)), 0.0)
            self._held += total
            self._pairs += total > 1
        self._previous, self._before = seen, exposure
        here, there = self.week % width, (self.week + 1) % width
        self._counts[there] = self._counts[here] + seen
        self._exposure[there] = self._exposure[here] + exposure
        self.week += 1


@dataclass(frozen=True, slots=True)
class Alarm:
    """An account's change: the week in which it was noticed, the first week of the new rhythm, and the chart that noticed it. Weeks count from 0."""

    account: int
    chart: int
    noticed: int
    changed: int
    began: int
    """The first week of the rhythm before."""
    excess: float
    dispersion: float


def detect(counts: Counts, exposure: Floats, population: Population, thresholds: Thresholds, first: Counts | None = None) -> tuple[Alarm, ...]:
    """All alarms of whole histories, ``counts`` of shape ``(accounts, weeks)``, ordered by week. The same as following them week by week."""
    detector = Detector(population, thresholds, first)
    found: list[Alarm] = []
    for week in range(counts.shape[1]):
        before = detector.since.copy()
        step = detector.step(counts[:, week], float(exposure[week]))
        columns = (step.account, step.chart, step.changed, step.excess, step.dispersion)
        for account, chart, changed, excess, dispersion in zip(*(column.tolist() for column in columns), strict=True):
            found.append(Alarm(account, chart, week, changed, int(before[account]), excess, dispersion))
    return tuple(found)
