"""What the record of a deal says of its end by itself: the reason and the competitor that somebody wrote down."""

from __future__ import annotations

from dataclasses import dataclass

from tools.access.principal import Principal
from tools.forecast.proving import DEALS, Ledger
from tools.forecast.sourcing import classification_of, source_of
from tools.trace.cells import CellType


@dataclass(slots=True)
class RecordedAt:
    """Addresses of what is written; None where nothing is, or where the person is not cleared for it."""

    reason: str | None
    competitor: str | None


def prove_recorded(ledger: Ledger, principal: Principal, deal: int) -> RecordedAt:
    """Read both fields of a deal of the study."""
    return RecordedAt(_read(ledger, principal, deal, "lost_reason"), _read(ledger, principal, deal, "competitor"))


def _read(ledger: Ledger, principal: Principal, deal: int, field: str) -> str | None:
    row, level = ledger.sources.row(DEALS, deal), classification_of(DEALS, field)
    if row is None or not row[field] or level > principal.clearance:
        return None
    return ledger.read(f"record.{field}", row[field], CellType.TEXT, source_of(DEALS, row, field), level)
