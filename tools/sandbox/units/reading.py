"""Units as they stand, for who may see them: their members, the managers of their leads, directors and the owner."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role, UnitReach
from tools.crm.models import Account, Member
from tools.sandbox.errors import UnitUnknown
from tools.sandbox.models import MemberStanding, SalesUnit, UnitAccount, UnitMember, UnitResource, UnitTemplate
from tools.sandbox.templates.schemas import TemplateContent
from tools.sandbox.units.schemas import Customer, Place, Pool, Unit
from tools.store.classification import Classification
from tools.trace.cells import Frozen


def with_units(session: Session, principal: Principal) -> Principal:
    """The person with what its units open at this moment, and whether its access is suspended."""
    if principal.member_id is None:
        return principal
    standing = session.get(MemberStanding, principal.member_id)
    member = session.get(Member, principal.member_id)
    suspended = bool(standing and standing.suspended) or member is None or member.active is False
    opened = (
        select(SalesUnit.id, UnitTemplate.kinds, UnitTemplate.clearance, UnitTemplate.masks_from)
        .join(UnitMember, UnitMember.unit_id == SalesUnit.id)
        .join(UnitTemplate, (UnitTemplate.unit_id == SalesUnit.id) & (UnitTemplate.key == SalesUnit.template))
        .where(UnitMember.member_id == principal.member_id, UnitMember.left_at.is_(None), SalesUnit.status == "active")
        .order_by(SalesUnit.id)
    )
    units = tuple(
        UnitReach(unit_id=unit, kinds=frozenset(kinds), clearance=Classification(clearance), masks_from=masks)
        for unit, kinds, clearance, masks in session.execute(opened)
    )
    return principal.model_copy(update={"units": units, "suspended": suspended})


class UnitName(Frozen):
    """A unit by name; ``is_own`` where the person is in it."""

    id: str
    name: str
    is_active: bool
    is_own: bool


def unit_names(session: Session, principal: Principal) -> tuple[UnitName, ...]:
    """The names of all units that the person may see, in one query."""
    own = select(UnitMember.unit_id).where(UnitMember.member_id == (principal.member_id or 0), UnitMember.left_at.is_(None))
    rows = session.execute(_visible(principal).with_only_columns(SalesUnit.id, SalesUnit.name, SalesUnit.status, SalesUnit.id.in_(own).label("own")))
    return tuple(UnitName(id=row.id, name=row.name, is_active=row.status == "active", is_own=bool(row.own)) for row in rows)


def units_of(session: Session, principal: Principal) -> tuple[Unit, ...]:
    """All that the person may see, active ones first."""
    rows = session.scalars(_visible(principal).order_by(SalesUnit.ended_at.is_not(None), SalesUnit.name))
    return tuple(_unit(session, each) for each in rows)


def unit_of(session: Session, principal: Principal, wanted: str) -> Unit:
    """A unit by its id or its name, an active one first. Raises UnitUnknown."""
    named = or_(SalesUnit.id == wanted, SalesUnit.name == wanted)
    row = session.scalars(_visible(principal).where(named).order_by(SalesUnit.ended_at.is_not(None), SalesUnit.formed_at.desc()).limit(1)).first()
    if row is None:
        folded = wanted.casefold().strip()
        found = [each for each in session.scalars(_visible(principal)) if each.name.casefold() == folded]
        if len(found) != 1:
            raise UnitUnknown(unit=wanted)
        (row,) = found
    return _unit(session, row)


def template_of(session: Session, unit_id: str, key: str | None = None) -> TemplateContent:
    """A unit's template of that key, the one that binds it where none is named. Raises UnitUnknown."""
    row = session.scalars(
        select(UnitTemplate)
        .join(SalesUnit, SalesUnit.id == UnitTemplate.unit_id)
        .where(UnitTemplate.unit_id == unit_id, UnitTemplate.key == (key if key is not None else SalesUnit.template))
    ).first()
    if row is None:
        raise UnitUnknown(unit=unit_id)
    return TemplateContent.model_validate({name: getattr(row, name) for name in TemplateContent.model_fields if name != "rules"} | {"rules": row.flow})


def _visible(principal: Principal) -> Select[SalesUnit]:
    if principal.role in {Role.OWNER, Role.DIRECTOR}:
        return select(SalesUnit)
    people = (principal.member_id or 0, *principal.report_ids)
    inside = select(UnitMember.unit_id).where(UnitMember.member_id.in_(people), UnitMember.left_at.is_(None))
    return select(SalesUnit).where(or_(SalesUnit.id.in_(inside), SalesUnit.lead_id.in_(people)))


def _unit(session: Session, row: SalesUnit) -> Unit:
    members = session.execute(
        select(UnitMember.member_id, Member.name, UnitMember.function)
        .join(Member, Member.id == UnitMember.member_id)
        .where(UnitMember.unit_id == row.id, UnitMember.left_at.is_(None))
        .order_by(UnitMember.id)
    )
    customers = session.execute(
        select(UnitAccount.account_id, Account.name)
        .join(Account, Account.id == UnitAccount.account_id)
        .where(UnitAccount.unit_id == row.id, UnitAccount.until.is_(None))
        .order_by(UnitAccount.id)
    )
    pools = session.scalars(select(UnitResource).where(UnitResource.unit_id == row.id).order_by(UnitResource.kind))
    lead = session.get(Member, row.lead_id)
    return Unit(
        id=row.id, name=row.name, status=row.status, template=row.template, lead_id=row.lead_id, lead=lead.name if lead else "",
        opportunity_id=row.opportunity_id, customer_value=row.customer_value,
        members=tuple(Place(member_id=each, name=name, function=function) for each, name, function in members),
        customers=tuple(Customer(account_id=each, name=name) for each, name in customers),
        pools=tuple(Pool(kind=each.kind, granted=each.granted, booked=each.booked) for each in pools),
        formed_at=row.formed_at, ended_at=row.ended_at, version=row.version,
    )  # fmt: skip
