"""Shows single records, in the words of the semantic model, to somebody who wants to see what a figure rests on."""

from __future__ import annotations

from typing import Any, TypedDict

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.semantic import Entity, FieldType, SemanticModel
from tools.store.base import Base
from tools.trace.arithmetic import canonical
from tools.trace.cells import Frozen

SHOWN_FIELDS = 8


class RecordLine(Frozen):
    """One record: where it came from and its first fields as text."""

    system: str
    table: str
    record: str
    line: int | None
    version: int
    as_of: str
    values: tuple[str | None, ...]


class RecordLines(TypedDict):
    """Records of one table with the labels of their columns."""

    columns: tuple[str, ...]
    records: tuple[RecordLine, ...]


def record_lines(
    session: Session, model: SemanticModel, principal: Principal, scope: RowScope, wanted: list[tuple[str, str | None, str]], language: str = "en"
) -> RecordLines:
    """Records by (table, system, id): our own id where the system is None, else the source's. Only what the principal may see."""
    if not wanted:
        return {"columns": (), "records": ()}
    table_name = wanted[0][0]
    entity = next((each for each in model.entities.values() if each.table == table_name and each.custom_table is None), None)
    if entity is None:
        return {"columns": (), "records": ()}
    table = Base.metadata.tables[table_name]
    own = [int(record) for _, system, record in wanted if system is None]
    sourced = [and_(table.c.source_system == system, table.c.source_id == record) for _, system, record in wanted if system is not None]
    limit = scope.limit(principal, entity.key, table)
    statement = select(table).where(or_(table.c.id.in_(own), *sourced))
    if limit is not None:
        statement = statement.where(limit)
    shown = _columns(entity, principal, language)
    rows = session.execute(statement.order_by(table.c.id)).mappings()
    lines = tuple(
        RecordLine(
            system=row["source_system"], table=table_name, record=row["source_id"], line=row["source_line"], version=row["version"],
            as_of=row["as_of"].isoformat(), values=tuple(_text(row[name]) for _, name in shown),
        )
        for row in rows
    )  # fmt: skip
    return {"columns": tuple(label for label, _ in shown), "records": lines}


def _columns(entity: Entity, principal: Principal, language: str) -> list[tuple[str, str]]:
    table = Base.metadata.tables[entity.table]
    found = []
    for field in entity.fields.values():
        name = f"{field.key}_ref" if field.type is FieldType.REF or field.key not in table.c else field.key
        if not field.custom and field.classification <= principal.clearance and name in table.c:
            found.append((field.words.label(language), name))
    return found[:SHOWN_FIELDS]


def _text(value: Any) -> str | None:  # noqa: ANN401 - any column's value
    return None if value is None else canonical(value) if hasattr(value, "as_tuple") else str(value)
