"""Reads the very records that a proof cites: where each came from, in which version. The ids come from a study, which holds only what the person may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.store.base import Base
from tools.store.classification import Classification
from tools.trace.cells import SourceRef

BATCH = 500
Row = Mapping[str, Any]


class Sources:
    """Records by table and id in our store, each read once."""

    def __init__(self, session: Session) -> None:
        """Reads nothing yet."""
        self.session = session
        self._held: dict[tuple[str, int], Row] = {}

    def rows(self, table: str, ids: Iterable[int]) -> dict[int, Row]:
        """The records that are there."""
        wanted = sorted(set(ids))
        missing = [each for each in wanted if (table, each) not in self._held]
        columns = Base.metadata.tables[table]
        for start in range(0, len(missing), BATCH):
            found = self.session.execute(select(columns).where(columns.c.id.in_(missing[start : start + BATCH]))).mappings()
            self._held |= {(table, row["id"]): dict(row) for row in found}
        return {each: self._held[table, each] for each in wanted if (table, each) in self._held}

    def row(self, table: str, record: int) -> Row | None:
        """One record."""
        return self.rows(table, [record]).get(record)


def source_of(table: str, row: Row, field: str) -> SourceRef:
    """One field of a record, in the version that was read."""
    return SourceRef(system=row["source_system"], table=table, record=row["source_id"], field=field, version=row["version_hash"], as_of=row["as_of"])


def classification_of(table: str, field: str) -> Classification:
    """How sensitive a column is."""
    found: Classification = Base.metadata.tables[table].c[field].info["classification"]
    return found
