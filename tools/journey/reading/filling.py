"""Fills the table of what texts tell: reads only texts that are new or changed, in batches, and can be killed at any point."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, delete, func, insert, literal, select
from sqlalchemy.orm import Session, sessionmaker

from tools.crm.models import Contact, Member
from tools.crm.ports import Progress
from tools.crm.semantic import Entity, Field, SemanticModel, load_model
from tools.crm.text_store import Texts, has_text, present, prose_fields
from tools.journey.reading.actors import Note, Person
from tools.journey.reading.dates import on_day
from tools.journey.reading.found import AHEAD, Found
from tools.journey.reading.lexicon import load_lexicon
from tools.journey.reading.models import TextEventRow, TextReading
from tools.journey.reading.reader import read_text
from tools.store.collecting import uncollected
from tools.trace.cells import Frozen

BATCH = 2000
MANY = 500
PEOPLE = 20
"""So many persons of an account are looked for by name in its texts."""


class ReadingReport(Frozen):
    """What one run did. ``texts`` counts fields of records that were read, ``removed`` texts that were forgotten because they changed or are gone."""

    texts: int
    events: int
    removed: int
    seconds: float

    @property
    def texts_per_second(self) -> float:
        """Speed of the run, 0 when there was nothing to do."""
        return self.texts / self.seconds if self.seconds and self.texts else 0.0


class TextEventFiller:
    """Brings the table in step with the records.

    A text is read once per version of its record and version of the reader; a batch is a transaction of its own, so a run that is
    cut off is gone on with by the next. Which fields hold texts is told by what they hold, whatever the export calls them.
    """

    def __init__(self, sessions: sessionmaker[Session], time_zone: str = "UTC") -> None:
        """``sessions`` opens the store; days are counted in ``time_zone``."""
        self.sessions, self.time_zone = sessions, time_zone

    def run(self, progress: Progress | None = None, stopped: Callable[[], bool] = lambda: False) -> ReadingReport:
        """Read what is new or changed. ``stopped`` is asked between batches."""
        began = time.perf_counter()
        totals = {"texts": 0, "events": 0, "removed": 0}
        with self.sessions() as session:
            model = load_model(session, self.time_zone)
            chosen = [(holders, fields) for entity in dated(model) for holders, fields in [_fields(session, entity)]]
            for holders, fields in chosen:
                totals["removed"] += _forget(session, holders, fields)
            session.commit()
            open_ = sum(_count(session, holders, field) for holders, fields in chosen for field in fields)
            if open_:
                people = _People(session)
                for holders, fields in chosen:
                    for field in fields:
                        self._field(session, holders, field, people, totals, open_, progress, stopped)
        return ReadingReport(**totals, seconds=round(time.perf_counter() - began, 3))

    def _field(
        self,
        session: Session,
        holders: Texts,
        field: Field,
        people: _People,
        totals: dict[str, int],
        open_: int,
        progress: Progress | None,
        stopped: Callable[[], bool],
    ) -> None:
        root, last = holders.root, 0
        columns = [root.c.id, root.c.version, holders.text(field).label("text"), *_context(holders)]
        while not stopped():
            statement = select(*columns).where(_outstanding(holders, field), root.c.id > last).order_by(root.c.id).limit(BATCH)
            rows = session.execute(statement).all()
            if not rows:
                return
            last = rows[-1].id
            with uncollected():
                events, readings = _read(rows, holders.entity, field, people, ZoneInfo(self.time_zone))
            _drop(session, holders.entity, field, [row.id for row in rows])
            if events:
                session.execute(insert(TextEventRow), events)
            session.execute(insert(TextReading), readings)
            session.commit()
            totals["texts"] += len(rows)
            totals["events"] += len(events)
            if progress is not None:
                progress("read_texts", totals["texts"], open_)


class _People:
    """The persons of a store by id, and those of an account."""

    def __init__(self, session: Session) -> None:
        self.members: dict[int, str] = {ident: name for ident, name in session.execute(select(Member.id, Member.name))}
        self.contacts: dict[int, Person] = {}
        self.of_account: dict[int, list[Person]] = {}
        for ident, name, title, account in session.execute(
            select(Contact.id, Contact.name, Contact.title, Contact.account_id).where(Contact.gone_at.is_(None))
        ):
            person = Person(name, title)
            self.contacts[ident] = person
            if account is not None and len(self.of_account.setdefault(account, [])) < PEOPLE:
                self.of_account[account].append(person)


def dated(model: SemanticModel) -> tuple[Entity, ...]:
    """The kinds of record whose texts are told on a day."""
    return tuple(entity for entity in model.entities.values() if entity.time is not None)


def _fields(session: Session, entity: Entity) -> tuple[Texts, tuple[Field, ...]]:
    holders = Texts(entity)
    return holders, prose_fields(session, holders)


def _context(holders: Texts) -> list[ColumnElement[Any]]:
    """What a record tells of its text, empty where its kind has no such column."""
    root, entity = holders.root, holders.entity
    empty: ColumnElement[Any] = literal(None, String)
    found = []
    for name in ("kind", "direction", "contact_id", "owner_id", "account_id"):
        found.append((root.c[name] if name in root.c else empty).label(name))
    day: ColumnElement[Any] = empty
    if entity.time is not None:
        field = entity.fields.get(entity.time)
        if field is not None and field.custom:
            day = root.c.custom[field.key].as_string()
        elif entity.time in root.c:
            day = root.c[entity.time]
    return [*found, day.label("day")]


def _outstanding(holders: Texts, field: Field) -> ColumnElement[bool]:
    root = holders.root
    done = select(TextReading.id).where(
        TextReading.entity == holders.entity.key,
        TextReading.field == field.key,
        TextReading.record_id == root.c.id,
        TextReading.version == root.c.version,
        TextReading.reader == load_lexicon().version,
    )
    open_: ColumnElement[bool] = present(holders) & has_text(holders, field) & ~done.correlate(root).exists()
    return open_


def _count(session: Session, holders: Texts, field: Field) -> int:
    return session.scalar(select(func.count()).select_from(holders.root).where(_outstanding(holders, field))) or 0


def _forget(session: Session, holders: Texts, fields: Iterable[Field]) -> int:
    """Drop what was read of records that changed, lost their text or are gone, and of fields that hold no prose any more. Returns how many texts that were."""
    root, entity = holders.root, holders.entity
    kept = {field.key: field for field in fields}
    removed = 0
    known = session.scalars(select(TextReading.field).where(TextReading.entity == entity.key).distinct()).all()
    for key in known:
        stale = (TextReading.entity == entity.key) & (TextReading.field == key)
        if key in kept:
            current = select(root.c.id).where(
                root.c.id == TextReading.record_id, root.c.version == TextReading.version, present(holders), has_text(holders, kept[key])
            )
            stale = stale & ~current.correlate(TextReading).exists()
        records = session.scalars(select(TextReading.record_id).where(stale)).all()
        for table in (TextEventRow, TextReading):
            for at in range(0, len(records), MANY):
                session.execute(delete(table).where(table.entity == entity.key, table.field == key, table.record_id.in_(records[at : at + MANY])))
        removed += len(records)
    return removed


def _drop(session: Session, entity: Entity, field: Field, records: list[int]) -> None:
    for table in (TextEventRow, TextReading):
        for at in range(0, len(records), MANY):
            session.execute(delete(table).where(table.entity == entity.key, table.field == field.key, table.record_id.in_(records[at : at + MANY])))


def _read(rows: Iterable[Any], entity: Entity, field: Field, people: _People, zone: ZoneInfo) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    events: list[dict[str, Any]] = []
    readings: list[dict[str, Any]] = []
    reader = load_lexicon().version
    for row in rows:
        note = _note(row, entity, people, zone)
        place = {"entity": entity.key, "field": field.key, "record_id": row.id, "version": row.version}
        readings.append({**place, "reader": reader})
        events += [{**place, **_row(found, note.day)} for found in read_text(str(row.text), note)]
    return events, readings


def _note(row: Any, entity: Entity, people: _People, zone: ZoneInfo) -> Note:  # noqa: ANN401 - a row of a statement built at run time
    direction = (row.direction or "").strip().lower()
    contact = people.contacts.get(int(row.contact_id)) if row.contact_id is not None else None
    inward = "inbound" if direction in INWARD else "outbound" if direction in OUTWARD else None
    if inward is None and entity.key in WRITTEN_BY_CUSTOMERS:
        inward = "inbound"
    return Note(
        day=_day(row.day, zone),
        kind=(row.kind or entity.key),
        direction=inward,
        contact=contact,
        owner=people.members.get(int(row.owner_id)) if row.owner_id is not None else None,
        people=tuple(people.of_account.get(int(row.account_id), ())) if row.account_id is not None else (),
    )


INWARD = frozenset({"inbound", "incoming", "in", "received", "呼入", "来电", "收到", "收件", "入站"})
OUTWARD = frozenset({"outbound", "outgoing", "out", "sent", "呼出", "去电", "发出", "发件", "出站"})
WRITTEN_BY_CUSTOMERS = frozenset({"ticket", "request"})


def _day(value: Any, zone: ZoneInfo) -> date | None:  # noqa: ANN401 - a date, a time or the text of one
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone).date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _row(found: Found, today: date | None) -> Mapping[str, Any]:
    day = on_day(found.day, today, found.status in AHEAD) if found.day is not None and today is not None else None
    return {
        "act": found.act.value,
        "status": found.status.value,
        "actor": found.who.text,
        "side": found.who.side,
        "role": found.who.role,
        "person": found.who.person,
        "object": found.object,
        "on": day or today,
        "on_stated": day is not None,
        "start": found.start,
        "end": found.end,
        "means": found.means,
    }
