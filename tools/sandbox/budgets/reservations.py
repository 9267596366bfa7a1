"""Money that is held for a call, and how that ends: settled, released or expired, once.

Each function runs in the caller's transaction. The reservation's status moves under a condition first; only who moved it moves the money.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tools.sandbox.budgets.ledger import Account, book, shift, to_books, transfer
from tools.sandbox.errors import ReservationEnded, ReservationUnknown, SettledAboveReservation
from tools.sandbox.models import Reservation
from tools.trace.cells import Frozen

Status = Literal["held", "settled", "released", "expired"]
SWEPT_AT_ONCE = 500


class Held(Frozen):
    """A reservation as it stands. ``settled`` is what it cost in the end, None while that is not known."""

    id: str
    unit_id: str
    member_id: int
    capability: str
    amount: Decimal
    settled: Decimal | None
    status: Status
    decision_id: str
    expires_at: datetime


def reservation(session: Session, reservation_id: str) -> Held:
    """Raises ReservationUnknown."""
    row = session.execute(select(Reservation.__table__).where(Reservation.id == reservation_id)).mappings().first()
    if row is None:
        raise ReservationUnknown(id=reservation_id)
    return Held.model_validate({name: row[name] for name in Held.model_fields})


def settle(session: Session, reservation_id: str, cost: Decimal, by: str, now: datetime) -> Held:
    """Spend what the call cost, to 1/10,000, and free the rest. A second time with the same cost changes nothing.

    Raises ReservationUnknown, SettledAboveReservation, and ReservationEnded where it ended otherwise.
    """
    cost, held = to_books(cost), reservation(session, reservation_id)
    if cost < 0 or cost > held.amount:
        raise SettledAboveReservation(held=held.amount, asked=cost)
    if not _end(session, held, "settled", cost, by, now):
        found = reservation(session, reservation_id)
        if found.status != "settled" or found.settled != cost:
            raise ReservationEnded(status=found.status)
        return found
    return reservation(session, reservation_id)


def release(session: Session, reservation_id: str, by: str, now: datetime) -> Held:
    """Free everything, as nothing was spent. A second time changes nothing. Raises ReservationUnknown, and ReservationEnded where it was settled."""
    held = reservation(session, reservation_id)
    if not _end(session, held, "released", Decimal(0), by, now):
        found = reservation(session, reservation_id)
        if found.status == "settled":
            raise ReservationEnded(status=found.status)
        return found
    return reservation(session, reservation_id)


def due(session: Session, now: datetime) -> tuple[int, str | None]:
    """How many are held longer than they may be, and the id of the newest of them."""
    count, newest = session.execute(select(func.count(), func.max(Reservation.id)).where(Reservation.status == "held", Reservation.expires_at <= now)).one()
    return count, newest


def expire_due(session: Session, now: datetime) -> int:
    """End what is held longer than it may be, ``SWEPT_AT_ONCE`` at most. How many that were.

    What somebody is ending right now is left to them; the rest is locked first, and units are taken in order, so that no two wait for each other.
    """
    late = select(Reservation.__table__).where(Reservation.status == "held", Reservation.expires_at <= now)
    due = late.order_by(Reservation.unit_id, Reservation.id).limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)
    found = [Held.model_validate({name: row[name] for name in Held.model_fields}) for row in session.execute(due).mappings()]
    return sum(_end(session, each, "expired", Decimal(0), "clock", now) for each in found)


def _end(session: Session, held: Held, status: Status, cost: Decimal, by: str, now: datetime) -> bool:
    """Whether it was us who ended it."""
    mine = update(Reservation).where(Reservation.id == held.id, Reservation.status == "held").values(status=status, settled=cost, ended_at=now)
    if session.execute(mine.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        return False
    moves: dict[tuple[Account, Account], Decimal] = {("reserved", "spent"): cost, ("reserved", "available"): held.amount - cost}
    done = {move: amount for move, amount in moves.items() if amount}
    if done:
        shifted = shift(session, held.unit_id, done)
        assert shifted, "what is held stands on the reserved account"  # noqa: S101
        book(session, [
            transfer(held.unit_id, debit, credit, amount, f"{held.id}:{credit}", status, by, now, held.id) for (debit, credit), amount in done.items()
        ])  # fmt: skip
    return True
