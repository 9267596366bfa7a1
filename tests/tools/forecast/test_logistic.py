"""The ridge model is at its optimum, and the quick path comes to the same place."""

from __future__ import annotations

import numpy as np

from tools.forecast.logistic import fit_path, fit_ridge, sigmoid


def rows(n: int = 800, k: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(n, k))
    return x, (rng.random(n) < sigmoid(x[:, 0] - 0.5 * x[:, 1] + 0.3)).astype(float), rng.uniform(0.2, 1.0, n)


def test_the_gradient_is_zero_at_the_fit() -> None:
    x, y, weights = rows()
    penalty = np.array([1e-9, *[20.0] * 6])
    fit = fit_ridge(x, y, weights, penalty)
    full = np.column_stack([np.ones(len(x)), x])
    gradient = full.T @ (weights * (y - sigmoid(full @ fit.beta))) - penalty * fit.beta
    assert np.abs(gradient).max() < 1e-3


def test_the_path_agrees_with_each_fit_from_any_start() -> None:
    x, y, weights = rows()
    penalties = np.column_stack([[1e-9, *[each] * 6] for each in (5.0, 50.0)])
    cold = fit_path(x, y, weights, penalties)
    warm = fit_path(x, y, weights, penalties, np.full(penalties.shape, 0.7))
    for at in range(2):
        exact = fit_ridge(x, y, weights, penalties[:, at]).beta
        assert np.abs(cold[:, at] - exact).max() < 0.02
        assert np.abs(warm[:, at] - exact).max() < 0.02


def test_outcomes_that_separate_perfectly_stay_finite() -> None:
    x = np.linspace(-1, 1, 60)[:, None]
    fit = fit_ridge(x, (x[:, 0] > 0).astype(float), np.ones(60), np.array([1e-9, 1.0]))
    assert np.isfinite(fit.beta).all()
    assert fit.beta[1] > 1


def test_the_interval_of_a_coefficient_holds_the_truth_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(300, 2))
        y = (rng.random(300) < sigmoid(0.5 * x[:, 0])).astype(float)
        fit = fit_ridge(x, y, np.ones(300), np.array([1e-9, 1.0, 1.0]))
        held += abs(fit.beta[1] - 0.5) <= 1.96 * np.sqrt(fit.covariance[1, 1])
    assert 182 <= held <= 198
