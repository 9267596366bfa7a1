"""Exports in the published shape of known CRMs go in whole: each cell is found again in its record, in the report, or in a refused row."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.orm import Session

from evals.mapping import DATASET, systems
from evals.mapping_rows import SystemSpec, write_system
from tools.crm.importing.mapping import Mapping, TableMap
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.reading import read_folder
from tools.crm.importing.service import ImportReport, run_load
from tools.crm.importing.source import SourceTable
from tools.crm.importing.values import parse_currency, parse_decimal, parse_flag, parse_minutes, parse_rate
from tools.crm.importing.values_time import parse_date
from tools.crm.models import ImportIssue
from tools.crm.semantic.model import base_model
from tools.store.base import Base
from tools.store.migrating import migrate
from tools.store.types import SCALE

SPECS = [*systems(DATASET), *systems(DATASET / "aside")]
SPACE = re.compile(r"\s+")


def plain(text: object) -> str:
    return SPACE.sub("", str(text)).casefold()


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    migrate(url)
    engine = create_engine(url)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    return engine


def held_by_line(session: Session, mapped: TableMap) -> dict[int, list[str]]:
    """Everything that was kept of each line of a file: stored values, and what the report says was there before."""
    kept: dict[int, list[str]] = {}
    tables = [Base.metadata.tables["custom_rows"] if mapped.entity.startswith("custom") else Base.metadata.tables[base_model().entities[mapped.entity].table]]
    for table in tables:
        for row in session.execute(select(table)).mappings():
            kept.setdefault(row["source_line"], []).extend(_texts(row))
    for issue in session.scalars(select(ImportIssue).where(ImportIssue.file == mapped.file)):
        kept.setdefault(issue.line or 0, []).extend(plain(each) for each in (issue.before, issue.after, *(issue.row or ())) if each is not None)
    return kept


def _texts(row: Any) -> list[str]:
    found = []
    for value in (*row.values(), *(row["custom"] or {}).values()):
        if isinstance(value, dict) or value is None:
            continue
        found.append(plain(value))
        if isinstance(value, int) and not isinstance(value, bool):
            found.append(plain(Decimal(value) / 10**SCALE))
    return found


def _is_kept(cell: str, kept: list[str], factor: int) -> bool:
    text = plain(cell)
    if not text or any(text in each for each in kept):
        return True
    day = [parse_date(cell, order) or parse_date(cell.split()[0], order) for order in ("mdy", "dmy", "ymd")]
    if any(found is not None and any(found.isoformat() in each for each in kept) for found in day):
        return True
    for number in (parse_decimal(cell), parse_rate(cell)):
        value = getattr(number, "value", number)
        if isinstance(value, Decimal) and any(_same(each, wanted) for each in kept for wanted in (value, value * factor, value / 100)):
            return True
    minutes = parse_minutes(cell)
    if minutes is not None and any(_same(each, Decimal(minutes)) for each in kept):
        return True
    currency = parse_currency(cell)
    if currency is not None and plain(currency) in kept:
        return True
    return parse_flag(cell) is not None and plain(parse_flag(cell)) in kept


def _same(text: str, value: Decimal) -> bool:
    try:
        return Decimal(text) == value
    except ArithmeticError:
        return False


def whole_store(session: Session, report: ImportReport) -> list[str]:
    """All that any table holds (a reference by id is the id of the record that it leads to), and the words that the report says were read as others."""
    names = {entity.table for entity in base_model().entities.values()} | {"custom_rows"}
    rows = [row for name in names for row in session.execute(select(Base.metadata.tables[name])).mappings()]
    return [*(text for row in rows for text in _texts(row)), *(plain(each.text) for each in report.readings)]


def lost_cells(session: Session, table: SourceTable, mapped: TableMap, everything: list[str]) -> list[tuple[int, str, str]]:
    kept = held_by_line(session, mapped)
    factors = {column.position: column.factor for column in mapped.columns}
    return [
        (line, table.headers[position], cell)
        for line, row in zip(table.lines, table.rows, strict=True)
        for position, cell in enumerate(row)
        if not _is_kept(cell, kept.get(line, []), factors.get(position, 1)) and not _is_kept(cell, everything, factors.get(position, 1))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.system)
def test_every_cell_of_the_export_is_found_again(spec: SystemSpec, store: Engine, tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    write_system(spec, tmp_path / "export")
    tables = read_folder(tmp_path / "export").tables
    mapping: Mapping = propose_mapping(tables, base_model(), spec.system)

    report = run_load(store, tables, mapping, "export", datetime(2026, 3, 1, tzinfo=UTC), ZoneInfo("UTC"))

    by_place = {(mapped.file, mapped.sheet): mapped for mapped in mapping.tables}
    with Session(store) as session:
        everything = whole_store(session, report)
        lost = [cell for table in tables for cell in lost_cells(session, table, by_place[(table.file, table.sheet)], everything)]
    assert lost == []
    assert sum(table.read for table in report.tables) == sum(len(table.rows) - sum(not any(row) for row in table.rows) for table in tables)
