"""What was decided and on which facts, the policies that decided, and the capabilities that are decided about."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import ScaledDecimal, UtcDateTime


class PolicyText(Base):
    """A set of policies with its schema, word by word, under its hash, so that earlier decisions can be made again."""

    __tablename__ = "policy_texts"
    hash: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    policies: Mapped[str] = column(Text, C.INTERNAL)
    schema: Mapped[str] = column(Text, C.INTERNAL)
    first_used_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class DecisionRow(Base):
    """One decision with everything that it followed from. ``facts`` is canonical JSON; ``signature`` is over all of it."""

    __tablename__ = "decisions"
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    member_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True, index=True)
    unit_id: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    action: Mapped[str] = column(String, C.INTERNAL)
    subject: Mapped[str] = column(String, C.INTERNAL)
    allowed: Mapped[bool] = column(Boolean, C.INTERNAL)
    rules: Mapped[list[str]] = column(JSON, C.INTERNAL)
    facts: Mapped[str] = column(Text, C.CONFIDENTIAL)
    policies: Mapped[str] = column(String, C.INTERNAL)
    decided_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL, index=True)
    signature: Mapped[str] = column(String, C.INTERNAL)


class Capability(Base):
    """Something sensitive that a unit may call: what it costs, what the caller must hold, and what of the customer it is sent.

    ``sends`` is the highest classification that leaves with a call. ``purpose`` is what the customer's consent must cover where personal data leaves.
    """

    __tablename__ = "capabilities"
    key: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    name_en: Mapped[str] = column(String, C.INTERNAL)
    name_zh: Mapped[str] = column(String, C.INTERNAL)
    cost: Mapped[Decimal] = column(ScaledDecimal, C.INTERNAL)
    currency: Mapped[str] = column(String, C.INTERNAL)
    certificate: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    sends: Mapped[int] = column(Integer, C.INTERNAL)
    purpose: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    url: Mapped[str] = column(String, C.INTERNAL)
    timeout_ms: Mapped[int] = column(Integer, C.INTERNAL)
    active: Mapped[bool] = column(Boolean, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL, default=1)


class CapabilityVersion(Base):
    """What a capability was in one version, who put it there and why."""

    __tablename__ = "capability_versions"
    __table_args__ = (UniqueConstraint("capability", "version"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    capability: Mapped[str] = column(String, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    content: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL)
    why: Mapped[str] = column(String, C.INTERNAL)
    set_by: Mapped[str] = column(String, C.INTERNAL)
    set_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class CapabilityCall(Base):
    """One metered call of a capability, under its reservation, on record from before anything leaves.

    ``sent`` names the fields of the customer that left or were to leave. ``body`` holds their values while the call is under way, so that it can be repeated
    word by word, and nothing once it has ended.
    """

    __tablename__ = "capability_calls"
    reservation_id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    capability: Mapped[str] = column(String, C.INTERNAL, index=True)
    attempts: Mapped[int] = column(Integer, C.INTERNAL)
    outcome: Mapped[str] = column(String, C.INTERNAL)
    sent: Mapped[list[str] | None] = column(JSON, C.INTERNAL, nullable=True)
    body: Mapped[dict[str, Any] | None] = column(JSON(none_as_null=True), C.SENSITIVE, nullable=True)
    cost: Mapped[Decimal | None] = column(ScaledDecimal, C.CONFIDENTIAL, nullable=True)
    answer: Mapped[dict[str, Any] | None] = column(JSON(none_as_null=True), C.CONFIDENTIAL, nullable=True)
    duration_ms: Mapped[int] = column(Integer, C.INTERNAL)
    ended_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
