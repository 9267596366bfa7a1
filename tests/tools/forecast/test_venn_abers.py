"""Venn-Abers against isotonic regression by its definition."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tools.forecast.venn_abers import merged, venn_abers

SCORES = st.lists(st.tuples(st.integers(-5, 5), st.booleans(), st.integers(1, 3)), max_size=25)


def isotonic_at(scores: np.ndarray, outcomes: np.ndarray, weights: np.ndarray, asked: float) -> float:
    """The max-min formula (Barlow et al. 1972): the largest over starts of the smallest mean over ends."""
    levels = np.unique(scores)
    sums = np.array([(outcomes * weights)[scores == level].sum() for level in levels])
    sizes = np.array([weights[scores == level].sum() for level in levels])
    at = int(np.flatnonzero(levels == asked)[0])
    return max(min(sums[a : b + 1].sum() / sizes[a : b + 1].sum() for b in range(at, len(levels))) for a in range(at + 1))


@given(SCORES, st.integers(-6, 6))
def test_both_probabilities_are_isotonic_regression_with_the_score_added(told: list[tuple[int, bool, int]], asked: int) -> None:
    scores, outcomes, weights = (np.array([each[at] for each in told], float) for at in range(3))
    found = venn_abers(scores, outcomes, np.array([float(asked)]), weights)
    for outcome in (0, 1):
        expected = isotonic_at(np.append(scores, asked), np.append(outcomes, outcome), np.append(weights, 1.0), asked)
        assert abs(found[outcome][0] - expected) < 1e-9


def test_without_any_outcome_nothing_is_known() -> None:
    nothing = np.empty(0)
    p0, p1 = venn_abers(nothing, nothing, np.array([0.3]))
    assert (p0[0], p1[0]) == (0.0, 1.0)
    assert merged(p0, p1)[0] == 0.5


def test_one_of_the_two_is_calibrated_and_both_meet_as_outcomes_grow() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(0, 1.5, 4000)
    chance = 1 / (1 + np.exp(-0.5 * scores))  # the scores are twice too sure
    won = (rng.random(4000) < chance).astype(float)
    asked = np.array([-2.0, 0.0, 2.0])
    p0, p1 = venn_abers(scores, won, asked)
    assert np.all(p0 <= p1)
    assert np.all(p1 - p0 < 0.05)
    assert np.allclose(merged(p0, p1), 1 / (1 + np.exp(-0.5 * asked)), atol=0.07)
