"""The formulas over single values: exact arithmetic, logarithms, Wilson bounds, days between, and weights that decay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext

from tools.trace.arithmetic import EXACT as ROUNDING
from tools.trace.arithmetic import decay, log, logistic, quotient, root, rounded
from tools.trace.evidence import DerivationFault
from tools.trace.intervals import wilson
from tools.trace.ranking import number_rank

Result = Decimal | str | None

PLAIN_DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?")
_OPERANDS = {"rate": 2, "ratio": 2, "delta": 2, "growth": 2, "share": 2, "days_between": 2, "wilson_low": 2, "wilson_high": 2, "decayed": 4}
_OF_SUM: Mapping[str, Callable[[Decimal, int], Decimal | None]] = {"logistic": logistic, "log": log, "root": root}
_EXTREMES: Mapping[str, Callable[[list[Decimal]], Decimal]] = {"smallest": min, "largest": max}


def arithmetic(formula: str, numbers: list[Decimal | None], places: int) -> Result:
    """The value of a formula over numbers; None where one of them is unknown. Raises DerivationFault."""
    if len(numbers) != _OPERANDS.get(formula, len(numbers)):
        raise DerivationFault("operand_count")
    if formula == "rank":
        if not numbers:
            raise DerivationFault("operand_count")
        return None if numbers[0] is None else number_rank(numbers[0], [other for other in numbers[1:] if other is not None])
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return None
    if formula == "add":
        return sum(known, Decimal(0))
    if formula in _OF_SUM:
        return _OF_SUM[formula](sum(known, Decimal(0)), places)
    if formula in _EXTREMES:
        if not known:
            raise DerivationFault("operand_count")
        return _EXTREMES[formula](known)
    if formula == "decayed":
        return rounded(decayed([(known[0] * known[1], known[2], known[3])]), places)
    if formula == "weighted":
        if len(known) % 2:
            raise DerivationFault("operand_count")
        return sum((weight * value for weight, value in zip(known[::2], known[1::2], strict=True)), Decimal(0))
    if formula not in _OPERANDS:
        raise DerivationFault("formula_unknown", formula)
    a, b = known
    if formula == "delta":
        return a - b
    if formula == "growth":
        return quotient(a - b, abs(b), places)
    if formula in ("rate", "ratio", "share"):
        return quotient(a, b, places)
    if b == 0:
        return None
    if a != int(a) or b != int(b) or not 0 <= a <= b:
        raise DerivationFault("operand_kind")
    interval = wilson(int(a), int(b))
    return interval.low if formula == "wilson_low" else interval.high


def decayed(weighed: Iterable[tuple[Decimal, ...]]) -> Decimal:
    """The sum of weights with their ages and half-lives, each halved once a half-life. Raises DerivationFault."""
    try:
        with localcontext(ROUNDING):
            return sum((decay(weight, age, half_life) for weight, age, half_life in weighed), Decimal(0))
    except ValueError:
        raise DerivationFault("operand_kind", "half-life") from None


def elapsed(operands: list[Result], places: int) -> Result:
    """Days with their fraction from the second moment to the first. Raises DerivationFault."""
    if len(operands) != 2:
        raise DerivationFault("operand_count")
    later, earlier = (None if value is None else _moment(value) for value in operands)
    if later is None or earlier is None:
        return None
    return quotient(Decimal((later - earlier) // timedelta(microseconds=1)), Decimal(86_400_000_000), places)


def days_between(operands: list[Result]) -> Result:
    """Whole days from the second day to the first. Raises DerivationFault."""
    if len(operands) != 2:
        raise DerivationFault("operand_count")
    later, earlier = (None if value is None else _day(value) for value in operands)
    return None if later is None or earlier is None else Decimal(later - earlier)


def _day(value: Decimal | str) -> int:
    try:
        return date.fromisoformat(str(value)[:10]).toordinal()
    except ValueError:
        raise DerivationFault("number_malformed", str(value)[:40]) from None


def _moment(value: Decimal | str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise DerivationFault("number_malformed", str(value)[:40]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def number_of(value: Result) -> Decimal | None:
    """A value as an exact decimal. Raises DerivationFault for a text that is no plain number."""
    if value is None or isinstance(value, Decimal):
        return value
    if not PLAIN_DECIMAL.fullmatch(value):
        raise DerivationFault("number_malformed", value[:40])
    return Decimal(value)
