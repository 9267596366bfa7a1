"""Which passages of which records are indexed. Derived from the records alone: made when first needed, and safe to drop at any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Integer, MetaData, String, Table, delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import NamedFromClause

from tools.crm.passages import is_prose
from tools.crm.semantic import Entity, Field, FieldType
from tools.store.base import Base
from tools.store.classification import Classification
from tools.store.inserting import insert_missing

Condition = ColumnElement[bool]

SAMPLED = 500

NOTHING = ""
"""Stands for the digest of a passage that says too little to be found by meaning."""

DERIVED = MetaData()
PASSAGES = Table(
    "text_passages",
    DERIVED,
    Column("entity", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("record_id", Integer, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Index("ix_text_passages_digest", "entity", "field", "digest"),
)
"""One row a passage: which part of which field of a record, in which version, has the gist of this digest."""


class Texts:
    """The records of one entity, seen as holders of texts."""

    def __init__(self, entity: Entity) -> None:
        """The entity's table under an alias, ``root``."""
        self.entity = entity
        self.root: NamedFromClause[Any] = Base.metadata.tables[entity.table].alias("holder")

    def text(self, field: Field) -> ColumnElement[Any]:
        """What a field holds."""
        held: ColumnElement[Any] = self.root.c.custom[field.key].as_string() if field.custom else self.root.c[field.key]
        return held

    def fields(self) -> tuple[Field, ...]:
        """The text fields."""
        return tuple(each for each in self.entity.fields.values() if each.type is FieldType.TEXT and (each.custom or each.key in self.root.c))


def make_table(session: Session) -> None:
    """Make the table where it is not there yet."""
    DERIVED.create_all(session.connection(), checkfirst=True)


def prose_fields(session: Session, texts: Texts, clearance: Classification = Classification.SENSITIVE) -> tuple[Field, ...]:
    """The text fields of an entity that hold prose, as told by a sample of their values; only what the reader may see."""
    found = []
    for field in texts.fields():
        if field.classification <= clearance:
            sample = session.scalars(select(texts.text(field)).where(present(texts), has_text(texts, field)).limit(SAMPLED)).all()
            if is_prose(map(str, sample), title=field.key == texts.entity.title):
                found.append(field)
    return tuple(found)


def present(texts: Texts) -> Condition:
    """Records of the entity that the source still has."""
    root, custom = texts.root, texts.entity.custom_table
    here: Condition = root.c.gone_at.is_(None)
    return here if custom is None else here & (root.c.table_id == custom)


def has_text(texts: Texts, field: Field) -> Condition:
    """Records that hold something in a field."""
    raw = texts.text(field)
    filled: Condition = raw.is_not(None) & (func.trim(raw) != "")
    return filled


def outstanding(texts: Texts, field: Field) -> Condition:
    """Records whose text in a field is not indexed in its present version."""
    root = texts.root
    done = select(PASSAGES.c.part).where(of_field(texts.entity, field), PASSAGES.c.record_id == root.c.id, PASSAGES.c.version == root.c.version)
    open_: Condition = present(texts) & has_text(texts, field) & ~done.correlate(root).exists()
    return open_


def of_field(entity: Entity, field: Field) -> Condition:
    """The passages of one field."""
    held: Condition = (PASSAGES.c.entity == entity.key) & (PASSAGES.c.field == field.key)
    return held


def forget_stale(session: Session, texts: Texts, fields: Sequence[Field]) -> int:
    """Drop the passages of records that changed or are gone, and of fields that hold no prose any more. Returns how many texts that were."""
    root = texts.root
    current = select(root.c.id).where(root.c.id == PASSAGES.c.record_id, root.c.version == PASSAGES.c.version, present(texts))
    stale = (PASSAGES.c.entity == texts.entity.key) & (~current.correlate(PASSAGES).exists() | PASSAGES.c.field.not_in([each.key for each in fields]))
    removed = session.scalar(select(func.count()).select_from(select(PASSAGES.c.field, PASSAGES.c.record_id).where(stale).distinct().subquery())) or 0
    if removed:
        session.execute(delete(PASSAGES).where(stale))
    return removed


def keep(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Add passages; those that another run has added meanwhile stay as they are."""
    insert_missing(session, PASSAGES, rows)


def digests(session: Session, entity: Entity, field: Field) -> set[str]:
    """All gists of a field."""
    return set(session.scalars(select(PASSAGES.c.digest).where(of_field(entity, field), PASSAGES.c.digest != NOTHING).distinct()))


def digest_count(session: Session, entity: Entity, field: Field) -> int:
    """Number of different gists of a field."""
    return session.scalar(select(func.count(PASSAGES.c.digest.distinct())).where(of_field(entity, field), PASSAGES.c.digest != NOTHING)) or 0


def text_count(session: Session) -> int:
    """Number of texts that are indexed."""
    return session.scalar(select(func.count()).select_from(PASSAGES).where(PASSAGES.c.part == 0)) or 0
