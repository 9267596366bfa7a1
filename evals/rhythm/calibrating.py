"""Measures the table of thresholds: how often each chart passes a height by chance, by the account's usual count a week and by how unevenly counts fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import yaml

from tools.journey.rhythm.detecting import Detector
from tools.journey.rhythm.population import Population
from tools.journey.rhythm.thresholds import CHARTS, STATED_RATE, TABLE, WEEKS_A_YEAR, Thresholds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVELS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0, 1.7, 3.0, 5.0, 8.0, 14.0, 25.0, 50.0)
DISPERSIONS = (1.0, 1.5, 2.0, 3.0, 5.0)
ACCOUNTS, PAST, WEEKS = 1_200, 104, 520
LEAST = -4.0
"""Below it a chart would alarm at a small excess: only where counts fall exactly by chance would the rate then hold."""
SEED = 20


def calibrate() -> None:
    """Write the table. Takes some minutes; each number rests on 12,000 years of accounts after two years of their own past."""
    rng = np.random.default_rng(SEED)
    rows = [[_constants(level, dispersion, rng) for level in LEVELS] for dispersion in DISPERSIONS]
    content = {
        "level": list(LEVELS),
        "dispersion": list(DISPERSIONS),
        "ln_c": {chart.name: [[round(each[place], 3) for each in row] for row in rows] for place, chart in enumerate(CHARTS)},
    }
    head = "# How often each chart passes a height h by chance: exp(ln_c - h) a week. Measured by: python -m evals.rhythm --calibrate\n"
    TABLE.write_text(head + yaml.safe_dump(content, default_flow_style=None, sort_keys=False, width=160), "utf-8")


def _constants(level: float, dispersion: float, rng: np.random.Generator) -> list[float]:
    """``ln C`` of each chart at one usual count a week (over its dispersion), at the height at which it uses up its share of the stated rate."""
    detector = Detector(even_population(ACCOUNTS, level * dispersion, dispersion), Thresholds())
    paths = np.empty((WEEKS, len(CHARTS), ACCOUNTS), dtype=np.float32)
    for week in range(PAST + WEEKS):
        detector.take(draw(rng, np.full(ACCOUNTS, level * dispersion), dispersion), 1.0)
        if week >= PAST:
            paths[week - PAST] = detector.statistics()[0]
    found = []
    for place, chart in enumerate(CHARTS):
        wanted = STATED_RATE * chart.share / WEEKS_A_YEAR
        low, high = -2.0, 14.0
        for _ in range(30):
            middle = (low + high) / 2
            low, high = (middle, high) if _rate(paths[:, place], middle) > wanted else (low, middle)
        found.append(max(float(high + np.log(wanted)), LEAST))
    return found


def _rate(paths: NDArray[np.float32], height: float) -> float:
    """Alarms a week up to each account's first one."""
    hit = paths > height
    some = hit.any(0)
    return float(some.sum() / np.where(some, hit.argmax(0) + 1, len(paths)).sum())


def even_population(accounts: int, rate: float, dispersion: float) -> Population:
    """A vague prior around one weekly rate."""
    return Population(np.full(accounts, 0.5), np.full(accounts, 0.5 / rate), np.full(accounts, dispersion))


def draw(rng: np.random.Generator, mean: Floats, dispersion: Floats | float) -> NDArray[np.int64]:
    """Counts with that mean and variance over mean: Poisson where it is 1, negative binomial above."""
    beyond = np.broadcast_to(np.maximum(np.asarray(dispersion) - 1, 1e-9), mean.shape)
    return np.where(beyond > 1e-6, rng.poisson(rng.gamma(mean / beyond + 1e-12, beyond)), rng.poisson(mean))
