"""The formulas over columns of a block, row by row: sums, quantiles, linear models, calibration and shares of a change. Knows no blocks, only their values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from tools.trace.arithmetic import EXACT, quadrature, quotient, rounded
from tools.trace.calibration import venn_abers_bound
from tools.trace.evidence import DerivationFault
from tools.trace.formulas import Result, decayed
from tools.trace.shapley import change_share

Operand = Literal["numbers", "words", "number", "word"]
"""Columns of numbers or words of one block, or single cells."""
Numbers = list[Decimal]


@dataclass(frozen=True, slots=True)
class BlockFormula:
    """What a formula takes, in order, and how it computes; the last argument of ``value`` is the number of places."""

    operands: tuple[Operand, ...]
    value: Callable[..., Result]


def _decayed_sum(weights: Numbers, ages: Numbers, half_lives: Numbers, places: int) -> Result:
    return rounded(decayed(zip(weights, ages, half_lives, strict=True)), places)


def _quadrature(moves: Numbers, factor: Decimal, places: int) -> Result:
    return quadrature(factor, moves, places)


def _mean(values: Numbers, places: int) -> Result:
    return quotient(sum(values, Decimal(0)), Decimal(len(values)), places)


def _quantile(values: Numbers, level: Decimal, places: int) -> Result:
    """Between neighbours by straight line, as numpy and R's type 7 do (Hyndman and Fan, The American Statistician 50 (1996) 361-365)."""
    if not 0 <= level <= 1:
        raise DerivationFault("operand_kind", "level")
    if not values:
        return None
    held, place = sorted(values), level * (len(values) - 1)
    below = int(place.to_integral_value(ROUND_FLOOR))
    above = min(below + 1, len(held) - 1)
    return rounded(EXACT.add(held[below], EXACT.multiply(place - below, held[above] - held[below])), places)


def _at_least(values: Numbers, threshold: Decimal, places: int) -> Result:
    return Decimal(sum(value >= threshold for value in values))


def _weighted_sum(weights: Numbers, values: Numbers, places: int) -> Result:
    return sum((weight * value for weight, value in zip(weights, values, strict=True)), Decimal(0))


def _linear(value: Decimal, coefficients: Numbers, means: Numbers, spreads: Numbers, limit: Decimal, places: int) -> Result:
    if len(coefficients) != 1:
        raise DerivationFault("operand_count")
    return rounded(_standardised(value, coefficients[0], means[0], spreads[0], limit), places)


def _levels(word: str, value: Decimal, levels: list[str], coefficients: Numbers, means: Numbers, spreads: Numbers, limit: Decimal, places: int) -> Result:
    total = Decimal(0)
    for level, coefficient, mean, spread in zip(levels, coefficients, means, spreads, strict=True):
        total = EXACT.add(total, _standardised(value if level == word else Decimal(0), coefficient, mean, spread, limit))
    return rounded(total, places)


def _standardised(value: Decimal, coefficient: Decimal, mean: Decimal, spread: Decimal, limit: Decimal) -> Decimal:
    if spread <= 0:
        raise DerivationFault("operand_kind", "spread")
    return EXACT.multiply(coefficient, max(-limit, min(limit, EXACT.divide(value - mean, spread))))


def _venn_abers(outcome: int) -> Callable[..., Result]:
    def bound(scores: Numbers, won: Numbers, n: Numbers, score: Decimal, places: int) -> Result:
        return venn_abers_bound(zip(scores, won, n, strict=True), score, outcome, places)

    return bound


def _change_share(after: Numbers, groups: list[str], won: Numbers, values: Numbers, factor: str, places: int) -> Result:
    return change_share(zip(after, groups, won, values, strict=True), factor, places)


_MODEL: tuple[Operand, ...] = ("numbers", "numbers", "numbers", "number")
_COUNTS: tuple[Operand, ...] = ("numbers", "numbers", "numbers", "number")
BLOCK_FORMULAS: dict[str, BlockFormula] = {
    "decayed_sum": BlockFormula(("numbers", "numbers", "numbers"), _decayed_sum),
    "quadrature": BlockFormula(("numbers", "number"), _quadrature),
    "mean": BlockFormula(("numbers",), _mean),
    "quantile": BlockFormula(("numbers", "number"), _quantile),
    "at_least": BlockFormula(("numbers", "number"), _at_least),
    "weighted_sum": BlockFormula(("numbers", "numbers"), _weighted_sum),
    "linear": BlockFormula(("number", *_MODEL), _linear),
    "levels": BlockFormula(("word", "number", "words", *_MODEL), _levels),
    "venn_abers_low": BlockFormula(_COUNTS, _venn_abers(0)),
    "venn_abers_high": BlockFormula(_COUNTS, _venn_abers(1)),
    "change_share": BlockFormula(("numbers", "words", "numbers", "numbers", "word"), _change_share),
}
