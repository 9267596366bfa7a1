"""Events and stores made by hand for the tests of the journey."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from tools.access.principal import Principal
from tools.crm.models import Account
from tools.journey.models import JourneySums
from tools.journey.reconstruction.models import HistoryReweighting
from tools.journey.schemas import AccountStanding, NewEvent, StageStanding
from tools.journey.service import standing
from tools.journey.summing import CellKey, unpacked
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.trace.cells import SourceRef

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NEEDED = ("members", "teams", "accounts", "journey_events", "journey_sums", "journey_weights", HistoryReweighting.__tablename__)
OWNER, SCOPE = Principal.local_owner(), PolicyScope()


def memory() -> Engine:
    """A store that lives as long as one example."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine, [Base.metadata.tables[name] for name in NEEDED])
    return engine


def add_account(session: Session, number: int, name: str | None = None, **values: object) -> None:
    about = {"source_system": "north", "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}, **values}
    session.execute(insert(Account).values(id=number, name=name or f"Company {number}", source_id=f"C{number}", **about))


def event(
    key: str,
    days_ago: float = 0.0,
    evidence: str = "technical_question",
    account: int | None = 1,
    *,
    origin: str = "logged",
    counts: float = 1.0,
    ref: str | None = None,
    read_at: datetime = NOW,
) -> NewEvent:
    source = SourceRef(system="north", table="interactions", record=key, field="subject", version="1", as_of=read_at)
    at = NOW - timedelta(days=days_ago)
    return NewEvent(key=key, account_id=account, account_ref=ref, evidence=evidence, origin=origin, at=at, counts=counts, source=source)


def stood(session: Session, account: int = 1, at: datetime = NOW, top: int | None = None) -> AccountStanding:
    return standing(session, OWNER, SCOPE, account, at, top)


def stage(found: AccountStanding, key: str = "technical_evaluation") -> StageStanding:
    return next(each for each in found.stages if each.stage == key)


def state(session: Session) -> dict[int, dict[CellKey, tuple[int, ...]]]:
    """The stored sums to the last bit."""
    rows = session.execute(select(JourneySums.account_id, JourneySums.sums))
    found = {account: {cell: each.exact() for cell, each in unpacked(sums).items()} for account, sums in rows}
    return {account: sums for account, sums in found.items() if sums}
