"""What texts tell, as occurrences: the events that were read out of notes, mails and tickets, each with its record's day, heading and person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, String, func, literal, select, type_coerce

from tools.crm.models import Contact
from tools.crm.semantic import Entity, SemanticModel
from tools.crm.text_store import Texts, present
from tools.journey.acts import Act, Status
from tools.journey.criteria.occurrences import Near, Occurrence, Person, Wanted
from tools.journey.criteria.record_events import kind_of
from tools.journey.criteria.schemas import Kind
from tools.journey.reading.actors import role_of_title
from tools.journey.reading.filling import dated
from tools.journey.reading.models import TextEventRow
from tools.store.classification import Classification
from tools.store.types import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.access.scope import RowScope

_ACTS = {act.value: act for act in Act}
_STATUSES = {status.value: status for status in Status}
_OCCASIONS = {"visit", "meeting", "call", "demo", "training"}
_BY_OCCASION: dict[Kind, frozenset[Act]] = {
    "visit": frozenset({Act.MEET}),
    "meeting": frozenset({Act.MEET}),
    "call": frozenset({Act.MEET}),
    "demo": frozenset({Act.SHOW}),
    "training": frozenset({Act.SHOW}),
    "mail": frozenset({Act.SEND}),
}


class TextOccurrences:
    """Occurrences out of the table of text events. Rows are limited in SQL, and a field above the principal's clearance is not looked at."""

    def __init__(self, model: SemanticModel, time_zone: str = "UTC") -> None:
        """``model`` says which records hold texts and when they happened; days are counted in ``time_zone``."""
        self.model, self.zone = model, None if time_zone == "UTC" else ZoneInfo(time_zone)

    def occurrences(self, session: Session, principal: Principal, scope: RowScope, asked: Wanted) -> Mapping[int, Sequence[Occurrence]]:
        """See :class:`tools.journey.criteria.occurrences.OccurrenceSource`."""
        acts = sorted(act.value for act in asked.acts if isinstance(act, Act))
        found: dict[int, list[Occurrence]] = {}
        if not acts or principal.clearance < Classification.CONFIDENTIAL:
            return found
        told = session.execute(select(TextEventRow.entity, TextEventRow.field).where(TextEventRow.act.in_(acts)).distinct()).all()
        entities = {entity.key: entity for entity in dated(self.model)}
        for entity, field in told:
            if entity in entities:
                for account, occurrence in self._of_field(session, principal, scope, entities[entity], field, acts, asked.near):
                    found.setdefault(account, []).append(occurrence)
        return found

    def _of_field(
        self, session: Session, principal: Principal, scope: RowScope, entity: Entity, key: str, acts: Sequence[str], near: Near
    ) -> Iterator[tuple[int, Occurrence]]:
        holders, field = Texts(entity), entity.fields.get(key)
        root: Any = holders.root
        if field is None or field.classification > principal.clearance or "account_id" not in root.c or entity.time not in root.c:
            return
        row, people = TextEventRow.__table__, Contact.__table__.alias("people")
        empty: Any = literal(None, String)
        title = root.c[entity.title] if entity.title in root.c and entity.title != key else empty
        kind = root.c.kind if "kind" in root.c else empty
        start: Any = row.join(root, (root.c.id == row.c.record_id) & (root.c.version == row.c.version))
        names: tuple[Any, ...] = (empty, empty)
        if "contact_id" in root.c:
            start, names = start.outerjoin(people, people.c.id == root.c.contact_id), (people.c.name, people.c.title)
        words = func.substr(holders.text(field), row.c.start + 1, row.c.end - row.c.start)
        columns = [root.c.account_id, root.c.id, root.c.source_system, root.c.source_id, _raw(root.c[entity.time]), title, kind, *names]
        columns += [row.c.act, row.c.status, row.c.side, row.c.role, row.c.person, row.c.object, row.c.on, row.c.on_stated, row.c.start, words]
        query = (
            select(*columns)
            .select_from(start)
            .where(present(holders), row.c.entity == entity.key, row.c.field == key, row.c.act.in_(acts), root.c.account_id.is_not(None))
        )
        limit = scope.limit(principal, entity.key, root)
        for told in session.execute(query if limit is None else query.where(limit)):
            account, number, system, source, at, heading, stored_kind, name, job, act, state, side, role, person, thing, on, stated, place, quoted = told
            status, known = _STATUSES[state], _ACTS[act]
            if not near(known, status, role, thing, heading or ""):
                continue
            recorded = self._day(at)
            day = on if status is Status.DONE and on is not None else recorded
            if day is None:
                continue
            occasion = kind_of(stored_kind) if stored_kind else None
            kinds = frozenset({occasion}) if occasion in _OCCASIONS and known in _BY_OCCASION[occasion] and not stated else frozenset()
            if entity.key in ("ticket", "request") and known in (Act.ASK, Act.OBJECT):
                kinds = frozenset({"ticket" if entity.key == "ticket" else "request"})
            partner = Person("customer", role_of_title(job), name) if name else Person("customer")
            yield (
                account,
                Occurrence(
                    known,
                    status,
                    day,
                    entity.table,
                    number,
                    system,
                    source,
                    str(quoted),
                    Person(side, role, person),
                    partner,
                    thing,
                    heading or "",
                    kinds,
                    bool(stated),
                    _moment(at),
                    place + 10,
                ),
            )

    def _day(self, at: date | datetime | None) -> date | None:
        if not isinstance(at, datetime):
            return at
        moment = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        return moment.date() if self.zone is None else moment.astimezone(self.zone).date()


def _raw(moment: Any) -> Any:  # noqa: ANN401 - a column of a table that the model names
    """A point in time as the driver gives it: most rows are passed over before their day matters."""
    return type_coerce(moment, DateTime(timezone=True)) if isinstance(moment.type, UtcDateTime) else moment


def _moment(at: date | datetime | None) -> str:
    return at.isoformat() if isinstance(at, datetime) and (at.hour or at.minute or at.second) else ""
