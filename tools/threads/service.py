"""Reads and writes the turns of a conversation. A thread belongs to the person who began it; its proofs may be read by those above, too."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import islice, takewhile
from typing import Any, ClassVar

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.store.errors import PlumbError
from tools.threads.models import Run
from tools.trace.cells import Frozen

TITLE_LENGTH = 80


class ThreadSummary(Frozen):
    """A thread in a list: its first question and when it was last used."""

    id: str
    title: str
    updated_at: datetime


class ThreadBelongsToSomebodyElse(PlumbError):
    """A thread of another person was named."""

    key: ClassVar[str] = "thread_of_another"


def new_thread_id() -> str:
    """An id that can't be guessed."""
    return secrets.token_hex(8)


def speaker_of(principal: Principal) -> str:
    """Whose thread it is. A manager without a record of its own is known by name, and never taken for the owner."""
    if principal.member_id is not None:
        return _member(principal.member_id)
    return "owner" if principal.role is Role.OWNER else f"named:{principal.name.casefold()}"


def readable_traces(principal: Principal) -> Select[str] | None:
    """Ids of the traces that the principal may read: its own and those of its reports; None for an owner or a director, who may read all."""
    if principal.role in {Role.OWNER, Role.DIRECTOR}:
        return None
    return select(Run.trace_id).where(Run.speaker.in_([speaker_of(principal), *map(_member, principal.report_ids)]))


def _member(member_id: int) -> str:
    return f"member:{member_id}"


class ThreadUnknown(PlumbError):
    """There is no such conversation."""

    key = "thread_unknown"


def check_thread(session: Session, thread_id: str, principal: Principal) -> None:
    """Raises ThreadBelongsToSomebodyElse unless the thread is new or the principal's own."""
    first = session.scalar(select(Run.speaker).where(Run.thread_id == thread_id).limit(1))
    if first is not None and first != speaker_of(principal):
        raise ThreadBelongsToSomebodyElse()


def record_turn(
    session: Session, thread_id: str, principal: Principal, asked_at: datetime, question: str, plan: dict[str, Any] | None, answer: dict[str, Any]
) -> None:
    """Add a turn in the caller's transaction."""
    session.execute(
        insert(Run).values(
            thread_id=thread_id,
            speaker=speaker_of(principal),
            asked_at=asked_at,
            question=question,
            plan=plan,
            answer=answer,
            trace_id=answer["trace_id"],
            mode=answer["mode"],
        )
    )


def last_plan(session: Session, thread_id: str) -> dict[str, Any] | None:
    """Plan of the thread's latest answered turn."""
    return next(_plans(session, thread_id), None)


def plan_before_last(session: Session, thread_id: str) -> dict[str, Any] | None:
    """Plan of the answered turn before the thread's latest."""
    return next(islice(_plans(session, thread_id), 1, None), None)


def _plans(session: Session, thread_id: str) -> Iterator[dict[str, Any]]:
    """Plans of the thread's answered turns, latest first."""
    plans = session.scalars(select(Run.plan).where(Run.thread_id == thread_id, Run.plan.is_not(None)).order_by(Run.id.desc()))
    return (plan for plan in plans if plan is not None)  # a turn without a plan may hold JSON's null, which is not SQL's


def turns_back(session: Session, thread_id: str, most: int) -> list[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Latest turns of a thread, latest first: question, answer, and the plan of the answered turn before it. The caller has checked whose thread it is."""
    rows = session.execute(select(Run.question, Run.answer, Run.plan).where(Run.thread_id == thread_id).order_by(Run.id.desc()).limit(most + 1)).all()
    before = [next((other.plan for other in rows[at + 1 :] if other.plan is not None), None) for at in range(len(rows))]
    return [(row.question, row.answer, plan) for row, plan in zip(rows, before, strict=True)][:most]


def unanswered(session: Session, thread_id: str, most: int, back: int = 0) -> tuple[str, ...]:
    """Questions of a thread since its latest answer, oldest first, as it was ``back`` turns ago; at most so many."""
    query = select(Run.question, Run.answer, Run.plan).where(Run.thread_id == thread_id).order_by(Run.id.desc()).offset(back).limit(most)
    found = takewhile(lambda row: row.plan is None, session.execute(query))
    return tuple(reversed([row.question for row in found if row.answer.get("abstained") or row.answer.get("clarify")]))


def turns(session: Session, thread_id: str, principal: Principal) -> list[tuple[str, dict[str, Any]]]:
    """Questions and answers of a thread, oldest first. Raises ThreadBelongsToSomebodyElse."""
    check_thread(session, thread_id, principal)
    rows = session.execute(select(Run.question, Run.answer).where(Run.thread_id == thread_id).order_by(Run.id))
    return [(row.question, row.answer) for row in rows]


def threads(session: Session, principal: Principal, limit: int = 50) -> list[ThreadSummary]:
    """The principal's threads, latest first."""
    first = func.min(Run.id).label("first")
    grouped = (
        select(Run.thread_id, first, func.max(Run.asked_at).label("updated"))
        .where(Run.speaker == speaker_of(principal))
        .group_by(Run.thread_id)
        .order_by(func.max(Run.id).desc())
        .limit(limit)
        .subquery()
    )
    rows = session.execute(select(grouped.c.thread_id, grouped.c.updated, Run.question).join(Run, Run.id == grouped.c.first).order_by(Run.id.desc()))
    return [ThreadSummary(id=row.thread_id, title=row.question[:TITLE_LENGTH], updated_at=row.updated) for row in rows]
