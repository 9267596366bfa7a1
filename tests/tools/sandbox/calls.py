"""A store with one sales unit that may call one capability for its customers: who is in it, with what certificates, and with how much money."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, update
from sqlalchemy.orm import Session, sessionmaker

from tools.access.principal import Principal, Role
from tools.crm.models import Account, Certificate, Member
from tools.sandbox.budgets import ledger
from tools.sandbox.calling.deciding import CallDesk
from tools.sandbox.models import Capability, SalesUnit, UnitAccount, UnitMember, UnitTemplate
from tools.store.base import Base, table_of
from tools.store.engine import open_sessions
from tools.trace.signing import InstallationKey

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
UNIT, CAPABILITY, COST = "u1", "risk", Decimal("12.50")
MEMBERS, OF_UNIT = 6, 4
"""So many people and customers there are, and so many of each belong to the unit."""
SOURCED = {"source_system": "crm", "version_hash": "h", "as_of": NOW, "custom": {}}


def fill(engine: Engine, money: Decimal = Decimal(1000)) -> sessionmaker[Session]:
    """People, customers, certificates, a capability, and a unit with so much money."""
    sessions = open_sessions(engine)
    people = range(1, MEMBERS + 1)
    put(sessions, Member, *({"id": each, "name": f"member {each}"} for each in people))
    put(sessions, Account, *({"id": each, "name": f"customer {each}"} for each in people))
    valid = {"valid_from": date(2020, 1, 1), "valid_to": date(2099, 12, 31)}
    put(sessions, Certificate, *({"id": each, "member_id": each, "name": "Risk"} | valid for each in people))
    add_capability(sessions, CAPABILITY, COST)
    add_unit(sessions, UNIT, money)
    return sessions


def add_capability(sessions: sessionmaker[Session], key: str, cost: Decimal) -> None:
    """Something that a unit may call for so much CNY. It is sent confidential data and needs a certificate."""
    names = {"key": key, "name_en": key, "name_zh": key, "url": "", "purpose": "credit check", "certificate": "Risk"}
    put(sessions, Capability, names | {"cost": cost, "currency": "CNY", "sends": 2, "timeout_ms": 100, "active": True})


def add_unit(sessions: sessionmaker[Session], unit_id: str, money: Decimal) -> None:
    """An active unit with members and customers, a template that opens every capability, and so much money in CNY."""
    put(sessions, SalesUnit, {
        "id": unit_id, "name": unit_id, "status": "active", "template": "assault", "lead_id": 1, "customer_value": "less downtime", "formed_at": NOW,
    })  # fmt: skip
    put(sessions, UnitMember, *({"unit_id": unit_id, "member_id": each + 1, "function": "legal", "joined_at": NOW} for each in range(OF_UNIT)))
    put(sessions, UnitAccount, *({"unit_id": unit_id, "account_id": each + 1, "since": NOW} for each in range(OF_UNIT)))
    put(sessions, UnitTemplate, {
        "unit_id": unit_id, "key": "assault", "kinds": ["account"], "clearance": 3, "masks_from": 4, "capabilities": [CAPABILITY, "free", "cheap"],
        "budget_limit": Decimal(1_000_000), "call_limit": Decimal(100), "currency": "CNY", "flow": [],
    })  # fmt: skip
    with sessions.begin() as session:
        ledger.open_budget(session, unit_id, "CNY")
        if money:
            ledger.grant(session, unit_id, money, f"{unit_id}:start", "start", "owner", NOW)


def put(sessions: sessionmaker[Session], table: type[Base], *rows: dict[str, Any]) -> None:
    """Insert rows, with what every imported row carries where these are such."""
    columns = set(table_of(table).c.keys())
    common = {name: value for name, value in SOURCED.items() if name in columns}
    with sessions.begin() as session:
        for row in rows:
            named = {"source_id": str(row["id"])} if "source_id" in columns else {}
            session.execute(insert(table).values(common | named | row))


def change(sessions: sessionmaker[Session], table: type[Base], **values: Any) -> None:
    """Set columns in every row of a table."""
    with sessions.begin() as session:
        session.execute(update(table).values(**values))


def change_one(sessions: sessionmaker[Session], table: type[Base], id_: object, **values: Any) -> None:
    """Set columns in the row with this primary key."""
    (primary,) = table_of(table).primary_key.columns
    with sessions.begin() as session:
        session.execute(update(table_of(table)).where(primary == id_).values(**values))


def caller(member_id: int = 1) -> Principal:
    """A member who asks."""
    return Principal(role=Role.REP, member_id=member_id, name=f"member {member_id}", clearance=3)


def desk_at(sessions: sessionmaker[Session], folder: Path, now: datetime = NOW) -> CallDesk:
    """A desk where it is that time."""
    return CallDesk(sessions, InstallationKey.open(folder), lambda: now)
