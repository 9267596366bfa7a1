"""Asks for changes, takes votes, and applies what everybody who had to agree agreed to. Runs in the caller's transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.crm.models import Member
from tools.sandbox.approvals.deciders import is_suspended, office
from tools.sandbox.approvals.errors import (
    AnotherWasShown,
    AskerSuspended,
    CaseEnded,
    CaseExpired,
    CaseOutdated,
    CaseUnknown,
    DecidedBefore,
    NotTheirTurn,
    OwnRequest,
    StepDecided,
    VoterSuspended,
)
from tools.sandbox.approvals.schemas import Case, CaseKind, CaseStatus, Rule, Verdict, Vote
from tools.sandbox.models import ApprovalCase, ApprovalVote
from tools.threads.service import speaker_of
from tools.trace.cells import Frozen

Apply = Callable[[Session, Case, Principal, datetime], None]
Fingerprint = Callable[[Session, dict[str, Any]], str]


class Change(Frozen):
    """How a kind of change is made: the fingerprint of what it would change, and the making itself."""

    fingerprint: Fingerprint
    apply: Apply


Changes = dict[str, Change]


def rule_for(rules: tuple[Rule, ...], amount: Decimal) -> Rule:
    """Of a flow the rule with the highest threshold below the amount, the lowest where the amount is below all."""
    fitting = [each for each in rules if each.over < amount or each.over == 0]
    return max(fitting or rules, key=lambda each: each.over)


def ask(
    session: Session, principal: Principal, kind: CaseKind, unit_id: str | None, diff: Frozen, why: str, rule: Rule, changes: Changes, now: datetime,
    key: str | None = None,
) -> Case:  # fmt: skip
    """Ask for a change; nothing moves yet. The same ``key`` again gives the case that it had before. Raises VoterSuspended for who may ask nothing."""
    if principal.suspended:
        raise VoterSuspended
    content = diff.model_dump(mode="json")
    case_id = secrets.token_hex(8)
    row = {
        "id": case_id, "kind": kind, "unit_id": unit_id, "diff": content, "diff_hash": digest({"kind": kind, "unit": unit_id, "diff": content}),
        "before_hash": changes[kind].fingerprint(session, content), "idempotency_key": key or case_id, "why": why,
        "flow": [rule.model_dump(mode="json")], "round": 1, "status": "open", "asked_by": speaker_of(principal), "asked_by_id": principal.member_id,
        "asked_at": now, "expires_at": now + rule.lasts,
    }  # fmt: skip
    try:
        with session.begin_nested():
            session.execute(insert(ApprovalCase), row)
    except IntegrityError:
        found = session.scalar(select(ApprovalCase.id).where(ApprovalCase.idempotency_key == (key or case_id)))
        if found is None:
            raise
        return case(session, found, now)
    return case(session, case_id, now)


def case(session: Session, case_id: str, now: datetime) -> Case:
    """A case as it stands, by its id or the beginning of it. Raises CaseUnknown."""
    found = session.scalars(select(ApprovalCase).where(ApprovalCase.id.startswith(case_id, autoescape=True)).limit(2)).all() if case_id else []
    if len(found) != 1:
        raise CaseUnknown(id=case_id)
    return _case(session, found[0], now)


def cases(session: Session, now: datetime, unit_id: str | None = None, status: CaseStatus | None = None) -> tuple[Case, ...]:
    """The newest first."""
    wanted = select(ApprovalCase).order_by(ApprovalCase.asked_at.desc(), ApprovalCase.id)
    wanted = wanted if unit_id is None else wanted.where(ApprovalCase.unit_id == unit_id)
    found = (_case(session, each, now) for each in session.scalars(wanted))
    return tuple(each for each in found if status is None or each.status == status)


def vote(session: Session, principal: Principal, case_id: str, verdict: Verdict, diff_hash: str, changes: Changes, now: datetime, note: str = "") -> Case:
    """Say yes or no at the step that waits; the last yes makes the change. Saying the same again changes nothing.

    ``diff_hash`` is that of what the person was shown. Raises CaseUnknown, CaseEnded, CaseExpired, AnotherWasShown, VoterSuspended, OwnRequest,
    DecidedBefore, AskerSuspended, NotTheirTurn, StepDecided and, where what would be changed was changed meanwhile, CaseOutdated; the caller then rolls back.
    """
    held = case(session, case_id, now)
    me = speaker_of(principal)
    if any(each.voter == me and each.verdict == verdict for each in held.votes) and held.status in {"applied", "refused"}:
        return held
    if held.status == "expired":
        raise CaseExpired(day=held.expires_at.date().isoformat())
    if held.status != "open":
        raise CaseEnded(status=held.status)
    if not secrets.compare_digest(held.diff_hash, diff_hash):
        raise AnotherWasShown
    who = held.waits_for
    assert who is not None  # noqa: S101 - an open case waits for somebody
    if principal.suspended:
        raise VoterSuspended
    if is_suspended(session, held.asked_by_id):
        raise AskerSuspended(who=_name(session, held.asked_by_id))
    by = office(session, principal, who, held.unit_id, now)
    if by is None:
        raise NotTheirTurn(who=who)
    if held.rule.four_eyes:
        if me == held.asked_by or (by.for_id is not None and by.for_id == held.asked_by_id):
            raise OwnRequest
        if any(me == each.voter or (by.for_id is not None and by.for_id == each.member_id) for each in held.votes):
            raise DecidedBefore
    _write(session, held, principal, verdict, by.for_id, note, now)
    if verdict == "no":
        _end(session, held, "refused", now)
    elif held.step + 1 == len(held.rule.steps) and _end(session, held, "applied", now):
        change = changes[held.kind]
        if change.fingerprint(session, held.diff) != held.before_hash:
            raise CaseOutdated
        change.apply(session, held, principal, now)
    return case(session, held.id, now)


def withdraw(session: Session, principal: Principal, case_id: str, now: datetime) -> Case:
    """Take back what one asked for. Raises CaseUnknown, CaseEnded, and NotTheirTurn for anybody else."""
    held = case(session, case_id, now)
    if speaker_of(principal) != held.asked_by:
        raise NotTheirTurn(who="asker")
    if not _end(session, held, "withdrawn", now):
        raise CaseEnded(status=held.status)
    return case(session, held.id, now)


def digest(content: Any) -> str:  # noqa: ANN401 - JSON
    """SHA-256 over canonical JSON."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _write(session: Session, held: Case, principal: Principal, verdict: Verdict, for_id: int | None, note: str, now: datetime) -> None:
    """The step's one vote; of two people at the same moment the second finds the step decided."""
    row = {
        "case_id": held.id, "round": held.round, "step": held.step, "verdict": verdict, "member_id": principal.member_id,
        "voter": speaker_of(principal), "for_id": for_id, "note": note, "diff_hash": held.diff_hash, "voted_at": now,
    }  # fmt: skip
    try:
        with session.begin_nested():
            session.execute(insert(ApprovalVote), row)
    except IntegrityError:
        raise StepDecided from None


def _end(session: Session, held: Case, status: CaseStatus, now: datetime) -> bool:
    """Whether it was us who ended it."""
    mine = update(ApprovalCase).where(ApprovalCase.id == held.id, ApprovalCase.status == "open").values(status=status, ended_at=now)
    return len(session.scalars(mine.returning(ApprovalCase.id).execution_options(synchronize_session=False)).all()) == 1


def _case(session: Session, row: ApprovalCase, now: datetime) -> Case:
    session.refresh(row)
    votes = session.scalars(select(ApprovalVote).where(ApprovalVote.case_id == row.id, ApprovalVote.round == row.round).order_by(ApprovalVote.step))
    status = "expired" if row.status == "open" and row.expires_at <= now else row.status
    return Case(
        id=row.id, kind=row.kind, unit_id=row.unit_id, diff=row.diff, diff_hash=row.diff_hash, before_hash=row.before_hash, why=row.why,
        rule=Rule.model_validate(row.flow[0]), round=row.round, status=status, asked_by=row.asked_by, asked_by_id=row.asked_by_id, asked_at=row.asked_at,
        expires_at=row.expires_at, trace_id=row.trace_id,
        votes=tuple(Vote.model_validate({name: getattr(each, name) for name in Vote.model_fields}) for each in votes),
    )  # fmt: skip


def _name(session: Session, member_id: int | None) -> str:
    member = session.get(Member, member_id) if member_id is not None else None
    return member.name if member else ""
