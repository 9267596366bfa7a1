"""Counts what an account did, day by day, from the records of the store: its purchases, by what the store has, and apart from them its interactions.

Knows tables and row scopes; nothing of weeks, holidays or changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, String, and_, cast, func, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.days import local_day
from tools.crm.models import Contract, CustomField, CustomRow, CustomTable, Interaction, Invoice, Opportunity, Payment

Series = Literal["purchases", "interactions"]
Counted = Literal["orders", "won_deals", "contracts", "payments", "invoices", "interactions"]
COVERAGE = 0.5
"""A kind of record stands for purchases where it reaches at least so many of the accounts that the best of them reaches."""
_ORDER = re.compile(r"\b(sales |purchase )?orders?\b|订单|订货|采购单|下单", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that is counted, and which of its days tells when."""

    counted: Counted
    entity: str
    table: FromClause
    day: ColumnElement[Any]
    condition: ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many records of one account fall on one day."""

    account_id: int
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """On whose behalf records are read. Statistics of all accounts together are made without one."""

    principal: Principal
    scope: RowScope


def purchase_kinds(session: Session) -> tuple[Kind, ...]:
    """What may stand for purchases, the nearest to a purchase first: orders, won deals, signed contracts, payments, invoices."""
    deals, contracts = Opportunity.__table__.alias("deals"), Contract.__table__.alias("contracts_")
    payments, invoices = Payment.__table__.alias("payments_"), Invoice.__table__.alias("invoices_")
    signed = func.coalesce(contracts.c.signed_on, contracts.c.start_on)
    return (
        *_orders(session),
        Kind("won_deals", "opportunity", deals, deals.c.close_on, and_(deals.c.status == "won", deals.c.close_on.is_not(None))),
        Kind("contracts", "contract", contracts, signed, signed.is_not(None)),
        Kind("payments", "payment", payments, payments.c.paid_on, payments.c.paid_on.is_not(None)),
        Kind("invoices", "invoice", invoices, invoices.c.issued_on, invoices.c.issued_on.is_not(None)),
    )


def interaction_kind(session: Session, zone: str) -> Kind:
    """Interactions by the day of the store's time zone."""
    table = Interaction.__table__.alias("interactions_")
    return Kind("interactions", "interaction", table, local_day(table.c.occurred_at, session.get_bind().dialect.name, zone), table.c.occurred_at.is_not(None))


def choose_purchases(session: Session, today: date) -> tuple[Kind, tuple[DayCount, ...]] | None:
    """The kind of record that stands for purchases in this store, with its counts; None where the store has nothing of the sort."""
    counts = [(kind, day_counts(session, kind, today)) for kind in purchase_kinds(session)]
    reached = [len({each.account_id for each in found}) for _, found in counts]
    most = max(reached, default=0)
    return next((pair for pair, accounts in zip(counts, reached, strict=True) if accounts and accounts >= COVERAGE * most), None)


def day_counts(session: Session, kind: Kind, today: date, reach: Reach | None = None) -> tuple[DayCount, ...]:
    """Counts by account and day up to ``today``, of what ``reach`` allows. Days that are none and days to come are left out."""
    table = kind.table
    statement = select(table.c.account_id, kind.day.label("day"), func.count().label("n")).where(*_readable(kind, reach)).group_by(table.c.account_id, kind.day)
    found = []
    for account_id, day, n in session.execute(statement):
        when = _day(day)
        if when is not None and when <= today:
            found.append(DayCount(account_id, when, n))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One record that was counted, in the version that was read."""

    id: int
    version: int
    day: date
    as_of: Any


def records_of(session: Session, kind: Kind, account_id: int, first: date, last: date, reach: Reach) -> tuple[CountedRecord, ...]:
    """The counted records of an account between two days, both included, oldest first."""
    table = kind.table
    statement = select(table.c.id, table.c.version, kind.day.label("day"), table.c.as_of).where(table.c.account_id == account_id, *_readable(kind, reach))
    found = [CountedRecord(row.id, row.version, when, row.as_of) for row in session.execute(statement) if (when := _day(row.day)) is not None]
    return tuple(sorted((each for each in found if first <= each.day <= last), key=lambda each: (each.day, each.id)))


def _readable(kind: Kind, reach: Reach | None) -> list[ColumnElement[bool]]:
    conditions = [kind.table.c.account_id.is_not(None), kind.table.c.gone_at.is_(None), kind.condition]
    limit = reach.scope.limit(reach.principal, kind.entity, kind.table) if reach is not None else None
    return conditions if limit is None else [*conditions, limit]


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _orders(session: Session) -> Sequence[Kind]:
    """Files of an export that fit no table of the model, are called orders, belong to accounts and have a day."""
    found = []
    for own in session.scalars(select(CustomTable).order_by(CustomTable.id)):
        days = select(CustomField.key).where(CustomField.table_id == own.id, CustomField.type.in_(("date", "datetime"))).order_by(CustomField.id)
        key = session.scalars(days.limit(1)).first() if _ORDER.search(own.label) else None
        if key is not None:
            table = CustomRow.__table__.alias(f"orders_{own.id}")
            day = func.substr(cast(table.c.custom[key].as_string(), String), 1, 10)
            found.append(Kind("orders", f"custom:{own.key}", table, day, and_(table.c.table_id == own.id, table.c.custom[key].as_string().is_not(None))))
    return found
