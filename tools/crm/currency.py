"""Currencies: what an amount is worth in another one, by rates that were imported; never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm.models import ExchangeRate
from tools.trace.cells import Cell, CellType, Frozen, SourceRef


class RateBook(Frozen):
    """The latest imported rate of each pair of currencies up to a day, each with its source."""

    reporting: str | None = None
    rates: dict[tuple[str, str], tuple[Decimal, SourceRef]] = {}

    def target(self, currencies: frozenset[str]) -> str | None:
        """A currency that all of ``currencies`` can be converted to: the reporting one if set, else any that works."""
        candidates = [self.reporting] if self.reporting else sorted({quote for _, quote in self.rates} | currencies)
        for candidate in candidates:
            if all(self._pair(each, candidate) is not None or each == candidate for each in currencies):
                return candidate
        return None

    def cell(self, call: str, base: str, target: str) -> Cell:
        """The rate from ``base`` to ``target`` as a cited cell. Raises KeyError where there is none."""
        found = self._pair(base, target)
        if found is None:
            raise KeyError((base, target))
        rate, source = found
        return Cell(address=f"{call}.rates.{base}_{target}", value=f"{rate:f}", type=CellType.NUMBER, unit=f"{target}/{base}", sources=(source,))

    def _pair(self, base: str, target: str) -> tuple[Decimal, SourceRef] | None:
        return self.rates.get((base, target))


def load_rates(session: Session, upto: date, reporting: str | None) -> RateBook:
    """Latest rate of each pair that was valid on ``upto``; undated rates count as valid."""
    rates: dict[tuple[str, str], tuple[Decimal, SourceRef]] = {}
    rows = session.scalars(select(ExchangeRate).where(ExchangeRate.gone_at.is_(None)).order_by(ExchangeRate.valid_from))
    for row in rows:
        if row.valid_from is None or row.valid_from <= upto:
            source = SourceRef(
                system=row.source_system, table="exchange_rates", record=row.source_id, field="rate", version=row.version_hash, as_of=row.as_of
            )
            rates[(row.base, row.quote)] = (row.rate, source)
    return RateBook(reporting=reporting, rates=rates)
