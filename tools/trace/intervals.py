"""Confidence intervals with closed forms: Wilson for a rate, Newcombe for the difference of two rates."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from statistics import NormalDist

from tools.trace.cells import Confidence

LEVEL = Decimal("0.95")
PLACES = 6
_STEP = Decimal(1).scaleb(-PLACES)
_EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)


def wilson(k: int, n: int, level: Decimal = LEVEL) -> Confidence:
    """Score interval of the rate k / n without continuity correction (Wilson 1927); six decimal places.

    Without any trial (n = 0) nothing is known: the interval is [0, 1] around one half. Raises ValueError unless 0 <= k <= n.
    """
    low, high = _bounds(k, n, level)
    with localcontext(_EXACT):
        point = Decimal(k) / n if n else Decimal("0.5")
    return Confidence(level=level, low=_round(low), point=_round(point), high=_round(high), method="wilson", n=n)


def newcombe(k1: int, n1: int, k2: int, n2: int, level: Decimal = LEVEL) -> Confidence:
    """Interval of the difference k1 / n1 - k2 / n2 of independent rates from their score intervals.

    Method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890; six decimal places. ``n`` of the result is the
    smaller group. Raises ValueError for an empty group.
    """
    if n1 < 1 or n2 < 1:
        raise ValueError("the difference of two rates needs at least one trial on each side")
    (low1, high1), (low2, high2) = _bounds(k1, n1, level), _bounds(k2, n2, level)
    with localcontext(_EXACT):
        p1, p2 = Decimal(k1) / n1, Decimal(k2) / n2
        below = ((p1 - low1) ** 2 + (high2 - p2) ** 2).sqrt()
        above = ((high1 - p1) ** 2 + (p2 - low2) ** 2).sqrt()
        point = p1 - p2
        low, high = point - below, point + above
    return Confidence(level=level, low=_round(low), point=_round(point), high=_round(high), method="newcombe", n=min(n1, n2))


def _bounds(k: int, n: int, level: Decimal) -> tuple[Decimal, Decimal]:
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a rate")
    if n == 0:
        return Decimal(0), Decimal(1)
    z = _quantile(level)
    with localcontext(_EXACT):
        p, square = Decimal(k) / n, z * z
        centre = p + square / (2 * n)
        reach = z * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
        scale = 1 + square / n
        low = Decimal(0) if k == 0 else (centre - reach) / scale
        high = Decimal(1) if k == n else (centre + reach) / scale
    return low, high


def _quantile(level: Decimal) -> Decimal:
    """Two-sided standard normal quantile to twelve decimal places."""
    return Decimal(f"{NormalDist().inv_cdf(0.5 + float(level) / 2):.12f}")


def _round(value: Decimal) -> Decimal:
    return value.quantize(_STEP, rounding=ROUND_HALF_EVEN, context=_EXACT)
