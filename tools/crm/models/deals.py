"""What is being sold: leads, opportunities with their stage history, contracts, invoices and payments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, Sourced, column, reference
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal, UtcDateTime


class Opportunity(Sourced, Base):
    """A deal. ``stage`` is the word of the source system, ``status`` what it means: open, won or lost."""

    __tablename__ = "opportunities"
    __table_args__ = (UniqueConstraint("source_system", "source_id"), Index("ix_opportunities_status_close", "status", "close_on"))
    name: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    product_id: Mapped[int | None] = reference("products.id")
    product_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    stage: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    amount: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    quantity: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)
    probability: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)
    forecast_category: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    source: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    region: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    competitor: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    lost_reason: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    next_step: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    description: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    opened_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True, index=True)
    close_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class StageHistory(Sourced, Base):
    """A stage that an opportunity entered."""

    __tablename__ = "stage_history"
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    from_stage: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    stage: Mapped[str] = column(String, C.INTERNAL)
    entered_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Lead(Sourced, Base):
    """Someone who may become a customer and has not been qualified yet."""

    __tablename__ = "leads"
    name: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    company: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    title: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    email: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    phone: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    source: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    rating: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    sector: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    region: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    description: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    created_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
    first_response_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    converted_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Contract(Sourced, Base):
    """A signed or drafted agreement with an account."""

    __tablename__ = "contracts"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    number: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    name: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    amount: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    signed_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    start_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    end_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True, index=True)
    auto_renew: Mapped[bool | None] = column(Boolean, C.INTERNAL, nullable=True)
    terms: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)


class Invoice(Sourced, Base):
    """An amount asked for (应收)."""

    __tablename__ = "invoices"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contract_id: Mapped[int | None] = reference("contracts.id")
    contract_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    number: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    amount: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    balance: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    issued_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True, index=True)
    due_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Payment(Sourced, Base):
    """An amount received (回款)."""

    __tablename__ = "payments"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contract_id: Mapped[int | None] = reference("contracts.id")
    contract_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    invoice_id: Mapped[int | None] = reference("invoices.id")
    invoice_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    number: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    method: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    amount: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    paid_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True, index=True)
    term: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
