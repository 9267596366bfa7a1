"""Puts a unit together: for each need the member who has it, works where the customer is, and is the least busy."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm.models import Member
from tools.sandbox.models import SalesUnit, UnitMember
from tools.sandbox.units.fitting import holders
from tools.sandbox.units.functions import function_of, functions
from tools.sandbox.units.schemas import Place
from tools.trace.cells import Frozen


class Seat(Frozen):
    """A need and who would meet it: None where nobody does. ``able`` are all members who could."""

    need: str
    place: Place | None
    able: tuple[int, ...]


def staff(session: Session, needs: tuple[str, ...], region: str | None, today: date, taken: frozenset[int] = frozenset()) -> tuple[Seat, ...]:
    """One member for each need, nobody twice while others could; needs that fewest have are met first."""
    able = {need: holders(session, need, today) for need in needs}
    busy = Counter(session.scalars(
        select(UnitMember.member_id).join(SalesUnit, SalesUnit.id == UnitMember.unit_id).where(UnitMember.left_at.is_(None), SalesUnit.status == "active")
    ).all())  # fmt: skip
    chosen: dict[str, Place | None] = {}
    used = set(taken)
    for need in sorted(needs, key=lambda each: (len(able[each]), needs.index(each))):
        members = [session.get_one(Member, each) for each in able[need]]
        ranked = sorted(members, key=lambda each: (each.id in used, region is not None and each.region != region, busy[each.id], each.name, each.id))
        best = ranked[0] if ranked else None
        chosen[need] = None if best is None else Place(member_id=best.id, name=best.name, function=_function(need, best))
        if best is not None:
            used.add(best.id)
    return tuple(Seat(need=need, place=chosen[need], able=tuple(sorted(able[need]))) for need in needs)


def _function(need: str, member: Member) -> str:
    known = need.casefold() if need.casefold() in functions() else None
    return known or function_of(member.department, member.title) or need
