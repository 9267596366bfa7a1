"""Everything that a call is decided on, read in one query, each fact with the version of the row that it stands in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Date, Select, Table, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.orm import Session

from tools.crm.models import Account, Certificate, Consent, ExchangeRate, Member
from tools.sandbox.models import (
    AccountProtection,
    Capability,
    MemberStanding,
    Reservation,
    SalesUnit,
    UnitAccount,
    UnitBudget,
    UnitMember,
    UnitTemplate,
)
from tools.store.base import table_of
from tools.trace.cells import Frozen

NEVER_MASKED = 5
NO_END, NO_BEGIN = date.max, date(1, 1, 1)


class Validity(Frozen):
    """A certificate's days, both included; an open end reaches as far as dates do."""

    begins: date
    ends: date
    version: int


class CustomerFacts(Frozen):
    """What counts about the customer that a call is about. ``masks_from`` is the lowest classification that it wants masked."""

    account_id: int
    of_unit: bool
    masks_from: int
    consents: bool
    version: int


class CallFacts(Frozen):
    """The facts of one decision. Money is in the unit's currency; ``cost`` is None where no rate tells what the capability costs in it.

    ``today`` is the day at the member's place. ``versions`` names the version of each row that facts were taken from.
    """

    member_id: int
    suspended: bool
    unit_id: str
    in_unit: bool
    unit_active: bool
    template: str
    clearance: int
    masks_from: int
    call_limit: Decimal
    capabilities: tuple[str, ...]
    currency: str
    available: Decimal
    capability: str
    active: bool
    sends: int
    certificate_needed: str | None
    purpose: str | None
    cost: Decimal | None
    rate: Decimal | None
    certificate: Validity | None
    customer: CustomerFacts | None
    today: date
    now: datetime
    versions: dict[str, int]


class Earlier(Frozen):
    """What became of an earlier call under the same key."""

    reservation_id: str
    decision_id: str
    unit_id: str
    member_id: int
    capability: str
    account_id: int | None


class Read(Frozen):
    """Facts, or None where unit, member or capability are unknown; and the earlier call under the same key, if there was one."""

    facts: CallFacts | None
    earlier: Earlier | None


def read_facts(session: Session, member_id: int, unit_id: str, capability: str, account_id: int | None, key: str, now: datetime | None) -> Read:
    """All facts in one round trip. Without ``now`` the clock of the store counts, so that workers whose clocks differ decide alike."""
    now = now.astimezone(UTC) if now else None
    asked = {"member": member_id, "unit": unit_id, "capability": capability, "account": account_id, "key": key, "day": now.date() if now else None}
    rows = session.connection().execute(_statement(session.get_bind().dialect.name), asked).mappings().all()
    if not rows:
        return Read(facts=None, earlier=None)
    first = rows[0]
    earlier = None
    if first["r_id"] is not None:
        earlier = Earlier(
            reservation_id=first["r_id"], decision_id=first["r_decision"], unit_id=first["r_unit"], member_id=first["r_member"],
            capability=first["r_capability"], account_id=first["r_account"],
        )  # fmt: skip
    if first["u_status"] is None or first["k_cost"] is None or first["b_currency"] is None:
        return Read(facts=None, earlier=earlier)
    return Read(facts=_facts(first, rows, member_id, unit_id, capability, account_id, now or _moment(first["clock"])), earlier=earlier)


def _facts(row: Any, rows: Any, member_id: int, unit_id: str, capability: str, account_id: int | None, now: datetime) -> CallFacts:  # noqa: ANN401 - a row
    today = local_day(now, row["s_zone"])
    rate = Decimal(1) if row["k_currency"] == row["b_currency"] else _rate(row["rate"], row["turned"])
    certificate = _best(rows, today)
    versions = {name: row[f"{short}_version"] for name, short in VERSIONED.items() if row[f"{short}_version"] is not None}
    return CallFacts(
        member_id=member_id,
        suspended=bool(row["s_suspended"]) or row["m_active"] is False or row["m_gone"] is not None,
        unit_id=unit_id,
        in_unit=row["um_id"] is not None,
        unit_active=row["u_status"] == "active",
        template=row["u_template"],
        clearance=row["t_clearance"] if row["t_clearance"] is not None else 0,
        masks_from=row["t_masks"] if row["t_masks"] is not None else 0,
        call_limit=row["t_limit"] or Decimal(0),
        capabilities=tuple(row["t_capabilities"] or ()),
        currency=row["b_currency"],
        available=row["b_available"],
        capability=capability,
        active=bool(row["k_active"]),
        sends=row["k_sends"],
        certificate_needed=row["k_certificate"],
        purpose=row["k_purpose"],
        cost=None if rate is None else (row["k_cost"] * rate).quantize(Decimal("0.0001")),
        rate=rate,
        certificate=certificate,
        customer=None if account_id is None or row["a_version"] is None else CustomerFacts(
            account_id=account_id, of_unit=row["ua_id"] is not None, masks_from=NEVER_MASKED if row["p_masks"] is None else row["p_masks"],
            consents=bool(row["consents"]), version=row["a_version"],
        ),
        today=today,
        now=now,
        versions=versions | ({"certificate": certificate.version} if certificate else {}),
    )  # fmt: skip


VERSIONED = {"unit": "u", "template": "t", "budget": "b", "capability": "k", "member": "m", "standing": "s", "account": "a", "protection": "p"}


def local_day(now: datetime, zone: str | None) -> date:
    """The day at a place, UTC where no place is known."""
    try:
        return now.astimezone(ZoneInfo(zone)).date() if zone else now.astimezone(UTC).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.astimezone(UTC).date()


def _best(rows: Any, today: date) -> Validity | None:  # noqa: ANN401 - rows
    """Of several certificates of one name that which is valid today, else the one that ends last."""
    found = [Validity(begins=row["c_from"] or NO_BEGIN, ends=row["c_to"] or NO_END, version=row["c_version"]) for row in rows if row["c_id"] is not None]
    return max(found, key=lambda each: (each.begins <= today <= each.ends, each.ends), default=None)


def _rate(direct: Decimal | None, turned: Decimal | None) -> Decimal | None:
    """Units of the unit's currency for one of the capability's, from the rate either way."""
    if direct:
        return direct
    return 1 / turned if turned else None


def _moment(clock: object) -> datetime:
    moment = clock if isinstance(clock, datetime) else datetime.fromisoformat(str(clock))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cache
def _statement(dialect: str) -> Select[Any]:
    """The query, made once. One row, or one for each certificate of the name that is needed."""
    m, s, u, um, t, b, k = (table_of(each) for each in (Member, MemberStanding, SalesUnit, UnitMember, UnitTemplate, UnitBudget, Capability))
    c, a, p, ua, r = (table_of(each) for each in (Certificate, Account, AccountProtection, UnitAccount, Reservation))
    clock = literal_column("strftime('%Y-%m-%dT%H:%M:%f', 'now')") if dialect == "sqlite" else func.clock_timestamp()
    today = literal_column("date('now')") if dialect == "sqlite" else func.current_date()
    day = func.coalesce(bindparam("day", type_=Date()), today, type_=Date())
    joined = (
        m.outerjoin(s, s.c.member_id == m.c.id)
        .outerjoin(u, u.c.id == bindparam("unit"))
        .outerjoin(um, and_(um.c.unit_id == u.c.id, um.c.member_id == m.c.id, um.c.left_at.is_(None)))
        .outerjoin(t, and_(t.c.unit_id == u.c.id, t.c.key == u.c.template))
        .outerjoin(b, b.c.unit_id == u.c.id)
        .outerjoin(k, k.c.key == bindparam("capability"))
        .outerjoin(a, and_(a.c.id == bindparam("account"), a.c.gone_at.is_(None)))
        .outerjoin(p, p.c.account_id == a.c.id)
        .outerjoin(ua, and_(ua.c.unit_id == u.c.id, ua.c.account_id == a.c.id, ua.c.until.is_(None)))
        .outerjoin(c, and_(c.c.member_id == m.c.id, c.c.name == k.c.certificate, c.c.gone_at.is_(None)))
        .outerjoin(r, r.c.key == bindparam("key"))
    )
    return select(
        clock.label("clock"),
        m.c.active.label("m_active"), m.c.gone_at.label("m_gone"), m.c.version.label("m_version"),
        s.c.suspended.label("s_suspended"), s.c.time_zone.label("s_zone"), s.c.version.label("s_version"),
        u.c.status.label("u_status"), u.c.template.label("u_template"), u.c.version.label("u_version"), um.c.id.label("um_id"),
        t.c.clearance.label("t_clearance"), t.c.masks_from.label("t_masks"), t.c.call_limit.label("t_limit"),
        t.c.capabilities.label("t_capabilities"), t.c.version.label("t_version"),
        b.c.currency.label("b_currency"), b.c.available.label("b_available"), b.c.version.label("b_version"),
        k.c.cost.label("k_cost"), k.c.currency.label("k_currency"), k.c.active.label("k_active"), k.c.sends.label("k_sends"),
        k.c.certificate.label("k_certificate"), k.c.purpose.label("k_purpose"), k.c.version.label("k_version"),
        a.c.version.label("a_version"), p.c.masks_from.label("p_masks"), p.c.version.label("p_version"), ua.c.id.label("ua_id"),
        c.c.id.label("c_id"), c.c.valid_from.label("c_from"), c.c.valid_to.label("c_to"), c.c.version.label("c_version"),
        r.c.id.label("r_id"), r.c.decision_id.label("r_decision"), r.c.unit_id.label("r_unit"), r.c.member_id.label("r_member"),
        r.c.capability.label("r_capability"), r.c.account_id.label("r_account"),
        _newest_rate(k.c.currency, b.c.currency, day).label("rate"), _newest_rate(b.c.currency, k.c.currency, day).label("turned"),
        _consent(a, k, day).label("consents"),
    ).select_from(joined).where(m.c.id == bindparam("member"))  # fmt: skip


def _newest_rate(base: ColumnElement[str], quote: ColumnElement[str], day: ColumnElement[date]) -> ColumnElement[Decimal | None]:
    """The rate that began last, else one without a day; apart, so that each is one look into the index."""
    rate = table_of(ExchangeRate)
    of_pair = select(rate.c.rate).where(rate.c.base == base, rate.c.quote == quote, base != quote, rate.c.gone_at.is_(None)).limit(1)
    dated = of_pair.where(rate.c.valid_from <= day).order_by(rate.c.valid_from.desc())
    return func.coalesce(dated.scalar_subquery(), of_pair.where(rate.c.valid_from.is_(None)).scalar_subquery())


def _consent(account: Table, capability: Table, day: ColumnElement[date]) -> ColumnElement[bool]:
    """Whether somebody at the account consented to the capability's purpose and has not withdrawn it."""
    consent = table_of(Consent)
    given = consent.c.granted_on.is_not(None) & (consent.c.granted_on <= day)
    stands = or_(consent.c.withdrawn_on.is_(None), consent.c.withdrawn_on > day)
    return (
        select(consent.c.id)
        .where(consent.c.account_id == account.c.id, consent.c.purpose == capability.c.purpose, consent.c.gone_at.is_(None), given, stands)
        .exists()
    )
