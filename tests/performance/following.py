"""Times following the rhythm of many accounts, week by week."""

from __future__ import annotations

import time

import numpy as np

from tools.journey.rhythm.detecting import WINDOW, Detector
from tools.journey.rhythm.population import Population
from tools.journey.rhythm.thresholds import Thresholds

PAST = WINDOW + 10
SEED = 9


def follow(accounts: int, weeks: int) -> list[float]:
    """Microseconds an account and week, of each week, after a past that fills the window."""
    rng = np.random.default_rng(SEED)
    rates = np.exp(rng.uniform(-3, 2.5, accounts))
    detector = Detector(Population(np.full(accounts, 0.5), np.full(accounts, 0.5), np.full(accounts, 1.2)), Thresholds())
    for _ in range(PAST):
        detector.take(rng.poisson(rates), 1.0)
    taken = []
    for _ in range(weeks):
        counts = rng.poisson(rates)
        began = time.perf_counter()
        detector.step(counts, 1.0)
        taken.append((time.perf_counter() - began) / accounts * 1e6)
    return taken
