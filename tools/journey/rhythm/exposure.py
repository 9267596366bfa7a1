"""How busy each week is for everybody: what holidays and quarter ends do, learnt from the store as a whole and held by what the calendar says.

Knows nothing of single accounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import exp, log
from typing import TYPE_CHECKING

from tools.journey.rhythm.calendar import Occasion, occasion
from tools.trace.cells import Frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

WEEK = timedelta(days=7)
WORKING_DAYS = 5
SUPPOSED: Mapping[Occasion, tuple[float, float]] = {
    Occasion.SPRING_FESTIVAL: (log(0.15), 1.0),
    Occasion.NATIONAL_DAY: (log(0.15), 1.0),
    Occasion.LABOUR_DAY: (log(0.3), 1.0),
    Occasion.SINGLE_HOLIDAY: (log(0.3), 1.0),
    Occasion.AROUND_SPRING_FESTIVAL: (0.0, 0.5),
    Occasion.YEAR_END: (0.0, 0.5),
    Occasion.QUARTER_END: (0.0, 0.5),
}
"""What is supposed of each occasion before any record is seen: mean and standard deviation of the log of how busy a week full of it is.

Wide, so that two years of records of a company that never heard of 国庆 outweigh them.
"""
STEPS = 25
CARRIED_BY = 30
"""The effective number of accounts (Kish 1965: the square of the sum over the sum of squares) from which a trend is one of the store."""


class Trend(Frozen):
    """What all accounts have in common over the years: the log of it is ``slope * t + curve * t²``, with ``t`` from -1 in the first week to 1 in the last."""

    first: date
    last: date
    slope: float
    curve: float

    def of(self, monday: date) -> float:
        """The log of how busy a week is for everybody against the last one."""
        passed = 2 * (monday - self.first).days / max((self.last - self.first).days, 1) - 1
        t = min(max(passed, -1.0), 1.0)
        return self.slope * (t - 1) + self.curve * (t * t - 1)


class Busyness(Frozen):
    """The log of how busy a week is that is full of an occasion, an ordinary week being 0, and the trend of the store."""

    effects: dict[Occasion, float]
    trend: Trend | None = None

    def of(self, monday: date) -> float:
        """How busy the week that begins on ``monday`` is for everybody; 1 is an ordinary one of these days."""
        season = sum(self.effects[kind] * share for kind, share in occasions(monday).items())
        return exp(season + (self.trend.of(monday) if self.trend else 0.0))


def supposed() -> Busyness:
    """What is taken where no records are."""
    return Busyness(effects={kind: mean for kind, (mean, _) in SUPPOSED.items()})


def occasions(monday: date) -> dict[Occasion, float]:
    """The share of a week's five working days that each occasion takes."""
    found: dict[Occasion, float] = {}
    for offset in range(WORKING_DAYS):
        kind = occasion(monday + timedelta(days=offset))
        if kind is not None:
            found[kind] = found.get(kind, 0.0) + 1 / WORKING_DAYS
    return found


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def fit_busyness(mondays: Sequence[date], counts: Counts) -> Busyness:
    """Learn the effects from all accounts of a store, ``counts`` of shape ``(accounts, weeks)``, beside a smooth trend.

    The trend is kept where many accounts carry it (:data:`CARRIED_BY`): that a company grows is then no change of each of its accounts. Where few do, it
    is theirs.

    Quasi-Poisson regression with a normal prior on each effect (:data:`SUPPOSED`), by Newton's method (McCullagh and Nelder, Generalized Linear
    Models, 1989, ch. 9): weeks that vary by more than chance count for less, so that a small store stays near what is supposed.
    """
    import numpy as np

    kinds, totals = list(SUPPOSED), counts.sum(0).astype(float)
    if len(mondays) < 4 or totals.sum() == 0:
        return supposed()
    shares = [occasions(monday) for monday in mondays]
    time = np.linspace(-1.0, 1.0, len(mondays))
    design = np.column_stack([np.ones_like(time), time, time**2, *([each.get(kind, 0.0) for each in shares] for kind in kinds)])
    mean = np.array([0.0, 0.0, 0.0, *(SUPPOSED[kind][0] for kind in kinds)])
    precision = np.array([1e-6, 1.0, 1.0, *(SUPPOSED[kind][1] ** -2 for kind in kinds)])
    beta = mean.copy()
    beta[0] = np.log(totals.mean() + 1e-9)
    dispersion = 1.0
    for _ in range(STEPS):
        fitted = np.exp(np.clip(design @ beta, -30, 30))
        gradient = design.T @ (totals - fitted) / dispersion - precision * (beta - mean)
        curvature = (design.T * (fitted / dispersion)) @ design + np.diag(precision)
        beta = beta + np.clip(np.linalg.solve(curvature, gradient), -1.0, 1.0)
        dispersion = max(1.0, float(((totals - fitted) ** 2 / np.maximum(fitted, 1e-9)).mean()))
    by_account = counts.sum(1).astype(float)
    common = by_account.sum() ** 2 >= CARRIED_BY * (by_account**2).sum()
    return Busyness(
        effects={kind: float(beta[place + 3]) for place, kind in enumerate(kinds)},
        trend=Trend(first=mondays[0], last=mondays[-1], slope=float(beta[1]), curve=float(beta[2])) if common else None,
    )
