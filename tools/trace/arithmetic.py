"""Exact arithmetic shared by the engine that computes a figure and the verifier that computes it again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)


def canonical(value: Decimal | int | str | None) -> str | None:
    """The one text form of a value: plain notation, no trailing zeros, no exponent, no negative zero."""
    if value is None or isinstance(value, str):
        return value
    number = Decimal(value)
    if number == 0:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quotient(part: Decimal, whole: Decimal, places: int) -> Decimal | None:
    """``part / whole`` rounded half-even to ``places``; None when the divisor is zero."""
    if whole == 0:
        return None
    return EXACT.quantize(EXACT.divide(part, whole), Decimal(1).scaleb(-places))


def fold_values(fold: str, values: Sequence[int | str], scale: int) -> Decimal | str | None:
    """Fold values that are not null: count, count_distinct, sum, min, max or median. Whole numbers stand for ``10**-scale``.

    The sum of nothing is 0; extremes and median of nothing are None; text knows counts and extremes only.
    """
    if fold == "count":
        return Decimal(len(values))
    if fold == "count_distinct":
        return Decimal(len(set(values)))
    numbers = [value for value in values if isinstance(value, int)]
    if fold == "sum":
        return Decimal(sum(numbers)).scaleb(-scale)
    if not values:
        return None
    if len(numbers) != len(values):
        texts = sorted(map(str, values))
        return texts[0] if fold == "min" else texts[-1]
    if fold == "median":
        numbers.sort()
        middle = len(numbers) // 2
        if len(numbers) % 2:
            return Decimal(numbers[middle]).scaleb(-scale)
        return EXACT.divide(Decimal(numbers[middle - 1] + numbers[middle]).scaleb(-scale), Decimal(2))
    return Decimal(min(numbers) if fold == "min" else max(numbers)).scaleb(-scale)


def decay(weight: Decimal, age: Decimal, half_life: Decimal) -> Decimal:
    """``weight * 2 ** -(age / half_life)`` to 50 significant digits; ages and half-lives in days. Raises ValueError for a half-life that is not above zero."""
    if half_life <= 0:
        raise ValueError("a half-life is above zero")
    return EXACT.multiply(weight, EXACT.power(Decimal(2), EXACT.minus(EXACT.divide(age, half_life))))


def logistic(log_odds: Decimal, places: int) -> Decimal:
    """The probability of these log-odds, ``1 / (1 + exp(-log_odds))``, rounded half-even to ``places``."""
    small = EXACT.exp(EXACT.minus(abs(log_odds)))  # never overflows
    probability = EXACT.divide(Decimal(1) if log_odds >= 0 else small, EXACT.add(Decimal(1), small))
    return rounded(probability, places)


def log(value: Decimal, places: int) -> Decimal | None:
    """The natural logarithm, rounded half-even to ``places``; None where there is none."""
    return rounded(EXACT.ln(value), places) if value > 0 else None


def root(value: Decimal, places: int) -> Decimal | None:
    """The square root, rounded half-even to ``places``; None of a negative number."""
    return rounded(EXACT.sqrt(value), places) if value >= 0 else None


def quadrature(factor: Decimal, moves: Sequence[Decimal], places: int) -> Decimal:
    """``factor`` times the square root of the sum of squares: how far independent deviations reach together."""
    total = Decimal(0)
    for move in moves:
        total = EXACT.add(total, EXACT.multiply(move, move))
    return rounded(EXACT.multiply(factor, EXACT.sqrt(total)), places)


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` rounded half-even to ``places`` decimal places."""
    return EXACT.quantize(value, Decimal(1).scaleb(-places))
