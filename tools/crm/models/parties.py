"""Who is there: accounts, contacts, our members and teams with their certificates, and products."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped

from tools.store.base import Base, Sourced, column, reference
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal


class Team(Sourced, Base):
    """A standing team of sales people."""

    __tablename__ = "teams"
    name: Mapped[str] = column(String, C.PUBLIC)
    region: Mapped[str | None] = column(String, C.PUBLIC, nullable=True, index=True)
    lead_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)


class Member(Sourced, Base):
    """Someone of ours: rep, manager, director, expert."""

    __tablename__ = "members"
    name: Mapped[str] = column(String, C.PUBLIC, index=True)
    email: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    phone: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    title: Mapped[str | None] = column(String, C.PUBLIC, nullable=True)
    department: Mapped[str | None] = column(String, C.PUBLIC, nullable=True)
    access_role: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    region: Mapped[str | None] = column(String, C.PUBLIC, nullable=True, index=True)
    team_id: Mapped[int | None] = reference("teams.id")
    team_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    manager_id: Mapped[int | None] = reference("members.id")
    manager_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    hired_on: Mapped[date | None] = column(Date, C.PERSONAL, nullable=True)
    active: Mapped[bool | None] = column(Boolean, C.INTERNAL, nullable=True)


class Certificate(Sourced, Base):
    """A qualification of a member, valid between two days."""

    __tablename__ = "certificates"
    member_id: Mapped[int | None] = reference("members.id")
    member_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    name: Mapped[str] = column(String, C.INTERNAL)
    issuer: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    valid_from: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    valid_to: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Account(Sourced, Base):
    """A company that buys or may buy."""

    __tablename__ = "accounts"
    name: Mapped[str] = column(String, C.INTERNAL, index=True)
    tier: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    kind: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    sector: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    region: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    country: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    city: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    address: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    employees: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    revenue: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    founded_year: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    women_founded: Mapped[bool | None] = column(Boolean, C.SENSITIVE, nullable=True)
    website: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    phone: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    status: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    source: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    description: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    created_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)
    parent_id: Mapped[int | None] = reference("accounts.id")
    parent_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)


class Contact(Sourced, Base):
    """A person at an account."""

    __tablename__ = "contacts"
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    name: Mapped[str] = column(String, C.PERSONAL, index=True)
    title: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    role: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    department: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    email: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    phone: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    mobile: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    city: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    created_on: Mapped[date | None] = column(Date, C.INTERNAL, nullable=True)


class Product(Sourced, Base):
    """Something that we sell."""

    __tablename__ = "products"
    name: Mapped[str] = column(String, C.PUBLIC, index=True)
    code: Mapped[str | None] = column(String, C.PUBLIC, nullable=True)
    family: Mapped[str | None] = column(String, C.PUBLIC, nullable=True)
    list_price: Mapped[Decimal | None] = column(ScaledDecimal, C.INTERNAL, nullable=True)
    currency: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    cost: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    active: Mapped[bool | None] = column(Boolean, C.INTERNAL, nullable=True)
    description: Mapped[str | None] = column(String, C.PUBLIC, nullable=True)
