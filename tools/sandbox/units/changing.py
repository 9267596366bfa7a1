"""Makes what was approved: each change of a unit as one step on record, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.approvals.service import Change, Changes, digest
from tools.sandbox.budgets.ledger import balances, grant, open_budget
from tools.sandbox.errors import UnitUnknown
from tools.sandbox.models import SalesUnit, UnitAccount, UnitMember, UnitResource, UnitStep, UnitTemplate, UnitTemplateVersion
from tools.sandbox.templates.schemas import TemplateContent, shipped_templates
from tools.sandbox.units.errors import BudgetAboveLimit, MoneyInFlight, NameTaken, UnitEnded
from tools.sandbox.units.fitting import hold_to_fit
from tools.sandbox.units.moving import let_go_of_what_no_longer_fits
from tools.sandbox.units.reading import template_of
from tools.sandbox.units.schemas import ChangeMembers, DissolveUnit, EditTemplate, FormUnit, GrantBudget, MergeUnits, MoveTemplate, Place, SplitUnit
from tools.threads.service import speaker_of


def changes() -> Changes:
    """Every kind of change of a unit."""
    return {
        "form_unit": Change(fingerprint=_unformed, apply=_form),
        "change_members": Change(fingerprint=_unit_stands, apply=_change_members),
        "move_template": Change(fingerprint=_unit_stands, apply=_move),
        "edit_template": Change(fingerprint=_template_stands, apply=_edit),
        "grant_budget": Change(fingerprint=_unit_stands, apply=_grant),
        "merge_units": Change(fingerprint=_both_stand, apply=_merge),
        "split_unit": Change(fingerprint=_unit_stands, apply=_split),
        "dissolve_unit": Change(fingerprint=_unit_stands, apply=_dissolve),
    }


# -- what a change rests on -----------------------------------------------------------------------------------------------


def _unformed(session: Session, diff: dict[str, Any]) -> str:
    return digest({"unit": diff["unit_id"], "is_there": session.get(SalesUnit, diff["unit_id"]) is not None})


def _unit_stands(session: Session, diff: dict[str, Any]) -> str:
    return digest(_standing(session, diff["unit_id"]))


def _both_stand(session: Session, diff: dict[str, Any]) -> str:
    return digest([_standing(session, diff["unit_id"]), _standing(session, diff["gives"])])


def _template_stands(session: Session, diff: dict[str, Any]) -> str:
    return digest(template_of(session, diff["unit_id"], diff["after"]["key"]).model_dump(mode="json"))


def _standing(session: Session, unit_id: str) -> list[Any]:
    row = session.execute(select(SalesUnit.version, SalesUnit.status, SalesUnit.template).where(SalesUnit.id == unit_id)).first()
    if row is None:
        raise UnitUnknown(unit=unit_id)
    return [unit_id, *row]


# -- changes ----------------------------------------------------------------------------------------------------------------


def _form(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = FormUnit.model_validate(case.diff), speaker_of(principal)
    hold_to_fit(session, diff.members, diff.customers, diff.needs, now)
    free_name(session, diff.name)
    session.execute(insert(SalesUnit).values(
        id=diff.unit_id, name=diff.name, status="active", template=diff.template, lead_id=diff.lead.member_id, opportunity_id=diff.opportunity_id,
        customer_value=diff.customer_value, formed_at=now, version=1,
    ))  # fmt: skip
    session.flush()
    for content in shipped_templates().values():
        _put_template(session, diff.unit_id, content, diff.currency, 1, case.why, by, now)
    _join(session, diff.unit_id, diff.members, now)
    _serve(session, diff.unit_id, [each.account_id for each in diff.customers], now)
    _pool(session, diff.unit_id, dict(diff.pools))
    open_budget(session, diff.unit_id, diff.currency)
    _give(session, diff.unit_id, diff.budget, f"case:{case.id}", by, now)
    _step(session, diff.unit_id, "formed", case, by, now)


def _change_members(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = ChangeMembers.model_validate(case.diff), speaker_of(principal)
    _bump(session, diff.unit_id, **({"lead_id": diff.lead.member_id} if diff.lead else {}))
    _leave(session, diff.unit_id, [each.member_id for each in diff.leaves], now)
    _join(session, diff.unit_id, diff.joins, now)
    _step(session, diff.unit_id, "changed_members", case, by, now)


def _move(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = MoveTemplate.model_validate(case.diff), speaker_of(principal)
    after = template_of(session, diff.unit_id, diff.after)
    hold_to_limit(session, diff.unit_id, Decimal(0), after)
    _bump(session, diff.unit_id, template=diff.after)
    let_go_of_what_no_longer_fits(session, diff.unit_id, after, case.id, by, now)
    _step(session, diff.unit_id, "moved", case, by, now)


def _edit(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = EditTemplate.model_validate(case.diff), speaker_of(principal)
    row = session.scalars(select(UnitTemplate).where(UnitTemplate.unit_id == diff.unit_id, UnitTemplate.key == diff.after.key)).one()
    version, currency = row.version + 1, row.currency
    session.delete(row)
    session.flush()
    _put_template(session, diff.unit_id, diff.after, currency, version, case.why, by, now)
    unit = session.get_one(SalesUnit, diff.unit_id)
    if unit.template == diff.after.key:
        hold_to_limit(session, diff.unit_id, Decimal(0), diff.after)
        let_go_of_what_no_longer_fits(session, diff.unit_id, diff.after, case.id, by, now)
    _bump(session, diff.unit_id)
    _step(session, diff.unit_id, "edited_template", case, by, now)


def _grant(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = GrantBudget.model_validate(case.diff), speaker_of(principal)
    _give(session, diff.unit_id, diff.amount, f"case:{case.id}", by, now)
    _step(session, diff.unit_id, "granted", case, by, now)


def _merge(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = MergeUnits.model_validate(case.diff), speaker_of(principal)
    _end_money(session, diff.gives, case, by, now, into=diff.unit_id)
    there = set(session.scalars(select(UnitMember.member_id).where(UnitMember.unit_id == diff.unit_id, UnitMember.left_at.is_(None))))
    coming = session.scalars(select(UnitMember).where(UnitMember.unit_id == diff.gives, UnitMember.left_at.is_(None))).all()
    _join(session, diff.unit_id, tuple(Place(member_id=each.member_id, name="", function=each.function) for each in coming if each.member_id not in there), now)
    served = set(session.scalars(select(UnitAccount.account_id).where(UnitAccount.unit_id == diff.unit_id, UnitAccount.until.is_(None))))
    brought = session.scalars(select(UnitAccount.account_id).where(UnitAccount.unit_id == diff.gives, UnitAccount.until.is_(None))).all()
    _serve(session, diff.unit_id, [each for each in brought if each not in served], now)
    left = {each.kind: each.granted - each.booked for each in session.scalars(select(UnitResource).where(UnitResource.unit_id == diff.gives))}
    _pool(session, diff.gives, {kind: -amount for kind, amount in left.items()})
    _pool(session, diff.unit_id, left)
    _close(session, diff.gives, "merged", case, by, now)
    _bump(session, diff.unit_id)
    _step(session, diff.unit_id, "took_in", case, by, now)


def _split(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = SplitUnit.model_validate(case.diff), speaker_of(principal)
    unit = session.get_one(SalesUnit, diff.unit_id)
    currency = balances(session, diff.unit_id).currency
    free_name(session, diff.name)
    session.execute(insert(SalesUnit).values(
        id=diff.new_unit_id, name=diff.name, status="active", template=unit.template, lead_id=diff.lead.member_id, opportunity_id=None,
        customer_value=unit.customer_value, formed_at=now, version=1,
    ))  # fmt: skip
    session.flush()
    for key in shipped_templates():
        _put_template(session, diff.new_unit_id, template_of(session, diff.unit_id, key), currency, 1, case.why, by, now)
    open_budget(session, diff.new_unit_id, currency)
    if diff.budget:
        grant(session, diff.unit_id, -diff.budget, f"case:{case.id}:gives", "split", by, now)
        grant(session, diff.new_unit_id, diff.budget, f"case:{case.id}:takes", "split", by, now)
    _leave(session, diff.unit_id, [each.member_id for each in diff.members], now)
    _join(session, diff.new_unit_id, diff.members, now)
    ids = [each.account_id for each in diff.customers]
    _unserve(session, diff.unit_id, ids, now)
    _serve(session, diff.new_unit_id, ids, now)
    _pool(session, diff.unit_id, {kind: -amount for kind, amount in diff.pools.items()})
    _pool(session, diff.new_unit_id, dict(diff.pools))
    _bump(session, diff.unit_id)
    _step(session, diff.unit_id, "split_off", case, by, now)
    _step(session, diff.new_unit_id, "formed", case, by, now)


def _dissolve(session: Session, case: Case, principal: Principal, now: datetime) -> None:
    diff, by = DissolveUnit.model_validate(case.diff), speaker_of(principal)
    _end_money(session, diff.unit_id, case, by, now, into=None)
    _close(session, diff.unit_id, "dissolved", case, by, now)


# -- pieces ------------------------------------------------------------------------------------------------------------------


def free_name(session: Session, name: str) -> None:
    """Raises NameTaken where an active unit has it."""
    if session.scalar(select(SalesUnit.id).where(SalesUnit.name == name, SalesUnit.ended_at.is_(None)).limit(1)) is not None:
        raise NameTaken(name=name)


def hold_to_limit(session: Session, unit_id: str, more: Decimal, template: TemplateContent) -> None:
    """Raises BudgetAboveLimit where what a unit has been granted would exceed what its template allows."""
    held = balances(session, unit_id)
    if held.granted + more > template.budget_limit:
        raise BudgetAboveLimit(limit=template.budget_limit, asked=held.granted + more, currency=held.currency)


def _give(session: Session, unit_id: str, amount: Decimal, key: str, by: str, now: datetime) -> None:
    if amount > 0:
        hold_to_limit(session, unit_id, amount, template_of(session, unit_id))
    if amount:
        grant(session, unit_id, amount, key, "grant", by, now)


def _end_money(session: Session, unit_id: str, case: Case, by: str, now: datetime, into: str | None) -> None:
    """Take what is left out of a unit's budget, into another one or back. Raises MoneyInFlight while calls hold some."""
    held = balances(session, unit_id)
    if held.reserved:
        raise MoneyInFlight(unit=unit_id)
    if held.available:
        grant(session, unit_id, -held.available, f"case:{case.id}:gives", case.kind, by, now)
        if into is not None:
            grant(session, into, held.available, f"case:{case.id}:takes", case.kind, by, now)


def _put_template(session: Session, unit_id: str, content: TemplateContent, currency: str, version: int, why: str, by: str, now: datetime) -> None:
    rules = [each.model_dump(mode="json") for each in content.rules]
    session.execute(insert(UnitTemplate).values(
        unit_id=unit_id, key=content.key, version=version, kinds=list(content.kinds), clearance=content.clearance, masks_from=content.masks_from,
        capabilities=list(content.capabilities), budget_limit=content.budget_limit, call_limit=content.call_limit, currency=currency, flow=rules,
    ))  # fmt: skip
    session.execute(insert(UnitTemplateVersion).values(
        unit_id=unit_id, key=content.key, version=version, content=content.model_dump(mode="json"), why=why, set_by=by, set_at=now,
    ))  # fmt: skip


def _join(session: Session, unit_id: str, places: tuple[Place, ...], now: datetime) -> None:
    rows = [{"unit_id": unit_id, "member_id": each.member_id, "function": each.function, "joined_at": now} for each in places]
    if rows:
        session.execute(insert(UnitMember), rows)


def _leave(session: Session, unit_id: str, members: list[int], now: datetime) -> None:
    going = update(UnitMember).where(UnitMember.unit_id == unit_id, UnitMember.member_id.in_(members), UnitMember.left_at.is_(None))
    session.execute(going.values(left_at=now).execution_options(synchronize_session=False))


def _serve(session: Session, unit_id: str, accounts: list[int], now: datetime) -> None:
    if accounts:
        session.execute(insert(UnitAccount), [{"unit_id": unit_id, "account_id": each, "since": now} for each in accounts])


def _unserve(session: Session, unit_id: str, accounts: list[int], now: datetime) -> None:
    ending = update(UnitAccount).where(UnitAccount.unit_id == unit_id, UnitAccount.account_id.in_(accounts), UnitAccount.until.is_(None))
    session.execute(ending.values(until=now).execution_options(synchronize_session=False))


def _pool(session: Session, unit_id: str, more: dict[Any, Decimal]) -> None:
    """Give a unit more of its resources, or take some."""
    for kind, amount in more.items():
        row = session.scalars(select(UnitResource).where(UnitResource.unit_id == unit_id, UnitResource.kind == kind)).first()
        if row is None:
            session.add(UnitResource(unit_id=unit_id, kind=kind, granted=amount, booked=Decimal(0)))
        else:
            row.granted += amount
    session.flush()


def _bump(session: Session, unit_id: str, **values: object) -> None:
    """Raises UnitEnded where the unit is no longer active."""
    moved = update(SalesUnit).where(SalesUnit.id == unit_id, SalesUnit.status == "active").values(version=SalesUnit.version + 1, **values)
    if session.execute(moved.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        raise UnitEnded(unit=unit_id)
    session.expire_all()


def _close(session: Session, unit_id: str, status: str, case: Case, by: str, now: datetime) -> None:
    _bump(session, unit_id, status=status, ended_at=now)
    everyone = update(UnitMember).where(UnitMember.unit_id == unit_id, UnitMember.left_at.is_(None)).values(left_at=now)
    everywhere = update(UnitAccount).where(UnitAccount.unit_id == unit_id, UnitAccount.until.is_(None)).values(until=now)
    for each in (everyone, everywhere):
        session.execute(each.execution_options(synchronize_session=False))
    _step(session, unit_id, status, case, by, now)


def _step(session: Session, unit_id: str, kind: str, case: Case, by: str, now: datetime) -> None:
    session.execute(insert(UnitStep).values(unit_id=unit_id, kind=kind, content=case.diff, case_id=case.id, done_by=by, done_at=now))
