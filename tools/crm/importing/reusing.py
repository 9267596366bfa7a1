"""Reads a file as it was read last time: a mapping that somebody corrected is not proposed anew every Monday."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from tools.crm.importing.mapping import Mapping, Status, TableMap
from tools.crm.importing.source import SourceTable
from tools.crm.models import ImportRun


def known_mapping(connection: Connection, system: str, tables: Sequence[SourceTable], proposed: Mapping) -> Mapping:
    """``proposed``, with the tables of the last import of the system that have the same file, sheet and columns put in its place.

    What was said of statuses is remembered too, and stays where the data would now speak otherwise.
    """
    runs = ImportRun.__table__
    wanted = select(runs.c.mapping).where(runs.c.system == system, runs.c.finished_at.is_not(None)).order_by(runs.c.id.desc())
    headers = {(table.file, table.sheet): table.headers for table in tables}
    known: dict[tuple[str, str | None], TableMap] = {}
    statuses: dict[str, Status] = {}
    for held in connection.execute(wanted).scalars():
        mapping = Mapping.model_validate(json.loads(held) if isinstance(held, str) else held)
        statuses = mapping.statuses | statuses
        for table in mapping.tables:
            place = (table.file, table.sheet)
            if place in headers and place not in known and _fits(table, headers[place]):
                known[place] = table
    tables_used = tuple(known.get((table.file, table.sheet), table) for table in proposed.tables)
    return proposed.model_copy(update={"tables": tables_used, "statuses": proposed.statuses | statuses})


def _fits(table: TableMap, headers: Sequence[str]) -> bool:
    return len(table.columns) == len(headers) and all(
        column.position < len(headers) and headers[column.position] == column.header for column in table.columns
    )  # fmt: skip
