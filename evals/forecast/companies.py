"""Invented companies with a known future, made otherwise than the forecast's own simulation: nothing here is drawn from a past.

New deals come from a negative binomial whose mean follows the season and drifts; accounts and reps have effects of their own on winning and on amounts;
the win rate wanders as an autoregression; lost deals last as long as a Weibull says, won ones as a gamma.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.forecast.history import NEVER, UNKNOWN, Coded, Events, History
from tools.forecast.simulating import Period

START = 738_000
"""Day number of the first day, in 2021."""
MONTH = 30


@dataclass(frozen=True, slots=True)
class Company:
    """A history as it is known on ``period.day``, and the value that the period brought in the end."""

    history: History
    period: Period
    actual: float


def invent(rng: np.random.Generator) -> Company:
    """One company: two to four years, 2 to 20 new deals a week, a period of one or three months that lies ahead or has begun."""
    days = int(rng.integers(730, 1400))
    horizon, begun = int(rng.choice([30, 91])), int(rng.choice([0, 0, 20]))
    day = START + days - 1
    period = Period(day, day + 1 - begun, day - begun + horizon)
    opened = _arrivals(rng, days + horizon)
    n = len(opened)
    accounts = rng.integers(0, max(12, n // 8), n)
    reps = rng.integers(0, int(rng.integers(4, 25)), n)
    odds = rng.normal(-0.3, 0.5) + rng.normal(0, 0.5, accounts.max() + 1)[accounts] + rng.normal(0, 0.3, reps.max() + 1)[reps]
    odds += _wandering(rng, days + horizon, 0.12)[opened // MONTH]
    won = rng.random(n) < 1 / (1 + np.exp(-odds))
    mean = rng.uniform(30, 100)
    lasted = np.where(won, rng.gamma(2.5, mean / 2.5, n), mean * 0.9 * rng.weibull(1.2, n) / 0.94).astype(np.int64) + 1
    amount = np.exp(rng.normal(11, 0.8) + rng.normal(0, 0.5, accounts.max() + 1)[accounts] + rng.normal(0, rng.uniform(0.4, 0.9), n))
    closed = START + opened + lasted
    inside = won & (closed >= period.start) & (closed <= period.end)
    actual = float(amount[inside].sum())
    here = START + opened <= day
    known = _history(START + opened[here], np.where(closed[here] > day, NEVER, closed[here]), won[here], amount[here], accounts[here], reps[here])
    return Company(known, period, actual)


def _arrivals(rng: np.random.Generator, days: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Days on which deals are opened: overdispersed months, a mild season and a drift of up to 15 % a year."""
    months = days // MONTH + 1
    when = np.arange(months)
    mean = rng.uniform(2, 20) * MONTH / 7 * (1 + 0.15 * np.sin(2 * np.pi * when / 12 + rng.uniform(0, 6))) * np.exp(rng.uniform(-0.15, 0.15) * when / 12)
    size = rng.uniform(15, 60)
    counts = rng.negative_binomial(size, size / (size + mean))
    opened = np.repeat(when, counts) * MONTH + rng.integers(0, MONTH, counts.sum())
    return np.sort(opened[opened < days]).astype(np.int64)


def _wandering(rng: np.random.Generator, days: int, spread: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A shift of the log-odds for each month, near that of the month before."""
    found = np.zeros(days // MONTH + 1)
    for at in range(1, len(found)):
        found[at] = 0.85 * found[at - 1] + rng.normal(0, spread)
    return found


def _history(opened, closed, won, amount, accounts, reps) -> History:  # type: ignore[no-untyped-def] # noqa: ANN001
    n = len(opened)
    nothing = np.empty(0, np.int64)
    unknown = np.full(n, np.nan)
    return History(
        ids=np.arange(n), names=(), opened=opened, closed=closed, planned=np.full(n, NEVER), won=won & (closed < NEVER), amount=amount, price=unknown,
        probability=unknown,
        groups={
            "owner": Coded(reps, tuple(f"rep {each}" for each in range(reps.max() + 1))),
            "account": Coded(accounts, tuple(f"account {each}" for each in range(accounts.max() + 1))),
            "product": Coded(np.full(n, UNKNOWN), ()),
        },
        words={}, numbers={}, stage_now=Coded(np.full(n, UNKNOWN), ()), stage_moves=Events(nothing, nothing, nothing), stage_codes=nothing,
    )  # fmt: skip
