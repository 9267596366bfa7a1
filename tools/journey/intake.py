"""Turns records into events: what the CRM's tables, the acts read out of texts and signals from outside say about an account, with the field that says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm import models
from tools.journey.acts import TextEvent
from tools.journey.models import JourneySignal
from tools.journey.recognising import Recogniser, Told
from tools.journey.schemas import NewEvent
from tools.trace.cells import SourceRef

PROSE = 160
ENDING_DAYS = 60
PART = 5_000
Record = Any  # a row of one of the tables below


def events_of_records(session: Session, recogniser: Recogniser, now: datetime, since: datetime | None = None) -> Iterator[NewEvent]:
    """The events that the records of all tables tell as of ``now``; with ``since`` only of those read after it. Records that are gone tell none."""
    scores = [float(each) for each in session.scalars(select(models.Ticket.satisfaction).where(models.Ticket.satisfaction.is_not(None)).distinct())]
    best = next((top for top in (1, 5, 10, 100) if max(scores, default=0) <= top), 100)
    with_history = set(session.scalars(select(models.StageHistory.opportunity_id).distinct()))
    for told, at, account_id, account_ref, record in _told(session, now, since, best, with_history):
        table = record.__tablename__
        for known in recogniser.recognise(told):
            source = SourceRef(
                system=record.source_system, table=table, record=record.source_id, field=known.field, version=record.version_hash, as_of=record.as_of
            )
            key = f"{table}:{record.source_system}:{record.source_id}:{known.evidence}"
            yield NewEvent(key=key, account_id=account_id, account_ref=account_ref, evidence=known.evidence, origin=known.origin, at=at, source=source)


def events_of_acts(session: Session, recogniser: Recogniser, acts: Sequence[TextEvent]) -> Iterator[NewEvent]:
    """The events that acts read out of texts tell. An act that was not done moves nothing; each counts as far as it was read for sure."""
    by_table: dict[str, list[TextEvent]] = {}
    for act in acts:
        by_table.setdefault(act.source.table, []).append(act)
    for table, its in by_table.items():
        held = {record.id: record for record in _records(session, table, {act.source.record_id for act in its})}
        for act in its:
            record = held.get(act.source.record_id)
            at = _moment(act.on) if act.on else _time_of(record) if record is not None else None
            if record is None or at is None or not 0 < act.confidence <= 1:
                continue
            told = Told(
                record="act",
                texts={act.source.field: act.object},
                act=act.act.value,
                states=(act.status.value,),
                side=act.actor.side,
                has_person=bool(act.actor.text),
            )
            for known in recogniser.recognise(told):
                where = f"{act.source.field}:{act.source.start}-{act.source.end}"
                key = f"{table}:{record.source_system}:{record.source_id}:{where}:{act.act.value}:{known.evidence}"
                yield NewEvent(
                    key=key, account_id=record.account_id, account_ref=record.account_ref, evidence=known.evidence, origin=known.origin, told_by="act", at=at, counts=float(act.confidence),
                    source=SourceRef(system=record.source_system, table=table, record=record.source_id, field=act.source.field, version=record.version_hash, as_of=record.as_of),
                )  # fmt: skip


def events_of_signal(recogniser: Recogniser, row: JourneySignal, account_id: int | None) -> Iterator[NewEvent]:
    """The events that a signal from outside tells."""
    told = Told(record="signal", texts={"headline": row.headline, "kind": row.kind}, on_competitor=row.competitor or "", has_person=bool(row.person))
    for known in recogniser.recognise(told):
        source = SourceRef(system=row.sender, table=row.__tablename__, record=row.id, field=known.field, version="1", as_of=row.received_at)
        yield NewEvent(
            key=f"{row.__tablename__}:{row.id}:{known.evidence}", account_id=account_id, account_ref=row.account_ref, evidence=known.evidence, origin=known.origin, told_by="signal",
            at=row.observed_at, source=source,
        )  # fmt: skip


def competitors_of(session: Session) -> set[str]:
    """The names of competitors that the company's own records know."""
    columns = (models.Opportunity.competitor, models.Signal.competitor)
    return {name.strip() for column in columns for name in session.scalars(select(column).where(column.is_not(None)).distinct()) if name and name.strip()}


Line = tuple[Told, datetime, int | None, str | None, Record]


def _told(session: Session, now: datetime, since: datetime | None, best: int, with_history: set[int | None]) -> Iterator[Line]:
    """What each record tells, when, and of which account; records without a time tell nothing."""
    deals = {row.id: row for row in session.execute(select(models.Opportunity.id, models.Opportunity.account_id, models.Opportunity.account_ref))}
    for row in _all(session, models.Interaction, since):
        if row.occurred_at:
            texts = {"subject": row.subject or "", "kind": row.kind or "", "outcome": row.outcome or ""}
            told = Told(
                record="interaction",
                texts=texts,
                prose=("body", (row.body or "")[:PROSE]),
                channel=row.kind or "",
                direction=row.direction or "",
                has_person=bool(row.contact_id),
            )
            yield told, row.occurred_at, row.account_id, row.account_ref, row
    for row in _all(session, models.Ticket, since):
        texts = {"subject": row.subject or "", "category": row.category or ""}
        if row.opened_at:
            yield Told(record="ticket", texts=texts, prose=("body", (row.body or "")[:PROSE])), row.opened_at, row.account_id, row.account_ref, row
        if row.closed_at and row.satisfaction is not None and float(row.satisfaction) >= 0.75 * best:
            yield Told(record="ticket_closed", texts={"satisfaction": ""}, states=("satisfied",)), row.closed_at, row.account_id, row.account_ref, row
    for row in _all(session, models.Request, since):
        if row.opened_at:
            yield Told(record="request", texts={"subject": row.subject or ""}), row.opened_at, row.account_id, row.account_ref, row
    for row in _all(session, models.Signal, since):
        if row.observed_at:
            told = Told(
                record="signal", texts={"headline": row.headline or "", "kind": row.kind or ""}, prose=("body", (row.body or "")[:PROSE]),
                on_competitor=row.competitor or "", has_person=bool(row.contact_id or row.contact_ref),
            )  # fmt: skip
            yield told, row.observed_at, row.account_id, row.account_ref, row
    for row in _all(session, models.Contract, since):
        if signed := row.signed_on or row.start_on:
            yield (
                Told(record="contract", texts={"kind": row.kind or "", "name": row.name or ""}, states=("signed",)),
                _moment(signed),
                row.account_id,
                row.account_ref,
                row,
            )
        if row.end_on:
            told = Told(record="contract", texts={"end_on": ""}, states=("ending",))
            yield told, _moment(row.end_on - timedelta(days=ENDING_DAYS)), row.account_id, row.account_ref, row
    for row in _all(session, models.Milestone, since):
        if row.done_on:
            yield (
                Told(record="milestone", texts={"name": row.name, "done_on": ""}, states=("done",)),
                _moment(row.done_on),
                row.account_id,
                row.account_ref,
                row,
            )
        elif row.due_on and _moment(row.due_on + timedelta(days=1)) <= now:
            told = Told(record="milestone", texts={"name": row.name, "due_on": ""}, states=("missed",))
            yield told, _moment(row.due_on + timedelta(days=1)), row.account_id, row.account_ref, row
    for row in _all(session, models.VerifiedEvent, since):
        if row.verified_on:
            yield (
                Told(record="verified_event", texts={"name": row.name, "kind": row.kind or ""}),
                _moment(row.verified_on),
                row.account_id,
                row.account_ref,
                row,
            )
    for row in _all(session, models.StageHistory, since):
        deal = deals.get(row.opportunity_id)
        if row.entered_on and deal is not None:
            yield Told(record="stage", texts={"stage": row.stage}), _moment(row.entered_on), deal.account_id, deal.account_ref, row
    for row in _all(session, models.Opportunity, since):
        if row.close_on and row.status in {"won", "lost"} and row.id not in with_history:
            yield Told(record="stage", texts={"status": row.status}), _moment(row.close_on), row.account_id, row.account_ref, row


def _all(session: Session, table: type[Record], since: datetime | None) -> Iterator[Record]:
    rows = select(table).where(table.gone_at.is_(None), *([table.as_of > since] if since else [])).order_by(table.id)
    for part in session.scalars(rows).partitions(PART):
        yield from part


def _records(session: Session, table: str, ids: Iterable[int]) -> Iterator[Record]:
    tables: dict[str, type[Record]] = {each.__tablename__: each for each in (models.Interaction, models.Ticket, models.Request, models.Signal)}
    wanted = sorted(ids)
    for start in range(0, len(wanted) if table in tables else 0, 500):
        yield from session.scalars(select(tables[table]).where(tables[table].id.in_(wanted[start : start + 500])))


def _time_of(record: Record) -> datetime | None:
    return getattr(record, "occurred_at", None) or getattr(record, "opened_at", None) or getattr(record, "observed_at", None)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
