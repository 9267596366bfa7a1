"""Base classes of every table. A column without a classification cannot be declared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.properties import MappedColumn
from sqlalchemy.types import TypeEngine

from tools.store.classification import Classification
from tools.store.types import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Registry of all tables."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(model: type[Base]) -> Table:
    """The table of a mapped class, for statements on the hot path that need no objects."""
    return Base.metadata.tables[model.__tablename__]


def column(kind: TypeEngine[Any] | type[TypeEngine[Any]], classification: Classification, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401 - passes through to SQLAlchemy
    """A column with its classification in ``Column.info``."""
    return mapped_column(kind, info={"classification": classification}, **options)


def reference(target: str, classification: Classification = Classification.INTERNAL, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """An optional foreign key to ``target`` (``table.id``); its raw text stands beside it in a ``…_ref`` column."""
    return mapped_column(ForeignKey(target), nullable=True, index=True, info={"classification": classification, "target": target}, **options)


class Sourced:
    """What every imported row carries: where it came from, in which version, and since when it is gone there."""

    id: Mapped[int] = column(Integer, Classification.INTERNAL, primary_key=True)
    source_system: Mapped[str] = column(String, Classification.INTERNAL)
    source_id: Mapped[str] = column(String, Classification.INTERNAL)
    version: Mapped[int] = column(Integer, Classification.INTERNAL, default=1)
    version_hash: Mapped[str] = column(String, Classification.INTERNAL)
    as_of: Mapped[datetime] = column(UtcDateTime, Classification.INTERNAL)
    gone_at: Mapped[datetime | None] = column(UtcDateTime, Classification.INTERNAL, nullable=True)
    import_id: Mapped[int | None] = column(Integer, Classification.INTERNAL, nullable=True)
    source_line: Mapped[int | None] = column(Integer, Classification.INTERNAL, nullable=True)
    custom: Mapped[dict[str, Any]] = column(JSON, Classification.CONFIDENTIAL, default=dict)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        """One row per record of a source system."""
        return (UniqueConstraint("source_system", "source_id"),)
