"""Tells which refused rows of earlier imports have arrived corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from tools.crm.importing.corrections import Origin
from tools.crm.importing.loading.batches import Batch
from tools.crm.importing.loading.storing import update_rows
from tools.crm.models import ImportIssue, ImportRun
from tools.store.base import Base


def settle(
    connection: Connection, import_id: int, system: str, batches: Iterable[Batch], origins: Mapping[tuple[str, str | None, int], Origin]
) -> int:  # fmt: skip
    """Mark refused rows as settled by this import: rows of files of corrections by their origin, others by their id. Returns how many rows."""
    open_issues = (
        select(ImportIssue.id, ImportIssue.import_id, ImportIssue.entity, ImportIssue.record, ImportIssue.file, ImportIssue.sheet, ImportIssue.line)
        .join(ImportRun, ImportRun.id == ImportIssue.import_id)
        .where(ImportRun.system == system, ImportIssue.outcome == "refused", ImportIssue.settled_by.is_(None), ImportIssue.import_id != import_id)
    )
    issues = connection.execute(open_issues).all()
    if not issues:
        return 0
    arrived: set[tuple[str, str]] = set()
    corrected: set[Origin] = set()
    for batch in batches:
        arrived.update((batch.entity.key, source_id) for source_id in batch.source_ids)
        if origins:
            corrected.update(_origins(batch, origins))
    settled = [
        issue
        for issue in issues
        if (issue.entity, issue.record or "") in arrived or Origin(issue.import_id, issue.file, issue.sheet, issue.line or 0) in corrected
    ]
    table = Base.metadata.tables[ImportIssue.__tablename__]
    update_rows(connection, table, ["settled_by"], ((import_id, issue.id) for issue in settled))
    return len({(issue.import_id, issue.file, issue.sheet, issue.line) for issue in settled})


def _origins(batch: Batch, origins: Mapping[tuple[str, str | None, int], Origin]) -> Iterable[Origin]:
    for origin, line in zip(batch.origins, batch.lines, strict=True):
        source = batch.sources[origin]
        found = origins.get((source.file, source.sheet, line))
        if found is not None:
            yield found
