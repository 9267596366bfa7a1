"""Tables of reconstruction: runs and their proposals, reweighted histories, and the outbox of what reps are told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Float, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class ReconstructionRun(Base):
    """One run for one change at one account. ``key`` is unique, so that of several processes that see the change only one starts a run."""

    __tablename__ = "reconstruction_runs"
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    account_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    kind: Mapped[str] = column(String, C.INTERNAL)
    direction: Mapped[str] = column(String, C.INTERNAL)
    since: Mapped[date] = column(Date, C.INTERNAL)
    noticed: Mapped[date] = column(Date, C.INTERNAL)
    change: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    large: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    absent: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL)
    started_by: Mapped[str] = column(String, C.INTERNAL)
    started_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class ReconstructionProposal(Base):
    """One proposal of a run. Nothing of it is ever changed but ``status`` and who decided when; ``content`` is what ``diff_hash`` is over."""

    __tablename__ = "reconstruction_proposals"
    __table_args__ = (UniqueConstraint("run_id", "kind"),)
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    run_id: Mapped[str] = column(String, C.INTERNAL, index=True)
    kind: Mapped[str] = column(String, C.INTERNAL)
    content: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    trace_id: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    diff_hash: Mapped[str] = column(String, C.INTERNAL)
    before_hash: Mapped[str] = column(String, C.INTERNAL)
    idempotency_key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    expires_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    status: Mapped[str] = column(String, C.INTERNAL)
    decided_by: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    decided_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)


class HistoryReweighting(Base):
    """What happened with an account before ``before`` (seconds since :data:`tools.journey.decaying.EPOCH`) keeps only the share ``keeps`` of its weight."""

    __tablename__ = "history_reweightings"
    proposal_id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    account_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    before: Mapped[int] = column(BigInteger, C.INTERNAL)
    keeps: Mapped[float] = column(Float, C.INTERNAL)
    applied_by: Mapped[str] = column(String, C.INTERNAL)
    applied_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class NoticeRow(Base):
    """Something that a member is to be told once. ``key`` is unique and goes along with the delivery, so that a receiver knows a repetition."""

    __tablename__ = "notices"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    recipient_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    account_id: Mapped[int] = column(Integer, C.INTERNAL)
    language: Mapped[str] = column(String, C.INTERNAL)
    text: Mapped[str] = column(Text, C.CONFIDENTIAL)
    proposal_id: Mapped[str] = column(String, C.INTERNAL)
    created_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    attempts: Mapped[int] = column(Integer, C.INTERNAL, default=0)
    claimed_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    delivered_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
