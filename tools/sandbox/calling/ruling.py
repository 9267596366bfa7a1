"""From facts to a ruling: the facts in the words of the policies. Pure, so that a recorded decision is made again from what was recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tools.sandbox.calling.facts import CallFacts
from tools.sandbox.policies.sets import Entity, Policies, Ruling, day, entity, ref
from tools.sandbox.templates.schemas import EVERY_CAPABILITY

UNITS = 10_000
"""Money is given to the policies in 1/10,000 of the currency's unit."""


def rule(facts: CallFacts, policies: Policies) -> Ruling:
    """What the policies say to the facts."""
    member, capability, context = case(facts)
    return policies.rule(member, "Call", capability, context)


def case(facts: CallFacts) -> tuple[Entity, Entity, dict[str, Any]]:
    """The facts as the policies see them: who calls, what is called, and everything around it."""
    member = entity("Member", facts.member_id, role="member", clearance=facts.clearance, people=[ref("Member", facts.member_id)], suspended=facts.suspended)
    needed = {"certificate": facts.certificate_needed} if facts.certificate_needed else {}
    capability = entity("Capability", facts.capability, active=facts.active, sends=facts.sends, **needed)
    return member, capability, _context(facts)


def _context(facts: CallFacts) -> dict[str, Any]:
    context: dict[str, Any] = {
        "today": day(facts.today.isoformat()),
        "in_unit": facts.in_unit,
        "unit_active": facts.unit_active,
        "open_in_template": facts.capability in facts.capabilities or EVERY_CAPABILITY in facts.capabilities,
        "template": {"clearance": facts.clearance, "masks_from": facts.masks_from, "call_limit": _whole(facts.call_limit)},
        "available": _whole(facts.available),
    }
    if facts.cost is not None:
        context["cost"] = _whole(facts.cost)
    if facts.certificate is not None:
        context["certificate"] = {"from": _day(facts.certificate.begins), "to": _day(facts.certificate.ends)}
    if facts.customer is not None:
        customer = facts.customer
        context["customer"] = {"of_unit": customer.of_unit, "masks_from": customer.masks_from, "consents": customer.consents}
    return context


def _day(on: date) -> dict[str, Any]:
    return day(on.isoformat())


def _whole(amount: Decimal) -> int:
    return int(amount * UNITS)
