"""Writes a decision with what it holds, all of it or nothing: on PostgreSQL in one statement, as each would be a way there and back."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, Insert, Select, Table, bindparam, func, insert, literal, select
from sqlalchemy.orm import Session

from tools.sandbox.budgets.ledger import Account, shift, shifting
from tools.store.base import Base, table_of

Rows = dict[type[Base], dict[str, Any]]
"""One row for each table."""
MOVE: tuple[Account, Account] = ("available", "reserved")


def write(session: Session, unit_id: str, held: Decimal, rows: Rows) -> bool:
    """Hold so much of a unit's money, where it is more than nothing, and write the rows. False, and nothing written, where the money is gone."""
    tables = tuple(table_of(each) for each in rows)
    if session.get_bind().dialect.name == "postgresql":
        values = {_name(table, each.name): row.get(each.name) for table, row in zip(tables, rows.values(), strict=True) for each in _given(table)}
        return session.connection().scalar(_together(tables, bool(held)), values | {"unit": unit_id} | dict.fromkeys(MOVE, held)) == 1
    if held and not shift(session, unit_id, {MOVE: held}):
        return False
    for table, row in zip(tables, rows.values(), strict=True):
        session.connection().execute(_alone(table), row)
    return True


@cache
def _alone(table: Table) -> Insert:
    return insert(table).inline()


@cache
def _together(tables: tuple[Table, ...], moves: bool) -> Select[int]:
    """One statement that moves the money under its condition and inserts a row into each table where it moved, and says whether it did; made once."""
    moved = shifting(frozenset({MOVE[1]}), frozenset({MOVE[0]})).returning(literal(1).label("done")).cte("moved") if moves else None
    written = []
    for table in tables:
        columns = _given(table)
        values = select(*(bindparam(_name(table, each.name), type_=each.type) for each in columns))
        into = insert(table).from_select(columns, values if moved is None else values.select_from(moved), include_defaults=False)
        written.append(into.returning(literal(1).label("done")).cte(f"into_{table.name}"))
    return select(func.count()).select_from(written[0]).add_cte(*written[1:])


def _given(table: Table) -> list[Column[Any]]:
    """The columns that the database doesn't number itself."""
    return [each for each in table.columns if each is not table.autoincrement_column]


def _name(table: Table, column: str) -> str:
    return f"{table.name}_{column}"
