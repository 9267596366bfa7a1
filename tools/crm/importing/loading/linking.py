"""Fills the reference columns of a batch with the ids of the records that are meant, and reports what was respelled or not found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from tools.crm.importing.loading.batches import Batch, RefTexts, Value
from tools.crm.importing.loading.customs import CustomFields
from tools.crm.importing.loading.issues import IssueLog
from tools.crm.importing.loading.resolving import Candidate, Found, NameIndex, choose
from tools.crm.importing.report import Unreferenced
from tools.crm.semantic import Entity
from tools.crm.semantic.model import id_key
from tools.crm.semantic.own_references import Target
from tools.store.base import Base
from tools.store.types import SCALE
from tools.trace.arithmetic import canonical

OTHER_NAMES = ("number", "code", "email")
ACCOUNT = "account"


@dataclass(slots=True)
class Linker:
    """Resolves the references of all batches of one import; ``ids`` are the store's ids of each batch's rows."""

    connection: Connection
    system: str
    entities: Mapping[str, Entity]
    batches: Mapping[str, Batch]
    ids: Mapping[str, list[int]]
    log: IssueLog
    fields: CustomFields
    indexes: dict[Target, NameIndex]

    def link(self, batch: Batch) -> list[Unreferenced]:
        """Fill ``…_id`` and ``…_ref`` of one batch. The account goes first: it tells apart contacts and deals of one name."""
        blanks = []
        for name in sorted(batch.references, key=lambda each: (each != ACCOUNT, each)):
            texts = batch.references[name]
            target = Target(batch.entity.fields[name].to or name)
            owners = batch.columns.get("account_id") if name != ACCOUNT else None
            self._fill(batch, name, texts, self._index(target), owners)
            count = sum(ref is None for ref in batch.columns[f"{name}_ref"])
            if count:
                blanks.append(Unreferenced(entity=batch.entity.key, field=name, count=count))
        for key in sorted(batch.custom_keys):
            meant = self.fields.targets.get((batch.entity.key, key))
            if meant is not None and meant.entity in self.entities:
                self._fill_own(batch, key, self._index(meant))
        return blanks

    def _fill_own(self, batch: Batch, key: str, index: NameIndex) -> None:
        """Put the ids of the records that an own column names beside what it says, which stays as it is."""
        batch.custom_keys.add(id_key(key))
        owners, column = batch.columns.get("account_id"), RefTexts([], [], id_column=self.fields.label(batch.entity.key, key))
        found: dict[str, Found] = {}
        for position, custom in enumerate(batch.customs):
            text = custom.get(key)
            if not isinstance(text, str):
                continue
            if text not in found:
                found[text] = _look_up(index, None, text)
            meant = found[text].id or self._settle(batch, position, (None, text), found[text], owners, column)
            if meant is not None:
                custom[id_key(key)] = meant

    def _fill(self, batch: Batch, name: str, texts: RefTexts, index: NameIndex, owners: Sequence[Value] | None) -> None:
        pairs = list(zip(texts.names, texts.ids, strict=True))
        read = {pair: _look_up(index, *pair) for pair in set(pairs)}
        ids: list[Value] = []
        for position, pair in enumerate(pairs):
            found = read[pair]
            if pair[0] is not None and pair[1] is not None and found.means != "id":
                self._keep_unknown_id(batch, position, pair[0], pair[1], texts)
            if found.id is None or found.means in ("spelling", "similar"):
                ids.append(self._settle(batch, position, pair, found, owners, texts))
            else:
                ids.append(found.id)
        batch.columns[f"{name}_id"] = ids
        batch.columns[f"{name}_ref"] = [by_name or by_id for by_name, by_id in pairs]

    def _keep_unknown_id(self, batch: Batch, position: int, by_name: str, by_id: str, texts: RefTexts) -> None:
        """Of an id that no record has, beside a name: the name is taken, and the id stays in the report."""
        source, line, record = batch.sources[batch.origins[position]], batch.lines[position], batch.source_ids[position]
        self.log.add(
            "repaired", "reference_id_unknown", batch.entity.key, source, line, record=record, column=texts.id_column, before=by_id, after=by_name
        )  # fmt: skip

    def _settle(
        self, batch: Batch, position: int, pair: tuple[str | None, str | None], found: Found, owners: Sequence[Value] | None, texts: RefTexts
    ) -> int | None:
        """The id for a reference that wants a word in the report, or the row's own context to be told."""
        by_name, by_id = pair
        written = by_name or by_id
        if written is None:
            return None
        column = texts.name_column if by_name else texts.id_column
        source, line = batch.sources[batch.origins[position]], batch.lines[position]
        record = batch.source_ids[position]
        key = batch.entity.key
        if found.id is not None:
            self.log.add("repaired", f"reference_{found.means}", key, source, line, record=record, column=column, before=written, after=found.name)
            return found.id
        owner = owners[position] if owners else None
        chosen = choose(found.choices, owner if isinstance(owner, int) else None)
        if chosen is not None:
            return chosen.id
        reason = "reference_ambiguous" if found.choices else "reference_unknown"
        self.log.add("reference_not_found", reason, key, source, line, record=record, column=column, before=written)
        return None

    def _index(self, target: Target) -> NameIndex:
        if target not in self.indexes:
            self.indexes[target] = self._build(target)
        return self.indexes[target]

    def _build(self, target: Target) -> NameIndex:
        """What the import brings, and what the store has."""
        index = NameIndex(companies=target.entity == ACCOUNT)
        entity = self.entities[target.entity]
        table = Base.metadata.tables[entity.table]
        batch = self.batches.get(target.entity)
        if batch is not None:
            for candidate in _brought(batch, self.ids[target.entity], table, target.by):
                index.add(candidate)
        title: ColumnElement[Any] = table.c[entity.title] if entity.title else table.c.source_id
        if target.by is not None:
            title = table.c.custom[target.by]
        others = [table.c[name] for name in OTHER_NAMES if name in table.c]
        owner = [table.c.account_id] if "account_id" in table.c else []
        wanted = select(table.c.id, table.c.source_id, table.c.source_system, table.c.gone_at, title, *owner, *others)
        if entity.custom_table is not None:
            wanted = wanted.where(table.c.table_id == entity.custom_table)
        for row in self.connection.execute(wanted.order_by(table.c.id)):
            names = row[5 + len(owner) :]
            index.add(
                Candidate(
                    id=row[0], source_id=row[1], name=_called(row[4]), other_names=tuple(name for name in names if name),
                    owner=row[5] if owner else None, here=row[2] == self.system, gone=row[3] is not None,
                )
            )  # fmt: skip
        return index


def _look_up(index: NameIndex, by_name: str | None, by_id: str | None) -> Found:
    """The id decides where it is known, else the name; an id column may also hold names."""
    if by_id is not None:
        direct = index.by_id(by_id)
        if direct is not None:
            return Found(direct, "id")
    if by_name is not None:
        return index.by_name(by_name)
    if by_id is not None:
        named = index.by_name(by_id)
        return named if named.means == "name" else Found(choices=named.choices)
    return Found()


def _brought(batch: Batch, ids: list[int], table: Table, by: str | None) -> list[Candidate]:
    title = batch.columns.get(batch.entity.title or "") or [None] * len(batch)
    if by is not None and batch.customs:
        title = [custom.get(by) for custom in batch.customs]
    others = [batch.columns[name] for name in OTHER_NAMES if name in table.c and name in batch.columns]
    owners = batch.columns.get("account_id") or [None] * len(batch)
    extra = list(zip(*others, strict=True)) if others else [()] * len(batch)
    return [
        Candidate(
            id=ids[position], source_id=batch.source_ids[position], name=_called(title[position]),
            other_names=tuple(filter(None, map(_text, extra[position]))), owner=_number(owners[position]),
        )
        for position in range(len(batch))
    ]  # fmt: skip


def _called(value: object) -> str | None:
    """What a record is called by a column of text or of whole numbers, which custom fields hold in the store's own units."""
    return canonical(Decimal(value).scaleb(-SCALE)) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
