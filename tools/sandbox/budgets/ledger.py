"""The books of a unit. Every booking moves an amount from one account to another under a condition, with a key that makes a repetition harmless.

Accounts: ``grantor`` (where money comes from), ``available``, ``reserved``, ``spent``, ``customers`` and ``income``. The balances of
:class:`tools.sandbox.models.UnitBudget` are what the transfers add up to; :func:`audit` computes both and compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Any, Literal

from sqlalchemy import Update, bindparam, case, func, insert, select, update
from sqlalchemy.orm import Session

from tools.sandbox.errors import BudgetTooSmall, KeyUsedForAnother, UnitUnknown
from tools.sandbox.models import Transfer, UnitBudget
from tools.store.base import table_of
from tools.store.types import SCALE, ScaledDecimal
from tools.trace.cells import Frozen

Account = Literal["grantor", "available", "reserved", "spent", "customers", "income"]
BALANCES: tuple[Account, ...] = ("available", "reserved", "spent", "income")
SMALLEST = Decimal(1).scaleb(-SCALE)


class Balances(Frozen):
    """A unit's money in its currency. ``granted = available + reserved + spent``."""

    unit_id: str
    currency: str
    granted: Decimal
    available: Decimal
    reserved: Decimal
    spent: Decimal
    income: Decimal
    version: int

    @property
    def profit(self) -> Decimal:
        """What the unit's customers brought, less what was spent."""
        return self.income - self.spent


class AuditFinding(Frozen):
    """A balance that is not what its transfers add up to."""

    unit_id: str
    account: str
    booked: Decimal
    balance: Decimal


def to_books(amount: Decimal) -> Decimal:
    """An amount as the books keep it: in whole 1/10,000 of the currency's unit, half to even."""
    return amount.quantize(SMALLEST, ROUND_HALF_EVEN)


def open_budget(session: Session, unit_id: str, currency: str) -> None:
    """An empty budget."""
    nothing = dict.fromkeys(("granted", "available", "reserved", "spent", "income"), Decimal(0))
    session.execute(insert(UnitBudget).values(unit_id=unit_id, currency=currency, version=1, **nothing))


def balances(session: Session, unit_id: str) -> Balances:
    """As they stand. Raises UnitUnknown."""
    row = session.execute(select(UnitBudget.__table__).where(UnitBudget.unit_id == unit_id)).mappings().first()
    if row is None:
        raise UnitUnknown(unit=unit_id)
    return Balances.model_validate(dict(row))


def grant(session: Session, unit_id: str, amount: Decimal, key: str, memo: str, by: str, now: datetime) -> Balances:
    """Give a unit money, or with a negative amount take back what is still available. Raises UnitUnknown, BudgetTooSmall and KeyUsedForAnother."""
    if amount < 0:
        return _move(session, unit_id, "available", "grantor", -amount, key, memo, by, now)
    return _move(session, unit_id, "grantor", "available", amount, key, memo, by, now)


def earn(session: Session, unit_id: str, amount: Decimal, key: str, memo: str, by: str, now: datetime) -> Balances:
    """Book what a customer brought. Raises UnitUnknown and KeyUsedForAnother."""
    return _move(session, unit_id, "customers", "income", amount, key, memo, by, now)


def spend(session: Session, unit_id: str, amount: Decimal, key: str, memo: str, by: str, now: datetime) -> Balances:
    """Book a cost that nothing was reserved for. Raises UnitUnknown, BudgetTooSmall and KeyUsedForAnother."""
    return _move(session, unit_id, "available", "spent", amount, key, memo, by, now)


def _move(session: Session, unit_id: str, debit: Account, credit: Account, amount: Decimal, key: str, memo: str, by: str, now: datetime) -> Balances:
    amount = to_books(amount)
    _stand_in_line(session, unit_id)
    held = session.execute(select(Transfer.unit_id, Transfer.debit, Transfer.credit, Transfer.amount).where(Transfer.key == key)).first()
    if held is not None and tuple(held) != (unit_id, debit, credit, amount):
        raise KeyUsedForAnother(key=key)
    if held is not None or not amount:
        return balances(session, unit_id)
    if not shift(session, unit_id, {(debit, credit): amount}):
        raise BudgetTooSmall(asked=amount)
    book(session, [transfer(unit_id, debit, credit, amount, key, memo, by, now)])
    return balances(session, unit_id)


def _stand_in_line(session: Session, unit_id: str) -> None:
    """Wait until nobody else moves this unit's money, so that what they booked under the same key is seen. Raises UnitUnknown."""
    line = update(UnitBudget).where(UnitBudget.unit_id == unit_id).values(version=UnitBudget.version)
    if session.execute(line.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        raise UnitUnknown(unit=unit_id)


def shift(session: Session, unit_id: str, moves: Mapping[tuple[Account, Account], Decimal]) -> bool:
    """Move balances in one statement that does nothing where one of them would fall below zero. Whether it was done."""
    change: dict[str, Decimal] = defaultdict(Decimal)
    for (debit, credit), amount in moves.items():
        change[debit] -= amount
        change[credit] += amount
    change["granted"] = -change.pop("grantor", Decimal(0))
    change.pop("customers", None)
    more = {name: by for name, by in change.items() if by > 0}
    less = {name: -by for name, by in change.items() if by < 0}
    done = session.connection().execute(shifting(frozenset(more), frozenset(less)), {"unit": unit_id, **more, **less})
    return done.rowcount == 1


@cache
def shifting(more: frozenset[str], less: frozenset[str]) -> Update:
    """The statement that raises some balances and lowers others by as much as they hold at least, by parameters of their names; made once."""
    table = table_of(UnitBudget)
    values: dict[str, Any] = {"version": table.c.version + 1}
    values |= {name: table.c[name] + bindparam(name, type_=table.c[name].type) for name in more}
    values |= {name: table.c[name] - bindparam(name, type_=table.c[name].type) for name in less}
    covered = [table.c[name] >= bindparam(name, type_=table.c[name].type) for name in less]
    return update(table).where(table.c.unit_id == bindparam("unit"), *covered).values(values)


def transfer(
    unit_id: str, debit: Account, credit: Account, amount: Decimal, key: str, memo: str, by: str, now: datetime, reservation: str | None = None
) -> dict[str, Any]:
    """One booking as a row."""
    return {
        "key": key, "unit_id": unit_id, "debit": debit, "credit": credit, "amount": amount, "memo": memo,
        "reservation_id": reservation, "booked_by": by, "booked_at": now,
    }  # fmt: skip


def book(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write bookings whose balances moved in the same transaction."""
    if rows:
        session.connection().execute(insert(table_of(Transfer)), rows)


def audit(session: Session, unit_id: str | None = None) -> tuple[AuditFinding, ...]:
    """Every balance that its transfers don't add up to; none where the books are right, also while others book."""
    accounts: tuple[Account, ...] = (*BALANCES, "grantor")
    sides = [case((Transfer.credit == name, Transfer.amount), (Transfer.debit == name, -Transfer.amount), else_=Decimal(0)) for name in accounts]
    sums = [func.sum(side, type_=ScaledDecimal()).label(name) for name, side in zip(accounts, sides, strict=True)]
    added = select(Transfer.unit_id, *sums).group_by(Transfer.unit_id).subquery()
    both = select(UnitBudget.__table__, *(added.c[name].label(f"booked_{name}") for name in accounts)).outerjoin(added, added.c.unit_id == UnitBudget.unit_id)
    found = []
    for row in session.execute(both if unit_id is None else both.where(UnitBudget.unit_id == unit_id)).mappings():
        for name in accounts:
            booked, balance = row[f"booked_{name}"] or Decimal(0), -row["granted"] if name == "grantor" else row[name]
            if booked != balance:
                found.append(AuditFinding(unit_id=row["unit_id"], account=name, booked=booked, balance=balance))
    return tuple(found)
