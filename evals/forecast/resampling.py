"""Intervals of figures by drawing accounts anew, written apart from the engine's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from evals.figures import Figure

Floats = NDArray[np.float64]
DRAWS, STEPS = 400, 8


def bootstrap(losses: Floats, accounts: NDArray[np.int64], statistic: Callable[[Floats], float], rng: np.random.Generator) -> Figure:
    """A statistic of column sums with its 95 % interval over accounts; ``n`` rows."""
    held, place = np.unique(accounts, return_inverse=True)
    sums = np.column_stack([np.bincount(place, weights=column) for column in losses.T])
    drawn = [statistic(sums[rng.integers(0, len(held), len(held))].sum(axis=0)) for _ in range(DRAWS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(metric=statistic(sums.sum(axis=0)), interval=(float(low), float(high)), n=len(losses))


def calibration_slope(p: Floats, won: Floats, accounts: NDArray[np.int64], rng: np.random.Generator) -> Figure:
    """The slope of a logistic regression of outcomes on forecast log-odds (Cox, Biometrika 45 (1958) 562-565): 1 where the forecasts are calibrated."""
    safe = np.clip(p, 0.005, 0.995)
    odds = np.log(safe / (1 - safe))
    held, place = np.unique(accounts, return_inverse=True)
    drawn = [_slope(odds, won, np.bincount(rng.integers(0, len(held), len(held)), minlength=len(held))[place].astype(float)) for _ in range(DRAWS // 2)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(metric=_slope(odds, won, np.ones(len(odds))), interval=(float(low), float(high)), n=len(odds))


def _slope(odds: Floats, won: Floats, weights: Floats) -> float:
    x = np.column_stack([np.ones(len(odds)), odds])
    beta = np.zeros(2)
    for _ in range(STEPS):
        fitted = 1 / (1 + np.exp(-x @ beta))
        beta += np.linalg.solve((x * (weights * fitted * (1 - fitted))[:, None]).T @ x, x.T @ (weights * (won - fitted)))
    return float(beta[1])
