"""Writes a decision with what it holds, all of it or nothing: on PostgreSQL in one statement, as each would be a way there and back."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, Insert, Select, Table, bindparam, func, insert, literal, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from tools.sandbox.budgets.ledger import Account, shift, shifting
from tools.store.base import Base, table_of

Rows = dict[type[Base], dict[str, Any]]
"""One row for each table."""
MOVE: tuple[Account, Account] = ("available", "reserved")
DIVIDED_BY_ZERO = "22012"
"""SQLSTATE."""


def write(session: Session, unit_id: str, held: Decimal, rows: Rows) -> bool:
    """Hold so much of a unit's money, where it is more than nothing, and write the rows. False, and nothing written, where the money is gone.

    The first row is written before the money moves, as whoever ends a reservation takes it before the money: so no two wait for each other.
    """
    tables = tuple(table_of(each) for each in rows)
    if session.get_bind().dialect.name == "postgresql":
        values = {_name(table, each.name): row.get(each.name) for table, row in zip(tables, rows.values(), strict=True) for each in _given(table)}
        try:
            session.connection().execute(_together(tables, bool(held)), values | {"unit": unit_id} | dict.fromkeys(MOVE, held))
        except DataError as error:
            if getattr(error.orig, "sqlstate", None) != DIVIDED_BY_ZERO:
                raise
            return False
        return True
    if held and not shift(session, unit_id, {MOVE: held}):
        return False
    for table, row in zip(tables, rows.values(), strict=True):
        session.connection().execute(_alone(table), row)
    return True


@cache
def _alone(table: Table) -> Insert:
    return insert(table).inline()


@cache
def _together(tables: tuple[Table, ...], moves: bool) -> Select[Any]:
    """One statement that inserts a row into each table and moves the money under its condition; made once.

    Where the money did not move it divides by nought, which undoes all of it.
    """
    written = []
    for table in tables:
        values = select(*(bindparam(_name(table, each.name), type_=each.type) for each in _given(table)))
        into = insert(table).from_select(_given(table), values, include_defaults=False)
        written.append(into.returning(literal(1).label("done")).cte(f"into_{table.name}"))
    if not moves:
        return select(func.count()).select_from(written[0]).add_cte(*written[1:])
    first = select(written[0].c.done).exists()
    moved = shifting(frozenset({MOVE[1]}), frozenset({MOVE[0]})).where(first).returning(literal(1).label("done")).cte("moved")
    return select(literal(1) / func.count()).select_from(moved).add_cte(*written[1:])


def _given(table: Table) -> list[Column[Any]]:
    """The columns that the database doesn't number itself."""
    return [each for each in table.columns if each is not table.autoincrement_column]


def _name(table: Table, column: str) -> str:
    return f"{table.name}_{column}"
