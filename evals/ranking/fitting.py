"""Fits log-linear models by maximum likelihood with a normal prior, by Newton's method: few steps, and the same result every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.parsing.ranking.features import Features

Array = NDArray[np.float64]
MOST_STEPS, MOST_HALVINGS = 200, 30
STILL = 1e-9
NEVER = 1e-9


@dataclass(frozen=True)
class Choices:
    """Choices among options: ``figures`` has a row per option, ``starts`` the first row of each choice, ``right`` marks the right rows."""

    names: tuple[str, ...]
    figures: Array
    starts: NDArray[np.int64]
    right: Array

    @property
    def count(self) -> int:
        """Number of choices."""
        return len(self.starts)


def choices(groups: Sequence[tuple[Sequence[Features], Sequence[bool]]], names: tuple[str, ...]) -> Choices:
    """The groups that have a right option and a wrong one, as arrays."""
    kept = [(options, right) for options, right in groups if any(right) and not all(right)]
    place = {name: at for at, name in enumerate(names)}
    figures = np.zeros((sum(len(options) for options, _ in kept), len(names)))
    starts, row = [], 0
    for options, _ in kept:
        starts.append(row)
        for option in options:
            for name, value in option.items():
                if name in place:
                    figures[row, place[name]] = value
            row += 1
    return Choices(names, figures, np.array(starts, dtype=np.int64), np.array([float(each) for _, right in kept for each in right]))


def fit_choices(data: Choices, centre: Array, strength: float) -> Array:
    """Weights that make the right options likely.

    They maximise the log-likelihood of "one of the right ones" less ``strength``/2 times the squared distance from ``centre``.
    """
    weights, value = centre.copy(), _penalised(data, centre, centre, strength)
    for _ in range(MOST_STEPS):
        gradient, bend, safe = _slopes(data, weights)
        gradient = gradient - strength * (weights - centre)
        step = np.linalg.solve(bend + strength * np.eye(len(centre)), gradient)
        if float(step @ gradient) <= 0:  # not concave here, where several options are right: the expected information always leads up
            step = np.linalg.solve(safe + strength * np.eye(len(centre)), gradient)
        if float(np.abs(step).max()) < STILL:
            break
        for _ in range(MOST_HALVINGS):
            found = _penalised(data, weights + step, centre, strength)
            if found >= value:
                break
            step = step / 2
        else:
            break
        weights, value = weights + step, found
    return weights


def shares(data: Choices, weights: Array) -> tuple[Array, Array]:
    """Each option's probability, and its probability given that a right one is chosen."""
    scores = data.figures @ weights
    return _softmax(data, scores), _softmax(data, np.where(data.right > 0, scores, -np.inf))


def likelihood(data: Choices, weights: Array) -> float:
    """Log-likelihood of the right options."""
    every, _ = shares(data, weights)
    return float(np.log(np.maximum(np.add.reduceat(every * data.right, data.starts), 1e-300)).sum())


def fit_chances(figures: Array, outcomes: Array, strength: float, counts: Array) -> Array:
    """Logistic regression: weights of ``figures`` for the chance that ``outcomes`` is 1; the first column is the constant and is not held back.

    ``counts``: how much each row counts.
    """
    weights = np.zeros(figures.shape[1])
    precision = np.diag([1e-6] + [strength] * (figures.shape[1] - 1))
    for _ in range(MOST_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(figures @ weights)))
        slope = figures.T @ (counts * (outcomes - chance)) - precision @ weights
        step = np.linalg.solve((figures * (counts * chance * (1 - chance))[:, None]).T @ figures + precision, slope)
        weights = weights + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < STILL:
            break
    return weights


def _penalised(data: Choices, weights: Array, centre: Array, strength: float) -> float:
    return likelihood(data, weights) - strength * float(((weights - centre) ** 2).sum()) / 2


def _slopes(data: Choices, weights: Array) -> tuple[Array, Array, Array]:
    """Gradient of the log-likelihood, its observed information, and the expected one."""
    every, given = shares(data, weights)
    expected = _scatter(data, every)
    return data.figures.T @ (given - every), expected - _scatter(data, given), expected


def _scatter(data: Choices, chance: Array) -> Array:
    """Covariance of the figures under these chances, summed over the choices."""
    rows = chance > NEVER
    means = np.add.reduceat(chance[:, None] * data.figures, data.starts)
    held = data.figures[rows]
    return np.asarray((held * chance[rows, None]).T @ held - means.T @ means, dtype=np.float64)


def _softmax(data: Choices, scores: Array) -> Array:
    sizes = np.diff(np.append(data.starts, len(scores)))
    best = np.repeat(np.maximum.reduceat(scores, data.starts), sizes)
    raised = np.exp(scores - best)
    return np.asarray(raised / np.repeat(np.add.reduceat(raised, data.starts), sizes), dtype=np.float64)
