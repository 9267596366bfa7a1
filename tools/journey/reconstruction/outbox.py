"""The outbox: what reps are to be told is written down with its cause, and then delivered once.

A notice is put in the transaction of the run that causes it. Delivering claims it first, in a transaction of its own, so that of several processes one
delivers; a process that died while delivering leaves its claim to lapse, and the key then lets the receiver know the repetition.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from tools.journey.reconstruction.models import NoticeRow
from tools.journey.reconstruction.ports import Notifier
from tools.journey.reconstruction.schemas import Notice
from tools.store.inserting import insert_missing

LEASE = timedelta(minutes=5)


def put(session: Session, notice: Notice, now: datetime) -> None:
    """Write a notice down, in the caller's transaction; one whose key is there already changes nothing."""
    insert_missing(session, NoticeRow, [notice.model_dump() | {"created_at": now, "attempts": 0}])


def notices_of(session: Session, recipient_id: int) -> tuple[Notice, ...]:
    """What a member was told or is to be told, newest first."""
    rows = session.scalars(select(NoticeRow).where(NoticeRow.recipient_id == recipient_id).order_by(NoticeRow.id.desc()))
    return tuple(map(_notice, rows))


def deliver_due(sessions: Callable[[], Session], notifier: Notifier, now: datetime) -> int:
    """Deliver all that waits, the oldest first. Gives how many were delivered.

    A notice whose delivery fails stays and is tried again after :data:`LEASE`; the others are delivered all the same. The first failure is raised at the end.
    """
    with sessions() as session:
        waiting = list(session.scalars(select(NoticeRow.id).where(*_due(now)).order_by(NoticeRow.id)))
    delivered, failures = 0, []
    for number in waiting:
        notice = _claim(sessions, number, now)
        if notice is None:
            continue
        try:
            notifier.deliver(notice)
        except Exception as failure:
            failures.append(failure)
            continue
        with sessions() as session:
            session.execute(update(NoticeRow).where(NoticeRow.id == number).values(delivered_at=now))
            session.commit()
        delivered += 1
    if failures:
        raise failures[0]
    return delivered


def _claim(sessions: Callable[[], Session], number: int, now: datetime) -> Notice | None:
    with sessions() as session:
        mine = update(NoticeRow).where(NoticeRow.id == number, *_due(now)).values(claimed_at=now, attempts=NoticeRow.attempts + 1).returning(NoticeRow.id)
        claimed = session.scalars(mine).all()
        found = session.get(NoticeRow, number) if claimed else None
        notice = _notice(found) if found is not None else None
        session.commit()
        return notice


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return NoticeRow.delivered_at.is_(None), or_(NoticeRow.claimed_at.is_(None), NoticeRow.claimed_at <= now - LEASE)


def _notice(row: NoticeRow) -> Notice:
    return Notice(key=row.key, recipient_id=row.recipient_id, account_id=row.account_id, language=row.language, text=row.text, proposal_id=row.proposal_id)
