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


class Busyness(Frozen):
    """The log of how busy a week is that is full of an occasion, an ordinary week being 0."""

    effects: dict[Occasion, float]

    def of(self, monday: date) -> float:
        """How busy the week that begins on ``monday`` is for everybody; 1 is an ordinary one."""
        return exp(sum(self.effects[kind] * share for kind, share in occasions(monday).items()))


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


def fit_busyness(mondays: Sequence[date], counts: Counts, first: Counts | None = None) -> Busyness:
    """Learn the effects from all accounts of a store, ``counts`` of shape ``(accounts, weeks)``, beside a smooth trend.

    Each account counts from its week ``first`` on (0 where not given) and against its own rate. The trend only keeps growth out of the effects: an
    account is held against its own past, whatever the others do.

    Quasi-Poisson regression with a normal prior on each effect (:data:`SUPPOSED`), by Newton's method (McCullagh and Nelder, Generalized Linear
    Models, 1989, ch. 9): weeks that vary by more than chance count for less, so that a small store stays near what is supposed.
    """
    import numpy as np

    kinds = list(SUPPOSED)
    lived = np.ones(counts.shape, dtype=bool) if first is None else np.arange(counts.shape[1])[None, :] >= first[:, None]
    seen = counts * lived
    totals, by_account = seen.sum(0).astype(float), seen.sum(1).astype(float)
    if len(mondays) < 4 or totals.sum() == 0:
        return supposed()
    shares = [occasions(monday) for monday in mondays]
    time = np.linspace(-1.0, 1.0, len(mondays))
    design = np.column_stack([np.ones_like(time), time, time**2, *([each.get(kind, 0.0) for each in shares] for kind in kinds)])
    mean = np.array([0.0, 0.0, 0.0, *(SUPPOSED[kind][0] for kind in kinds)])
    precision = np.array([1e-6, 1.0, 1.0, *(SUPPOSED[kind][1] ** -2 for kind in kinds)])
    beta = mean.copy()
    dispersion = 1.0
    for _ in range(STEPS):
        relative = np.exp(np.clip(design @ beta, -30, 30))
        fitted = relative * ((by_account / np.maximum(lived @ relative, 1e-9)) @ lived)
        gradient = design.T @ (totals - fitted) / dispersion - precision * (beta - mean)
        curvature = (design.T * (fitted / dispersion)) @ design + np.diag(precision)
        beta = beta + np.clip(np.linalg.solve(curvature, gradient), -1.0, 1.0)
        dispersion = max(1.0, float(((totals - fitted) ** 2 / np.maximum(fitted, 1e-9)).mean()))
    return Busyness(effects={kind: float(beta[place + 3]) for place, kind in enumerate(kinds)})
