"""Conversations about words with the whole copilot, over a small store of made-up records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.answer import Answer
from agent.copilot import Copilot, CopilotParts
from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import Account, ImportRun, Interaction, Lead, Member, Opportunity, Ticket
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine, open_sessions
from tools.trace.signing import InstallationKey

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TODAY = date(2026, 3, 1)


def sourced(key: str) -> dict[str, object]:
    return {"source_system": "crm", "source_id": key, "version": 1, "version_hash": key, "as_of": NOW, "custom": {}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all([Member(id=1, name="Mei Lin", **sourced("m1"))])
        session.flush()
        session.add_all([Member(id=2, name="Tom Ash", manager_id=1, manager_ref="Mei Lin", **sourced("m2")), Member(id=3, name="Ana Roe", **sourced("m3"))])
        session.flush()
        session.add_all([Account(id=1, name="Granite Foods", owner_id=2, **sourced("a1")), Account(id=2, name="Alder Works", owner_id=2, **sourced("a2"))])
        session.flush()
        for number in range(1, 11):
            status = ("won", "open")[number % 2]
            deal = {"name": f"Deal {number}", "stage": status, "status": status, "amount": Decimal(100_000 * number)}
            days = {"opened_on": date(2025, number, 1), "close_on": date(2026, 1, number)}
            session.add(Opportunity(id=number, account_id=1 + number % 2, owner_id=2, **deal, **days, **sourced(f"o{number}")))
        session.add_all(
            Ticket(id=n, account_id=1, subject=f"Case {n}", opened_at=NOW, closed_at=NOW if n > 4 else None, **sourced(f"t{n}")) for n in range(1, 7)
        )
        session.flush()
        session.add_all(
            [
                Interaction(id=1, account_id=1, opportunity_id=1, owner_id=2, kind="call", occurred_at=datetime(2026, 2, 20, tzinfo=UTC), **sourced("i1")),
                Interaction(id=2, account_id=2, opportunity_id=3, owner_id=2, kind="call", occurred_at=datetime(2026, 1, 5, tzinfo=UTC), **sourced("i2")),
                Lead(id=1, name="Kim Poe", created_at=datetime(2026, 2, 1, tzinfo=UTC), **sourced("l1")),
                Lead(id=2, name="Lou Fay", created_at=NOW, first_response_at=NOW, **sourced("l2")),
            ]
        )
        session.commit()
    yield engine
    engine.dispose()


def person(role: Role, member_id: int | None, name: str, reports: tuple[int, ...] = ()) -> Principal:
    return Principal(role=role, member_id=member_id, name=name, report_ids=reports, clearance=CLEARANCE[role])


MEI = person(Role.MANAGER, 1, "Mei Lin", (2,))
TOM = person(Role.REP, 2, "Tom Ash")
ANA = person(Role.REP, 3, "Ana Roe")
OWNER = Principal.local_owner()

Say = Callable[..., Answer]


@pytest.fixture
def copilot_on(store: Engine, tmp_path: Path) -> Callable[[date], Copilot]:
    return lambda day: Copilot(CopilotParts(open_sessions(store), PolicyScope(), InstallationKey.open(tmp_path), lambda: day))


@pytest.fixture
def converse(copilot_on: Callable[[date], Copilot]) -> Say:
    """Says several things in one conversation; gives the last answer."""
    copilot = copilot_on(TODAY)

    def said(*sentences: str, by: Principal = OWNER) -> Answer:
        thread: str | None = None
        for sentence in sentences:
            answer = copilot.ask(sentence, by, thread)
            thread = answer.thread_id
        return answer

    return said
