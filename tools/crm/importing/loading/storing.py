"""Writes and reads rows in bulk, past the ORM: executemany on SQLite, COPY on PostgreSQL. Values are as the converting module makes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Table
from sqlalchemy.exc import OperationalError

from tools.crm.importing.errors import ImportBusy
from tools.crm.importing.loading.converting import STORED_TIME
from tools.store.types import UtcDateTime

CHUNK = 5000
IN_LIMIT = 500
_LOCK = 0x706C7564
Row = Sequence[object]


class Held(NamedTuple):
    """What the store has of a record, as far as every import needs it."""

    id: int
    version: int
    hash: str
    gone: bool


def begin_alone(connection: Connection) -> None:
    """Start the transaction of an import. Imports follow one another; readers go on reading what was there before. Raises ImportBusy."""
    if connection.dialect.name == "sqlite":
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" in str(error):
                raise ImportBusy from error
            raise
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        return
    connection.exec_driver_sql("SET LOCAL TimeZone = 'UTC'")
    if not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_LOCK})").scalar():
        raise ImportBusy


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row], told: Callable[[int], None] | None = None) -> int:
    """Insert rows, telling ``told`` how many are in. Returns how many there were."""
    if connection.dialect.name != "sqlite":
        return _copy(connection, table, columns, rows, told)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - names of our own tables
    count = 0
    for chunk in _chunks(rows, CHUNK):
        connection.exec_driver_sql(statement, [tuple(row) for row in chunk])
        count += len(chunk)
        if told:
            told(count)
    return count


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row], told: Callable[[int], None] | None) -> int:
    from psycopg import sql

    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns)))
    driver: Any = connection.connection.driver_connection
    count = 0
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
            if told and count % CHUNK == 0:
                told(count)
    return count


def update_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Set ``columns`` of existing records; each row is the new values and then the record's id."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    assignments = ", ".join(f'"{name}" = {mark}' for name in columns)
    statement = f'UPDATE "{table.name}" SET {assignments} WHERE id = {mark}'  # noqa: S608 - names of our own tables
    for chunk in _chunks(rows, CHUNK):
        connection.exec_driver_sql(statement, [tuple(row) for row in chunk])


class IdSource:
    """Gives out ids for records that are about to be inserted. One for a whole import: several batches may go to one table."""

    def __init__(self, connection: Connection) -> None:
        """Asks the store only for tables that want ids."""
        self._connection = connection
        self._last: dict[str, int] = {}

    def draw(self, table: Table, count: int) -> list[int]:
        """``count`` ids that no record of the table has."""
        if not count:
            return []
        if self._connection.dialect.name != "sqlite":
            statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            return sorted(self._connection.exec_driver_sql(statement, (table.name, count)).scalars())
        last = self._last.get(table.name)
        if last is None:
            last = self._connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{table.name}"').scalar_one()  # noqa: S608
        self._last[table.name] = last + count
        return list(range(last + 1, last + 1 + count))


def held_rows(connection: Connection, table: Table, system: str, table_id: int | None) -> dict[str, Held]:
    """All records of a system in a table, by their id there."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    limit, values = (f" AND table_id = {mark}", (system, table_id)) if table_id is not None else ("", (system,))
    statement = f'SELECT source_id, id, version, version_hash, gone_at IS NOT NULL FROM "{table.name}" WHERE source_system = {mark}{limit}'  # noqa: S608
    return {row[0]: Held(row[1], row[2], row[3], bool(row[4])) for row in connection.exec_driver_sql(statement, values)}


def full_rows(connection: Connection, table: Table, columns: Sequence[str], ids: Sequence[int]) -> Iterator[tuple[int, list[object]]]:
    """Id and stored values of the given records, in the form in which :mod:`tools.crm.importing.loading.converting` makes values."""
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    readers = [_reader(table, name) for name in columns]
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for start in range(0, len(ids), IN_LIMIT):
        some = tuple(ids[start : start + IN_LIMIT])
        statement = f'SELECT {names} FROM "{table.name}" WHERE id IN ({", ".join([mark] * len(some))})'  # noqa: S608
        for row in connection.exec_driver_sql(statement, some):
            yield row[0], [value if read is None or value is None else read(value) for read, value in zip(readers, row[1:], strict=True)]


def _reader(table: Table, name: str) -> Callable[[Any], object] | None:
    kind = table.c[name].type
    if isinstance(kind, Boolean):
        return bool
    if isinstance(kind, JSON):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(kind, Date):
        return lambda value: value.isoformat() if isinstance(value, date) else value
    if isinstance(kind, UtcDateTime | DateTime):
        return lambda value: stored_time(value) if isinstance(value, datetime) else value
    return None


def row_hash(values: Row) -> str:
    """Identifies the content of a record's version."""
    return blake2b(repr(values).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def stored_time(at: datetime) -> str:
    """A point in time as it is stored."""
    return at.astimezone(UTC).strftime(STORED_TIME).rjust(26, "0")


def _chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
