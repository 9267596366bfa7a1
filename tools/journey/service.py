"""Where accounts stand: stages with weights and proof for whoever may see the account, what changed, what would be if, and all of a store at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Account
from tools.journey.acts import TextEvent
from tools.journey.decaying import seconds
from tools.journey.errors import SignalReplayed, SignalUnreadable, StandingUnknown
from tools.journey.intake import competitors_of, events_of_acts, events_of_records, events_of_signal
from tools.journey.intensities import Intensities, intensities
from tools.journey.models import JourneyEvent, JourneySignal
from tools.journey.recognising import Recogniser
from tools.journey.schemas import (
    AccountStanding,
    ExternalSignal,
    Hypothesis,
    NewEvent,
    StageChange,
    StageContribution,
    StageStanding,
    Taken,
    WhatIf,
)
from tools.journey.standing import stand, sums_of
from tools.journey.summing import AccountSums, add_up, joined, rebuild, stored_sums, table_at, waiting_until
from tools.journey.taking import account_of, settle, take, withdraw
from tools.journey.versions import weights_in_force
from tools.journey.weights import DAY_S, JourneyWeights

TOP = 5


def recogniser_of(session: Session) -> Recogniser:
    """What recognises evidence in this store, by the stages in force."""
    return Recogniser(weights_in_force(session)[1], competitors_of(session))


def take_records(session: Session, now: datetime, since: datetime | None = None) -> Taken:
    """Bring the events up to date with the CRM's records, in the caller's transaction; to be called after an import.

    With ``since`` only records read after it are looked at. Events whose record is gone, or tells it no longer, are withdrawn.
    """
    _, weights = weights_in_force(session)
    told: dict[str, NewEvent] = {event.key: event for event in events_of_records(session, Recogniser(weights, competitors_of(session)), now, since)}
    taken = take(session, told.values(), weights, now)
    gone: list[str] = []
    if since is None:
        own = select(JourneyEvent.key).where(JourneyEvent.told_by == "record")
        gone = [key for key in session.scalars(own) if key not in told]
    settle(session, weights, now)
    return taken.model_copy(update={"withdrawn": withdraw(session, gone, weights, now).withdrawn if gone else 0})


def take_acts(session: Session, acts: Sequence[TextEvent], now: datetime) -> Taken:
    """Take in what was read out of texts."""
    _, weights = weights_in_force(session)
    return take(session, events_of_acts(session, Recogniser(weights), acts), weights, now)


def replace_acts(session: Session, acts: Sequence[TextEvent], now: datetime) -> Taken:
    """Bring the events that texts tell up to date with all the acts that were read: those that no text tells any more are withdrawn.

    A record counts once for each kind of evidence: not again where it tells it by itself, and by the surest of several acts.
    """
    _, weights = weights_in_force(session)
    own = select(JourneyEvent.source_system, JourneyEvent.source_table, JourneyEvent.source_record, JourneyEvent.evidence)
    known = {tuple(row) for row in session.execute(own.where(JourneyEvent.told_by == "record"))}
    told: dict[tuple[str, ...], NewEvent] = {}
    for event in events_of_acts(session, Recogniser(weights), acts):
        place = (event.source.system, event.source.table, event.source.record, event.evidence)
        if place not in known and (place not in told or told[place].counts < event.counts):
            told[place] = event
    taken = take(session, told.values(), weights, now)
    keys = {event.key for event in told.values()}
    gone = [key for key in session.scalars(select(JourneyEvent.key).where(JourneyEvent.told_by == "act")) if key not in keys]
    settle(session, weights, now)
    return taken.model_copy(update={"withdrawn": withdraw(session, gone, weights, now).withdrawn if gone else 0})


def take_signal(session: Session, signal: ExternalSignal, now: datetime) -> Taken:
    """Take in something seen outside. A signal of an account that nobody knows yet is kept. Raises SignalUnreadable and SignalReplayed."""
    for field in ("id", "sender", "account", "headline"):
        if not str(getattr(signal, field)).strip():
            raise SignalUnreadable(field=field, found="“”")
    if signal.observed_at.tzinfo is None:
        raise SignalUnreadable(field="observed_at", found=signal.observed_at.isoformat())
    _, weights = weights_in_force(session)
    identity = f"{signal.sender}:{signal.id}"
    row = session.get(JourneySignal, identity)
    if row is None:
        row = JourneySignal(
            id=identity, sender=signal.sender, account_ref=signal.account, person=signal.person, kind=signal.kind, headline=signal.headline,
            competitor=signal.competitor, link=signal.link, observed_at=signal.observed_at, received_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
    elif (
        any(getattr(row, field) != getattr(signal, field) for field in ("person", "kind", "headline", "competitor", "link", "observed_at"))
        or row.account_ref != signal.account
    ):
        raise SignalReplayed(id=signal.id, sender=signal.sender)
    account = account_of(session, [signal.account]).get(signal.account)
    return take(session, events_of_signal(Recogniser(weights, competitors_of(session)), row, account), weights, now)


def standing(session: Session, principal: Principal, scope: RowScope, account_id: int, now: datetime, top: int | None = TOP) -> AccountStanding:
    """Where an account stands at ``now``, also one in the past: then by the events that had happened by then. Raises StandingUnknown."""
    account = visible_account(session, principal, scope, account_id)
    version, weights = weights_in_force(session)
    events = _events(session, account_id, now)
    return AccountStanding(
        account_id=account_id, account=account, at=now, version=version,
        stages=stand(weights, _sums_at(session, account_id, events, seconds(now), weights), events, seconds(now), top),
    )  # fmt: skip


def contributions_page(
    session: Session, principal: Principal, scope: RowScope, account_id: int, stage: str, now: datetime, offset: int = 0, limit: int = 50
) -> tuple[tuple[StageContribution, ...], int]:
    """A page of what a stage's log-odds are made of, the strongest first, and how many there are. Raises StandingUnknown."""
    found = standing(session, principal, scope, account_id, now, top=None)
    parts = next((each.contributions for each in found.stages if each.stage == stage), ())
    return parts[offset : offset + limit], len(parts)


def changed(session: Session, principal: Principal, scope: RowScope, account_id: int, since: datetime, until: datetime) -> tuple[StageChange, ...]:
    """How each stage moved between two times, the largest move of weight first. Raises StandingUnknown."""
    before = standing(session, principal, scope, account_id, since, top=None)
    after = standing(session, principal, scope, account_id, until, top=None)
    moves = [_change(one, other) for one, other in zip(before.stages, after.stages, strict=True)]
    return tuple(sorted(moves, key=lambda move: (-abs(move.after.weight - move.before.weight), move.stage)))


def what_if(session: Session, principal: Principal, scope: RowScope, account_id: int, now: datetime, hypotheses: Sequence[Hypothesis]) -> WhatIf:
    """Standings at ``now`` as they are and with events shifted, taken out or added. Works on a copy; nothing is stored. Raises StandingUnknown."""
    account = visible_account(session, principal, scope, account_id)
    version, weights = weights_in_force(session)
    own = list(own_events(session, account_id))
    imagined = {event.key: _copy(event) for event in own}
    for number, each in enumerate(hypotheses):
        if each.event_key is not None and each.shift_days is None:
            imagined.pop(each.event_key, None)
        elif each.event_key in imagined:
            imagined[each.event_key].at += round((each.shift_days or 0.0) * DAY_S)
        elif each.evidence in weights.evidence and each.at is not None:
            imagined[f"what-if:{number}"] = _imagined(f"what-if:{number}", account_id, each, weights, now)
    sides = []
    for events in (own, imagined.values()):
        had = [event for event in events if event.at <= seconds(now)]
        stages = stand(weights, sums_of(had, weights), had, seconds(now), TOP)
        sides.append(AccountStanding(account_id=account_id, account=account, at=now, version=version, stages=stages))
    return WhatIf(before=sides[0], after=sides[1])


def reweigh(session: Session, now: datetime) -> tuple[tuple[int, ...], Intensities]:
    """Replay every event of the store, store the sums anew, and give the weights and intervals of all accounts by id. For whoever runs the installation."""
    _, weights = weights_in_force(session)
    settle(session, weights, now)
    found = rebuild(session, weights, now)
    return tuple(found), intensities(weights, table_at(list(found.values()), seconds(now)))


def stand_all(session: Session, principal: Principal, scope: RowScope, now: datetime) -> tuple[tuple[int, ...], Intensities]:
    """Every account that the principal may see and that has any event, by id, with weights and intervals of all stages. ``now`` is not in the past."""
    _, weights = weights_in_force(session)
    ids = list(
        session.scalars(select(JourneyEvent.account_id).join(Account, Account.id == JourneyEvent.account_id).where(*_limits(principal, scope)).distinct())
    )
    wanted = sorted(each for each in ids if each is not None)
    held = {key: sums for key, (sums, _) in stored_sums(session, wanted).items()}
    for key, moves in waiting_until(session, wanted, seconds(now)).items():
        held[key] = joined(held.get(key, {}), add_up(moves, weights))
    return tuple(wanted), intensities(weights, table_at([held.get(key, {}) for key in wanted], seconds(now)))


def visible_account(session: Session, principal: Principal, scope: RowScope, account_id: int) -> str:
    """The name of an account that the principal may see. Raises StandingUnknown."""
    name = session.scalar(select(Account.name).where(Account.id == account_id, *_limits(principal, scope)))
    if name is None:
        raise StandingUnknown(account=account_id)
    return name


def _limits(principal: Principal, scope: RowScope) -> Iterator[ColumnElement[bool]]:
    yield Account.gone_at.is_(None)
    limit = scope.limit(principal, "account", Account.__table__)
    if limit is not None:
        yield limit


def own_events(session: Session, account_id: int) -> Sequence[JourneyEvent]:
    """All events of an account in order of time, those to come too."""
    own = select(JourneyEvent).where(JourneyEvent.account_id == account_id)
    return session.scalars(own.order_by(JourneyEvent.at, JourneyEvent.key)).all()


def _events(session: Session, account_id: int, now: datetime) -> Sequence[JourneyEvent]:
    return [event for event in own_events(session, account_id) if event.at <= seconds(now)]


def _sums_at(session: Session, account_id: int, events: Sequence[JourneyEvent], now: int, weights: JourneyWeights) -> AccountSums:
    """The stored sums with what waits for ``now``; where ``now`` lies before what they hold, the replayed events."""
    held, newest = stored_sums(session, [account_id]).get(account_id, ({}, now))
    if newest > now:
        return sums_of(events, weights)
    return joined(held, add_up(waiting_until(session, [account_id], now).get(account_id, []), weights))


def _change(before: StageStanding, after: StageStanding) -> StageChange:
    known = {part.event_key for part in before.contributions if part.what == "event"}
    arrived = tuple(part for part in after.contributions if part.what == "event" and part.event_key not in known)
    related = _related(after) - _related(before)
    faded = after.log_odds - before.log_odds - related - sum(part.log_odds for part in arrived)
    top = {"contributions": before.contributions[:TOP]}, {"contributions": after.contributions[:TOP]}
    return StageChange(
        stage=after.stage,
        label=after.label,
        before=before.model_copy(update=top[0]),
        after=after.model_copy(update=top[1]),
        faded=faded,
        related=related,
        arrived=arrived,
    )


def _related(found: StageStanding) -> float:
    return sum(part.log_odds for part in found.contributions if part.what == "relation")


def _copy(event: JourneyEvent) -> JourneyEvent:
    """The event outside of any session."""
    return JourneyEvent(**{column.key: getattr(event, column.key) for column in JourneyEvent.__mapper__.column_attrs})


def _imagined(key: str, account_id: int, each: Hypothesis, weights: JourneyWeights, now: datetime) -> JourneyEvent:
    evidence, at = str(each.evidence), each.at or now
    return JourneyEvent(
        key=key, account_id=account_id, evidence=evidence, origin=each.origin or weights.evidence[evidence].origin, at=seconds(at), counts=1.0,
        source_system="what-if", source_table="", source_record=key, source_field="", source_version="", source_as_of=now,
    )  # fmt: skip
