"""The account of the semiconductor story out of the demo company, in a store of its own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from tests.tools.crm.importing.exports import map_by_words, read_csv
from tools.crm.demo import write_demo
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.service import run_load
from tools.crm.semantic.model import base_model

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def load_story(folder: Path, engine: Engine) -> str:
    """Write the demo company into ``folder`` and load the records of the story's account alone, as the others take their time; gives its id in the export."""
    write_demo(folder / "demo", "small", today=TODAY)
    truth = json.loads((folder / "demo-truth.json").read_text("utf-8"))["stories"]["technical_evaluation_and_competitor"]
    entities = {entity.table: key for key, entity in base_model().entities.items()}
    tables = [read_csv(path) for path in sorted((folder / "demo").glob("*.csv"))]
    for table in tables:
        if "Account ID" in table.headers:
            table.rows[:] = [row for row in table.rows if row[table.headers.index("Account ID")] == truth["account_id"]]
            table.lines[:] = table.lines[: len(table.rows)]
    maps = tuple(map_by_words(table, entities[table.file.removesuffix(".csv")]) for table in tables)
    run_load(engine, tables, Mapping(system="demo", tables=maps), "demo", NOW, UTC)
    return str(truth["account_id"])
