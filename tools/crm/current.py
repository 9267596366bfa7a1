"""Reads records as the store holds them now, so that a recorded trace can be compared with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import EveryRow
from tools.crm.currency import load_rates
from tools.crm.query import Query
from tools.crm.semantic import Field, FieldType, SemanticModel
from tools.crm.service import run_query
from tools.store.base import Base
from tools.store.types import SCALE
from tools.trace.arithmetic import canonical
from tools.trace.cells import EvidenceBlock, SourceRef
from tools.trace.evidence import BlockValue, Row
from tools.trace.sources import CurrentField

BATCH = 500
OWN_SYSTEM = "plumbline"
"""The system that rows of our own are cited from."""


class StoreReader:
    """The records of one store, for :func:`tools.trace.sources.check_sources`. It speaks for the local owner, who sees all."""

    def __init__(self, session: Session, model: SemanticModel, queries: Mapping[str, Query]) -> None:
        """``model`` tells how fields are written in cells, ``queries`` are those of the trace by the block that each filled."""
        self.session, self.model, self.queries = session, model, queries

    def fields(self, refs: Sequence[SourceRef]) -> Mapping[SourceRef, CurrentField]:
        """See :class:`tools.trace.sources.SourceReader`."""
        by_table: dict[str, list[SourceRef]] = defaultdict(list)
        for ref in refs:
            if ref.table in Base.metadata.tables:
                by_table[ref.table].append(ref)
        found: dict[SourceRef, CurrentField] = {}
        for table, wanted in by_table.items():
            held = self._records(table, {ref.record for ref in wanted})
            for ref in wanted:
                row = held.get((ref.system, ref.record))
                if row is not None:
                    found[ref] = CurrentField(
                        version=str(row["version_hash"] if "version_hash" in row else row.get("version", 1)), value=self._value(table, ref.field, row)
                    )
        return found

    def rows(self, block: EvidenceBlock, records: Sequence[BlockValue]) -> Mapping[BlockValue, Row]:
        """The block's rows as the same query gives them now. A record that it no longer counts comes with empty columns.

        What an engine worked out of its records no query gives again: of such a block only the records and their versions are told.
        """
        there = self._versions(block.table, [record for record in records if isinstance(record, int)])
        if block.id not in self.queries:
            return {record: [record, version] for record, version in there.items()}
        now = self._again(block)
        width = len(block.columns)
        return {record: now.get(record, [record, version, *[None] * (width - 2)]) for record, version in there.items()}

    def _again(self, block: EvidenceBlock) -> dict[BlockValue, Row]:
        query = self.queries.get(block.id)
        if query is None:
            return {}
        everyone, rates = Principal.local_owner(), load_rates(self.session, date.max, None)  # what ranks by worth needs the rates
        result = run_query(self.session, query, f"q{block.id.removeprefix('b')}", self.model, everyone, EveryRow(), rates)
        found = next(each for each in result.blocks if each.id == block.id)
        return {row[0]: row for row in json.loads(found.rows_json)} if len(found.columns) == len(block.columns) else {}

    def _versions(self, table_name: str, ids: list[int]) -> dict[BlockValue, int]:
        table = Base.metadata.tables.get(table_name)
        found: dict[BlockValue, int] = {}
        for start in range(0, len(ids) if table is not None else 0, BATCH):
            assert table is not None  # noqa: S101 - else the range is empty
            statement = select(table.c.id, table.c.version).where(table.c.id.in_(ids[start : start + BATCH]), table.c.gone_at.is_(None))
            found |= {row.id: row.version for row in self.session.execute(statement)}
        return found

    def _records(self, table_name: str, ids: set[str]) -> dict[tuple[str, str], Any]:
        table, wanted = Base.metadata.tables[table_name], sorted(ids)
        held: dict[tuple[str, str], Any] = {}
        if "source_id" not in table.c:  # what we keep ourselves goes by its own key
            (key, *_) = table.primary_key.columns
            rows = self.session.execute(select(table).where(cast(key, String).in_(wanted))).mappings()
            return {(OWN_SYSTEM, str(row[key.name])): row for row in rows}
        for start in range(0, len(wanted), BATCH):
            statement = select(table).where(table.c.source_id.in_(wanted[start : start + BATCH]), table.c.gone_at.is_(None))
            held |= {(row["source_system"], row["source_id"]): row for row in self.session.execute(statement).mappings()}
        return held

    def _value(self, table: str, name: str, row: Any) -> str | None:  # noqa: ANN401 - a row of any table
        """The field as a cell shows it."""
        field = self._field(table, name)
        if field is not None and field.custom:
            held = row["custom"].get(field.key)
            return canonical(Decimal(held).scaleb(-SCALE)) if isinstance(held, int) and not isinstance(held, bool) else _text(held, self.model.time_zone)
        key = name if name in row else f"{name}_ref"
        return _text(row.get(key), self.model.time_zone)

    def _field(self, table: str, name: str) -> Field | None:
        last = name.rsplit(".", 1)[-1]
        found = [entity.fields[last] for entity in self.model.entities.values() if entity.table == table and last in entity.fields]
        return found[0] if found and (found[0].custom or found[0].type is not FieldType.REF) else None


def _text(value: object, time_zone: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return canonical(value) if isinstance(value, int | Decimal) else str(value)
