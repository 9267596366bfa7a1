"""A measured figure with its interval, as all evaluations report them."""

from __future__ import annotations

from math import sqrt

from tools.trace.cells import Frozen

Z95 = 1.959963984540054


class Figure(Frozen):
    """A metric with its 95 % interval and the number of trials behind it."""

    metric: float
    interval: tuple[float, float]
    n: int


def share(right: int, n: int) -> Figure:
    """A share of right trials with its Wilson score interval (Wilson, 1927); 0 in [0, 1] without trials."""
    if n == 0:
        return Figure(metric=0.0, interval=(0.0, 1.0), n=0)
    rate, square = right / n, Z95 * Z95
    middle = (rate + square / (2 * n)) / (1 + square / n)
    half = Z95 * sqrt(rate * (1 - rate) / n + square / (4 * n * n)) / (1 + square / n)
    return Figure(metric=rate, interval=(max(0.0, middle - half), min(1.0, middle + half)), n=n)
