"""What an import leaves behind: its run, its report line by line, the change history, custom fields and tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from tools.store.base import Base, Sourced, column, reference
from tools.store.classification import Classification as C
from tools.store.types import UtcDateTime


class ImportRun(Base):
    """One import of one folder."""

    __tablename__ = "import_runs"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    system: Mapped[str] = column(String, C.INTERNAL)
    folder: Mapped[str] = column(String, C.INTERNAL)
    started_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL)
    finished_at: Mapped[datetime | None] = column(UtcDateTime, C.INTERNAL, nullable=True)
    mapping: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL)
    totals: Mapped[dict[str, Any]] = column(JSON, C.INTERNAL, default=dict)


class ImportIssue(Base):
    """One line of an import report: a row or cell that was repaired, merged or refused, or a reference not found.

    ``record`` is the row's id in its source, where the row has one: by it a later import settles what an earlier one refused.
    """

    __tablename__ = "import_issues"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    import_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    entity: Mapped[str] = column(String, C.INTERNAL)
    file: Mapped[str] = column(String, C.INTERNAL)
    sheet: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    line: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    record: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    column_name: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    outcome: Mapped[str] = column(String, C.INTERNAL)
    reason: Mapped[str] = column(String, C.INTERNAL)
    before: Mapped[str | None] = column(Text, C.CONFIDENTIAL, nullable=True)
    after: Mapped[str | None] = column(Text, C.CONFIDENTIAL, nullable=True)
    row: Mapped[list[Any] | None] = column(JSON, C.CONFIDENTIAL, nullable=True)
    settled_by: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)


class RowChange(Base):
    """One field of one record that moved between two imports (stage, owner, amount, anything), or its going and coming back."""

    __tablename__ = "row_changes"
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    import_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    table: Mapped[str] = column(String, C.INTERNAL)
    record_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    version: Mapped[int] = column(Integer, C.INTERNAL)
    field: Mapped[str] = column(String, C.INTERNAL)
    before: Mapped[str | None] = column(Text, C.CONFIDENTIAL, nullable=True)
    after: Mapped[str | None] = column(Text, C.CONFIDENTIAL, nullable=True)
    changed_at: Mapped[datetime] = column(UtcDateTime, C.INTERNAL, index=True)


class CustomTable(Base):
    """A file of an export that fits no table of the model; its rows are kept in :class:`CustomRow`."""

    __tablename__ = "custom_tables"
    __table_args__ = (UniqueConstraint("source_system", "key"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    source_system: Mapped[str] = column(String, C.INTERNAL)
    key: Mapped[str] = column(String, C.INTERNAL)
    label: Mapped[str] = column(String, C.INTERNAL)


class CustomRow(Sourced, Base):
    """One row of a custom table; all its columns that refer to no record are in ``custom``."""

    __tablename__ = "custom_rows"
    __table_args__ = (UniqueConstraint("table_id", "source_system", "source_id"),)
    table_id: Mapped[int] = column(Integer, C.INTERNAL, index=True)
    account_id: Mapped[int | None] = reference("accounts.id")
    account_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    owner_id: Mapped[int | None] = reference("members.id")
    owner_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contact_id: Mapped[int | None] = reference("contacts.id", C.PERSONAL)
    contact_ref: Mapped[str | None] = column(String, C.PERSONAL, nullable=True)
    product_id: Mapped[int | None] = reference("products.id")
    product_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    opportunity_id: Mapped[int | None] = reference("opportunities.id")
    opportunity_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    contract_id: Mapped[int | None] = reference("contracts.id")
    contract_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    ticket_id: Mapped[int | None] = reference("tickets.id")
    ticket_ref: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)


class CustomField(Base):
    """A column of an export that the model does not know, kept in ``custom`` of its table under ``key``.

    ``type`` is a cell type. Money and numbers are stored in ``custom`` as whole numbers of 1/10,000, dates as ISO text. A reference has
    what was written under ``key`` and the id of the record beside it; its ``unit`` tells what kind of record that is.
    """

    __tablename__ = "custom_fields"
    __table_args__ = (UniqueConstraint("entity", "key"),)
    id: Mapped[int] = column(Integer, C.INTERNAL, primary_key=True)
    entity: Mapped[str] = column(String, C.INTERNAL)
    table_id: Mapped[int | None] = column(Integer, C.INTERNAL, nullable=True)
    key: Mapped[str] = column(String, C.INTERNAL)
    label: Mapped[str] = column(String, C.INTERNAL)
    type: Mapped[str] = column(String, C.INTERNAL)
    unit: Mapped[str | None] = column(String, C.INTERNAL, nullable=True)
    classification: Mapped[int] = column(Integer, C.INTERNAL, default=int(C.CONFIDENTIAL))
