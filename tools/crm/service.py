"""The door of the CRM room: runs typed queries for a principal and tells what the store holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tools.access.principal import CLEARANCE, Principal, Role
from tools.access.scope import RowScope
from tools.crm.aggregating import Aggregator
from tools.crm.asked_currency import settle_currency
from tools.crm.currency import RateBook
from tools.crm.errors import MemberAmbiguous, MemberUnknown, QueryNamesUnknownField
from tools.crm.listing import Lister
from tools.crm.models import ImportRun, Member
from tools.crm.query import Query
from tools.crm.resolving import resolve_texts
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.crm.stepping import Steps, with_steps
from tools.store.base import Base

if TYPE_CHECKING:
    from tools.crm.ports import TextSearch


def run_query(
    session: Session, query: Query, call: str, model: SemanticModel, principal: Principal, scope: RowScope, rates: RateBook, texts: TextSearch | None = None
) -> ResultSet:
    """Answer one typed query. ``call`` (``q1``) begins every cell's address. Raises the errors of :mod:`tools.crm.errors`.

    ``texts`` finds the records whose texts are about something; without it their letters decide.
    """
    if query.entity not in model.entities:
        raise QueryNamesUnknownField(query.entity)
    query = settle_currency(query, session, model, principal, scope, rates)
    query = resolve_texts(query, session, model, principal, scope, texts)
    steps = Steps(call, model, lambda inner, name: run_query(session, inner, name, model, principal, scope, rates, texts), rates)
    query = steps.resolve(query)
    if query.measures:
        return with_steps(Aggregator(session, query, call, model, principal, scope, rates, steps.goals).run(), steps)
    return with_steps(Lister(session, query, call, model, principal, scope, rates).run(), steps)


def resolve_member(session: Session, wanted: str) -> Principal:
    """The principal of a member given by name, e-mail, or source id, or by a part of a name that is nobody else's.

    The role is the recorded access role; without one, whoever others report to is a manager and everybody else a rep. A
    manager whom members name but who has no record of its own is known by that name, without a ``member_id``.
    Raises MemberUnknown or MemberAmbiguous.
    """
    key = _folded(wanted)
    if not key:
        raise MemberUnknown(wanted)
    members = session.scalars(select(Member).where(Member.gone_at.is_(None)).order_by(Member.name, Member.id)).all()
    found = [each for each in members if key in {_folded(each.name), _folded(each.email), _folded(each.source_id)}]
    if len(found) > 1:
        raise MemberAmbiguous(wanted, [_candidate(each) for each in found])
    if found:
        return _member(session, found[0])
    led = [each for each in members if each.manager_id is None and each.manager_ref]
    named = sorted({_folded(each.manager_ref) for each in led})
    if key in named:
        return _named_manager(session, led, key)
    partly = [each for each in members if _is_part(key, _folded(each.name))]
    above = [name for name in named if _is_part(key, name)]
    if len(partly) + len(above) > 1:
        raise MemberAmbiguous(wanted, [*map(_candidate, partly), *(_written(led, name) for name in above)])
    if partly:
        return _member(session, partly[0])
    if above:
        return _named_manager(session, led, above[0])
    raise MemberUnknown(wanted)


def member_principal(session: Session, member_id: int) -> Principal:
    """The principal of a member by our own id. Raises MemberUnknown."""
    member = session.get(Member, member_id)
    if member is None or member.gone_at is not None:
        raise MemberUnknown(str(member_id))
    return _member(session, member)


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _is_part(key: str, name: str) -> bool:
    """Whether the key is one or more whole words of the name; of a name written without spaces, its beginning or its end."""
    if not key.isascii() and " " not in name:
        return name.startswith(key) or name.endswith(key)
    return f" {key} " in f" {name} "


def _candidate(member: Member) -> str:
    return f"{member.name} ({member.source_id})"


def _member(session: Session, member: Member) -> Principal:
    reports = _reports(session, [member.id])
    role = _role(member.access_role, bool(reports))
    return Principal(role=role, member_id=member.id, name=member.name, region=member.region, report_ids=reports, clearance=CLEARANCE[role])


def _named_manager(session: Session, led: Sequence[Member], key: str) -> Principal:
    own = [each.id for each in led if _folded(each.manager_ref) == key]
    reports = tuple(sorted({*own, *_reports(session, own)}))
    return Principal(role=Role.MANAGER, name=_written(led, key), report_ids=reports, clearance=CLEARANCE[Role.MANAGER])


def _written(led: Sequence[Member], key: str) -> str:
    """The manager's name as it stands in the records."""
    return next(str(each.manager_ref).strip() for each in led if _folded(each.manager_ref) == key)


def _role(recorded: str | None, leads: bool) -> Role:
    named = (recorded or "").strip().casefold()
    if named in {role.value for role in Role if role is not Role.OWNER}:
        return Role(named)
    return Role.MANAGER if leads else Role.REP


def _reports(session: Session, managers: list[int]) -> tuple[int, ...]:
    """Everybody below these people, however deep; reporting in a circle ends the walk."""
    below: set[int] = set()
    level = managers
    while level:
        level = [each for each in session.scalars(select(Member.id).where(Member.manager_id.in_(level))) if each not in below and each not in managers]
        below.update(level)
    return tuple(sorted(below))


def store_version(session: Session) -> tuple[int, datetime | None]:
    """Number and end of the last finished import: whatever is derived from the records is valid for exactly this version."""
    row = session.execute(select(func.max(ImportRun.id), func.max(ImportRun.finished_at)).where(ImportRun.finished_at.is_not(None))).one()
    return row[0] or 0, row[1]


def newest_day(session: Session, model: SemanticModel, upto: date) -> date | None:
    """Newest day on which something happened, not after ``upto``; planned days don't count. None in an empty store."""
    newest: date | None = None
    for entity in model.entities.values():
        table = Base.metadata.tables[entity.table]
        for field in entity.fields.values():
            if field.past is None or field.key not in table.c:
                continue
            column = table.c[field.key]
            happened = [table.c[name].in_(values) for name, values in field.past.items()]
            found = session.scalar(select(func.max(column)).where(column <= _upper(upto, field.type.value), *happened))
            day = found.date() if isinstance(found, datetime) else found
            if day is not None and (newest is None or day > newest):
                newest = day
    return newest


def _upper(day: date, kind: str) -> date | datetime:
    return datetime.combine(day, time.max, UTC) if kind == "datetime" else day
