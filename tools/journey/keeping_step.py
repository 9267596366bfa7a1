"""Keeps the journey in step with the CRM: after an import the records are looked at once, by whoever needs them first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tools.crm.service import store_version
from tools.journey.models import JourneyIntake
from tools.journey.service import take_records
from tools.journey.summing import hold


def keep_in_step(session: Session, now: datetime) -> bool:
    """Take in what the newest import brought, in the caller's transaction; False where that was done before. Who comes second waits and finds it done."""
    version = store_version(session)[0]
    if _taken(session) == version:
        return False
    hold(session)
    row = session.get(JourneyIntake, 1, populate_existing=True)
    if row is not None and row.store_version == version:
        return False
    take_records(session, now)
    session.merge(JourneyIntake(id=1, store_version=version, taken_at=now))
    session.flush()
    return True


def _taken(session: Session) -> int | None:
    row = session.get(JourneyIntake, 1)
    return row.store_version if row is not None else None
