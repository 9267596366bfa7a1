"""Where a record says which other it refers to: shipped references in two columns, those of an export's own columns within ``custom``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast
from sqlalchemy.sql.selectable import FromClause

from tools.crm.semantic import Field
from tools.crm.semantic.model import id_key


def referred_id(table: FromClause, field: Field) -> ColumnElement[Any]:
    """The id of the record that a reference leads to; null where it was not found, or where none is named."""
    if field.custom:
        return cast(table.c.custom[id_key(field.key)].as_string(), BigInteger)
    column: ColumnElement[Any] = table.c[f"{field.key}_id"]
    return column


def written(table: FromClause, field: Field) -> ColumnElement[Any]:
    """What the export wrote for a reference."""
    held: ColumnElement[Any] = table.c.custom[field.key].as_string() if field.custom else table.c[f"{field.key}_ref"]
    return held
