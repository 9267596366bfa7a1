"""Who may decide at a step of a case: by office, or in the place of somebody who handed it over for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.crm.models import Member
from tools.crm.service import member_principal
from tools.sandbox.approvals.schemas import Who
from tools.sandbox.models import Delegation, MemberStanding, SalesUnit, UnitMember
from tools.trace.cells import Frozen


class Office(Frozen):
    """How somebody comes to decide: in their own right, or for the member ``for_id``."""

    for_id: int | None = None


def office(session: Session, principal: Principal, who: Who, unit_id: str | None, now: datetime) -> Office | None:
    """How the principal may decide at a step of ``who``; None where it may not. A delegation serves only as long as both are in good standing."""
    if holds(session, principal, who, unit_id):
        return Office()
    if principal.member_id is None:
        return None
    handed = select(Delegation.from_id).where(
        Delegation.to_id == principal.member_id, Delegation.begins_at <= now, Delegation.ends_at > now, Delegation.revoked_at.is_(None)
    )
    for giver in session.scalars(handed.order_by(Delegation.id)):
        if not is_suspended(session, giver) and holds(session, member_principal(session, giver), who, unit_id):
            return Office(for_id=giver)
    return None


def holds(session: Session, principal: Principal, who: Who, unit_id: str | None) -> bool:
    """Whether the principal decides at a step of ``who`` in its own right."""
    if principal.role is Role.OWNER:
        return True
    unit = session.get(SalesUnit, unit_id) if unit_id else None
    match who:
        case "lead":
            return unit is not None and principal.member_id == unit.lead_id
        case "finance":
            inside = select(UnitMember.id).where(
                UnitMember.unit_id == unit_id, UnitMember.member_id == principal.member_id, UnitMember.function == "finance", UnitMember.left_at.is_(None)
            )
            return unit is not None and session.scalar(inside.limit(1)) is not None
        case "manager":
            if principal.role is Role.DIRECTOR:
                return True
            return principal.role is Role.MANAGER and (unit is None or unit.lead_id in principal.report_ids or unit.lead_id == principal.member_id)
        case "director":
            return principal.role is Role.DIRECTOR
        case "owner":
            return False


def deciders(session: Session, who: Who, unit_id: str | None) -> tuple[Member, ...]:
    """The members who hold an office now, for telling whom to ask; none where only the owner does."""
    unit = session.get(SalesUnit, unit_id) if unit_id else None
    members = select(Member).where(Member.gone_at.is_(None), Member.active.is_not(False)).order_by(Member.name, Member.id)
    match who:
        case "lead":
            members = members.where(Member.id == (unit.lead_id if unit else -1))
        case "finance":
            inside = select(UnitMember.member_id).where(UnitMember.unit_id == unit_id, UnitMember.function == "finance", UnitMember.left_at.is_(None))
            members = members.where(Member.id.in_(inside))
        case "director":
            members = members.where(Member.access_role.in_(("director", "Director")))
        case "owner":
            return ()
        case "manager":
            lead = session.get(Member, unit.lead_id) if unit else None
            if lead is not None and lead.manager_id is not None:
                members = members.where(Member.id == lead.manager_id)
            else:
                members = members.where(Member.access_role.in_(("manager", "Manager")))
    return tuple(each for each in session.scalars(members) if not is_suspended(session, each.id))


def is_suspended(session: Session, member_id: int | None) -> bool:
    """Whether a member's access is suspended, or the member is gone."""
    if member_id is None:
        return False
    member = session.get(Member, member_id)
    standing = session.get(MemberStanding, member_id)
    return member is None or member.gone_at is not None or member.active is False or (standing is not None and standing.suspended)
