"""Puts the accounts of one criterion into a store of their own, and reads their texts as an import would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Engine, delete, insert
from sqlalchemy.orm import Session, sessionmaker

from tools.crm import models
from tools.journey.reading.filling import TextEventFiller
from tools.journey.reading.models import TextEventRow, TextReading
from tools.store.base import Base
from tools.store.types import ScaledDecimal, UtcDateTime

AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
TABLES: dict[str, type[Any]] = {
    "interactions": models.Interaction,
    "tickets": models.Ticket,
    "requests": models.Request,
    "opportunities": models.Opportunity,
    "stage_history": models.StageHistory,
    "contracts": models.Contract,
    "invoices": models.Invoice,
    "payments": models.Payment,
    "milestones": models.Milestone,
    "verified_events": models.VerifiedEvent,
}
ENTITIES = {"interactions": "interaction", "tickets": "ticket", "requests": "request"}
_ORDER = (TextEventRow, TextReading, *reversed(list(TABLES.values())), models.Contact, models.Account, models.Member)


class Filler:
    """Fills and empties one store, a criterion after another."""

    def __init__(self, engine: Engine) -> None:
        """The store is made at once."""
        self.engine = engine
        Base.metadata.create_all(engine)
        self.sessions = sessionmaker(engine)

    def fill(self, accounts: Sequence[Mapping[str, Any]]) -> None:
        """Replace what is there by these accounts. Texts without hand-read events are read by the reader."""
        with self.sessions() as session:
            for table in _ORDER:
                session.execute(delete(table))
            _Filling(session).all(accounts)
            session.commit()
        if any("events" not in record for account in accounts for record in account.get("records", ()) if record["table"] in ENTITIES):
            TextEventFiller(self.sessions).run()
        with self.sessions() as session:
            _by_hand(session, accounts)
            session.commit()


class _Filling:
    def __init__(self, session: Session) -> None:
        self.session, self.number = session, 0
        self.members: dict[str, int] = {}

    def all(self, accounts: Sequence[Mapping[str, Any]]) -> None:
        for account in accounts:
            own = {name: account[name] for name in ("name", "tier", "region", "sector", "women_founded") if name in account}
            number = self._put(models.Account, own, f"A{self.number}")
            contacts = {each["name"]: self._put(models.Contact, {"account_id": number, **each}, f"P{self.number}") for each in account.get("contacts", ())}
            deals: dict[str, int] = {}
            for record in sorted(account.get("records", ()), key=lambda each: each["table"] == "stage_history"):
                values = {name: value for name, value in record.items() if name not in ("table", "events")}
                if "contact" in values:
                    values["contact_id"] = contacts.get(values.pop("contact"))
                if "owner" in values:
                    values["owner_id"] = self._member(values.pop("owner"))
                if record["table"] == "stage_history":
                    values["opportunity_id"] = deals.get(values.pop("opportunity", ""))
                else:
                    values["account_id"] = number
                row = self._put(TABLES[record["table"]], values, f"R{self.number}")
                record["_id"] = row
                if record["table"] == "opportunities":
                    deals[record.get("name", "")] = row

    def _member(self, name: str) -> int:
        if name not in self.members:
            self.members[name] = self._put(models.Member, {"name": name}, f"M{self.number}")
        return self.members[name]

    def _put(self, table: type[Any], values: Mapping[str, Any], source: str) -> int:
        self.number += 1
        columns = table.__table__.c
        typed = {name: _typed(columns[name].type, value) for name, value in values.items() if name in columns and value is not None}
        common = {"id": self.number, "source_system": "crm", "source_id": source, "version_hash": "h", "as_of": AS_OF, "custom": {}}
        self.session.execute(insert(table).values(common | typed))
        return self.number


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401 - values of JSON for columns of any type
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(value[:10])
    return Decimal(str(value)) if isinstance(kind, ScaledDecimal) else value


def _by_hand(session: Session, accounts: Sequence[Mapping[str, Any]]) -> None:
    """Events that a person read: they stand for the reader's."""
    for record in (record for account in accounts for record in account.get("records", ()) if "events" in record and record["table"] in ENTITIES):
        number, entity = record["_id"], ENTITIES[record["table"]]
        session.execute(delete(TextEventRow).where(TextEventRow.entity == entity, TextEventRow.record_id == number))
        field = "body" if record.get("body") else "subject"
        for event in _events(record, field):
            session.execute(insert(TextEventRow).values(entity=entity, field=field, record_id=number, version=1, **event))


def _events(record: Mapping[str, Any], field: str) -> Iterator[dict[str, Any]]:
    text, day = record.get(field, ""), (record.get("occurred_at") or record.get("opened_at") or "")[:10]
    for event in record["events"]:
        start = max(0, text.find(event.get("words", "")))
        on = event.get("on") or day
        yield {
            "act": event["act"],
            "status": event["status"],
            "side": event.get("side", "unknown"),
            "role": event.get("role"),
            "actor": "",
            "person": event.get("person"),
            "object": event.get("object", ""),
            "on": date.fromisoformat(on),
            "on_stated": on != day,
            "start": start,
            "end": start + len(event.get("words", "") or text),
            "means": "hand",
        }
