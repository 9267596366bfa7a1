"""Which fields of a customer may leave with a call, and their values. Each has the classification of the most sensitive column that it is made of.

Free text never leaves: what somebody wrote into it is not covered by the column's classification.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tools.crm.models import Account, Invoice
from tools.sandbox.calling.facts import CallFacts
from tools.sandbox.capabilities.schemas import Value
from tools.store.base import table_of
from tools.store.classification import Classification

PLAIN = (
    "name", "tier", "kind", "sector", "region", "country", "city", "employees", "revenue", "currency", "founded_year", "status", "website",
    "phone", "women_founded",
)  # fmt: skip
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class CustomerField:
    """A field by its name, the columns that it is made of, and how it is read of an account on a day."""

    name: str
    columns: tuple[ColumnElement[Any], ...]
    read: Callable[[Session, Account, date], Value | None]

    @property
    def level(self) -> Classification:
        """The highest classification among its columns."""
        return Classification(max(each.info["classification"] for each in self.columns))


def allowed_level(facts: CallFacts) -> int:
    """The highest classification that may leave: what the capability is sent, the template reads, and neither template nor customer masks."""
    masks_from = min(facts.masks_from, facts.customer.masks_from) if facts.customer else facts.masks_from
    return min(facts.sends, facts.clearance, masks_from - 1)


def fields_for(session: Session, account_id: int | None, facts: CallFacts) -> dict[str, Value]:
    """What leaves of the customer, by the facts that the call was decided on. Fields without a value are left out."""
    account = None if account_id is None or facts.customer is None else session.get(Account, account_id)
    if account is None or account.gone_at is not None:
        return {}
    highest = allowed_level(facts)
    found = {each.name: each.read(session, account, facts.today) for each in CUSTOMER_FIELDS if each.level <= highest}
    return {name: value for name, value in found.items() if value is not None}


def _plain(name: str) -> CustomerField:
    def read(_session: Session, account: Account, _today: date) -> Value | None:
        found: Decimal | Value | None = getattr(account, name)
        return _number(found) if isinstance(found, Decimal) else found

    return CustomerField(name, (table_of(Account).c[name],), read)


def _years(_session: Session, account: Account, today: date) -> Value | None:
    since = account.created_on
    return None if since is None or since > today else round((today - since).days / DAYS_A_YEAR, 1)


def _overdue(session: Session, account: Account, today: date) -> Value | None:
    """Open invoices past their day; None where the customer has no invoices that tell."""
    mine = Invoice.account_id == account.id, Invoice.gone_at.is_(None), Invoice.due_on.is_not(None), Invoice.balance.is_not(None)
    late = func.count().filter(Invoice.due_on < today, Invoice.balance > 0)
    known, overdue = session.execute(select(func.count(), late).select_from(Invoice).where(*mine)).one()
    return overdue if known else None


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


_ACCOUNT, _INVOICE = table_of(Account).c, table_of(Invoice).c
CUSTOMER_FIELDS = (
    *(_plain(name) for name in PLAIN),
    CustomerField("years_as_customer", (_ACCOUNT.created_on,), _years),
    CustomerField("open_invoices_overdue", (_INVOICE.due_on, _INVOICE.balance), _overdue),
)
