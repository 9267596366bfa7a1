"""Exports made by hand for the loader's tests: tables from rows of text, and mappings by the first words of the semantic model."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from tools.crm.importing.mapping import ColumnMap, Mapping, TableMap
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import run_load
from tools.crm.importing.source import SourceTable
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import base_model

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
SYSTEM = "north"


def table(file: str, headers: str | Sequence[str], *rows: Sequence[str]) -> SourceTable:
    """A CSV file; its first data row stands in line 2."""
    names = tuple(headers.split(",")) if isinstance(headers, str) else tuple(headers)
    return SourceTable(file, None, names, [list(row) for row in rows], list(range(2, 2 + len(rows))))


def to(target: TableMap | SourceTable, entity: str, *targets: str | ColumnMap, key: tuple[str, ...] = (), label: str = "") -> TableMap:
    """Where a file goes; one target for each of its columns."""
    assert isinstance(target, SourceTable)
    columns = tuple(
        each if isinstance(each, ColumnMap) else ColumnMap(position=position, header=target.headers[position], to=each)
        for position, each in enumerate(targets)
    )  # fmt: skip
    return TableMap(file=target.file, sheet=target.sheet, entity=entity, columns=columns, key=key, label=label)


def custom(position: int, header: str, kind: FieldType = FieldType.TEXT, **options: object) -> ColumnMap:
    """A column that the model doesn't know."""
    return ColumnMap(position=position, header=header, to="custom", type=kind, **options)  # type: ignore[arg-type]


def load(engine: Engine, *files: tuple[SourceTable, TableMap], now: datetime = MONDAY, system: str = SYSTEM, partial: bool = False) -> ImportReport:
    """Load files with their mapping."""
    mapping = Mapping(system=system, tables=tuple(mapped for _, mapped in files))
    return run_load(engine, [source for source, _ in files], mapping, "export", now, UTC, partial=partial)


def read_csv(path: Path) -> SourceTable:
    """A whole CSV file as it stands."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        headers, *rows = csv.reader(file)
    return SourceTable(path.name, None, tuple(headers), rows, list(range(2, 2 + len(rows))))


def map_by_words(source: SourceTable, entity: str) -> TableMap:
    """The obvious mapping of a file whose headers are words of the model: "… ID" is the record's own id first, then those of others."""
    known = base_model().entities[entity]
    columns = []
    for position, header in enumerate(source.headers):
        word = header.casefold()
        columns.append(ColumnMap(position=position, header=header, to=_target(word, known.fields, position)))
    return TableMap(file=source.file, entity=entity, columns=tuple(columns), key=() if columns[0].to == "id" else ("base", "quote", "valid_from"))


def _target(word: str, fields: dict, position: int) -> str:
    if word.endswith(" id"):
        if position == 0:
            return "id"
        wanted = word.removesuffix(" id")
        return next((f"{key}#id" for key, field in fields.items() if field.type is FieldType.REF and wanted in field.words.en), "custom")
    return next((key for key, field in fields.items() if field.type is not FieldType.REF and word in field.words.en), "custom")
