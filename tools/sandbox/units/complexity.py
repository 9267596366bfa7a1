"""How complex a customer's work is, by stated factors of its records, and which functions that asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tools.crm.models import Account, Contact, Contract, Opportunity, Request, Ticket
from tools.trace.cells import Frozen

FACTORS = Path(__file__).with_name("complexity.yaml")


class Factor(Frozen):
    """One factor: what was counted, from where on it counts, and which function it asks for. ``points`` are its share of the score."""

    name: str
    value: Decimal
    least: Decimal
    points: Decimal
    asks_for: str | None
    holds: bool


class Complexity(Frozen):
    """The factors of one customer; the score is the sum of the points of those that hold."""

    account_id: int
    factors: tuple[Factor, ...]

    @property
    def score(self) -> Decimal:
        """Between 0 and the sum of all points."""
        return sum((each.points for each in self.factors if each.holds), Decimal(0))

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that the factors that hold ask for."""
        return tuple(dict.fromkeys(each.asks_for for each in self.factors if each.holds and each.asks_for))


@dataclass(frozen=True, slots=True)
class _Stated:
    least: Decimal
    points: Decimal
    asks_for: str | None


def complexity_of(session: Session, account_id: int, today: date) -> Complexity:
    """The factors as the records hold them up to a day."""
    counted = _counted(session, account_id, today)
    factors = tuple(
        Factor(name=name, value=counted[name], least=each.least, points=each.points, asks_for=each.asks_for, holds=counted[name] >= each.least)
        for name, each in _stated().items()
    )
    return Complexity(account_id=account_id, factors=factors)


def _counted(session: Session, account_id: int, today: date) -> dict[str, Decimal]:
    since = today - timedelta(days=365)

    def count(model: Any, *where: Any) -> Decimal:  # noqa: ANN401 - a mapped class and conditions
        return Decimal(session.scalar(select(func.count()).select_from(model).where(model.account_id == account_id, model.gone_at.is_(None), *where)) or 0)

    departments = select(func.count(func.distinct(Contact.department))).where(Contact.account_id == account_id, Contact.gone_at.is_(None))
    products = select(func.count(func.distinct(Opportunity.product_id))).where(
        Opportunity.account_id == account_id, Opportunity.status == "open", Opportunity.gone_at.is_(None)
    )
    children = select(func.count()).select_from(Account).where(Account.parent_id == account_id, Account.gone_at.is_(None))
    return {
        "open_deals": count(Opportunity, Opportunity.status == "open"),
        "products_in_play": Decimal(session.scalar(products) or 0),
        "customer_departments": Decimal(session.scalar(departments) or 0),
        "contracts": count(Contract),
        "tickets_in_a_year": count(Ticket, Ticket.opened_at.is_not(None), func.date(Ticket.opened_at) >= since.isoformat()),
        "requests_in_a_year": count(Request, Request.opened_at.is_not(None), func.date(Request.opened_at) >= since.isoformat()),
        "subsidiaries": Decimal(session.scalar(children) or 0),
    }


@cache
def _stated() -> dict[str, _Stated]:
    held = yaml.safe_load(FACTORS.read_text("utf-8"))
    return {name: _Stated(Decimal(str(each["least"])), Decimal(str(each["points"])), each.get("asks_for")) for name, each in held.items()}
