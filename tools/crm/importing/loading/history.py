"""Compares rows with what the store holds of them, and keeps every field that moved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, Table

from tools.crm.importing.loading.storing import IdSource, insert_rows, row_hash
from tools.crm.importing.report import Move
from tools.crm.models import RowChange, StageHistory
from tools.crm.semantic.model import ID_SUFFIX
from tools.store.base import Base
from tools.store.types import ScaledDecimal
from tools.trace.arithmetic import canonical

GONE = "gone"
SEEN = "seen:"
"""Begins the source id of a stage change that no export told: two exports differed in it."""


class Change(NamedTuple):
    """One field of one record, before and after, as text."""

    field: str
    before: str | None
    after: str | None


class StageMove(NamedTuple):
    """A deal that stands in another stage than in the last export."""

    record_id: int
    source_id: str
    version: int
    before: str | None
    after: str


@dataclass(slots=True)
class History:
    """The changes of one import."""

    import_id: int
    changed_at: str
    rows: list[tuple[object, ...]] = field(default_factory=list)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    stage_moves: list[StageMove] = field(default_factory=list)

    def note(self, entity: str, table: str, record_id: int, version: int, changes: Sequence[Change]) -> None:
        """Keep the changes of one record."""
        for change in changes:
            self.rows.append((self.import_id, table, record_id, version, change.field, change.before, change.after, self.changed_at))
            self.moves[entity, change.field] += 1

    def moved(self) -> tuple[Move, ...]:
        """How many records changed which field, the most first; going and coming back are told per table."""
        return tuple(Move(entity=entity, field=name, count=count) for (entity, name), count in self.moves.most_common() if name != GONE)

    def store(self, connection: Connection) -> None:
        """Write the changes."""
        columns = ("import_id", "table", "record_id", "version", "field", "before", "after", "changed_at")
        insert_rows(connection, Base.metadata.tables[RowChange.__tablename__], columns, self.rows)

    def store_stage_moves(self, connection: Connection, system: str, day: date, source: IdSource) -> None:
        """Write a stage history for deals whose stage moved between two exports."""
        table = Base.metadata.tables[StageHistory.__tablename__]
        columns = (
            "id", "opportunity_id", "opportunity_ref", "from_stage", "stage", "entered_on", "source_system", "source_id", "version", "version_hash", "as_of",
            "import_id", "custom",
        )  # fmt: skip
        ids = source.draw(table, len(self.stage_moves))
        rows = (
            (
                new_id, move.record_id, move.source_id, move.before, move.after, day.isoformat(), system, f"{SEEN}{move.source_id}@{move.version}", 1,
                row_hash(move), self.changed_at, self.import_id, "{}",
            )
            for new_id, move in zip(ids, self.stage_moves, strict=True)
        )  # fmt: skip
        insert_rows(connection, table, columns, rows)


def differences(table: Table, columns: Sequence[str], before: Sequence[object], after: Sequence[object]) -> list[Change]:
    """What differs between two states of a record. A reference is one field, whether its text or its record moved."""
    found: dict[str, Change] = {}
    for name, was, now in zip(columns, before, after, strict=True):
        if was == now:
            continue
        if name == "custom":
            found.update({change.field: change for change in _custom(was, now)})
            continue
        key = name.removesuffix("_ref") if name.endswith("_ref") else name.removesuffix("_id") if f"{name.removesuffix('_id')}_ref" in table.c else name
        if key != name and key in found and name.endswith("_id"):
            continue
        found[key] = Change(key, shown(table, name, was), shown(table, name, now))
    return list(found.values())


def shown(table: Table, name: str, value: object) -> str | None:
    """A stored value as text: amounts as decimals, flags as true and false."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    kind = table.c[name].type if name in table.c else None
    if isinstance(kind, ScaledDecimal) and isinstance(value, int):
        return canonical(Decimal(value).scaleb(-kind.places))
    return str(value)


def _custom(before: object, after: object) -> Iterator[Change]:
    was = before if isinstance(before, dict) else {}
    now = after if isinstance(after, dict) else {}
    for key in sorted(was.keys() | now.keys()):
        own = key.removesuffix(ID_SUFFIX)
        if own != key and was.get(own) == now.get(own) and was.get(key) != now.get(key):
            yield Change(f"custom.{own}", _json(was.get(key)), _json(now.get(key)))
        elif own == key and was.get(key) != now.get(key):
            yield Change(f"custom.{key}", _json(was.get(key)), _json(now.get(key)))


def _json(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
