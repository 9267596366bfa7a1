"""Tables of conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class Run(Base):
    """One turn: what was asked by whom, what was answered, and the trace that proves it."""

    __tablename__ = "runs"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    thread_id: Mapped[str] = column(String, C.INTERNAL, index=True)
    speaker: Mapped[str] = column(String, C.INTERNAL, index=True)
    asked_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    question: Mapped[str] = column(Text, C.PERSONAL)
    plan: Mapped[dict[str, Any] | None] = column(JSON, C.PERSONAL, nullable=True)
    answer: Mapped[dict[str, Any]] = column(JSON, C.SENSITIVE)
    trace_id: Mapped[str] = column(String, C.INTERNAL, index=True)
    mode: Mapped[str] = column(String, C.INTERNAL)
