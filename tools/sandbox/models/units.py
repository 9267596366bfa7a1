"""Sales units: who works for which customer, with what means, and every step of their life."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal, UtcDateTime


def _unit(**options: Any) -> Any:  # noqa: ANN401 - passes through to SQLAlchemy
    """A reference to a unit."""
    return mapped_column(ForeignKey("sales_units.id"), info={"classification": C.INTERNAL, "target": "sales_units.id"}, **options)


class SalesUnit(Base):
    """A temporary team around a deal. ``template`` names which of its three templates binds it now; ``version`` counts what changed about it."""

    __tablename__ = "sales_units"
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    name: Mapped[str] = column(String, C.INTERNAL, index=True)
    status: Mapped[str] = column(String, C.INTERNAL)
    template: Mapped[str] = column(String, C.INTERNAL)
    lead_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    opportunity_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    customer_value: Mapped[str] = column(String, C.INTERNAL)
    formed_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ended_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    version: Mapped[int] = column(Integer, C.INTERNAL, default=1)


class UnitMember(Base):
    """Someone in a unit, in the function that the unit needs; ``left_at`` is set when they leave, the row stays."""

    __tablename__ = "unit_members"
    __table_args__ = (Index("ix_unit_members_member_id", "member_id", "unit_id"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    unit_id: Mapped[str] = _unit(index=True)
    member_id: Mapped[int] = column(Integer, C.INTERNAL)
    function: Mapped[str] = column(String, C.INTERNAL)
    joined_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    left_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)


class UnitAccount(Base):
    """A customer that a unit works for."""

    __tablename__ = "unit_accounts"
    __table_args__ = (Index("ix_unit_accounts_account_id", "account_id", "unit_id"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    unit_id: Mapped[str] = _unit(index=True)
    account_id: Mapped[int] = column(Integer, C.INTERNAL)
    since: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    until: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)


class UnitTemplate(Base):
    """One of a unit's templates as it stands now: data scope, approval flow and budget limit. Earlier ones are in :class:`UnitTemplateVersion`.

    ``kinds`` names the kinds of record that are open, ``clearance`` the highest classification that is read, ``masks_from`` the lowest that is
    masked even so; ``limits`` holds the money limits, ``flow`` who approves what.
    """

    __tablename__ = "unit_templates"
    __table_args__ = (UniqueConstraint("unit_id", "key"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    unit_id: Mapped[str] = _unit()
    key: Mapped[str] = column(String, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL, default=1)
    kinds: Mapped[list[str]] = column(JSON, C.INTERNAL)
    clearance: Mapped[int] = column(Integer, C.INTERNAL)
    masks_from: Mapped[int] = column(Integer, C.INTERNAL)
    capabilities: Mapped[list[str]] = column(JSON, C.INTERNAL)
    budget_limit: Mapped[Decimal] = column(ScaledDecimal, C.INTERNAL)
    call_limit: Mapped[Decimal] = column(ScaledDecimal, C.INTERNAL)
    currency: Mapped[str] = column(String, C.INTERNAL)
    flow: Mapped[list[dict[str, Any]]] = column(JSON, C.INTERNAL)


class UnitTemplateVersion(Base):
    """What a unit's template said in one version, who put it there and why."""

    __tablename__ = "unit_template_versions"
    __table_args__ = (UniqueConstraint("unit_id", "key", "version"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    unit_id: Mapped[str] = _unit()
    key: Mapped[str] = column(String, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    content: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL)
    why: Mapped[str] = column(String, C.INTERNAL)
    set_by: Mapped[str] = column(String, C.INTERNAL)
    set_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class UnitStep(Base):
    """One recorded step in a unit's life: formed, joined, left, moved to another template, merged, split, dissolved."""

    __tablename__ = "unit_steps"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    unit_id: Mapped[str] = _unit(index=True)
    kind: Mapped[str] = column(String, C.INTERNAL)
    content: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL)
    case_id: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    done_by: Mapped[str] = column(String, C.INTERNAL)
    done_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class UnitResource(Base):
    """What a unit has besides money: people-days, days of test environments, hours of experts. ``booked`` never exceeds ``granted``."""

    __tablename__ = "unit_resources"
    __table_args__ = (UniqueConstraint("unit_id", "kind"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    unit_id: Mapped[str] = _unit()
    kind: Mapped[str] = column(String, C.INTERNAL)
    granted: Mapped[Decimal] = column(ScaledDecimal, C.INTERNAL)
    booked: Mapped[Decimal] = column(ScaledDecimal, C.INTERNAL)


class ResourceBooking(Base):
    """A piece of a unit's resources that was taken or given back. ``key`` makes a repetition harmless."""

    __tablename__ = "resource_bookings"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    unit_id: Mapped[str] = _unit(index=True)
    kind: Mapped[str] = column(String, C.INTERNAL)
    amount: Mapped[Decimal] = column(ScaledDecimal, C.INTERNAL)
    purpose: Mapped[str] = column(String, C.INTERNAL)
    booked_by: Mapped[str] = column(String, C.INTERNAL)
    booked_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class MemberStanding(Base):
    """What the sandbox knows of a member beyond the records: time zone (IANA name), capabilities, and whether access is suspended."""

    __tablename__ = "member_standings"
    member_id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    time_zone: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    capabilities: Mapped[list[str]] = column(JSON, C.INTERNAL, default=list)
    suspended: Mapped[bool] = column(Boolean, C.INTERNAL, default=False)
    version: Mapped[int] = column(Integer, C.INTERNAL, default=1)


class AccountProtection(Base):
    """From which classification on a customer wants its data masked towards units."""

    __tablename__ = "account_protections"
    account_id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    masks_from: Mapped[int] = column(Integer, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL, default=1)
