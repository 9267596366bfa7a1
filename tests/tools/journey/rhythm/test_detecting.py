"""The sequential test: what it computes, that following week by week is the same as judging whole histories, and what it does at the edges."""

from __future__ import annotations

from math import lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.journey.rhythm.detecting import AGES, LEAST_PAST, WINDOW, Alarm, Detector, detect
from tools.journey.rhythm.errors import RateCannotBePromised
from tools.journey.rhythm.population import Population, fit_population
from tools.journey.rhythm.thresholds import CHARTS, Thresholds


def population(accounts: int, shape: float = 0.7, rate: float = 0.4, dispersion: float = 1.0) -> Population:
    return Population(np.full(accounts, shape), np.full(accounts, rate), np.full(accounts, dispersion))


def log_marginal(counts: list[int], exposures: list[float], shape: float, rate: float) -> float:
    """Of counts that are Poisson with rates ``exposure * x`` and ``x`` from a Gamma distribution; terms without ``x``'s scale left in."""
    total, time = shape + sum(counts), rate + sum(exposures)
    return shape * log(rate) - lgamma(shape) + lgamma(total) - total * log(time) + sum(k * log(e) for k, e in zip(counts, exposures, strict=True) if k)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0.1, 1.6)), min_size=LEAST_PAST + 2, max_size=40))
def test_statistic_is_the_largest_ratio_of_marginal_likelihoods(weeks: list[tuple[int, float]]) -> None:
    counts, exposures = [k for k, _ in weeks], [e for _, e in weeks]
    detector = Detector(population(1), Thresholds())
    for k, e in weeks:
        detector.take(np.array([k]), e)
    detector.dispersion = lambda: np.ones(1)  # type: ignore[method-assign] - Poisson, as in the formula

    found = detector.statistics()[0][:, 0]

    for place, chart in enumerate(CHARTS):
        ratios = []
        for age in (each for each in AGES if len(weeks) - each >= LEAST_PAST):
            changed = [e * (chart.factor if week >= len(weeks) - age else 1.0) for week, e in enumerate(exposures)]
            ratios.append(log_marginal(counts, changed, 0.7, 0.4) - log_marginal(counts, exposures, 0.7, 0.4))
        assert found[place] == pytest.approx(max(ratios), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_following_one_account_alone_gives_the_same_bits_as_judging_all_histories_at_once(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rates = np.exp(rng.uniform(-3, 2.5, 6))
    counts = rng.poisson(rates[:, None] * np.where(np.arange(300) < 150, 1.0, rng.choice([0.3, 1.0, 3.0], 6)[:, None]))
    exposure = rng.uniform(0.2, 1.4, 300)
    first = rng.integers(0, 40, 6)
    prior = Population(rng.uniform(0.3, 2, 6), rng.uniform(0.3, 2, 6), rng.uniform(1, 2, 6))

    whole = detect(counts, exposure, prior, Thresholds(0.5), first)

    alone: list[Alarm] = []
    for account in range(6):
        follower = Detector(prior.of([account]), Thresholds(0.5), first[[account]])
        for week in range(300):
            began = int(follower.since[0])
            step = follower.step(counts[[account], week], float(exposure[week]))
            if len(step.account):
                alone.append(Alarm(account, int(step.chart[0]), week, int(step.changed[0]), began, float(step.excess[0]), float(step.dispersion[0])))
    assert sorted(whole, key=lambda each: (each.account, each.noticed)) == alone


def test_state_does_not_grow_with_the_history() -> None:
    detector = Detector(population(3), Thresholds())
    sizes = set()
    for week in range(2 * WINDOW + 50):
        detector.take(np.array([1, 0, 2]), 1.0)
        if week > WINDOW:
            detector.statistics()
            sizes.add(sum(each.size for each in vars(detector).values() if isinstance(each, np.ndarray)))
    assert len(sizes) == 1


def test_account_that_stops_buying_gives_one_alarm_downwards_from_the_right_week() -> None:
    counts = np.array([[2, 1, 3, 2] * 26 + [0] * 12])

    (alarm,) = detect(counts, np.ones(116), population(1), Thresholds())

    assert CHARTS[alarm.chart].factor < 1
    assert alarm.changed in range(102, 107)
    assert alarm.noticed <= 104 + 4


def test_account_that_buys_far_more_gives_an_alarm_upwards() -> None:
    counts = np.array([[1, 0, 1, 0] * 26 + [4] * 6])

    alarms = detect(counts, np.ones(110), population(1), Thresholds())

    assert CHARTS[alarms[0].chart].factor > 1
    assert alarms[0].noticed <= 104 + 3


def test_spring_festival_is_no_change() -> None:
    """The same counts are an alarm where the calendar knows no holiday, and none where it does."""
    counts = np.array([[8] * 104 + [1, 2] + [8] * 10])
    quiet = np.ones(116)
    quiet[104:106] = (0.1, 0.2)

    assert len(detect(counts, np.ones(116), population(1), Thresholds())) >= 1
    assert detect(counts, quiet, population(1), Thresholds()) == ()


def test_no_change_is_told_before_a_rhythm_has_lasted() -> None:
    counts = np.array([[9] * 4 + [0] * (LEAST_PAST - 4)])

    assert detect(counts, np.ones(LEAST_PAST), population(1), Thresholds(1.0)) == ()


def test_account_without_any_record_and_store_without_accounts_are_quiet() -> None:
    assert detect(np.zeros((2, 200), dtype=np.int64), np.ones(200), population(2), Thresholds()) == ()
    assert detect(np.zeros((0, 20), dtype=np.int64), np.ones(20), population(0), Thresholds()) == ()


@pytest.mark.parametrize("rate", [0.0, 0.001, 2.0, float("nan")])
def test_rate_that_was_never_measured_is_refused(rate: float) -> None:
    with pytest.raises(RateCannotBePromised):
        Thresholds(rate)


def test_lower_stated_rate_asks_for_more() -> None:
    level, dispersion = np.array([0.01, 0.3, 4.0, 900.0]), np.array([1.0, 1.2, 4.0, 30.0])

    assert (Thresholds(0.05).of(level, dispersion) > Thresholds(0.2).of(level, dispersion)).all()


def test_dispersion_is_found_in_counts_and_not_in_the_changes_of_a_few() -> None:
    rng = np.random.default_rng(2)
    exposure, first = np.ones(200), np.zeros(300, dtype=np.int64)
    even = rng.poisson(2.0, (300, 200))
    even[:4] = rng.poisson(np.where(np.arange(200) < 100, 5.0, 40.0), (4, 200))
    uneven = rng.poisson(rng.gamma(2.0, 1.0, (300, 200)))  # mean 2, variance 4

    assert fit_population(even, exposure, first, ["a"] * 300).dispersion.max() < 1.1
    assert fit_population(uneven, exposure, first, ["a"] * 300).dispersion.mean() == pytest.approx(2.0, abs=0.1)


def test_groups_of_similar_accounts_have_their_own_prior_and_small_groups_that_of_all() -> None:
    rng = np.random.default_rng(3)
    rates = np.concatenate([np.full(60, 0.2), np.full(60, 5.0), np.full(3, 1.0)])
    counts = rng.poisson(rates[:, None], (123, 80))

    found = fit_population(counts, np.ones(80), np.zeros(123, dtype=np.int64), ["seldom"] * 60 + ["often"] * 60 + ["few"] * 3)

    means = found.shape / found.rate
    assert means[0] == pytest.approx(0.2, rel=0.1)
    assert means[60] == pytest.approx(5.0, rel=0.1)
    assert means[120] == pytest.approx(counts.mean(), rel=1e-6)
