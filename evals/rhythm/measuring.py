"""False alarms and delays of the test for changed rhythms, on invented accounts whose true rates are known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from evals.figures import Z95, Figure
from evals.rhythm.calibrating import draw
from tools.journey.rhythm.calendar import Occasion
from tools.journey.rhythm.detecting import detect
from tools.journey.rhythm.exposure import Busyness, fit_busyness
from tools.journey.rhythm.population import Population, fit_population
from tools.journey.rhythm.thresholds import CHARTS, STATED_RATE, WEEKS_A_YEAR, Thresholds

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

FIRST_MONDAY = date(2016, 1, 4)
TRUE_BUSYNESS = Busyness(
    effects={
        Occasion.SPRING_FESTIVAL: np.log(0.05),
        Occasion.NATIONAL_DAY: np.log(0.3),
        Occasion.LABOUR_DAY: np.log(0.6),
        Occasion.SINGLE_HOLIDAY: np.log(0.5),
        Occasion.AROUND_SPRING_FESTIVAL: np.log(0.6),
        Occasion.YEAR_END: np.log(0.5),
        Occasion.QUARTER_END: np.log(1.5),
    }
)
"""What holidays really do in the invented company; the test learns it from the counts."""
DISPERSIONS = (1.0, 1.5, 2.0)
RATES = (0.05, 20.0)
WATCHED, YEARS = 900, 8
PAST = 104
PATIENCE = 160
DELAYED = 1_500
CASES = tuple((rate, factor) for rate in (1.0, 3.0, 8.0) for factor in (0.5, 2.0))


def evaluate_rhythm() -> dict[str, Figure]:
    """Every figure of the area, under its metric's name."""
    return false_alarms() | delays()


def false_alarms(seed: int = 11) -> dict[str, Figure]:
    """Alarms an account and year where no account changes: all of eight years without any warming up, with holidays.

    A third of the accounts have counts as uneven as chance, a third half as much again, a third twice as uneven (variance over mean).
    """
    rng = np.random.default_rng(seed)
    weeks = round(YEARS * WEEKS_A_YEAR)
    mondays = [FIRST_MONDAY + timedelta(days=7 * week) for week in range(weeks)]
    busy = np.array([TRUE_BUSYNESS.of(monday) for monday in mondays])
    rates = np.exp(rng.uniform(np.log(RATES[0]), np.log(RATES[1]), WATCHED))
    dispersion = np.resize(DISPERSIONS, WATCHED)
    counts = draw(rng, rates[:, None] * busy, dispersion[:, None])
    busyness = fit_busyness(mondays, counts)
    exposure = np.array([busyness.of(monday) for monday in mondays])
    first = np.zeros(WATCHED, dtype=np.int64)
    population = fit_population(counts, exposure, first, [""] * WATCHED)
    alarms = np.zeros(WATCHED)
    for alarm in detect(counts, exposure, population, Thresholds()):
        alarms[alarm.account] += 1
    found = {"rhythm_false_alarms_per_year": per_year(alarms)}
    for wanted in DISPERSIONS:
        found[f"rhythm_false_alarms_per_year_dispersion_{wanted:g}"] = per_year(alarms[dispersion == wanted])
    for low, high in ((0.05, 0.5), (0.5, 4.0), (4.0, 20.0)):
        found[f"rhythm_false_alarms_per_year_{low:g}_to_{high:g}_a_week"] = per_year(alarms[(rates >= low) & (rates < high)])
    return found


def per_year(alarms: Floats) -> Figure:
    """The mean over accounts a year with its normal interval; accounts are independent, the weeks of one are not."""
    yearly = alarms / YEARS
    half = Z95 * float(yearly.std(ddof=1)) / len(yearly) ** 0.5
    return Figure(metric=float(yearly.mean()), interval=(max(0.0, float(yearly.mean()) - half), float(yearly.mean()) + half), n=round(len(yearly) * YEARS))


def delays(seed: int = 12) -> dict[str, Figure]:
    """Median weeks to the alarm over those of a one-sided CUSUM that knows both rates and spends the whole stated rate on that one change."""
    rng = np.random.default_rng(seed)
    found: dict[str, Figure] = {}
    for rate, factor in CASES:
        ours, oracle = _delays(rng, rate, factor), _oracle_delays(rng, rate, factor)
        name = f"rhythm_delay_over_oracle_{'halved' if factor < 1 else 'doubled'}_from_{rate:g}"
        found[name] = _ratio(rng, ours, oracle)
        found[f"{name}_weeks"] = _median(rng, ours)
    worst = max((figure for name, figure in found.items() if not name.endswith("_weeks")), key=lambda figure: figure.metric)
    return {"rhythm_delay_over_oracle": worst, **found}


def _delays(rng: np.random.Generator, rate: float, factor: float) -> Floats:
    """Weeks from a change after two years of own past to the alarm in its direction; infinite where none came. Accounts with an alarm before are left out."""
    counts = np.concatenate([rng.poisson(rate, (DELAYED, PAST)), rng.poisson(rate * factor, (DELAYED, PATIENCE))], axis=1)
    population = Population(np.full(DELAYED, 0.5), np.full(DELAYED, 0.5 / 3.0), np.ones(DELAYED))  # vague, and around another rate than the true one
    delay, spoilt = np.full(DELAYED, np.inf), np.zeros(DELAYED, dtype=bool)
    for alarm in detect(counts, np.ones(counts.shape[1]), population, Thresholds()):
        if alarm.noticed < PAST:
            spoilt[alarm.account] = True
        elif (CHARTS[alarm.chart].factor > 1) == (factor > 1):
            delay[alarm.account] = min(delay[alarm.account], alarm.noticed - PAST + 1)
    return delay[~spoilt]


def _oracle_delays(rng: np.random.Generator, rate: float, factor: float) -> Floats:
    low, high = 0.0, 12.0
    usual = _page(rng.poisson(rate, (4 * DELAYED, 520)), rate, factor)
    for _ in range(20):
        middle = (low + high) / 2
        first = _first(usual, middle)
        alarms = np.isfinite(first).sum() / np.minimum(first, usual.shape[1]).sum()
        low, high = (middle, high) if alarms > STATED_RATE / WEEKS_A_YEAR else (low, middle)
    path = _page(np.concatenate([rng.poisson(rate, (DELAYED, PAST)), rng.poisson(rate * factor, (DELAYED, PATIENCE))], axis=1), rate, factor)
    return _first(path[~(path[:, :PAST] > high).any(1)][:, PAST:], high)


def _page(counts: Counts, rate: float, factor: float) -> Floats:
    """Page's recursion with both rates known."""
    path, state = np.empty(counts.shape), np.zeros(len(counts))
    for week in range(counts.shape[1]):
        state = np.maximum(state, 0.0) + counts[:, week] * np.log(factor) - rate * (factor - 1)
        path[:, week] = state
    return path


def _first(path: Floats, height: float) -> Floats:
    hit = path > height
    return np.where(hit.any(1), hit.argmax(1) + 1.0, np.inf)


def _ratio(rng: np.random.Generator, above: Floats, below: Floats) -> Figure:
    drawn = [np.median(rng.choice(above, len(above))) / np.median(rng.choice(below, len(below))) for _ in range(200)]
    ends = np.quantile(drawn, (0.025, 0.975))
    return Figure(metric=float(np.median(above) / np.median(below)), interval=(float(ends[0]), float(ends[1])), n=len(above))


def _median(rng: np.random.Generator, delay: Floats) -> Figure:
    ends = np.quantile([np.median(rng.choice(delay, len(delay))) for _ in range(200)], (0.025, 0.975))
    return Figure(metric=float(np.median(delay)), interval=(float(ends[0]), float(ends[1])), n=len(delay))
