"""Whether a unit has what its customers need, who else has it, and who could join. No customer of high potential goes to a unit that lacks something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from tools.crm.models import Account, Certificate, Member, Opportunity
from tools.sandbox.models import MemberStanding, SalesUnit, UnitMember
from tools.sandbox.units.errors import UnitUnfit
from tools.sandbox.units.functions import function_of, functions, says
from tools.sandbox.units.schemas import Customer, Place
from tools.trace.cells import Frozen

HIGH_TIER = "strategic"
TOP_SHARE = Decimal("0.1")
MOST_ALTERNATIVES = 3


class Potential(Frozen):
    """Why a customer counts as one of high potential: its tier, or its open pipeline being among the highest ``TOP_SHARE`` of all customers."""

    by: Literal["tier", "pipeline"]
    pipeline: Decimal | None = None
    at_least: Decimal | None = None


class Lack(Frozen):
    """What nobody in a unit has: a capability by name, or experience with customers of a sector."""

    kind: Literal["capability", "experience"]
    what: str
    customer: str


class Alternative(Frozen):
    """Somebody who has what is lacking: a unit that has all of it, or a member with how many units they are in already."""

    kind: Literal["unit", "member"]
    id: str
    name: str
    has: tuple[str, ...]
    busy: int = 0


def potential_of(session: Session, account_id: int) -> Potential | None:
    """Why a customer counts as one of high potential; None where it does not."""
    account = session.get(Account, account_id)
    if account is not None and (account.tier or "").casefold() == HIGH_TIER:
        return Potential(by="tier")
    open_deals = (
        select(Opportunity.account_id, func.sum(Opportunity.amount).label("pipeline"))
        .where(Opportunity.status == "open", Opportunity.gone_at.is_(None), Opportunity.account_id.is_not(None), Opportunity.amount > 0)
        .group_by(Opportunity.account_id)
    )
    held = {each: Decimal(value) for each, value in session.execute(open_deals) if value is not None}
    mine = held.get(account_id)
    if mine is None or len(held) < 10:
        return None
    ranked = sorted(held.values(), reverse=True)
    least = ranked[max(0, int(len(ranked) * TOP_SHARE) - 1)]
    return Potential(by="pipeline", pipeline=mine, at_least=least) if mine >= least else None


def lacks(session: Session, members: Iterable[int], customers: Iterable[Customer], needs: Iterable[str], today: date) -> tuple[Lack, ...]:
    """What the members lack for those of the customers that are of high potential. Experience is asked for where anybody has it."""
    inside, found = set(members), list[Lack]()
    for customer in customers:
        if potential_of(session, customer.account_id) is None:
            continue
        found += [Lack(kind="capability", what=need, customer=customer.name) for need in needs if not inside & holders(session, need, today)]
        account = session.get(Account, customer.account_id)
        sector = account.sector if account else None
        experienced = experienced_in(session, sector) if sector else set()
        if sector and experienced and not inside & experienced:
            found.append(Lack(kind="experience", what=sector, customer=customer.name))
    return tuple(found)


def holders(session: Session, need: str, today: date) -> set[int]:
    """Members who have a capability: a certificate of that name that is valid today, an own capability on record, or a title or department that says so."""
    certified = session.execute(
        select(Certificate.member_id, Certificate.name).where(
            Certificate.gone_at.is_(None), Certificate.member_id.is_not(None),
            or_(Certificate.valid_from.is_(None), Certificate.valid_from <= today), or_(Certificate.valid_to.is_(None), Certificate.valid_to >= today),
        )
    )  # fmt: skip
    found: set[int] = {member for member, name in certified if member is not None and says(name, need)}
    found |= {each.member_id for each in session.scalars(select(MemberStanding)) if any(says(own, need) for own in each.capabilities)}
    known = need.casefold() in functions()
    for member in session.scalars(_members()):
        titled = any(text and says(text, need) for text in (member.title, member.department))
        if titled or (known and function_of(member.department, member.title) == need.casefold()):
            found.add(member.id)
    return found


def experienced_in(session: Session, sector: str) -> set[int]:
    """Members who won a deal with a customer of a sector."""
    won = (
        select(Opportunity.owner_id)
        .join(Account, Account.id == Opportunity.account_id)
        .where(Account.sector == sector, Opportunity.status == "won", Opportunity.gone_at.is_(None), Opportunity.owner_id.is_not(None))
    )
    return {each for each in session.scalars(won.distinct()) if each is not None}


def alternatives(session: Session, lacking: tuple[Lack, ...], today: date) -> tuple[Alternative, ...]:
    """The nearest that would do: units that have all of it, then the members who have most of it, the least busy first."""
    who = {each: experienced_in(session, each.what) if each.kind == "experience" else holders(session, each.what, today) for each in lacking}
    teams: dict[str, set[int]] = {}
    busy: Counter[int] = Counter()
    active = select(UnitMember.unit_id, UnitMember.member_id).join(SalesUnit, SalesUnit.id == UnitMember.unit_id)
    for unit_id, member_id in session.execute(active.where(UnitMember.left_at.is_(None), SalesUnit.status == "active")):
        teams.setdefault(unit_id, set()).add(member_id)
        busy[member_id] += 1
    wanted = tuple(each.what for each in lacking)
    units = [
        Alternative(kind="unit", id=unit, name=session.get_one(SalesUnit, unit).name, has=wanted)
        for unit, members in sorted(teams.items())
        if all(members & able for able in who.values())
    ]
    having: dict[int, list[str]] = {}
    for each, able in who.items():
        for member_id in able:
            having.setdefault(member_id, []).append(each.what)
    ranked = sorted(having.items(), key=lambda item: (-len(item[1]), busy[item[0]], item[0]))
    members = [
        Alternative(kind="member", id=str(member.id), name=member.name, has=tuple(has), busy=busy[member.id])
        for each, has in ranked
        if (member := session.get(Member, each)) is not None and member.active is not False and member.gone_at is None
    ]
    return (*units[:MOST_ALTERNATIVES], *members[:MOST_ALTERNATIVES])


def hold_to_fit(session: Session, members: tuple[Place, ...], customers: tuple[Customer, ...], needs: tuple[str, ...], now: datetime) -> None:
    """Raises UnitUnfit with the reason and the nearest fitting alternatives where a customer of high potential would lack something."""
    lacking = lacks(session, [each.member_id for each in members], customers, needs, now.date())
    if lacking:
        raise UnitUnfit(
            customer=lacking[0].customer, lacks=", ".join(each.what for each in lacking),
            alternatives=", ".join(f"{each.name} ({', '.join(each.has)})" for each in alternatives(session, lacking, now.date())) or "-",
        )  # fmt: skip


def _members() -> Select[Member]:
    return select(Member).where(Member.gone_at.is_(None), Member.active.is_not(False)).order_by(Member.id)
