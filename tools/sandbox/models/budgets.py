"""Money of units in double entry: balances, the transfers that they are made of, and what is reserved."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal, UtcDateTime


class UnitBudget(Base):
    """A unit's balances, one row that moves under a condition. ``granted = available + reserved + spent``; none is ever negative.

    ``income`` is what the unit's customers paid or owe; profit is ``income - spent``. All in ``currency``.
    """

    __tablename__ = "unit_budgets"
    __table_args__ = (
        CheckConstraint("available >= 0 AND reserved >= 0 AND spent >= 0", name="never_negative"),
        CheckConstraint("granted = available + reserved + spent", name="balanced"),
    )
    unit_id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    currency: Mapped[str] = column(String, C.INTERNAL)
    granted: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    available: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    reserved: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    spent: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    income: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    version: Mapped[int] = column(Integer, C.INTERNAL, default=1)


class Transfer(Base):
    """One booking: ``amount`` leaves ``debit`` and arrives on ``credit``, both accounts of the unit's ledger. Never changed, never deleted.

    ``key`` is unique, so that of a repeated booking only the first counts.
    """

    __tablename__ = "budget_transfers"
    __table_args__ = (CheckConstraint("amount > 0", name="positive"), Index("ix_budget_transfers_unit_id", "unit_id", "id"))
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    unit_id: Mapped[str] = column(String, C.INTERNAL)
    debit: Mapped[str] = column(String, C.INTERNAL)
    credit: Mapped[str] = column(String, C.INTERNAL)
    amount: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    memo: Mapped[str] = column(String, C.INTERNAL)
    reservation_id: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    booked_by: Mapped[str] = column(String, C.INTERNAL)
    booked_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class Reservation(Base):
    """Money held for one call. ``status`` goes from ``held`` to ``settled``, ``released`` or ``expired``, once. ``key`` is the caller's idempotency key."""

    __tablename__ = "reservations"
    __table_args__ = (CheckConstraint("amount >= 0", name="not_negative"), Index("ix_reservations_status", "status", "expires_at"))
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    unit_id: Mapped[str] = column(String, C.INTERNAL, index=True)
    member_id: Mapped[int] = column(Integer, C.INTERNAL)
    capability: Mapped[str] = column(String, C.INTERNAL)
    account_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    amount: Mapped[Decimal] = column(ScaledDecimal, C.CONFIDENTIAL)
    settled: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    status: Mapped[str] = column(String, C.INTERNAL)
    decision_id: Mapped[str] = column(String, C.INTERNAL)
    held_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    expires_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ended_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
