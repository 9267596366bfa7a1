"""Packs the rows behind a result into one JSON text inside the database, so that evidence costs no parsing on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal

Expression = ColumnElement[Any]


def pack(columns: Sequence[Expression], dialect: str) -> Expression:
    """Rows as canonical JSON text: no spaces, whole numbers, strings or null."""
    if dialect == "sqlite":
        return func.json_group_array(func.json_array(*columns))
    cells = [func.coalesce(cast(func.to_json(column), String), "null") for column in columns]
    line: Expression = literal("[") + cells[0]
    for cell in cells[1:]:
        line = line + literal(",") + cell
    return literal("[") + func.coalesce(func.string_agg(line + literal("]"), literal(",")), "") + literal("]")
