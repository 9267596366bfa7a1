"""What is in flight when a unit comes under other rules: money that is held for calls, and cases that wait."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tools.sandbox.approvals.service import rule_for
from tools.sandbox.budgets.reservations import release
from tools.sandbox.models import ApprovalCase, Capability, Reservation
from tools.sandbox.templates.schemas import EVERY_CAPABILITY, TemplateContent
from tools.trace.cells import Frozen


class InFlight(Frozen):
    """What a new template changes about what is under way: reservations that it would not hold, cases that others decide about."""

    reservations: tuple[str, ...]
    cases: tuple[str, ...]


def in_flight(session: Session, unit_id: str, after: TemplateContent, but: str = "") -> InFlight:
    """What would change, before it does."""
    held = session.execute(
        select(Reservation.id, Reservation.capability, Reservation.amount, Capability.sends)
        .join(Capability, Capability.key == Reservation.capability)
        .where(Reservation.unit_id == unit_id, Reservation.status == "held")
        .order_by(Reservation.id)
    )
    unfit = tuple(each for each, capability, amount, sends in held if not opens(after, capability, amount, sends))
    waiting = session.scalars(select(ApprovalCase).where(ApprovalCase.unit_id == unit_id, ApprovalCase.status == "open", ApprovalCase.id != but))
    anew = tuple(each.id for each in waiting if each.flow != [rule_for(after.rules, amount_of(each.diff)).model_dump(mode="json")])
    return InFlight(reservations=unfit, cases=anew)


def let_go_of_what_no_longer_fits(session: Session, unit_id: str, after: TemplateContent, but: str, by: str, now: datetime) -> InFlight:
    """Free money that the template would not hold; cases that others decide about now begin anew, with nobody's yes."""
    found = in_flight(session, unit_id, after, but)
    for each in found.reservations:
        release(session, each, by, now)
    for case_id in found.cases:
        case = session.get_one(ApprovalCase, case_id)
        rule = rule_for(after.rules, amount_of(case.diff))
        anew = {"flow": [rule.model_dump(mode="json")], "round": case.round + 1, "expires_at": now + rule.lasts}
        session.execute(update(ApprovalCase).where(ApprovalCase.id == case_id).values(anew))
    return found


def opens(template: TemplateContent, capability: str, amount: Decimal, sends: int) -> bool:
    """Whether a template lets a capability be called at that cost with fields of that classification."""
    listed = capability in template.capabilities or EVERY_CAPABILITY in template.capabilities
    return listed and amount <= template.call_limit and sends <= template.clearance and sends < template.masks_from


def amount_of(diff: dict[str, object]) -> Decimal:
    """The money that a change is about, 0 where it is about none."""
    return abs(Decimal(str(diff.get("amount", diff.get("budget", 0)) or 0)))
