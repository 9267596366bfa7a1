"""Tables of the journey: the events with their sums by account, signals from outside, and the versions of the file of stages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class JourneyEvent(Base):
    """Something that moves an account's stages. ``key`` makes it count once; ``at`` is in seconds since :data:`tools.journey.decaying.EPOCH`.

    ``told_by`` is ``record``, ``act`` or ``signal``.
    ``summed`` says whether the account's sums hold it: those of unknown accounts and of the future are kept and wait. The source columns
    name the field of the record that tells it, as :class:`tools.trace.cells.SourceRef` does.
    """

    __tablename__ = "journey_events"
    __table_args__ = (Index("ix_journey_events_account_at", "account_id", "at"), Index("ix_journey_events_summed_at", "summed", "at"))
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    key: Mapped[str] = column(String, C.INTERNAL, unique=True)
    account_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True, index=True)
    evidence: Mapped[str] = column(String, C.INTERNAL)
    origin: Mapped[str] = column(String, C.INTERNAL)
    at: Mapped[int] = column(BigInteger, C.INTERNAL)
    counts: Mapped[float] = column(Float, C.INTERNAL)
    summed: Mapped[bool] = column(Boolean, C.INTERNAL, default=False)
    told_by: Mapped[str] = column(String, C.INTERNAL)
    source_system: Mapped[str] = column(String, C.INTERNAL)
    source_table: Mapped[str] = column(String, C.INTERNAL)
    source_record: Mapped[str] = column(String, C.INTERNAL)
    source_field: Mapped[str] = column(String, C.INTERNAL)
    source_version: Mapped[str] = column(String, C.INTERNAL)
    source_as_of: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class JourneySums(Base):
    """The decayed sums of an account.

    ``sums`` has a line for each ``evidence|origin|half-life in seconds``, as :func:`tools.journey.decaying.pack` writes them.

    ``newest`` is the time of the newest event in them: what is asked about before it has to be read from the events.
    """

    __tablename__ = "journey_sums"
    account_id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True, autoincrement=False)
    sums: Mapped[str] = column(Text, C.INTERNAL)
    newest: Mapped[int] = column(BigInteger, C.INTERNAL)
    updated_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class JourneyIntake(Base):
    """By which import of the CRM the events were last brought in step; one row."""

    __tablename__ = "journey_intakes"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True, autoincrement=False)
    store_version: Mapped[int] = column(Integer, C.INTERNAL)
    taken_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class JourneySignal(Base):
    """Something seen outside that was sent in: news, or what a person of an account did in public."""

    __tablename__ = "journey_signals"
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    sender: Mapped[str] = column(String, C.INTERNAL)
    account_ref: Mapped[str] = column(String, C.INTERNAL)
    person: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    kind: Mapped[str] = column(String, C.INTERNAL)
    headline: Mapped[str] = column(Text, C.INTERNAL)
    competitor: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    link: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    observed_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    received_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)


class WeightsVersion(Base):
    """One version of the file of stages, as a whole: proposed, and in force from ``applied_at`` on. Nothing is ever changed but the last columns."""

    __tablename__ = "journey_weights"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    based_on: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    content: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL)
    changes: Mapped[list[Any]] = column(JSON, C.INTERNAL)
    why: Mapped[str] = column(Text, C.INTERNAL)
    proposed_by: Mapped[str] = column(String, C.INTERNAL)
    proposed_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    applied_by: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    applied_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True, index=True)
