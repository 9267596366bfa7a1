"""What a period brings: durations from history, draws that hold all that is open, intervals checked against the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.tools.forecast.deals import DAY, history
from tools.forecast.backtesting import Interval, Past, backtest, simulated, stretched, widening
from tools.forecast.durations import first_end, fit_durations
from tools.forecast.errors import NoAmountsWon, PeriodIsOver, PeriodIsTooFar, PeriodUpsideDown, SideUnknown, TooFewDecided
from tools.forecast.history import NEVER, History
from tools.forecast.periods import forecast_period
from tools.forecast.simulating import Period, known_on, simulate
from tools.forecast.study import Study

TODAY = date.fromordinal(DAY)
NEXT = Period(DAY, DAY + 1, DAY + 60)


def drawn(deals: History, period: Period = NEXT, draws: int = 400) -> np.ndarray:
    grounds = known_on(deals, period.day, seasonal=False)
    assert grounds is not None
    return simulate(deals, grounds, period, np.zeros(len(deals.ids), np.int64), draws, np.random.default_rng(1)).totals[:, 0]


def test_hazards_of_a_constant_rate_are_found_again() -> None:
    rng = np.random.default_rng(5)
    deals = history(4000)
    lasted = np.ceil(rng.exponential(40, 4000)).astype(np.int64)
    closed = np.where(deals.opened + lasted > DAY, NEVER, deals.opened + lasted)
    deals = replace(deals, closed=closed, won=closed < NEVER)
    durations = fit_durations(deals, DAY, first_end(deals))
    assert durations is not None
    passed = durations.hazard_between(np.array([10.0, 30.0]), np.array([30.0, 60.0]))
    assert np.allclose(passed, [0.5, 0.75], rtol=0.12)
    again = durations.decision_age(np.array([10.0]), passed[:1])
    assert abs(again[0] - 30.0) < 0.01


def test_open_deals_that_outlive_all_others_are_not_expected_to_end_soon() -> None:
    deals = history(800)
    old = np.arange(0, 800, 8)
    closed = deals.closed.copy()
    closed[old] = NEVER
    durations = fit_durations(replace(deals, closed=closed, won=deals.won & (closed < NEVER)), DAY, first_end(deals))
    assert durations is not None
    assert durations.hazard_between(np.array([400.0]), np.array([460.0]))[0] < 0.02


def test_what_is_booked_is_in_every_draw() -> None:
    deals = history()
    begun = Period(DAY, DAY - 40, DAY + 30)
    booked = deals.amount[deals.won & (deals.closed >= begun.start)].sum()
    assert booked > 0
    assert drawn(deals, begun).min() >= booked


def test_deals_not_created_yet_are_counted() -> None:
    deals = history()
    everything_over = replace(deals, closed=np.where(deals.closed == NEVER, DAY, deals.closed), won=deals.won)
    assert np.median(drawn(everything_over, Period(DAY, DAY + 1, DAY + 120))) > 0


def test_the_interval_is_wider_than_win_or_lose_noise_of_what_is_open() -> None:
    deals = history(600)
    outlook_years = drawn(deals, Period(DAY, DAY + 1, DAY + 90))
    underway = deals.closed == NEVER
    chance = deals.won[deals.decided].mean()
    noise = np.sqrt((chance * (1 - chance) * deals.amount[underway] ** 2).sum())
    assert outlook_years.std() > noise


def test_the_same_seed_gives_the_same_forecast() -> None:
    one, two = (forecast_period(Study(history(), TODAY), TODAY + timedelta(1), TODAY + timedelta(60), "owner") for _ in range(2))
    assert one == two
    assert one.total.low < one.total.point < one.total.high


def test_sides_add_up_to_what_is_booked_and_name_each_owner() -> None:
    deals = history()
    found = forecast_period(Study(deals, TODAY), TODAY - timedelta(50), TODAY + timedelta(30), "owner")
    assert sum(bracket.booked for bracket in found.brackets) == found.booked
    assert {bracket.name for bracket in found.brackets} == set("abcdef")


def test_open_deals_without_amounts_draw_them_from_wins() -> None:
    deals = history()
    assert np.median(drawn(replace(deals, amount=np.where(deals.won, deals.amount, np.nan)))) > 0


def test_notes_of_deals_not_begun_add_nothing() -> None:
    deals = history()
    noted = replace(deals, opened=np.where((deals.closed == NEVER) & (np.arange(400) % 2 == 0), -1, deals.opened))
    assert np.median(drawn(noted)) < np.median(drawn(deals))


def test_past_looks_know_nothing_of_what_came_after() -> None:
    deals = history(900)
    looks = backtest(deals, NEXT, np.random.default_rng(2), seasonal=False)
    assert len(looks) == 10
    border = looks[3].day
    changed = replace(deals, won=np.where(deals.closed > border, ~deals.won & deals.decided, deals.won))
    again = backtest(changed, NEXT, np.random.default_rng(2), seasonal=False)
    assert [(one.low, one.point, one.high) for one in looks[:1]] != [(one.low, one.point, one.high) for one in again[:1]]
    grounds = [known_on(each, border, seasonal=False) for each in (deals, changed)]
    assert grounds[0] is not None
    assert grounds[1] is not None
    assert np.array_equal(grounds[0].durations.hazard, grounds[1].durations.hazard)
    assert np.array_equal(grounds[0].durations.won, grounds[1].durations.won)
    assert np.array_equal(grounds[0].wins, grounds[1].wins)
    assert (grounds[0].rate, grounds[0].wander) == (grounds[1].rate, grounds[1].wander)


def test_an_interval_that_past_values_left_is_stretched_and_a_right_one_is_not() -> None:
    far = tuple(Past(DAY - 30 * at, 90.0, 100.0, 110.0, 140.0) for at in range(1, 9))
    right = tuple(Past(DAY - 30 * at, 90.0, 100.0, 110.0, actual) for at, actual in enumerate((95.0, 106.0, 101.0, 91.0, 108.0, 98.0, 104.0, 93.0)))
    assert widening(far, 30) > 2
    assert widening(right, 30) < 1.1
    assert widening((), 30) == 1.0
    assert stretched(Interval(90.0, 100.0, 110.0), 2.0, 85.0) == Interval(85.0, 100.0, 120.0)


def test_the_interval_is_of_draws() -> None:
    deals = history()
    grounds = known_on(deals, DAY, seasonal=False)
    assert grounds is not None
    outlook = simulate(deals, grounds, NEXT, np.zeros(400, np.int64), 400, np.random.default_rng(1))
    interval = simulated(outlook)
    assert abs((outlook.totals[:, 0] <= interval.high).mean() - 0.95) < 0.01
    assert abs(outlook.open.sum(axis=1).mean() - outlook.expected.sum()) < 1e-6


@pytest.mark.parametrize(
    ("start", "end", "error"),
    [(10, 5, PeriodUpsideDown), (-90, -1, PeriodIsOver), (-90, 0, PeriodIsOver), (1, 4000, PeriodIsTooFar)],
)
def test_a_period_that_cannot_be_forecast_is_refused(start: int, end: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        forecast_period(Study(history(), TODAY), TODAY + timedelta(start), TODAY + timedelta(end))


def test_what_is_missing_is_said() -> None:
    deals = history()
    with pytest.raises(NoAmountsWon):
        forecast_period(Study(replace(deals, amount=np.full(400, np.nan)), TODAY), TODAY, TODAY + timedelta(30))
    with pytest.raises(SideUnknown):
        forecast_period(Study(deals, TODAY), TODAY, TODAY + timedelta(30), "planet")
    with pytest.raises(TooFewDecided):
        Study(history(15), TODAY)
