"""What must hold of a unit's books, whatever happened to whom and wherever somebody was killed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.sandbox.budgets import ledger
from tools.sandbox.models import DecisionRow, Reservation, Transfer


def broken_laws(session: Session, unit_id: str) -> list[str]:
    """A sentence for each law that doesn't hold."""
    return [*_balances(session, unit_id), *_history(session, unit_id), *_reservations(session, unit_id), *_decisions(session, unit_id)]


def _balances(session: Session, unit_id: str) -> Iterator[str]:
    held = ledger.balances(session, unit_id)
    if held.granted != held.available + held.reserved + held.spent:
        yield f"{held} does not add up"
    if min(held.available, held.reserved, held.spent) < 0:
        yield f"{held} is below zero"
    yield from (f"{finding}" for finding in ledger.audit(session, unit_id))


def _history(session: Session, unit_id: str) -> Iterator[str]:
    """Not only in the end, but after each booking in turn there was no less than nothing on an account."""
    accounts: dict[str, Decimal] = defaultdict(Decimal)
    for booked in session.scalars(select(Transfer).where(Transfer.unit_id == unit_id).order_by(Transfer.id)):
        accounts[booked.debit] -= booked.amount
        accounts[booked.credit] += booked.amount
        if min(accounts[each] for each in ("available", "reserved", "spent")) < 0:
            yield f"after {booked.key} the accounts stood at {dict(accounts)}"


def _reservations(session: Session, unit_id: str) -> Iterator[str]:
    """Each was booked in once, out once, to where its end says; together they are what is reserved and spent."""
    booked: dict[str, list[Transfer]] = defaultdict(list)
    for row in session.scalars(select(Transfer).where(Transfer.unit_id == unit_id)):
        booked[row.reservation_id or ""].append(row)
    for row in booked.pop("", []):
        if "reserved" in (row.debit, row.credit):
            yield f"{row.key} moves reserved money of no reservation"
    found = session.scalars(select(Reservation).where(Reservation.unit_id == unit_id)).all()
    for each in found:
        rows = booked.pop(each.id, [])
        came = sum(row.amount for row in rows if row.credit == "reserved")
        went = Counter({row.credit: row.amount for row in rows if row.debit == "reserved"})
        cost = each.settled or Decimal(0)
        left = {"spent": cost, "available": each.amount - cost} if each.status != "held" else {}
        if came != each.amount or went != Counter({name: amount for name, amount in left.items() if amount}) or (cost and each.status != "settled"):
            yield f"{each.id} of {each.amount}, {each.status} at {each.settled}, took {came} and gave {dict(went)}"
        if (each.status == "held") != (each.ended_at is None):
            yield f"{each.id} is {each.status} and ended at {each.ended_at}"
    yield from (f"money moved for {name}, which is no reservation" for name in booked)
    reserved = sum(each.amount for each in found if each.status == "held")
    if reserved != ledger.balances(session, unit_id).reserved:
        yield f"{reserved} are held, which is not what is reserved"


def _decisions(session: Session, unit_id: str) -> Iterator[str]:
    """Each yes holds once, each no holds nothing."""
    allowed = session.scalars(select(DecisionRow.id).where(DecisionRow.unit_id == unit_id, DecisionRow.allowed)).all()
    held = session.scalars(select(Reservation.decision_id).where(Reservation.unit_id == unit_id)).all()
    if sorted(allowed) != sorted(held):
        yield f"allowed and held differ: {set(allowed) ^ set(held)}, {len(allowed)} and {len(held)}"
