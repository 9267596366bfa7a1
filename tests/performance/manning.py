"""A store with very many members, accounts and certificates, and sales units among them that call a capability. Filled inside the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Engine, Integer, Select, String, cast, insert, literal, select
from sqlalchemy.orm import Session

from tools.crm.models import Account, Certificate, Consent, ExchangeRate, Member
from tools.sandbox.budgets.ledger import grant, open_budget
from tools.sandbox.models import AccountProtection, Capability, MemberStanding, SalesUnit, UnitAccount, UnitMember, UnitTemplate
from tools.store.base import Sourced

UNITS, OF_EACH = 50, 10
"""Units, and how many members and customers each has."""
RATE_DAYS, CURRENCIES = 1_100, ("EUR", "USD", "JPY", "GBP")
CAPABILITY, CERTIFICATE, PURPOSE = "screening", "Risk", "screening"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 23


class Asked(NamedTuple):
    """One call that is asked for."""

    member: int
    unit: str
    account: int
    key: str


def calls(count: int, caller: str) -> Iterator[Asked]:
    """Calls without end of members of all units for their units' customers, each under a key of its own."""
    rng, number = Random(f"{SEED} {caller}"), 0
    while True:
        unit, number = rng.randrange(UNITS), number + 1
        member, account = (_of_unit(unit, rng.randrange(OF_EACH), count) for _ in range(2))
        yield Asked(member, f"unit-{unit}", account, f"{caller}:{number}")


def fill(engine: Engine, count: int) -> None:
    """``count`` members, accounts and certificates, consents of every tenth account, and ``UNITS`` units with money enough."""
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":
            session.connection().exec_driver_sql("SET session_replication_role = replica")  # what is written refers to what is there
        numbers = _numbers(count)
        n: ColumnElement[int] = numbers.c.n
        for model in (Member, Account):
            _rows(session, model, n, select(numbers), name=literal(f"{model.__name__} ") + _text(n))
        valid = {"valid_from": literal(date(2020, 1, 1)), "valid_to": literal(date(2099, 1, 1))}
        _rows(session, Certificate, n, select(numbers), member_id=n, name=literal(CERTIFICATE), **valid)
        _rows(session, Consent, n, select(numbers).where(n % 10 == 0), account_id=n, purpose=literal(PURPOSE), granted_on=literal(date(2020, 1, 1)))
        session.execute(insert(AccountProtection).from_select(
            ["account_id", "masks_from", "version"], select(n, literal(4), literal(1)).where(n % 20 == 0)
        ))  # fmt: skip
        _form(session, count)
        session.commit()
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _form(session: Session, count: int) -> None:
    """The units, what they may call, and the rates of exchange of some years."""
    about: dict[str, Any] = {"source_system": "made", "version": 1, "version_hash": "h", "as_of": NOW, "custom": {}}
    limits: dict[str, Any] = {"clearance": 3, "masks_from": 4, "budget_limit": Decimal(10_000_000), "call_limit": Decimal(1_000), "currency": "CNY"}
    units = [f"unit-{number}" for number in range(UNITS)]
    belong = [(unit, _of_unit(number, place, count)) for number, unit in enumerate(units) for place in range(OF_EACH)]
    days = [NOW.date() - timedelta(days=day) for day in range(RATE_DAYS)]
    session.execute(insert(ExchangeRate), [
        {"base": base, "quote": "CNY", "rate": Decimal("7.5"), "valid_from": day, "source_id": f"{base} {day}", **about} for base in CURRENCIES for day in days
    ])  # fmt: skip
    session.execute(insert(Capability).values(
        key=CAPABILITY, name_en="Screening", name_zh="筛查", cost=Decimal("0.50"), currency="EUR", certificate=CERTIFICATE, sends=3, purpose=PURPOSE, url="",
        timeout_ms=100, active=True, version=1,
    ))  # fmt: skip
    session.execute(insert(SalesUnit), [
        {"id": unit, "name": unit, "status": "active", "template": "assault", "lead_id": 1, "customer_value": "", "formed_at": NOW, "version": 1}
        for unit in units
    ])  # fmt: skip
    session.execute(insert(UnitMember), [{"unit_id": unit, "member_id": member, "function": "legal", "joined_at": NOW} for unit, member in belong])
    session.execute(insert(UnitAccount), [{"unit_id": unit, "account_id": account, "since": NOW} for unit, account in belong])
    session.execute(insert(MemberStanding), [{"member_id": member, "time_zone": "Asia/Shanghai", "suspended": False, "version": 1} for _, member in belong])
    session.execute(insert(UnitTemplate), [
        {"unit_id": unit, "key": key, "version": 1, "kinds": ["account"], "capabilities": [CAPABILITY], "flow": [], **limits}
        for unit in units for key in ("coverage", "assault", "closing")
    ])  # fmt: skip
    for unit in units:
        open_budget(session, unit, "CNY")
        grant(session, unit, Decimal(10_000_000), f"start:{unit}", "start", "made", NOW)


def _of_unit(unit: int, place: int, count: int) -> int:
    """The number of a unit's member or customer, spread over all ``count`` (a multiple of 5,000, so that each of these customers consented)."""
    return (unit * OF_EACH + place + 1) * (count // (UNITS * OF_EACH))


def _numbers(count: int) -> CTE:
    """1 to ``count``, made by the database."""
    first = select(literal(1).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count))


def _rows(session: Session, model: type[Sourced], n: ColumnElement[int], numbers: Select[Any], **columns: ColumnElement[Any]) -> None:
    """A row of ``model`` for each number."""
    about = {
        "id": n, "source_system": literal("made"), "source_id": _text(n), "version": literal(1), "version_hash": literal("h"),
        "as_of": literal(NOW, model.__table__.c.as_of.type), "custom": literal({}, model.__table__.c.custom.type),
    } | columns  # fmt: skip
    session.execute(insert(model).from_select(list(about), numbers.with_only_columns(*about.values()), include_defaults=False))


def _text(n: ColumnElement[int]) -> ColumnElement[str]:
    """A number as text of even length, so that text is in the numbers' order."""
    return cast(cast(n, Integer) + 10_000_000, String)
