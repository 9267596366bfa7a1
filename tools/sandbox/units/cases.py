"""The cases that a person may see: their own, those of their units, and those that they may decide about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.sandbox.approvals.deciders import office
from tools.sandbox.approvals.errors import CaseUnknown
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.approvals.service import case, cases
from tools.sandbox.units.reading import units_of
from tools.threads.service import speaker_of


def cases_for(session: Session, principal: Principal, now: datetime) -> tuple[Case, ...]:
    """Those that wait first, then the newest."""
    mine = {each.id for each in units_of(session, principal)}
    found = [each for each in cases(session, now) if _may_see(session, principal, each, mine, now)]
    return tuple(sorted(found, key=lambda each: each.status != "open"))


def case_for(session: Session, principal: Principal, wanted: str, now: datetime) -> Case:
    """A case by its id or the beginning of it. Raises CaseUnknown, also for one that the person may not see."""
    found = case(session, wanted, now)
    if not _may_see(session, principal, found, {each.id for each in units_of(session, principal)}, now):
        raise CaseUnknown(id=wanted)
    return found


def waits_for_me(session: Session, principal: Principal, held: Case, now: datetime) -> bool:
    """Whether the person may decide at the step that waits."""
    if held.waits_for is None or (held.rule.four_eyes and held.asked_by == speaker_of(principal)):
        return False
    return office(session, principal, held.waits_for, held.unit_id, now) is not None


def _may_see(session: Session, principal: Principal, held: Case, units: set[str], now: datetime) -> bool:
    if principal.role in {Role.OWNER, Role.DIRECTOR} or held.asked_by == speaker_of(principal) or held.unit_id in units:
        return True
    return any(office(session, principal, who, held.unit_id, now) is not None for who in held.rule.steps)
