"""What happened with an account: interactions, tickets, requests, milestones, verified events, consents, signals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, Sourced, column, reference
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal, UtcDateTime


class Interaction(Sourced, Base):
    """A call, mail, meeting, message, visit or demo with an account."""

    __tablename__ = "interactions"
    __table_args__ = (UniqueConstraint("source_system", "source_id"), Index("ix_interactions_account_time", "account_id", "occurred_at"))
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    direction: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    subject: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    body: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    outcome: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    priority: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    place: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    occurred_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
    duration_minutes: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)


class Ticket(Sourced, Base):
    """A service request or incident."""

    __tablename__ = "tickets"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    product_id: Mapped[int | None] = reference("products.id")
    product_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    number: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    subject: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    body: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    category: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    priority: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    channel: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opened_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
    first_response_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    closed_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    satisfaction: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)


class Request(Sourced, Base):
    """Something that the customer asked for on its own initiative; how it is answered is a veto."""

    __tablename__ = "requests"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    subject: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opened_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
    due_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    responded_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)


class Milestone(Sourced, Base):
    """A step agreed with the customer."""

    __tablename__ = "milestones"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    name: Mapped[str] = column(String, C.INTERNAL)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    due_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    done_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class VerifiedEvent(Sourced, Base):
    """A milestone that the customer itself confirmed."""

    __tablename__ = "verified_events"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    name: Mapped[str] = column(String, C.INTERNAL)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    verified_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True, index=True)


class Consent(Sourced, Base):
    """A permission given by a customer for one purpose; withdrawn ones stay on record."""

    __tablename__ = "consents"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    purpose: Mapped[str] = column(String, C.INTERNAL)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    written: Mapped[bool | None] = column(Boolean, C.INTERNAL, nullable=True)
    granted_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    withdrawn_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Signal(Sourced, Base):
    """Something seen outside: news, a filing, public activity of a person."""

    __tablename__ = "signals"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    headline: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    body: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    competitor: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    link: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    observed_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
