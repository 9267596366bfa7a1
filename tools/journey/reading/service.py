"""The door to what texts tell: the events of a store that a principal may see, each with the record that tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.semantic import Entity, SemanticModel
from tools.crm.text_store import Texts, present
from tools.journey.acts import Act, Actor, Status, TextEvent, TextRef
from tools.journey.reading.confidence import confidence_of
from tools.journey.reading.filling import dated
from tools.journey.reading.models import TextEventRow
from tools.store.classification import Classification
from tools.trace.cells import Frozen, SourceRef

HIDDEN = "…"
"""Stands for a name that the reader is not cleared for."""


class ToldEvent(Frozen):
    """An event with the account that its record is about, what the record's own source calls it, and how sensitive its text is."""

    event: TextEvent
    account_id: int | None
    source: SourceRef
    classification: Classification


def told_events(
    session: Session,
    model: SemanticModel,
    principal: Principal,
    scope: RowScope,
    *,
    acts: Collection[Act] = (),
    statuses: Collection[Status] = (),
    accounts: Collection[int] = (),
    since: date | None = None,
    until: date | None = None,
) -> Iterator[ToldEvent]:
    """The events that a principal may see, by entity, record and place in the text; an empty selection means all.

    Rows are limited in SQL, a field above the principal's clearance is left out whole, and only the version that a record has now
    counts: what was read of an earlier one is not told.
    """
    for entity in dated(model):
        yield from _of_entity(session, entity, principal, scope, acts, statuses, accounts, since, until)


def _of_entity(
    session: Session,
    entity: Entity,
    principal: Principal,
    scope: RowScope,
    acts: Collection[Act],
    statuses: Collection[Status],
    accounts: Collection[int],
    since: date | None,
    until: date | None,
) -> Iterator[ToldEvent]:
    holders = Texts(entity)
    root = holders.root
    levels = {field.key: field.classification for field in holders.fields() if field.classification <= principal.clearance}
    if not levels or principal.clearance < Classification.CONFIDENTIAL:
        return
    limit = scope.limit(principal, entity.key, root)
    where = [present(holders), TextEventRow.entity == entity.key, TextEventRow.field.in_(sorted(levels))]
    if limit is not None:
        where.append(limit)
    if acts:
        where.append(TextEventRow.act.in_(sorted(act.value for act in acts)))
    if statuses:
        where.append(TextEventRow.status.in_(sorted(status.value for status in statuses)))
    if since is not None:
        where.append(TextEventRow.on >= since)
    if until is not None:
        where.append(TextEventRow.on <= until)
    account = root.c.id if entity.key == "account" else root.c.get("account_id")
    if accounts:
        if account is None:
            return
        where.append(account.in_(sorted(accounts)))
    columns = [TextEventRow, root.c.source_system, root.c.source_id, root.c.version_hash, root.c.as_of]
    statement = select(*columns, *([account.label("account")] if account is not None else [])).join(
        root, (root.c.id == TextEventRow.record_id) & (root.c.version == TextEventRow.version)
    )
    personal = principal.clearance >= Classification.PERSONAL
    for found in session.execute(statement.where(*where).order_by(TextEventRow.record_id, TextEventRow.field, TextEventRow.start, TextEventRow.id)):
        row: TextEventRow = found[0]
        source = SourceRef(
            system=found.source_system, table=entity.table, record=found.source_id, field=row.field, version=found.version_hash, as_of=found.as_of
        )
        yield ToldEvent(
            event=_event(row, entity, personal),
            account_id=found.account if account is not None else None,
            source=source,
            classification=max(levels[row.field], Classification.CONFIDENTIAL),
        )


def _event(row: TextEventRow, entity: Entity, personal: bool) -> TextEvent:
    status = Status(row.status)
    named = row.person is not None and not personal
    return TextEvent(
        act=Act(row.act),
        status=status,
        actor=Actor.model_validate({"text": HIDDEN if named else row.actor, "side": row.side, "role": row.role, "person": None if named else row.person}),
        object=row.object,
        on=row.on,
        on_stated=row.on_stated,
        source=TextRef(table=entity.table, record_id=row.record_id, field=row.field, version=row.version, start=row.start, end=row.end),
        confidence=confidence_of(row.means, status),
    )
