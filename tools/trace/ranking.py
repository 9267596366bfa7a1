"""Ranks of numbers, days and moments among others: one more than those strictly ahead."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from tools.trace.evidence import DerivationFault


def number_rank(own: Decimal, others: Collection[Decimal], *, up: bool = False) -> Decimal:
    """Rank of a number; from below when ``up``."""
    return Decimal(1 + sum((other < own) if up else (other > own) for other in others))


def time_rank(own: Decimal | str | None, others: Collection[str | int], column: str, *, up: bool) -> Decimal | None:
    """Rank of a day or moment: ISO texts of one length compare as time does."""
    if own is None:
        return None
    if not isinstance(own, str) or any(not isinstance(other, str) for other in others):
        raise DerivationFault("operand_kind", column)
    return Decimal(1 + sum((str(other) < own) if up else (str(other) > own) for other in others))


def row_number(value: str | int, column: str) -> int:
    """A block value as a whole number. Raises DerivationFault for a text."""
    if isinstance(value, str):
        raise DerivationFault("operand_kind", column)
    return value
