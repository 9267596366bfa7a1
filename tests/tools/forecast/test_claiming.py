"""Skill is claimed where there is some, and groups are told only when they hold twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from tests.tools.forecast.deals import DAY, history
from tools.forecast.drivers import CALENDAR, closes_at_quarter_end, find_drivers, two_sided_t
from tools.forecast.history import Coded
from tools.forecast.skill import brier_skill
from tools.forecast.study import Study

TODAY = date.fromordinal(DAY)


def test_deals_that_only_chance_decides_get_no_score() -> None:
    claimed = sum(Study(history(500, seed), TODAY).skill.claimed for seed in range(12))
    assert claimed <= 1


def test_deals_that_the_product_decides_get_one() -> None:
    study = Study(history(900, strength=1.2), TODAY)
    assert study.skill.claimed
    assert study.skill.low > 0.05
    assert {driver.name for driver in study.drivers} >= {"product"}


def test_groups_found_by_looking_often_are_hardly_ever_told() -> None:
    told = 0
    for seed in range(20):
        study = Study(history(600, seed), TODAY)
        rng = np.random.default_rng(seed)
        words = {f"word {at}": Coded(rng.integers(0, 6, 600), tuple("uvwxyz")) for at in range(10)}
        again = Study(replace(study.history, words=words), TODAY)
        told += bool(find_drivers(again.history, again.knowledge, again.shots))
    assert told <= 1


def test_the_last_month_of_a_quarter_is_found_where_it_decides() -> None:
    deals = history(3000)
    rng = np.random.default_rng(4)
    late = closes_at_quarter_end(np.where(deals.decided, deals.closed, DAY))
    won = deals.decided & (rng.random(3000) < np.where(late, 0.8, 0.5))
    study = Study(deals.with_outcomes(won), TODAY)
    assert [driver.name for driver in study.drivers] == [CALENDAR]
    assert not study.skill.claimed


def test_skill_without_forecasts_is_not_claimed() -> None:
    nothing, none = np.empty(0), np.empty(0, np.int64)
    assert not brier_skill(nothing, nothing, nothing, none, none, none, np.random.default_rng(0)).claimed


def test_skill_is_one_minus_the_ratio_of_brier_scores() -> None:
    rng = np.random.default_rng(0)
    won = (rng.random(500) < 0.5).astype(float)
    p, base = np.where(won == 1, 0.8, 0.2), np.full(500, 0.5)
    skill = brier_skill(p, base, won, np.arange(500) % 25, np.arange(500), np.arange(500) % 5, rng)
    assert abs(skill.point - (1 - 0.04 / 0.25)) < 1e-12
    assert (skill.clusters, skill.deals, skill.origins) == (25, 500, 5)


def test_two_sided_t_agrees_with_tables() -> None:
    assert abs(two_sided_t(2.776, 4) - 0.05) < 1e-3
    assert abs(two_sided_t(4.303, 2) - 0.05) < 1e-3
    assert abs(two_sided_t(1.96, 1_000_0) - 0.05) < 1e-3
    assert two_sided_t(0.0, 5) == 1.0
