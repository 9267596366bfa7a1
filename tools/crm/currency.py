"""Currencies: what an amount is worth in another one, by rates that were imported; never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm.models import ExchangeRate
from tools.trace.arithmetic import canonical, quotient
from tools.trace.cells import Cell, CellType, Derivation, Frozen, SourceRef

TURNED_PLACES = 12


class RateBook(Frozen):
    """The latest imported rate of each pair of currencies up to a day, each with its source."""

    reporting: str | None = None
    rates: dict[tuple[str, str], tuple[Decimal, SourceRef]] = {}

    def target(self, currencies: frozenset[str]) -> str | None:
        """A currency that all of ``currencies`` can be converted to: the reporting one if set, else any that works."""
        candidates = [self.reporting] if self.reporting else sorted({each for pair in self.rates for each in pair} | currencies)
        for candidate in candidates:
            if all(self._knows(each, candidate) for each in currencies):
                return candidate
        return None

    def converts(self, base: str, target: str) -> bool:
        """Whether an amount in ``base`` can be given in ``target``."""
        return self._knows(base, target)

    def rate(self, base: str, target: str) -> Decimal:
        """Units of ``target`` for one of ``base``. Raises KeyError where no rate says so."""
        return self.cells("", base, target)[0].number or Decimal(0)

    def cells(self, call: str, base: str, target: str) -> tuple[Cell, ...]:
        """The rate from ``base`` to ``target`` as a cited cell, first; where only the opposite rate is known, the cells that it is turned round from.

        Raises KeyError where there is none.
        """
        at = f"{call}.rates"
        if (base, target) in self.rates:
            return (self._cited(at, base, target),)
        if (target, base) not in self.rates:
            raise KeyError((base, target))
        opposite = self._cited(at, target, base)
        one = Cell(address=f"{at}.one", value="1", type=CellType.NUMBER, derivation=Derivation(formula="constant"))
        turned = Derivation(formula="ratio", operands=(one.address, opposite.address), places=TURNED_PLACES)
        value = canonical(quotient(Decimal(1), opposite.number or Decimal(0), TURNED_PLACES))
        return (Cell(address=f"{at}.{base}_{target}", value=value, type=CellType.NUMBER, unit=f"{target}/{base}", derivation=turned), opposite, one)

    def _cited(self, at: str, base: str, target: str) -> Cell:
        rate, source = self.rates[(base, target)]
        return Cell(address=f"{at}.{base}_{target}", value=canonical(rate), type=CellType.NUMBER, unit=f"{target}/{base}", sources=(source,))

    def _knows(self, base: str, target: str) -> bool:
        return base == target or (base, target) in self.rates or bool(self.rates.get((target, base), (0,))[0])


def load_rates(session: Session, upto: date, reporting: str | None) -> RateBook:
    """Latest rate of each pair that was valid on ``upto``; undated rates count as valid."""
    rates: dict[tuple[str, str], tuple[Decimal, SourceRef]] = {}
    rows = session.scalars(select(ExchangeRate).where(ExchangeRate.gone_at.is_(None)).order_by(ExchangeRate.valid_from.nulls_first()))
    for row in rows:
        if row.valid_from is None or row.valid_from <= upto:
            source = SourceRef(system=row.source_system, table="exchange_rates", record=row.source_id, field="rate", version=row.version_hash, as_of=row.as_of)
            rates[(row.base, row.quote)] = (row.rate, source)
    return RateBook(reporting=reporting, rates=rates)
