"""Looks for changes in a whole store and starts what they ask for; to be called after imports and once a day, by as many processes as like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.reconstruction.changes import change_of
from tools.journey.reconstruction.policy import Policy
from tools.journey.reconstruction.ports import Sealer, TalkTracks
from tools.journey.reconstruction.risks import risk_changes
from tools.journey.reconstruction.schemas import Change, Run
from tools.journey.reconstruction.service import Language, reconstruct, tell_rep
from tools.journey.rhythm.service import rhythm_report


def watch(
    sessions: Callable[[], Session], principal: Principal, scope: RowScope, tracks: TalkTracks, policy: Policy, today: date, now: datetime, zone: str,
    language: Language, sealer: Sealer | None = None,
) -> tuple[Run, ...]:  # fmt: skip
    """The runs that were started, each in a transaction of its own.

    Where an account's purchases and its interactions changed together, the purchases are the change that the run rests on.
    """
    with sessions() as session:
        alerts = rhythm_report(session, principal, scope, today, zone).alerts
    ordered = sorted(alerts, key=lambda each: (each.series != "purchases", -each.excess))
    runs = _start(sessions, principal, scope, [change_of(alert) for alert in ordered], tracks, policy, today, now, language, sealer)
    return (*runs, *watch_signals(sessions, principal, scope, tracks, policy, today, now, language, sealer))


def watch_signals(
    sessions: Callable[[], Session],
    principal: Principal,
    scope: RowScope,
    tracks: TalkTracks,
    policy: Policy,
    today: date,
    now: datetime,
    language: Language,
    sealer: Sealer | None = None,
) -> tuple[Run, ...]:
    """The runs that what was seen outside has started, each in a transaction of its own. At an account that isn't large its rep is told, and no run starts."""
    with sessions() as session:
        changes = risk_changes(session, principal, scope, policy, now)
    return _start(sessions, principal, scope, changes, tracks, policy, today, now, language, sealer)


def _start(
    sessions: Callable[[], Session], principal: Principal, scope: RowScope, changes: Sequence[Change], tracks: TalkTracks, policy: Policy, today: date,
    now: datetime, language: Language, sealer: Sealer | None,
) -> tuple[Run, ...]:  # fmt: skip
    started: list[Run] = []
    for change in changes:
        with sessions() as session:
            found = reconstruct(session, principal, scope, change, tracks, policy, today, now, language, sealer)
            if found.run is None and change.kind == "signal":
                tell_rep(session, principal, scope, change, language, now)
            session.commit()
        if found.fired and found.run is not None:
            started.append(found.run)
    return tuple(started)
