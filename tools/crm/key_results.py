"""Key results of a region's reps in a quarter: reading them, and setting their weights with the change kept in the history.

Knows nothing of why weights move or who may move them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from tools.access.principal import Role
from tools.crm.models import Member, Okr, RowChange
from tools.trace.arithmetic import canonical


def reps_of_region(session: Session, region: str) -> tuple[Member, ...]:
    """Active members of a region who are reps, or whose role no record tells, in the order of their ids."""
    who = select(Member).where(
        Member.region == region,
        Member.gone_at.is_(None),
        or_(Member.active.is_(None), Member.active.is_(True)),
        or_(Member.access_role.is_(None), Member.access_role == Role.REP.value),
    )
    return tuple(session.scalars(who.order_by(Member.id)))


def key_results_on(session: Session, member_ids: tuple[int, ...], day: date) -> tuple[Okr, ...]:
    """Key results of members whose period holds a day, as the store holds them now, in the order of member and id."""
    wanted = select(Okr).where(Okr.owner_id.in_(member_ids), Okr.gone_at.is_(None), Okr.weight.is_not(None), Okr.start_on <= day, Okr.end_on >= day)
    return tuple(session.scalars(wanted.order_by(Okr.owner_id, Okr.id).execution_options(populate_existing=True)))


def set_weights(session: Session, weights: Mapping[int, Decimal], now: datetime) -> None:
    """Give key results new weights, each with a line in the history of changes, in the caller's transaction.

    The hash of the row as its source has it stays: an import that brings that row again leaves the weight alone, one that brings another row replaces it.
    """
    for row in session.scalars(select(Okr).where(Okr.id.in_(list(weights))).order_by(Okr.id).with_for_update()):
        after = weights[row.id]
        session.execute(
            insert(RowChange).values(
                import_id=row.import_id or 0, table=Okr.__tablename__, record_id=row.id, version=row.version + 1, field="weight",
                before=canonical(row.weight), after=canonical(after), changed_at=now,
            )
        )  # fmt: skip
        session.execute(update(Okr).where(Okr.id == row.id).values(weight=after, version=row.version + 1))
    session.expire_all()
