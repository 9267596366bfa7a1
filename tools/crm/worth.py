"""Ranks records by an amount of money in several currencies: by what imported rates make of it, else apart in each currency."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tools.crm.currency import RateBook
from tools.trace.arithmetic import EXACT, canonical
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation


@dataclass(frozen=True, slots=True)
class Standing:
    """The ranked records: ids of those ``shown`` in order, how many equal ones were left out, and all of them as evidence."""

    shown: tuple[int, ...]
    tied: int
    rows_json: str
    n: int
    newest: Any


class Worth:
    """What amounts in several currencies are compared by. ``target`` is None where they can't be converted."""

    def __init__(self, currencies: Sequence[str | None], places: int, rates: RateBook) -> None:
        """``places`` are the decimal places that a stored amount stands for."""
        self.rates = rates
        self.currencies = tuple(sorted(each for each in currencies if each))
        self.target = None if None in currencies else rates.target(frozenset(self.currencies))
        known = {each: Decimal(1) if each == self.target else rates.rate(each, self.target) for each in self.currencies} if self.target else {}
        fraction = max((-min(int(rate.normalize().as_tuple().exponent), 0) for rate in known.values()), default=0)
        self._factors = {each: int(EXACT.scaleb(rate, fraction)) for each, rate in known.items()}
        self.scale = places + fraction

    def of(self, amount: int | None, currency: str | None) -> int | None:
        """An amount as a whole number of ``10**-scale`` of what it is compared in."""
        return amount if amount is None or self.target is None else amount * self._factors[str(currency)]

    def columns(self, ordered: Sequence[BlockColumn]) -> tuple[BlockColumn, ...]:
        """The sort keys in the evidence; where amounts stay apart, also their currency."""
        first = ordered[0].model_copy(update={"scale": self.scale})
        apart = () if self.target else (BlockColumn(name="currency", type=CellType.TEXT),)
        return (first, *ordered[1:], *apart)

    def rank(self, rows: Sequence[Any], keys: int, descending: bool, limit: int) -> Standing:
        """Order rows of ``id, version, as_of, o0 …, currency``, given in the order of all keys but the first.

        ``limit`` holds for each of the currencies where these stay apart.
        """
        held = [(row, self.of(row[3], row.currency)) for row in rows]
        known = [(row, worth) for row, worth in held if worth is not None]
        known.sort(key=lambda each: (each[1] or 0) * (-1 if descending else 1))
        if self.target is None:
            known.sort(key=lambda each: (each[0].currency is None, each[0].currency or ""))
        shown: list[Any] = []
        taken: Counter[str | None] = Counter()
        last: dict[str | None, tuple[Any, ...]] = {}
        tied = 0
        for row, worth in known:
            own, key = None if self.target else row.currency, (worth, *row[4 : 3 + keys])
            if taken[own] < limit:
                shown.append(row.id)
                taken[own] += 1
                last[own] = key
            elif last.get(own) == key:
                tied += 1
        shown += [row.id for row, worth in held if worth is None][: max(limit - len(shown), 0)]
        packed = [[row.id, row.version, worth, *row[4 : 3 + keys], *(() if self.target else (row.currency,))] for row, worth in held]
        block = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
        return Standing(tuple(shown), tied, block, len(rows), max((row.as_of for row in rows), default=None))

    def cells(self, call: str, own: Cell) -> tuple[Cell, ...]:
        """An amount in the target currency, first, and what it follows from besides ``own``."""
        rate = (
            (Cell(address=f"{call}.rates.one", value="1", type=CellType.NUMBER, derivation=Derivation(formula="constant")),)
            if own.unit == self.target
            else self.rates.cells(call, str(own.unit), str(self.target))
        )
        value = None if own.number is None else canonical(EXACT.multiply(rate[0].number or Decimal(0), own.number))
        converted = Derivation(formula="weighted", operands=(rate[0].address, own.address))
        cell = Cell(
            address=f"{own.address}_converted", value=value, type=CellType.MONEY, unit=self.target, classification=own.classification, derivation=converted
        )
        return (cell, *rate)
