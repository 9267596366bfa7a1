"""Tables of stage criteria: every version of a rule that was ever saved, proposals that were shown back before, and taught words for things and roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text
from sqlalchemy.orm import Mapped

from tools.store.base import Base, column
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class CriterionVersion(Base):
    """One version of a rule. Nothing is ever changed but ``ended_at``: a newer version, an undoing or a deletion ends it."""

    __tablename__ = "criterion_versions"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    name: Mapped[str] = column(String, C.INTERNAL)
    name_key: Mapped[str] = column(String, C.INTERNAL, index=True)
    level: Mapped[str] = column(String, C.INTERNAL)
    owner: Mapped[str] = column(String, C.INTERNAL, index=True)
    owner_name: Mapped[str] = column(String, C.PERSONAL)
    text: Mapped[str] = column(Text, C.CONFIDENTIAL)
    rule: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    created_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ended_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    ended_by: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)


class CriterionProposal(Base):
    """What was shown back and waits for a yes of the one who said it."""

    __tablename__ = "criterion_proposals"
    id: Mapped[str] = column(String, C.INTERNAL, primary_key=True)
    speaker: Mapped[str] = column(String, C.INTERNAL, index=True)
    content: Mapped[dict[str, Any]] = column(JSON, C.CONFIDENTIAL)
    proposed_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    settled_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)


class CriterionWord(Base):
    """A word of the company for a thing ("POC paper" means "POC agreement") or for a role ("the gatekeeper" means purchasing). A newer one ends the older."""

    __tablename__ = "criterion_words"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    word: Mapped[str] = column(String, C.INTERNAL)
    word_key: Mapped[str] = column(String, C.INTERNAL, index=True)
    means: Mapped[str] = column(String, C.INTERNAL)
    kind: Mapped[str] = column(String, C.INTERNAL)
    owner: Mapped[str] = column(String, C.INTERNAL)
    created_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    ended_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
