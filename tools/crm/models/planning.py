"""What was planned: targets and quotas, OKRs, budgets, exchange rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, Sourced, column, reference
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal


class Target(Sourced, Base):
    """A target or quota of a member, team or region for a period."""

    __tablename__ = "targets"
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    team_id: Mapped[int | None] = reference("teams.id")
    team_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    region: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    metric: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    amount: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    period: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    start_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    end_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Okr(Sourced, Base):
    """One key result of a member's objective, with its weight in the quarter."""

    __tablename__ = "okrs"
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    objective: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    key_result: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    weight: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)
    progress: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)
    period: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    start_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    end_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Budget(Sourced, Base):
    """Money set aside for a team, an account or a deal."""

    __tablename__ = "budgets"
    name: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    team_id: Mapped[int | None] = reference("teams.id")
    team_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    amount: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    spent: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    period: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    start_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    end_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class ExchangeRate(Sourced, Base):
    """Units of ``quote`` for one unit of ``base`` from a day on."""

    __tablename__ = "exchange_rates"
    __table_args__ = (UniqueConstraint("source_system", "source_id"), Index("ix_exchange_rates_base", "base", "quote", "valid_from"))
    base: Mapped[str] = column(String, C.PUBLIC)
    quote: Mapped[str] = column(String, C.PUBLIC)
    rate: Mapped[Decimal] = column(ScaledDecimal(8), C.PUBLIC)
    valid_from: Mapped[date | None] = column(Date, C.PUBLIC, nullable=True)
