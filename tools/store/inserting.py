"""Inserts that leave rows alone which are there already, on either database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import DeclarativeBase, Session


def insert_missing(session: Session, table: Table | type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; one whose key is there already, or is put there meanwhile by another process, is left out."""
    if not rows:
        return
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql  # each dialect costs a sixth of a second to import

        session.execute(insert_postgresql(table).on_conflict_do_nothing(), list(rows))
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_sqlite

        session.execute(insert_sqlite(table).on_conflict_do_nothing(), list(rows))
