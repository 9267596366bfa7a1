"""A difference is split into causes that add up to it, whatever the deals are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.forecast.deals import DAY, history
from tools.forecast.causes import explain_change
from tools.forecast.decomposing import FACTORS, Split, split_change
from tools.forecast.errors import NothingDecidedThen, PeriodsOverlap
from tools.forecast.history import Coded, History
from tools.forecast.study import Study

TODAY = date.fromordinal(DAY)


def split(deals: History, before: np.ndarray, after: np.ndarray, by: Coded | None = None) -> Split:
    return split_change(deals, before, after, by or deals.groups["product"], np.random.default_rng(1))


def of(deals: list[tuple[int, bool, float, bool]]) -> tuple[History, np.ndarray]:
    """Deals given as product, won, amount, and whether they are of the later period."""
    base = history(len(deals))
    columns = list(zip(*deals, strict=True))
    changed = replace(
        base,
        closed=np.full(len(deals), DAY),
        won=np.array(columns[1], bool),
        amount=np.array(columns[2], float),
        groups={**base.groups, "product": Coded(np.array(columns[0]), ("p", "q", "r", "s"))},
    )
    return changed, np.array(columns[3], bool)


DEALS = st.lists(st.tuples(st.integers(-1, 3), st.booleans(), st.floats(1, 1e6), st.booleans()), min_size=2, max_size=25)


@settings(max_examples=40, deadline=None)
@given(DEALS)
def test_causes_add_up_and_turn_round_with_the_periods(told: list[tuple[int, bool, float, bool]]) -> None:
    deals, late = of(told)
    if late.all() or not late.any():
        return
    there, back = split(deals, ~late, late), split(deals, late, ~late)
    size = max(there.before, there.after, 1.0)
    assert abs(there.share.sum() - (there.after - there.before)) < 1e-9 * size
    assert np.allclose(there.share, -back.share, atol=1e-9 * size)


def test_twice_the_deals_is_all_volume() -> None:
    one = [(0, True, 100.0), (0, False, 50.0), (1, True, 300.0), (1, False, 80.0)]
    deals, late = of([(*each, False) for each in one] + [(*each, True) for each in one * 2])
    assert np.allclose(split(deals, ~late, late).share, [400.0, 0.0, 0.0, 0.0])


def test_larger_deals_are_all_size_and_more_wins_all_rate() -> None:
    one = [(0, True, 100.0), (0, False, 100.0), (1, True, 300.0), (1, False, 300.0)]
    deals, late = of([(*each, False) for each in one] + [(p, won, 1.5 * amount, True) for p, won, amount in one])
    assert np.allclose(split(deals, ~late, late).share, [0.0, 0.0, 0.0, 200.0])
    deals, late = of([(*each, False) for each in one] + [(p, True, amount, True) for p, _, amount in one])
    assert np.allclose(split(deals, ~late, late).share, [0.0, 0.0, 400.0, 0.0])


def test_other_products_are_all_mix() -> None:
    before = [(0, True, 100.0), (0, True, 100.0), (0, True, 100.0), (1, True, 300.0)]
    after = [(0, True, 100.0), (1, True, 300.0), (1, True, 300.0), (1, True, 300.0)]
    deals, late = of([(*each, False) for each in before] + [(*each, True) for each in after])
    assert np.allclose(split(deals, ~late, late).share, [0.0, 400.0, 0.0, 0.0])


def test_the_explanation_is_exact_to_the_cent_with_intervals_and_records() -> None:
    deals = history(900)
    study = Study(deals, TODAY)
    found = explain_change(study, (TODAY - timedelta(360), TODAY - timedelta(181)), (TODAY - timedelta(180), TODAY))
    assert sum(cause.share.point for cause in found.causes) == found.after - found.before
    assert {cause.factor for cause in found.causes} == set(FACTORS)
    assert all(cause.share.low <= cause.share.point <= cause.share.high and cause.records.ids for cause in found.causes)
    assert found.by == "product"


def test_periods_that_overlap_or_hold_nothing_are_refused() -> None:
    study = Study(history(), TODAY)
    with pytest.raises(PeriodsOverlap):
        explain_change(study, (TODAY - timedelta(90), TODAY), (TODAY - timedelta(30), TODAY))
    with pytest.raises(NothingDecidedThen):
        explain_change(study, (TODAY - timedelta(9000), TODAY - timedelta(8990)), (TODAY - timedelta(30), TODAY))


def test_the_interval_of_a_share_covers_what_another_sample_of_accounts_gives() -> None:
    truth = []
    held = 0
    for seed in range(30):
        deals = history(900, seed)
        late = deals.decided & (deals.closed > DAY - 300)
        found = split(deals, deals.decided & ~late, late)
        truth.append(found.share[2])
        held += found.low[2] <= 0.0 <= found.high[2]
    assert held >= 25
    assert abs(np.mean(truth)) < np.std(truth)
