"""When two milestones that a unit owes its customer are missed in a row, its people, budget and scope are to be talked about. It finds no one at fault."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm.models import Account, Milestone, VerifiedEvent
from tools.sandbox.models import SalesUnit, UnitAccount
from tools.trace.cells import Frozen

IN_A_ROW = 2
GRACE = timedelta(days=0)
"""How long after its day a milestone may still be confirmed."""


class Missed(Frozen):
    """A milestone whose day passed without the customer's confirmation. ``days`` is how long ago, ``record`` where it stands."""

    milestone_id: int
    account_id: int
    customer: str
    name: str
    due_on: date
    days: int
    system: str
    record: str
    version: str


class Broken(Frozen):
    """A unit whose last milestones with one customer were missed, one after another, with how many were kept before."""

    unit_id: str
    missed: tuple[Missed, ...]
    kept: int

    @property
    def key(self) -> str:
        """The same for the same milestones, so that one row of misses is proposed about once."""
        return f"reallocate:{self.unit_id}:{'+'.join(str(each.milestone_id) for each in self.missed)}"


def broken_units(session: Session, today: date) -> tuple[Broken, ...]:
    """Every active unit with ``IN_A_ROW`` missed milestones of one customer at the end of those that are due."""
    served = (
        select(UnitAccount.unit_id, UnitAccount.account_id, UnitAccount.since)
        .join(SalesUnit, SalesUnit.id == UnitAccount.unit_id)
        .where(SalesUnit.status == "active", UnitAccount.until.is_(None))
        .order_by(UnitAccount.unit_id, UnitAccount.account_id)
    )
    found = []
    for unit_id, account_id, since in session.execute(served).all():
        past = (Milestone.due_on < today - GRACE, Milestone.due_on >= since.date())
        of_customer = select(Milestone).where(Milestone.account_id == account_id, Milestone.gone_at.is_(None), *past)
        due = session.scalars(of_customer.order_by(Milestone.due_on.desc(), Milestone.id.desc())).all()
        confirmed = _confirmed(session, account_id)
        row: list[Milestone] = []
        for each in due:
            if _is_kept(each, confirmed):
                break
            row.append(each)
        if len(row) >= IN_A_ROW:
            customer = session.get_one(Account, account_id).name
            missed = tuple(_missed(each, customer, today) for each in reversed(row))
            found.append(Broken(unit_id=unit_id, missed=missed, kept=len(due) - len(row)))
    return tuple(found)


def _confirmed(session: Session, account_id: int) -> dict[str, date]:
    """The days on which the customer confirmed what, by the milestone's folded name."""
    events = session.execute(
        select(VerifiedEvent.name, VerifiedEvent.verified_on).where(
            VerifiedEvent.account_id == account_id, VerifiedEvent.gone_at.is_(None), VerifiedEvent.verified_on.is_not(None)
        )
    )
    return {" ".join(name.casefold().split()): day for name, day in events if day is not None}


def _is_kept(milestone: Milestone, confirmed: dict[str, date]) -> bool:
    """Whether the customer confirmed it by its day, or where it confirms nothing by name, whether it was done by its day."""
    assert milestone.due_on is not None  # noqa: S101 - only those with a day are looked at
    day = confirmed.get(" ".join(milestone.name.casefold().split()), milestone.done_on)
    return day is not None and day <= milestone.due_on + GRACE


def _missed(milestone: Milestone, customer: str, today: date) -> Missed:
    assert milestone.due_on is not None and milestone.account_id is not None  # noqa: S101, PT018 - as it was selected
    return Missed(
        milestone_id=milestone.id, account_id=milestone.account_id, customer=customer, name=milestone.name, due_on=milestone.due_on,
        days=(today - milestone.due_on).days, system=milestone.source_system, record=milestone.source_id, version=milestone.version_hash,
    )  # fmt: skip
