"""Tables of taught words: every version that was ever saved, and the proposals that were shown back before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class DefinitionVersion(Base):
    """One version of a word's meaning. Nothing is ever changed but ``ended_at``: a newer version or a deletion ends it."""

    __tablename__ = "definition_versions"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    name: Mapped[str] = column(String, C.INTERNAL)
    name_key: Mapped[str] = column(String, C.INTERNAL, index=True)
    level: Mapped[str] = column(String, C.INTERNAL)
    owner: Mapped[str] = column(String, C.INTERNAL, index=True)
    owner_name: Mapped[str] = column(String, C.PERSONAL)
    sentence: Mapped[str] = column(Text, C.PERSONAL)
    meaning: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    created_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ended_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    ended_by: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)


class DefinitionProposal(Base):
    """What was shown back and waits for a yes. It holds only as long as it is the last thing said in its conversation."""

    __tablename__ = "definition_proposals"
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    thread_id: Mapped[str] = column(String, C.INTERNAL, index=True)
    speaker: Mapped[str] = column(String, C.INTERNAL)
    turns: Mapped[int] = column(Integer, C.INTERNAL)
    content: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    proposed_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    settled_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
