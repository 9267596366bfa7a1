"""How busy a week is for everybody follows from the calendar and from the records of the whole store."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from tools.journey.rhythm.calendar import Occasion
from tools.journey.rhythm.exposure import SUPPOSED, Busyness, fit_busyness, monday_of, occasions, supposed

MONDAYS = [date(2022, 1, 3) + timedelta(days=7 * week) for week in range(208)]
GOLDEN_WEEK = date(2023, 10, 2)


def test_week_of_a_holiday_is_quiet_and_an_ordinary_one_is_not() -> None:
    assert supposed().of(date(2026, 2, 16)) == pytest.approx(0.15)
    assert supposed().of(GOLDEN_WEEK) < 0.2
    assert supposed().of(date(2026, 11, 2)) == 1


def test_days_of_a_week_are_shared_out_among_its_occasions() -> None:
    assert occasions(date(2025, 12, 29)) == pytest.approx({Occasion.YEAR_END: 0.6, Occasion.SINGLE_HOLIDAY: 0.2})
    assert monday_of(date(2026, 11, 8)) == date(2026, 11, 2)


@pytest.mark.parametrize("golden", [0.05, 1.0])
def test_what_a_holiday_does_is_learnt_from_the_store(golden: float) -> None:
    """A company that never heard of 国庆 is not taken to rest in it."""
    truth = Busyness(effects=supposed().effects | {Occasion.NATIONAL_DAY: float(np.log(golden)), Occasion.QUARTER_END: 0.6})
    counts = np.random.default_rng(4).poisson([truth.of(monday) * 1.001**week for week, monday in enumerate(MONDAYS)], (400, len(MONDAYS)))

    learnt = fit_busyness(MONDAYS, counts)

    assert learnt.of(GOLDEN_WEEK) == pytest.approx(truth.of(GOLDEN_WEEK), abs=0.07)
    assert learnt.effects[Occasion.QUARTER_END] == pytest.approx(0.6, abs=0.1)


def test_few_records_leave_what_is_supposed() -> None:
    counts = np.zeros((1, 208), dtype=np.int64)
    counts[0, ::20] = 1

    learnt = fit_busyness(MONDAYS, counts)

    assert all(abs(learnt.effects[kind] - mean) < deviation for kind, (mean, deviation) in SUPPOSED.items())
    assert fit_busyness(MONDAYS, np.zeros((3, 208), dtype=np.int64)) == supposed()


def test_accounts_that_come_later_and_growth_are_not_taken_for_a_season() -> None:
    """Half of the accounts come just before the last quarter end, and all grow: neither makes it a busier one."""
    first = np.where(np.arange(400) < 200, 0, 195)
    means = np.array([supposed().of(monday) * 1.003**week for week, monday in enumerate(MONDAYS)])
    counts = np.random.default_rng(6).poisson(means * (np.arange(208)[None, :] >= first[:, None]))

    learnt = fit_busyness(MONDAYS, counts, first)

    assert learnt.effects[Occasion.QUARTER_END] == pytest.approx(0.0, abs=0.06)
