"""Tables of recorded traces. The rows of evidence are stored once under their digest, however many traces cite them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, LargeBinary, String, Text
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification
from tools.store.types import UtcDateTime


class RecordedTrace(Base):
    """One trace as canonical JSON without the rows of its blocks; ``evidence`` maps block ids to digests."""

    __tablename__ = "citation_traces"

    id: Mapped[str] = column(String(64), Classification.INTERNAL, primary_key=True)
    created_at: Mapped[datetime] = column(UtcDateTime, Classification.INTERNAL, index=True)
    payload: Mapped[str] = column(Text, Classification.SENSITIVE)
    evidence: Mapped[dict[str, str]] = column(JSON, Classification.CONFIDENTIAL)


class RecordedEvidence(Base):
    """Rows of an evidence block, zlib-compressed, under the SHA-256 of their text."""

    __tablename__ = "evidence_blocks"

    digest: Mapped[str] = column(String(64), Classification.CONFIDENTIAL, primary_key=True)
    content: Mapped[bytes] = column(LargeBinary, Classification.SENSITIVE)
