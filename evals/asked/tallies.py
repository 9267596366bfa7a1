"""Figures over rows of raw files, as the truths of several exports are worked out. Shares nothing with the query engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from statistics import mean, median

from evals.asked.expecting import AnyOf, Each, Label, Plain
from evals.asked.raw import Row, day, number, total

Worth = Decimal | int | float


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


def summed(name: str) -> Callable[[list[Row]], Decimal]:
    """The sum of a column, as a value for a group."""

    def value(rows: list[Row]) -> Decimal:
        return total(rows, name)

    return value


def wan(build: Callable[[int], Plain | Each]) -> AnyOf:
    """An expectation about amounts that are written in 万元, in either unit; ``build`` gets what to multiply by."""
    return AnyOf((build(1), build(10_000)))


def times(values: dict[Label, Worth], by: int) -> dict[Label, Worth]:
    """Every value, multiplied."""
    return {key: value * by for key, value in values.items()}


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}
