"""Tables of what texts tell: one row an act, and one row a text that was read in its present version."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C


class TextEventRow(Base):
    """One act told by one field of one record. Derived from the record alone: read again when that changes, and safe to drop."""

    __tablename__ = "text_events"
    __table_args__ = (Index("ix_text_events_place", "entity", "field", "record_id"), Index("ix_text_events_act", "act", "status"))
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    entity: Mapped[str] = column(String, C.INTERNAL)
    field: Mapped[str] = column(String, C.INTERNAL)
    record_id: Mapped[int] = column(Integer, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    act: Mapped[str] = column(String, C.CONFIDENTIAL)
    status: Mapped[str] = column(String, C.CONFIDENTIAL)
    actor: Mapped[str] = column(String, C.PERSONAL)
    side: Mapped[str] = column(String, C.CONFIDENTIAL)
    role: Mapped[str | None] = column(String, C.CONFIDENTIAL, nullable=True)
    person: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    object: Mapped[str] = column(String, C.CONFIDENTIAL)
    on: Mapped[date | None] = column(Date, C.CONFIDENTIAL, nullable=True)
    on_stated: Mapped[bool] = column(Boolean, C.INTERNAL)
    start: Mapped[int] = column(Integer, C.INTERNAL)
    end: Mapped[int] = column(Integer, C.INTERNAL)
    means: Mapped[str] = column(String, C.INTERNAL)


class TextReading(Base):
    """That a text was read, in which version of its record and by which version of the reader, though it may tell nothing."""

    __tablename__ = "text_readings"
    __table_args__ = (UniqueConstraint("entity", "field", "record_id"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    entity: Mapped[str] = column(String, C.INTERNAL)
    field: Mapped[str] = column(String, C.INTERNAL)
    record_id: Mapped[int] = column(Integer, C.INTERNAL)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    reader: Mapped[int] = column(Integer, C.INTERNAL)
