"""Puts one batch into its table: what is new is inserted, what changed becomes a new version, what is gone is marked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat

from sqlalchemy import Connection, Table

from tools.crm.importing.loading.batches import MISSING, Batch, Custom
from tools.crm.importing.loading.history import GONE, SEEN, Change, History, StageMove, differences
from tools.crm.importing.loading.storing import Held, IdSource, full_rows, insert_rows, row_hash, update_rows
from tools.crm.importing.loading.tabling import META
from tools.store.base import Base

NO_CUSTOM = "{}"
# An export that lacks more of its records than this is more likely a broken one than news.
GONE_SHARE, GONE_COUNT = 0.2, 10


@dataclass(slots=True)
class Placed:
    """How many rows of a batch went which way; ``staying`` are those that it doesn't hold and that were not marked as gone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    returned: int = 0
    staying: int = 0


class Placing:
    """One batch on its way into the store. :meth:`number` first, so that others can refer to its rows, then :meth:`place`."""

    def __init__(self, connection: Connection, batch: Batch, held: Mapping[str, Held], system: str, history: History) -> None:
        """``held`` is what the store has of the same system and kind."""
        self.connection, self.batch, self.held, self.system, self.history = connection, batch, held, system, history
        self.table: Table = Base.metadata.tables[batch.entity.table]
        self.domain = [column.name for column in self.table.c if column.name not in META]
        self.ids: list[int] = []

    def number(self, source: IdSource) -> list[int]:
        """The id of each row in the store: the one that it has, or a new one."""
        unknown = [source_id for source_id in self.batch.source_ids if source_id not in self.held]
        made = dict(zip(unknown, source.draw(self.table, len(unknown)), strict=True))
        self.ids = [self.held[source_id].id if source_id in self.held else made[source_id] for source_id in self.batch.source_ids]
        return self.ids

    def place(self, partial: bool, accept_gone: bool, told: Callable[[int], None]) -> Placed:
        """Write the batch. A ``partial`` one says nothing of the rows that it doesn't hold; many are only taken for gone with ``accept_gone``."""
        placed = Placed()
        inserted, suspects = self._compare(placed)
        self._insert(inserted, told)
        self._update(suspects, placed)
        placed.new = len(inserted)
        if not partial:
            self._settle_absent(placed, accept_gone)
        return placed

    def _compare(self, placed: Placed) -> tuple[list[tuple[int, str, tuple[object, ...]]], list[tuple[int, tuple[object, ...]]]]:
        """Sort rows into new ones, with their hash, and those whose hash differs from the one on record."""
        inserted: list[tuple[int, str, tuple[object, ...]]] = []
        suspects: list[tuple[int, tuple[object, ...]]] = []
        returned: list[int] = []
        for position, (source_id, values) in enumerate(zip(self.batch.source_ids, self._values(), strict=True)):
            held = self.held.get(source_id)
            full = tuple(None if value is MISSING else value for value in values) if self.batch.incomplete else values
            digest = row_hash(full)
            if held is None:
                inserted.append((position, digest, full))
            elif held.hash != digest:
                suspects.append((position, values))
            else:
                placed.unchanged += 1
            if held is not None and held.gone:
                returned.append(position)
        self._bring_back(returned, placed)
        return inserted, suspects

    def _values(self) -> Iterator[tuple[object, ...]]:
        """The stored values of each row in the order of the table, custom fields last."""
        columns = [self.batch.columns.get(name) or repeat(None) for name in self.domain]
        customs: Iterator[str] | repeat[str] = map(_custom_text, self.batch.customs) if self.batch.customs else repeat(NO_CUSTOM, len(self.batch))
        return zip(*columns, customs, strict=False)

    def _insert(self, inserted: list[tuple[int, str, tuple[object, ...]]], told: Callable[[int], None]) -> None:
        table_id = self.batch.entity.custom_table
        fixed = ("table_id",) if table_id is not None else ()
        columns = (*fixed, "id", "source_id", "version_hash", "source_line", "source_system", "version", "as_of", "import_id", *self.domain, "custom")
        lead = (table_id,) if table_id is not None else ()
        tail = (self.system, 1, self.history.changed_at, self.history.import_id)
        batch = self.batch
        rows = ((*lead, self.ids[at], batch.source_ids[at], digest, batch.lines[at], *tail, *values) for at, digest, values in inserted)
        insert_rows(self.connection, self.table, columns, rows, told)

    def _update(self, suspects: list[tuple[int, tuple[object, ...]]], placed: Placed) -> None:
        columns = [*self.domain, "custom"]
        stored = dict(full_rows(self.connection, self.table, columns, [self.ids[position] for position, _ in suspects]))
        updates = []
        for position, values in suspects:
            before = stored[self.ids[position]]
            after = self._overlaid(position, values, before)
            changes = differences(self.table, columns, before, after)
            if not changes:
                placed.unchanged += 1
                continue
            placed.changed += 1
            updates.append(self._new_version(position, after, changes))
        update_rows(self.connection, self.table, [*columns, "version", "version_hash", "as_of", "import_id", "source_line"], updates)

    def _overlaid(self, position: int, values: tuple[object, ...], before: list[object]) -> list[object]:
        """What the export says, over what the store holds where the export has no such column."""
        known = self.batch.columns
        after = [
            was if name not in known or value is MISSING else value
            for name, value, was in zip(self.domain, values[:-1], before[:-1], strict=True)
        ]  # fmt: skip
        held = before[-1] if isinstance(before[-1], dict) else {}
        told = self.batch.customs[position] if self.batch.customs else {}
        return [*after, {key: value for key, value in held.items() if key not in self.batch.custom_keys} | told]

    def _new_version(self, position: int, after: list[object], changes: list[Change]) -> tuple[object, ...]:
        source_id, record_id = self.batch.source_ids[position], self.ids[position]
        version = self.held[source_id].version + 1
        self.history.note(self.batch.entity.key, self.table.name, record_id, version, changes)
        if self.batch.entity.key == "opportunity":
            moved = next((change for change in changes if change.field == "stage" and change.after is not None), None)
            if moved is not None and moved.after is not None:
                self.history.stage_moves.append(StageMove(record_id, source_id, version, moved.before, moved.after))
        stored = (*after[:-1], _custom_text(after[-1]))
        return (*stored, version, row_hash(stored), self.history.changed_at, self.history.import_id, self.batch.lines[position], record_id)

    def _bring_back(self, positions: list[int], placed: Placed) -> None:
        placed.returned = len(positions)
        for position in positions:
            held = self.held[self.batch.source_ids[position]]
            self.history.note(self.batch.entity.key, self.table.name, held.id, held.version, [Change(GONE, "true", None)])
        update_rows(self.connection, self.table, ["gone_at"], ((None, self.ids[position]) for position in positions))

    def _settle_absent(self, placed: Placed, accept_gone: bool) -> None:
        """Mark what the export doesn't hold as gone. An empty table says nothing; nor does one that lacks many, unless told so."""
        here = {*self.batch.source_ids, *self.batch.refused_ids}
        living = [(source_id, held) for source_id, held in self.held.items() if not held.gone and not source_id.startswith(SEEN)]
        absent = [held for source_id, held in living if source_id not in here]
        # A row without an id that changed is another row: only what is missing altogether counts.
        lost = len(absent) - (placed.new + placed.returned if self.batch.by_content else 0)
        if not len(self.batch) or (not accept_gone and lost > max(GONE_COUNT, GONE_SHARE * len(living))):
            placed.staying = len(absent)
            return
        placed.gone = len(absent)
        for held in absent:
            self.history.note(self.batch.entity.key, self.table.name, held.id, held.version, [Change(GONE, None, "true")])
        update_rows(self.connection, self.table, ["gone_at"], ((self.history.changed_at, held.id) for held in absent))


def _custom_text(custom: Custom | object) -> str:
    return json.dumps(custom, ensure_ascii=False, sort_keys=True) if custom else NO_CUSTOM
