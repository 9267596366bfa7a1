"""A unit with a member, a customer, a budget and a capability, in a real store; and a fake of what brings calls outside."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from tools.access.principal import Principal, Role
from tools.crm.models import Account, Certificate, Consent, Invoice, Member
from tools.sandbox.budgets import ledger
from tools.sandbox.budgets.ledger import Balances
from tools.sandbox.calling.deciding import CallDesk
from tools.sandbox.capabilities.calling import CapabilityCaller
from tools.sandbox.capabilities.ports import Outlet
from tools.sandbox.capabilities.registering import register
from tools.sandbox.capabilities.schemas import Brought, CapabilityWish, Outgoing
from tools.sandbox.models import CapabilityCall, Reservation, SalesUnit, UnitAccount, UnitMember, UnitTemplate
from tools.store.classification import Classification
from tools.store.engine import open_sessions
from tools.trace.signing import InstallationKey

BEGAN = datetime(2026, 3, 3, 9, tzinfo=UTC)
OWNER = Principal.local_owner()
SELLER = Principal(role=Role.REP, member_id=3, name="林岚", clearance=Classification.PERSONAL)
WISH = CapabilityWish(
    name_en="Risk control", name_zh="风控模型", cost=Decimal("12.50"), currency="CNY", certificate="Risk analyst", sends=2, url="http://127.0.0.1:9/assess"
)  # fmt: skip
CUSTOMER = {
    "name": "瑞宁医疗", "employees": 620, "revenue": Decimal("12.5"), "address": "人民路1号", "description": "secret", "phone": "139 0000",
    "women_founded": True, "created_on": date(2019, 3, 1), "sector": "medical", "currency": "CNY",
}  # fmt: skip


@dataclass
class Clock:
    now: datetime = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: int) -> None:
        self.now += timedelta(**time)


class FakeOutlet:
    """Does what it is told instead of bringing a call; keeps what should have left."""

    def __init__(self, do: Callable[[Outgoing], dict[str, Any]] = lambda _: {"score": 30}) -> None:
        self.do, self.calls = do, list[Outgoing]()
        self.until: datetime | None = None

    def resting_until(self, capability: str) -> datetime | None:
        return self.until

    def bring(self, call: Outgoing) -> Brought:
        self.calls.append(call)
        return Brought(answer=self.do(call), attempts=1)


@dataclass
class Unit:
    """A filled store and everything that calls from it."""

    engine: Engine
    key: InstallationKey
    outlet: Outlet = field(default_factory=FakeOutlet)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        with self.sessions() as session:
            _fill(session)
            session.commit()

    @property
    def sessions(self) -> sessionmaker[Session]:
        return open_sessions(self.engine)

    @property
    def caller(self) -> CapabilityCaller:
        return CapabilityCaller(CallDesk(self.sessions, self.key, self.clock), self.outlet, self.clock)

    def twin(self, outlet: Outlet) -> Unit:
        """Another process on the same store."""
        other = copy(self)
        other.outlet = outlet
        return other

    def call(self, key: str = "k", account_id: int | None = 4) -> Any:
        return self.caller.call(SELLER, "u1", "risk", account_id, key)

    def register(self, **changes: object) -> None:
        with self.sessions() as session:
            register(session, OWNER, "risk", WISH.model_copy(update=changes), "to begin with", self.clock())
            session.commit()

    def set(self, table: Any, **values: object) -> None:
        with self.sessions() as session:
            session.execute(update(table).values(**values))
            session.commit()

    def balances(self) -> Balances:
        with self.sessions() as session:
            assert ledger.audit(session) == ()
            return ledger.balances(session, "u1")

    def money(self) -> tuple[Decimal, Decimal, Decimal]:
        """Available, reserved, spent."""
        held = self.balances()
        return held.available, held.reserved, held.spent

    def calls(self) -> list[dict[str, Any]]:
        with self.sessions() as session:
            return [dict(row) for row in session.execute(select(CapabilityCall.__table__)).mappings()]

    def statuses(self) -> list[str]:
        with self.sessions() as session:
            return list(session.scalars(select(Reservation.status).order_by(Reservation.held_at, Reservation.key)))


def _fill(session: Session) -> None:
    src = {"source_system": "t", "version": 1, "version_hash": "x", "as_of": BEGAN, "custom": {}}
    session.execute(insert(Member).values(id=3, source_id="3", name="林岚", **src))
    session.execute(insert(Account), [{"id": 4, "source_id": "4"} | CUSTOMER | src, {"id": 5, "source_id": "5", "name": "another", "revenue": 1} | src])
    session.execute(insert(Certificate).values(source_id="c", member_id=3, name="Risk analyst", valid_from=date(2025, 1, 1), valid_to=date(2099, 1, 1), **src))
    due = [("late", 5, date(2026, 1, 1)), ("paid", 0, date(2026, 1, 1)), ("coming", 7, date(2026, 9, 1))]
    session.execute(insert(Invoice), [{"source_id": name, "account_id": 4, "balance": Decimal(owed), "due_on": on} | src for name, owed, on in due])
    session.execute(insert(Consent).values(source_id="s", account_id=4, purpose="risk", granted_on=date(2026, 1, 1), **src))
    session.execute(
        insert(SalesUnit).values(id="u1", name="华东组", status="active", template="assault", lead_id=3, customer_value="v", formed_at=BEGAN, version=1)
    )
    session.execute(insert(UnitMember).values(unit_id="u1", member_id=3, function="sales", joined_at=BEGAN))
    session.execute(insert(UnitAccount).values(unit_id="u1", account_id=4, since=BEGAN))
    session.execute(insert(UnitTemplate).values(
        unit_id="u1", key="assault", version=1, kinds=["account"], clearance=4, masks_from=5, capabilities=["risk"], budget_limit=Decimal(100_000),
        call_limit=Decimal(1000), currency="CNY", flow=[],
    ))  # fmt: skip
    ledger.open_budget(session, "u1", "CNY")
    ledger.grant(session, "u1", Decimal(100), "start", "start", "owner", BEGAN)
