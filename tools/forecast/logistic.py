"""Logistic regression with a ridge, fitted by Newton's method. Knows matrices, no deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS, ENOUGH = 25, 1e-7
PATH_STEPS, CLOSE = 40, 1e-3


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients in log-odds, the intercept first, and their covariance (inverse of the penalised information: a Gaussian around the posterior mode)."""

    beta: Floats
    covariance: Floats


def fit_ridge(x: Floats, y: Floats, weights: Floats, penalty: Floats) -> Fit:
    """Maximise the weighted log-likelihood minus half of ``penalty`` (k + 1, the intercept's first) times the squared coefficients.

    ``x`` (n, k) without a column of ones, ``y`` in {0, 1}, ``weights`` >= 0. Iteratively reweighted least squares (McCullagh and Nelder, Generalized Linear
    Models, 1989, 2.5) with halved steps where the objective would fall; ridge after le Cessie and van Houwelingen, Applied Statistics 41 (1992) 191-201.
    """
    import numpy as np

    full = np.column_stack([np.ones(len(x)), x])
    beta = np.zeros(full.shape[1])
    value = _objective(full, y, weights, penalty, beta)
    information = np.diag(penalty)
    for _ in range(STEPS):
        p = sigmoid(full @ beta)
        information = (full * (weights * p * (1 - p))[:, None]).T @ full
        information.flat[:: len(penalty) + 1] += penalty
        step = np.linalg.solve(information, full.T @ (weights * (y - p)) - penalty * beta)
        size = 1.0
        while (reached := _objective(full, y, weights, penalty, beta + size * step)) < value and size > 1e-4:
            size /= 2
        beta, gain, value = beta + size * step, reached - value, reached
        if gain < ENOUGH * len(x):
            break
    return Fit(beta, np.linalg.inv(information).astype(float))


def fit_path(x: Floats, y: Floats, weights: Floats, penalties: Floats, start: Floats | None = None, bound: Floats | None = None) -> Floats:
    """Coefficients (k + 1, m) for ``penalties`` of that shape, m choices at once, to about 1e-3, at a fraction of the cost.

    The curvature is bounded once by a quarter of the cross products instead of being computed at every step (Böhning and Lindsay, Ann. Inst. Statist. Math. 40
    (1988) 641-663); the objective rises at each step. ``start`` may be an earlier result for the same columns, ``bound`` that of :func:`curvature` if known.
    """
    import numpy as np

    full = np.column_stack([np.ones(len(x)), x])
    bound = curvature(x, weights) if bound is None else bound
    inverses = [np.linalg.inv(bound + np.diag(penalty)) for penalty in penalties.T]
    beta = np.zeros(penalties.shape) if start is None else start.copy()
    for _ in range(PATH_STEPS):
        gradient = full.T @ (weights[:, None] * (y[:, None] - sigmoid(full @ beta))) - penalties * beta
        step = np.column_stack([inverse @ gradient[:, at] for at, inverse in enumerate(inverses)])
        beta += step
        if np.abs(step).max() < CLOSE:
            break
    return beta


def curvature(x: Floats, weights: Floats) -> Floats:
    """The most that the log-likelihood can bend: a quarter of the weighted cross products, those of the intercept first."""
    import numpy as np

    scaled = np.column_stack([np.ones(len(x)), x])
    scaled *= np.sqrt(weights / 4)[:, None]
    found: Floats = scaled.T @ scaled
    return found


def sigmoid(z: Floats) -> Floats:
    """Log-odds to probabilities, without overflow."""
    import numpy as np

    return 0.5 * (1.0 + np.tanh(0.5 * z))


def logit(p: Floats) -> Floats:
    """Probabilities to log-odds, kept away from certainty by one in a thousand."""
    import numpy as np

    safe = np.clip(p, 1e-3, 1 - 1e-3)
    return np.log(safe / (1 - safe))


def _objective(full: Floats, y: Floats, weights: Floats, ridge: Floats, beta: Floats) -> float:
    import numpy as np

    z = full @ beta
    return float(weights @ (y * z - np.logaddexp(0.0, z)) - 0.5 * ridge @ (beta * beta))
