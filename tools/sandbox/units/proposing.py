"""Asks for changes of units in people's words: names become members, customers and units, and what would be refused is refused at once."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.crm.models import Account, Member
from tools.crm.service import resolve_member
from tools.sandbox.approvals.schemas import Case, CaseKind, Rule
from tools.sandbox.approvals.service import ask, rule_for
from tools.sandbox.budgets.ledger import balances
from tools.sandbox.templates.schemas import TemplateContent, TemplateKey, shipped_templates
from tools.sandbox.units.changing import changes, free_name, hold_to_limit
from tools.sandbox.units.errors import (
    BudgetAboveLimit,
    CustomerUnknown,
    MayNotAsk,
    MemberUnavailable,
    MoneyInFlight,
    NoCustomerValue,
    NothingWouldChange,
    UnitEnded,
)
from tools.sandbox.units.fitting import hold_to_fit
from tools.sandbox.units.functions import function_of
from tools.sandbox.units.moving import amount_of
from tools.sandbox.units.reading import template_of, unit_of
from tools.sandbox.units.schemas import (
    ChangeMembers,
    Customer,
    DissolveUnit,
    EditTemplate,
    FormUnit,
    GrantBudget,
    MergeUnits,
    MoveTemplate,
    Place,
    ResourceKind,
    Unit,
)
from tools.trace.cells import Frozen

FORMING = (Rule(steps=("manager",)), Rule(over=Decimal(100_000), steps=("manager", "director")))
"""Who agrees to a new unit: it has no template yet that would say so."""
GOVERNING = Rule(steps=("manager",))
"""Who agrees to a unit's being moved, merged, dissolved, or bound by other rules: somebody above its lead."""


class Wish(Frozen):
    """A new unit as somebody asks for it, in names."""

    name: str
    customers: tuple[str, ...]
    members: tuple[str, ...]
    lead: str
    needs: tuple[str, ...] = ()
    customer_value: str
    template: TemplateKey = "exploration"
    currency: str = "CNY"
    budget: Decimal = Decimal(0)
    pools: dict[ResourceKind, Decimal] = {}


def propose_unit(session: Session, principal: Principal, wish: Wish, why: str, now: datetime) -> Case:
    """Ask for a new unit. Raises MayNotAsk, NameTaken, NoCustomerValue, MemberUnknown, MemberUnavailable, CustomerUnknown, BudgetAboveLimit, UnitUnfit."""
    if principal.role is Role.REP:
        raise MayNotAsk
    if not wish.customer_value.strip():
        raise NoCustomerValue
    free_name(session, wish.name)
    lead = place(session, wish.lead)
    members = tuple({each.member_id: each for each in (lead, *(place(session, name) for name in wish.members))}.values())
    customers = tuple(customer(session, name) for name in wish.customers)
    limit = shipped_templates()[wish.template].budget_limit
    if wish.budget > limit:
        raise BudgetAboveLimit(limit=limit, asked=wish.budget, currency=wish.currency)
    hold_to_fit(session, members, customers, wish.needs, now)
    diff = FormUnit(
        unit_id=f"u{secrets.token_hex(6)}", name=wish.name.strip(), template=wish.template, lead=lead, members=members, customers=customers,
        opportunity_id=None, needs=wish.needs, customer_value=wish.customer_value.strip(), currency=wish.currency, budget=wish.budget, pools=wish.pools,
    )  # fmt: skip
    return ask(session, principal, "form_unit", None, diff, why, rule_for(FORMING, wish.budget), changes(), now)


def propose_members(session: Session, principal: Principal, unit: str, joins: tuple[str, ...], leaves: tuple[str, ...], why: str, now: datetime) -> Case:
    """Ask for people to come and go. Raises UnitUnknown, UnitEnded, MayNotAsk, MemberUnknown, MemberUnavailable, NothingWouldChange and UnitUnfit."""
    held = _asked(session, principal, unit)
    inside = {each.member_id: each for each in held.members}
    coming = tuple(each for each in (place(session, name) for name in joins) if each.member_id not in inside)
    going = tuple(inside[found] for name in leaves if (found := resolve_member(session, name).member_id) in inside)
    if not coming and not going:
        raise NothingWouldChange
    gone = {each.member_id for each in going}
    if held.lead_id in gone:
        raise MemberUnavailable(name=held.lead)
    hold_to_fit(session, tuple(each for each in (*held.members, *coming) if each.member_id not in gone), held.customers, (), now)
    return _ask(session, principal, "change_members", ChangeMembers(unit_id=held.id, joins=coming, leaves=going), why, now)


def propose_move(session: Session, principal: Principal, unit: str, to: TemplateKey, why: str, now: datetime) -> Case:
    """Ask for a unit to come under another of its templates. Raises UnitUnknown, UnitEnded, MayNotAsk, NothingWouldChange, BudgetAboveLimit."""
    held = _asked(session, principal, unit)
    if held.template == to:
        raise NothingWouldChange
    hold_to_limit(session, held.id, Decimal(0), template_of(session, held.id, to))
    return _ask(session, principal, "move_template", MoveTemplate(unit_id=held.id, before=held.template, after=to), why, now)


def propose_template(session: Session, principal: Principal, unit: str, after: TemplateContent, why: str, now: datetime) -> Case:
    """Ask for one of a unit's templates to say something else. Raises UnitUnknown, UnitEnded, MayNotAsk, NothingWouldChange and BudgetAboveLimit."""
    held = _asked(session, principal, unit)
    before = template_of(session, held.id, after.key)
    if before == after:
        raise NothingWouldChange
    if held.template == after.key:
        hold_to_limit(session, held.id, Decimal(0), after)
    return _ask(session, principal, "edit_template", EditTemplate(unit_id=held.id, before=before, after=after), why, now)


def propose_budget(session: Session, principal: Principal, unit: str, amount: Decimal, why: str, now: datetime) -> Case:
    """Ask for more money, by the flow of the unit's template. Raises UnitUnknown, UnitEnded, MayNotAsk, NothingWouldChange and BudgetAboveLimit."""
    held = _asked(session, principal, unit, members_may=True)
    if not amount:
        raise NothingWouldChange
    template = template_of(session, held.id)
    hold_to_limit(session, held.id, amount, template)
    diff = GrantBudget(unit_id=held.id, amount=amount, currency=balances(session, held.id).currency)
    return ask(session, principal, "grant_budget", held.id, diff, why, rule_for(template.rules, abs(amount)), changes(), now)


def propose_merge(session: Session, principal: Principal, takes: str, gives: str, why: str, now: datetime) -> Case:
    """Ask for one unit to go into another. Raises UnitUnknown, UnitEnded, MayNotAsk, NothingWouldChange and MoneyInFlight."""
    into, out = _asked(session, principal, takes), _asked(session, principal, gives)
    if into.id == out.id:
        raise NothingWouldChange
    _hold_nothing(session, out)
    return _ask(session, principal, "merge_units", MergeUnits(unit_id=into.id, gives=out.id), why, now)


def propose_end(session: Session, principal: Principal, unit: str, why: str, now: datetime) -> Case:
    """Ask for a unit to be dissolved. Raises UnitUnknown, UnitEnded, MayNotAsk and MoneyInFlight."""
    held = _asked(session, principal, unit)
    _hold_nothing(session, held)
    return _ask(session, principal, "dissolve_unit", DissolveUnit(unit_id=held.id), why, now)


def place(session: Session, name: str) -> Place:
    """A member by name, in the function that department and title tell. Raises MemberUnknown, MemberAmbiguous and MemberUnavailable."""
    found = resolve_member(session, name).member_id
    member = session.get(Member, found) if found is not None else None
    if member is None or member.active is False or member.gone_at is not None:
        raise MemberUnavailable(name=name)
    return Place(
        member_id=member.id, name=member.name, function=function_of(member.department, member.title) or (member.department or "").casefold() or "sales"
    )


def customer(session: Session, name: str) -> Customer:
    """A customer by its name or its id at its source. Raises CustomerUnknown."""
    wanted = select(Account).where(Account.gone_at.is_(None), (Account.name == name.strip()) | (Account.source_id == name.strip())).order_by(Account.id)
    found = session.scalars(wanted.limit(2)).all()
    if len(found) != 1:
        raise CustomerUnknown(name=name)
    return Customer(account_id=found[0].id, name=found[0].name)


def _ask(session: Session, principal: Principal, kind: CaseKind, diff: Frozen, why: str, now: datetime) -> Case:
    unit_id = str(diff.model_dump()["unit_id"])
    rule = GOVERNING if not amount_of(diff.model_dump(mode="json")) else rule_for(template_of(session, unit_id).rules, amount_of(diff.model_dump(mode="json")))
    return ask(session, principal, kind, unit_id, diff, why, rule, changes(), now)


def _asked(session: Session, principal: Principal, unit: str, members_may: bool = False) -> Unit:
    held = unit_of(session, principal, unit)
    if held.status != "active":
        raise UnitEnded(unit=held.name)
    is_inside = members_may and any(each.member_id == principal.member_id for each in held.members)
    if principal.role is Role.REP and principal.member_id != held.lead_id and not is_inside:
        raise MayNotAsk
    return held


def _hold_nothing(session: Session, held: Unit) -> None:
    if balances(session, held.id).reserved:
        raise MoneyInFlight(unit=held.name)
