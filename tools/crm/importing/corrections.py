"""Refused rows as files that a person corrects and imports again, and recognising such a file when it comes back."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tools.crm.importing.errors import CorrectionsUnfit, ImportUnknown
from tools.crm.importing.mapping import Mapping, Status, TableMap
from tools.crm.importing.source import SourceTable
from tools.crm.importing.spreadsheets import inert, revived
from tools.crm.models import ImportIssue, ImportRun

_MARK = re.compile(r"^plumbline import (?P<run>\d+) \| (?P<file>.+?) \|\s*(?P<sheet>.*?)\s*$")
_LINE = re.compile(r"^\s*(\d+)")
Say = Callable[[ImportIssue], str]


class Origin(NamedTuple):
    """Where a corrected row was refused."""

    import_id: int
    file: str
    sheet: str | None
    line: int


@dataclass(slots=True)
class Corrections:
    """The tables of an import with their marks taken off, the mapping that they were first read by, and where each row comes from."""

    tables: list[SourceTable]
    mapping: Mapping
    origins: dict[tuple[str, str | None, int], Origin] = field(default_factory=dict)


def write_refused(session: Session, import_id: int, folder: Path, say: Say) -> tuple[Path, ...]:
    """Write the refused rows of an import that nothing has settled yet, one CSV for each of its files, with what is wrong in front.

    ``say`` words an issue. Raises ImportUnknown. The rows come back as they are, with ``plumb import FOLDER``.
    """
    run = session.get(ImportRun, import_id)
    if run is None:
        raise ImportUnknown(number=import_id)
    refused = select(ImportIssue).where(ImportIssue.import_id == import_id, ImportIssue.outcome == "refused", ImportIssue.settled_by.is_(None))
    tables: dict[tuple[str, str | None], dict[int, list[ImportIssue]]] = {}
    for issue in session.scalars(refused.order_by(ImportIssue.id)):
        if issue.row is not None and issue.line is not None:
            tables.setdefault((issue.file, issue.sheet), {}).setdefault(issue.line, []).append(issue)
    headers = {(each["file"], each["sheet"]): each["headers"] for each in run.totals.get("headers", ())}
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder, import_id, file, sheet, headers[file, sheet], rows, say) for (file, sheet), rows in tables.items())


def _write(
    folder: Path, import_id: int, file: str, sheet: str | None, headers: Sequence[str], rows: Lookup[int, list[ImportIssue]], say: Say
) -> Path:  # fmt: skip
    stem = re.sub(r"[^\w.-]+", "_", f"{PurePath(file).stem}-{sheet}" if sheet else PurePath(file).stem)
    path = folder / f"{stem}-refused-{import_id}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([f"plumbline import {import_id} | {file} | {sheet or ''}", *map(inert, headers)])
        for line, issues in sorted(rows.items()):
            reasons = " / ".join(say(issue) for issue in issues)
            writer.writerow([f"{line}: {reasons}", *map(inert, issues[0].row or ())])
    return path


def recognise(connection: Connection, tables: Sequence[SourceTable]) -> Corrections | None:
    """The corrections among tables that were read; None where none of them is one. Raises CorrectionsUnfit."""
    marked = [(table, found) for table in tables if table.headers and (found := _MARK.match(table.headers[0].strip("\ufeff ")))]
    if not marked:
        return None
    runs = ImportRun.__table__
    stripped, maps, origins, system = [], [], {}, ""
    statuses: dict[str, Status] = {}
    for table, mark in marked:
        run = connection.execute(select(runs.c.system, runs.c.mapping).where(runs.c.id == int(mark["run"]))).first()
        if run is None or (system and run.system != system):
            raise CorrectionsUnfit(file=table.file, number=mark["run"])
        system = run.system
        mapping = Mapping.model_validate(run.mapping if isinstance(run.mapping, dict) else json.loads(run.mapping))
        statuses |= mapping.statuses
        maps.append(_map_of(table, mark, mapping))
        stripped.append(_strip(table))
        for row, line in zip(table.rows, table.lines, strict=True):
            if row and (number := _LINE.match(row[0])):
                origins[table.file, table.sheet, line] = Origin(int(mark["run"]), mark["file"], mark["sheet"] or None, int(number[1]))
    return Corrections(stripped, Mapping(system=system, tables=tuple(maps), statuses=statuses), origins)


def _strip(table: SourceTable) -> SourceTable:
    headers, rows = tuple(map(revived, table.headers[1:])), [list(map(revived, row[1:])) for row in table.rows]
    return SourceTable(table.file, table.sheet, headers, rows, table.lines, table.notes, table.unclosed)


def _map_of(table: SourceTable, mark: re.Match[str], mapping: Mapping) -> TableMap:
    """The mapping by which the rows were first read, for the file that they stand in now."""
    for mapped in mapping.tables:
        if mapped.file == mark["file"] and (mapped.sheet or "") == mark["sheet"]:
            headers = tuple(map(revived, table.headers[1:]))
            if all(column.position < len(headers) and headers[column.position] == column.header for column in mapped.columns):
                return mapped.model_copy(update={"file": table.file, "sheet": table.sheet})
    raise CorrectionsUnfit(file=table.file, number=mark["run"])
