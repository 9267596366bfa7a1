"""Joins the files of one kind of record: the same record in two of them becomes one, the later file or line wins, and both are reported."""

from __future__ import annotations

from collections.abc import Iterable

from tools.crm.importing.loading.batches import MISSING, Batch, Custom, RefTexts, Value
from tools.crm.importing.loading.issues import IssueLog

DIFFERENCES_SHOWN = 6


def merge(batches: list[Batch], log: IssueLog) -> Batch:
    """One batch of all files; columns that a file doesn't have are MISSING in its rows."""
    whole = batches[0] if len(batches) == 1 else _side_by_side(batches)
    last = {source_id: index for index, source_id in enumerate(whole.source_ids)}
    if len(last) == len(whole):
        return whole
    first: dict[str, int] = {}
    for index, source_id in enumerate(whole.source_ids):
        earlier = first.get(source_id)
        if earlier is not None:
            _lay_over(whole, earlier, index, log)
        first[source_id] = index
    whole.keep(sorted(last.values()))
    return whole


def _side_by_side(batches: list[Batch]) -> Batch:
    whole = Batch(batches[0].entity, [batch.sources[0] for batch in batches], [batch.maps[0] for batch in batches])
    names = {name for batch in batches for name in batch.columns}
    references = {name for batch in batches for name in batch.references}
    has_customs = any(batch.customs for batch in batches)
    whole.incomplete = True
    whole.columns = {name: [] for name in sorted(names)}
    whole.references = {name: RefTexts([], []) for name in sorted(references)}
    for number, batch in enumerate(batches):
        count = len(batch)
        whole.source_ids += batch.source_ids
        whole.lines += batch.lines
        whole.rows += batch.rows
        whole.origins += [number] * count
        whole.read += batch.read
        whole.blank += batch.blank
        whole.refused_ids |= batch.refused_ids
        whole.by_content |= batch.by_content
        whole.custom_keys |= batch.custom_keys
        for name, column in whole.columns.items():
            column.extend(batch.columns.get(name) or [MISSING] * count)
        for name, texts in whole.references.items():
            held = batch.references.get(name)
            texts.names += held.names if held else [None] * count
            texts.ids += held.ids if held else [None] * count
            if held:
                texts.name_column, texts.id_column = texts.name_column or held.name_column, texts.id_column or held.id_column
        if has_customs:
            whole.customs += batch.customs or [{} for _ in range(count)]
    return whole


def _lay_over(batch: Batch, earlier: int, later: int, log: IssueLog) -> None:
    """The later row takes over what only the earlier one's file has."""
    differences = []
    for name, column in batch.columns.items():
        before, after = column[earlier], column[later]
        if after is MISSING:
            column[later] = before
        elif before is not MISSING and before != after:
            differences.append((name, before, after))
    for name, texts in batch.references.items():
        _lay_reference(batch, name, texts, earlier, later, differences)
    if batch.customs:
        older, newer = batch.customs[earlier], batch.customs[later]
        differences += _custom_differences(older, newer)
        batch.customs[later] = older | newer
    source = batch.sources[batch.origins[earlier]]
    winner = batch.sources[batch.origins[later]]
    where = f"{winner.file}:{batch.lines[later]}"
    shown = [f"{name}: {_said(before)} → {_said(after)}" for name, before, after in differences[:DIFFERENCES_SHOWN]]
    if len(differences) > DIFFERENCES_SHOWN:
        shown.append("…")
    log.add(
        "merged", "duplicate_differs" if differences else "duplicate_identical", batch.entity.key, source, batch.lines[earlier],
        record=batch.source_ids[earlier], before="; ".join(shown) or None, after=where, row=batch.rows[earlier],
    )  # fmt: skip


def _lay_reference(batch: Batch, name: str, texts: RefTexts, earlier: int, later: int, differences: list[tuple[str, Value, Value]]) -> None:
    mapped = batch.maps[batch.origins[later]]
    if not any(column.to.removesuffix("#id") == name for column in mapped.columns):
        texts.names[later], texts.ids[later] = texts.names[earlier], texts.ids[earlier]
        return
    before = texts.names[earlier] or texts.ids[earlier]
    after = texts.names[later] or texts.ids[later]
    if before != after:
        differences.append((name, before, after))


def _custom_differences(older: Custom, newer: Custom) -> Iterable[tuple[str, Value, Value]]:
    return [(key, older[key], newer[key]) for key in older.keys() & newer.keys() if older[key] != newer[key]]


def _said(value: Value) -> str:
    return "—" if value is None else str(value)
