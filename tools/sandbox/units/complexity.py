"""How complex a customer's work is, by stated factors of its records, and which functions that asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Account, Contact, Contract, Opportunity, Request, Ticket
from tools.store.base import table_of
from tools.store.classification import Classification
from tools.trace.cells import Frozen

FACTORS = Path(__file__).with_name("complexity.yaml")


class Factor(Frozen):
    """One factor: the records that were counted, from how many on it holds, and which function it asks for. ``points`` are its share of the score."""

    name: str
    table: str
    records: tuple[int, ...]
    least: Decimal
    points: Decimal
    asks_for: str | None

    @property
    def holds(self) -> bool:
        """Whether there are enough of them."""
        return len(self.records) >= self.least


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


def complexity_of(session: Session, principal: Principal, scope: RowScope, account_id: int, today: date) -> Complexity:
    """The factors as those records hold them, up to a day, that the principal may see."""
    counted = _counted(session, principal, scope, account_id, today)
    factors = tuple(
        Factor(name=name, table=counted[name][0], records=counted[name][1], least=each.least, points=each.points, asks_for=each.asks_for)
        for name, each in _stated().items()
    )
    return Complexity(account_id=account_id, factors=factors)


def _counted(session: Session, principal: Principal, scope: RowScope, account_id: int, today: date) -> dict[str, tuple[str, tuple[int, ...]]]:
    """For each factor the table and the records of it that count; of what is told apart by a value, the first record of each."""
    since = datetime.combine(today - timedelta(days=365), time(), UTC)

    def records(model: Any, kind: str, *where: Any, apart: Any = None) -> tuple[str, tuple[int, ...]]:  # noqa: ANN401 - a mapped class, conditions, a column
        limit = scope.limit(principal.up_to(Classification.INTERNAL), kind, table_of(model))
        where = where if limit is None else (*where, limit)
        found = select(model.id if apart is None else func.min(model.id)).where(model.account_id == account_id, model.gone_at.is_(None), *where)
        found = found.order_by(model.id) if apart is None else found.where(apart.is_not(None)).group_by(apart).order_by(apart)
        return model.__tablename__, tuple(session.scalars(found))

    mine = scope.limit(principal.up_to(Classification.INTERNAL), "account", table_of(Account))
    children = select(Account.id).where(Account.parent_id == account_id, Account.gone_at.is_(None)).order_by(Account.id)
    children = children if mine is None else children.where(mine)
    return {
        "open_deals": records(Opportunity, "opportunity", Opportunity.status == "open"),
        "products_in_play": records(Opportunity, "opportunity", Opportunity.status == "open", apart=Opportunity.product_id),
        "customer_departments": records(Contact, "contact", apart=Contact.department),
        "contracts": records(Contract, "contract"),
        "tickets_in_a_year": records(Ticket, "ticket", Ticket.opened_at >= since),
        "requests_in_a_year": records(Request, "request", Request.opened_at >= since),
        "subsidiaries": ("accounts", tuple(session.scalars(children))),
    }


@cache
def _stated() -> dict[str, _Stated]:
    held = yaml.safe_load(FACTORS.read_text("utf-8"))
    return {name: _Stated(Decimal(str(each["least"])), Decimal(str(each["points"])), each.get("asks_for")) for name, each in held.items()}
