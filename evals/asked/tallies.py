"""Figures over rows of raw files, as the truths of several exports are worked out. Shares nothing with the query engine."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import mean, median

from evals.asked.raw import Row, day, number


def iso(text: str) -> str:
    """A day as written, in ISO; empty where there is none."""
    found = day(text)
    return found.isoformat() if found else ""


def days(row: Row, first: str, last: str) -> int | None:
    """Days between two dates of a row; None where one is missing."""
    begun, ended = day(row[first]), day(row[last])
    return (ended - begun).days if begun and ended else None


def average(values: Iterable[Decimal | int | None]) -> float:
    """The mean of those that are there."""
    return float(mean([Decimal(value) for value in values if value is not None]))


def middle(values: Iterable[Decimal | int | None]) -> float:
    """The median of those that are there."""
    return float(median([Decimal(value) for value in values if value is not None]))


def column(rows: Iterable[Row], name: str) -> list[Decimal | None]:
    """The numbers of a column."""
    return [number(row[name]) for row in rows]
