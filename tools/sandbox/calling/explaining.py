"""Says a decision in words: each rule that counted, and for each that says no what would make it allowed, from the very facts that it was decided on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from prompts.words import said_day, say
from tools.crm.models import Account, Member
from tools.sandbox.calling.deciding import Decision
from tools.sandbox.calling.facts import CallFacts
from tools.sandbox.models import Capability, SalesUnit
from tools.sandbox.policies.sets import NOTHING_PERMITS
from tools.store.classification import Classification
from tools.trace.cells import Frozen

Language = Literal["zh", "en"]
TEMPLATES = frozenset({"exploration", "assault", "delivery"})
CENT = Decimal("0.01")


class CallNames(Frozen):
    """What is called how, as far as the reader may know; the rest is called by its id, the customer “the customer”."""

    member: str | None = None
    unit: str | None = None
    capability: str | None = None
    customer: str | None = None


class SaidRule(Frozen):
    """A rule that counted. ``otherwise`` is what would make it allowed, None of a rule that says yes."""

    rule: str
    says: str
    otherwise: str | None


class Explanation(Frozen):
    """A decision in words, in one language."""

    allowed: bool
    headline: str
    rules: tuple[SaidRule, ...]

    @property
    def text(self) -> str:
        """All of it, a line for each rule."""
        return "\n".join([self.headline, *(f"{each.says} {each.otherwise}" if each.otherwise else each.says for each in self.rules)])


def explain(decision: Decision, language: Language, names: CallNames | None = None, words: Mapping[str, str] | None = None) -> Explanation:
    """Say a decision. Where several rules say no, all that they name has to be different for a yes. ``words`` stand in place of its own figures and days."""
    values = _values(decision, language, names or CallNames()) | dict(words or {})
    return Explanation(
        allowed=decision.allowed,
        headline=say(_headline(decision), language, **values),
        rules=tuple(
            SaidRule(
                rule=rule,
                says=say(policy_key(rule), language),
                otherwise=None if decision.allowed else say(_otherwise(rule, decision.facts), language, **values),
            )
            for rule in _rules(decision)
        ),
    )


def _headline(decision: Decision) -> str:
    """A decision that is only looked at ahead says so."""
    if not decision.id:
        return "talk_may_call" if decision.allowed else "talk_may_not_call"
    return "call_allowed" if decision.allowed else "call_refused"


def names_for(session: Session, decision: Decision, account_id: int | None, language: Language) -> CallNames:
    """The names for an explanation to whoever asked. A unit is named to its members, a customer where it is one of the unit's."""
    facts = decision.facts
    of_unit = facts.in_unit and facts.customer is not None and facts.customer.of_unit
    return CallNames(
        member=session.scalar(select(Member.name).where(Member.id == facts.member_id)),
        unit=session.scalar(select(SalesUnit.name).where(SalesUnit.id == facts.unit_id)) if facts.in_unit else None,
        capability=session.scalar(select(Capability.name_zh if language == "zh" else Capability.name_en).where(Capability.key == facts.capability)),
        customer=session.scalar(select(Account.name).where(Account.id == account_id)) if of_unit else None,
    )


def policy_key(rule: str) -> str:
    """The key of the sentence that says what a rule says; with ``_otherwise`` behind it, of what would make it allowed."""
    return f"policy_{rule.replace('-', '_')}"


def _rules(decision: Decision) -> tuple[str, ...]:
    """Those that counted. Who is not in the unit would not be permitted even if no rule said no, so that belongs to what has to change."""
    missing = not decision.allowed and not decision.facts.in_unit and NOTHING_PERMITS not in decision.rules
    return (*decision.rules, NOTHING_PERMITS) if missing else decision.rules


def _otherwise(rule: str, facts: CallFacts) -> str:
    begins_later = rule == "certificate-not-valid" and facts.certificate is not None and facts.certificate.begins > facts.today
    return f"{policy_key(rule)}_otherwise{'_later' if begins_later else ''}"


def _values(decision: Decision, language: Language, names: CallNames) -> dict[str, str]:
    """Everything that a sentence may name."""
    facts = decision.facts
    cost = facts.cost or Decimal(0)
    return {
        "member": names.member or say("policy_word_member", language, id=facts.member_id),
        "unit": names.unit or facts.unit_id,
        "capability": names.capability or facts.capability,
        "customer": names.customer or say("policy_word_customer", language),
        "template": say(f"policy_word_template_{facts.template}", language) if facts.template in TEMPLATES else facts.template,
        "certificate": facts.certificate_needed or "",
        "day": said_day(_turning_day(facts), language),
        "cost": _money(cost, facts.currency),
        "available": _money(facts.available, facts.currency),
        "missing": _money(max(Decimal(0), cost - facts.available), facts.currency),
        "limit": _money(facts.call_limit, facts.currency),
        "currency": facts.currency,
        "level": _level(facts.sends, language),
        "clearance": _level(facts.clearance, language),
        "masks": _level(facts.masks_from, language),
        "customer_masks": _level(facts.customer.masks_from if facts.customer else facts.masks_from, language),
        "purpose": facts.purpose or say("policy_word_purpose", language),
        "decision": decision.id,
        "until": f"{decision.expires_at:%H:%M:%S} UTC" if decision.expires_at else "",
    }


def _turning_day(facts: CallFacts) -> date:
    """The day on which the certificate begins, where it has not begun, else that on which it ended; today where there is none."""
    if facts.certificate is None:
        return facts.today
    return facts.certificate.begins if facts.certificate.begins > facts.today else facts.certificate.ends


def _level(level: int, language: Language) -> str:
    return say(f"policy_word_level_{min(max(level, Classification.PUBLIC), Classification.SENSITIVE)}", language)


def _money(amount: Decimal, currency: str) -> str:
    """With cents, and with more only where there are more."""
    return f"{amount:,.2f} {currency}" if amount == amount.quantize(CENT) else f"{amount:,.4f} {currency}"
