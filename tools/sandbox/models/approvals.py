"""What waits for people: cases with their steps in order, votes, and who stands in for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class ApprovalCase(Base):
    """A change that waits for approval. What is approved is ``diff``, bound to ``diff_hash``; ``before_hash`` is of what it would change.

    ``flow`` holds the steps as they were when it was asked for: who decides, one after another. Where a unit comes under another flow
    meanwhile, a new ``round`` begins.
    """

    __tablename__ = "approval_cases"
    __table_args__ = (Index("ix_approval_cases_status", "status", "expires_at"),)
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    kind: Mapped[str] = column(String, C.INTERNAL)
    unit_id: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    diff: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    diff_hash: Mapped[str] = column(String, C.INTERNAL)
    before_hash: Mapped[str] = column(String, C.INTERNAL)
    idempotency_key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    why: Mapped[str] = column(String, C.INTERNAL)
    flow: Mapped[list[dict[str, Any]]] = column(JSON, C.INTERNAL)
    round: Mapped[int] = column(Integer, C.INTERNAL, default=1)
    status: Mapped[str] = column(String, C.INTERNAL)
    asked_by: Mapped[str] = column(String, C.INTERNAL)
    asked_by_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True, index=True)
    asked_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    expires_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ended_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    trace_id: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)


class ApprovalVote(Base):
    """One person's yes or no at one step; ``for_id`` is whom the person stood in for. Votes of an earlier ``round`` stay on record and no longer count."""

    __tablename__ = "approval_votes"
    __table_args__ = (UniqueConstraint("case_id", "round", "step"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    case_id: Mapped[str] = column(String, C.INTERNAL, index=True)
    round: Mapped[int] = column(Integer, C.INTERNAL, default=1)
    step: Mapped[int] = column(Integer, C.INTERNAL)
    verdict: Mapped[str] = column(String, C.INTERNAL)
    member_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    voter: Mapped[str] = column(String, C.INTERNAL)
    for_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    note: Mapped[str] = column(String, C.INTERNAL)
    diff_hash: Mapped[str] = column(String, C.INTERNAL)
    voted_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class Delegation(Base):
    """Someone decides in another's place for a while."""

    __tablename__ = "delegations"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    from_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    to_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    begins_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ends_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    revoked_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    given_by: Mapped[str] = column(String, C.INTERNAL)
