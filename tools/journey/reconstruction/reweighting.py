"""Reweights an account's history after a change: what happened before it keeps only a share of its weight, because it tells less of today.

The share is that of a power prior (Ibrahim and Chen, Statistical Science 15 (2000) 46-60): old evidence counts the less, the surer the account is another one
now; here one over the factor by which the rhythm surely changed. Knows nothing of runs and of who approves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from tools.journey.decaying import seconds
from tools.journey.models import JourneyEvent
from tools.journey.reconstruction.models import HistoryReweighting
from tools.journey.reconstruction.schemas import ReweightingDiff, StageMove
from tools.journey.schemas import StageStanding
from tools.journey.standing import stand, sums_of
from tools.journey.summing import Moved, hold, move_sums
from tools.journey.versions import weights_in_force
from tools.trace.cells import Contribution
from tools.trace.commitment import canonical_json


class Reweighted:
    """An account's stages at ``now`` as they are, and as they would be if what happened before ``since`` kept the share ``keeps``. Works on copies."""

    def __init__(self, session: Session, account_id: int, since: date, keeps: Decimal, now: datetime) -> None:
        _, weights = weights_in_force(session)
        self.account_id, self.keeps, self.before = account_id, keeps, datetime.combine(since, time.min, UTC)
        events = _events(session, account_id, seconds(now))
        self.old = [event for event in events if event.at < seconds(self.before)]
        scaled = [_scaled(event, keeps) if event.at < seconds(self.before) else event for event in events]
        self.stages_before = stand(weights, sums_of(events, weights), events, seconds(now), None)
        self.stages_after = stand(weights, sums_of(scaled, weights), scaled, seconds(now), None)

    def diff(self) -> ReweightingDiff:
        """What would change, the stage that moves most first."""
        moves = [_move(one, other) for one, other in zip(self.stages_before, self.stages_after, strict=True)]
        return ReweightingDiff(
            account_id=self.account_id, before=self.before, keeps=self.keeps, events=len(self.old),
            stages=tuple(sorted(moves, key=lambda each: (-abs(each.after - each.before), each.stage))),
        )  # fmt: skip

    def foremost(self) -> StageStanding:
        """The stage that moves most, as it would be."""
        stage = self.diff().stages[0].stage
        return next(each for each in self.stages_after if each.stage == stage)

    def contributions(self) -> tuple[Contribution, ...]:
        """What moves the foremost stage's log-odds: each old event loses a share of what it added, and what other stages do to it changes with them."""
        stage = self.foremost().stage
        before, after = (next(each for each in stages if each.stage == stage) for stages in (self.stages_before, self.stages_after))
        old = {event.key for event in self.old}
        lost = [
            Contribution(evidence=str(part.event_key), weight=self.keeps - 1, effect=_decimal(part.log_odds))
            for part in before.contributions
            if part.event_key in old
        ]
        acting = {part.evidence: part.log_odds for part in after.contributions if part.what == "relation"}
        for part in before.contributions:
            if part.what == "relation":
                acting[part.evidence] = acting.get(part.evidence, 0.0) - part.log_odds
        return (*lost, *(Contribution(evidence=name, weight=Decimal(1), effect=_decimal(effect)) for name, effect in acting.items() if effect))


def fingerprint(session: Session, account_id: int, before: datetime) -> str:
    """A hash of the events that a reweighting would change, as they stand now."""
    rows = session.execute(
        select(JourneyEvent.key, JourneyEvent.counts, JourneyEvent.at)
        .where(JourneyEvent.account_id == account_id, JourneyEvent.at < seconds(before))
        .order_by(JourneyEvent.key)
    )
    return hashlib.sha256(canonical_json([[row.key, repr(row.counts), row.at] for row in rows])).hexdigest()


def apply_reweighting(session: Session, diff: ReweightingDiff, proposal_id: str, by: str, now: datetime) -> None:
    """Scale the old events and move the account's sums with them, in the caller's transaction. Events that come later are scaled as they are taken in."""
    hold(session)
    before, keeps = seconds(diff.before), float(diff.keeps)
    _scale(session, diff, keeps, now)
    values = {"proposal_id": proposal_id, "account_id": diff.account_id, "before": before, "keeps": keeps, "applied_by": by, "applied_at": now}
    session.execute(insert(HistoryReweighting).values(values))
    session.expire_all()


def take_back_reweighting(session: Session, diff: ReweightingDiff, proposal_id: str, now: datetime) -> None:
    """Let the old events count as before, in the caller's transaction."""
    hold(session)
    if session.scalars(delete(HistoryReweighting).where(HistoryReweighting.proposal_id == proposal_id).returning(HistoryReweighting.proposal_id)).all():
        _scale(session, diff, 1 / float(diff.keeps), now)
    session.expire_all()


def _scale(session: Session, diff: ReweightingDiff, factor: float, now: datetime) -> None:
    _, weights = weights_in_force(session)
    moves = []
    old = select(JourneyEvent).where(JourneyEvent.account_id == diff.account_id, JourneyEvent.at < seconds(diff.before))
    for event in session.scalars(old):
        scaled = event.counts * factor
        if event.summed:
            moves += [
                Moved(diff.account_id, event.evidence, event.origin, event.at, event.counts, -1),
                Moved(diff.account_id, event.evidence, event.origin, event.at, scaled),
            ]
        session.execute(update(JourneyEvent).where(JourneyEvent.id == event.id).values(counts=scaled))
    move_sums(session, moves, weights, now)


def reweigh(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Scale events on their way in (``account_id``, ``at``, ``counts``) by the reweightings of their accounts that are in force."""
    in_force: dict[int, list[HistoryReweighting]] = {}
    for row in session.scalars(select(HistoryReweighting).order_by(HistoryReweighting.applied_at, HistoryReweighting.proposal_id)):
        in_force.setdefault(row.account_id, []).append(row)
    for event in rows if in_force else ():
        for each in in_force.get(event["account_id"] or 0, ()):
            if event["at"] < each.before:
                event["counts"] *= each.keeps


def _events(session: Session, account_id: int, now: int) -> list[JourneyEvent]:
    own = select(JourneyEvent).where(JourneyEvent.account_id == account_id, JourneyEvent.at <= now)
    return list(session.scalars(own.order_by(JourneyEvent.at, JourneyEvent.key)))


def _scaled(event: JourneyEvent, keeps: Decimal) -> JourneyEvent:
    """A copy outside of any session."""
    values = {column.key: getattr(event, column.key) for column in JourneyEvent.__mapper__.column_attrs}
    return JourneyEvent(**values | {"counts": event.counts * float(keeps)})


def _move(before: StageStanding, after: StageStanding) -> StageMove:
    one, other = before.confidence, after.confidence
    return StageMove(
        stage=before.stage, label=before.label, before=one.point, after=other.point,
        before_interval=(one.low, one.high), after_interval=(other.low, other.high),
    )  # fmt: skip


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-12))
