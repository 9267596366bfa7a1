"""The demo company's export, loaded whole: nothing refused, nothing unlinked, and fast."""

from __future__ import annotations

import time
from datetime import UTC, date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from tests.tools.crm.importing.exports import MONDAY, map_by_words, read_csv
from tools.crm.demo import write_demo
from tools.crm.demo.world import SizeName
from tools.crm.importing.mapping import Mapping, TableMap
from tools.crm.importing.service import run_load
from tools.crm.importing.source import SourceTable
from tools.crm.semantic.model import base_model
from tools.store.base import Base

pytestmark = pytest.mark.xdist_group("loading_demo")  # one process writes and reads each export once

Export = tuple[list[SourceTable], tuple[TableMap, ...]]
LEAST_ROWS_A_CPU_SECOND = 10_000
"""A third of what one core of a small machine does, so that only a real loss of speed fails."""


def demo_export(folder: Path, size: SizeName) -> Export:
    write_demo(folder, size, today=date(2026, 3, 2))
    entities = {entity.table: key for key, entity in base_model().entities.items()}
    tables = [read_csv(path) for path in sorted(folder.glob("*.csv"))]
    return tables, tuple(map_by_words(table, entities[table.file.removesuffix(".csv")]) for table in tables)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Export:
    return demo_export(tmp_path_factory.mktemp("small"), "small")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Export:
    return demo_export(tmp_path_factory.mktemp("large"), "large")


def test_demo_export_goes_in_whole_and_again_changes_nothing(engine: Engine, small: Export) -> None:
    tables, maps = small

    first = run_load(engine, tables, Mapping(system="demo", tables=maps), "demo", MONDAY, UTC)
    again = run_load(engine, tables, Mapping(system="demo", tables=maps), "demo", MONDAY, UTC)

    rows = sum(len(table.rows) for table in tables)
    assert (first.total("new"), first.total("refused"), first.total("not_found"), first.total("repaired")) == (rows, 0, 0, 0)
    assert (again.total("unchanged"), again.total("changed"), again.total("gone"), again.moved) == (rows, 0, 0, ())
    with engine.connect() as connection:
        stored = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in Base.metadata.tables.values() if "source_id" in table.c}
    assert {name: count for name, count in stored.items() if count} == {table.file.removesuffix(".csv"): len(table.rows) for table in tables}


@pytest.mark.slow
def test_large_export_is_loaded_fast(engine: Engine, large: Export) -> None:
    tables, maps = large
    started = time.process_time()

    report = run_load(engine, tables, Mapping(system="demo", tables=maps), "demo", MONDAY, UTC)

    assert report.total("new") / (time.process_time() - started) > LEAST_ROWS_A_CPU_SECOND
