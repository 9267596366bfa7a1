"""Looks at the rhythm of a whole store and starts what its alerts ask for; to be called after imports and once a day, by as many processes as like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.reconstruction.changes import change_of
from tools.journey.reconstruction.policy import Policy
from tools.journey.reconstruction.ports import TalkTracks
from tools.journey.reconstruction.schemas import Run
from tools.journey.reconstruction.service import Language, reconstruct
from tools.journey.rhythm.service import rhythm_report


def watch(
    sessions: Callable[[], Session], principal: Principal, scope: RowScope, tracks: TalkTracks, policy: Policy, today: date, now: datetime, zone: str,
    language: Language,
) -> tuple[Run, ...]:  # fmt: skip
    """The runs that were started, each in a transaction of its own.

    Where an account's purchases and its interactions changed together, the purchases are the change that the run rests on.
    """
    with sessions() as session:
        alerts = rhythm_report(session, principal, scope, today, zone).alerts
    started: list[Run] = []
    for alert in sorted(alerts, key=lambda each: (each.series != "purchases", -each.excess)):
        with sessions() as session:
            found = reconstruct(session, principal, scope, change_of(alert), tracks, policy, today, now, language)
            session.commit()
        if found.fired and found.run is not None:
            started.append(found.run)
    return tuple(started)
