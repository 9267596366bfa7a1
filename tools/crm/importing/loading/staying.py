"""Finds the records of earlier imports that an export doesn't hold and that count on all the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from tools.crm.importing.loading.batches import Batch
from tools.crm.importing.loading.history import SEEN
from tools.crm.importing.loading.placing import Placed
from tools.crm.importing.report import Staying
from tools.crm.models import ImportRun
from tools.crm.semantic.model import base_model
from tools.store.base import Base


def find_staying(connection: Connection, system: str, batches: Mapping[str, Batch], placed: Mapping[str, Placed]) -> tuple[Staying, ...]:
    """What stays of each kind of record, those that the export has a table of first."""
    since = _last_import(connection, system)
    found = [
        Staying(
            entity=key, label=batch.maps[0].label, count=placed[key].staying, why="many" if batch.read else "empty", since=since
        )
        for key, batch in batches.items()
        if placed[key].staying
    ]  # fmt: skip
    for key, entity in base_model().entities.items():
        if key in batches or entity.custom_table is not None:
            continue
        table = Base.metadata.tables[entity.table]
        if "source_system" not in table.c:
            continue
        held = select(func.count()).where(table.c.source_system == system, table.c.gone_at.is_(None), table.c.source_id.not_like(f"{SEEN}%"))
        count = connection.execute(held).scalar_one()
        if count:
            found.append(Staying(entity=key, label="", count=count, why="absent", since=since))
    return tuple(found)


def _last_import(connection: Connection, system: str) -> datetime | None:
    finished = select(ImportRun.started_at).where(ImportRun.system == system, ImportRun.finished_at.is_not(None))
    return connection.execute(finished.order_by(ImportRun.id.desc()).limit(1)).scalar()
