"""Keeps what texts tell in step with the CRM: reads what an import brought, then lets the acts that were done move the journey."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from tools.access.principal import Principal
from tools.access.scope import EveryRow
from tools.crm.ports import Progress
from tools.crm.semantic import load_model
from tools.crm.service import store_version
from tools.journey.acts import Status
from tools.journey.keeping_step import keep_in_step
from tools.journey.models import JourneyIntake
from tools.journey.reading.filling import ReadingReport, TextEventFiller
from tools.journey.reading.service import told_events
from tools.journey.service import replace_acts
from tools.journey.summing import hold

ACTS = 2
"""The row of the journey's intakes that says by which import the acts were last taken in."""


def read_in_step(
    sessions: sessionmaker[Session],
    now: datetime,
    time_zone: str = "UTC",
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> ReadingReport:
    """Read texts that are new or changed and take in what they tell; a run that is stopped takes in nothing and is gone on with by the next."""
    report = TextEventFiller(sessions, time_zone).run(progress, stopped)
    if not stopped():
        with sessions() as session:
            take_told(session, now, time_zone, anew=bool(report.texts or report.removed))
            session.commit()
    return report


def take_told(session: Session, now: datetime, time_zone: str = "UTC", *, anew: bool = False) -> bool:
    """Let all acts that were done move the journey, in the caller's transaction; False where that was done since the newest import and not ``anew``.

    The records come first: what a record tells by itself its text does not tell once more.
    """
    keep_in_step(session, now)
    hold(session)
    version = store_version(session)[0]
    row = session.get(JourneyIntake, ACTS, populate_existing=True)
    if row is not None and row.store_version == version and not anew:
        return False
    told = told_events(session, load_model(session, time_zone), Principal.local_owner(), EveryRow(), statuses=[Status.DONE])
    replace_acts(session, [each.event for each in told], now)
    session.merge(JourneyIntake(id=ACTS, store_version=version, taken_at=now))
    session.flush()
    return True
