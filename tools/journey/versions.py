"""Versions of the stages in the store: proposed with what differs and why, put into force by who may, undone by putting an earlier one back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.journey.errors import MayNotChangeWeights, NothingChanged, VersionOutdated, VersionUnknown
from tools.journey.models import WeightsVersion
from tools.journey.reading_weights import SHIPPED as SHIPPED_FILE
from tools.journey.reading_weights import checked, differences, read_weights, shipped_weights, written
from tools.journey.schemas import WeightsProposal
from tools.journey.summing import hold, rebuild
from tools.journey.weights import JourneyWeights
from tools.threads.service import speaker_of

SHIPPED = 0
MAY_APPLY = (Role.OWNER, Role.DIRECTOR, Role.MANAGER)


def weights_in_force(session: Session) -> tuple[int, JourneyWeights]:
    """The number of the version in force with its stages; 0 as shipped."""
    newest = session.scalars(
        select(WeightsVersion).where(WeightsVersion.applied_at.is_not(None)).order_by(WeightsVersion.applied_at.desc(), WeightsVersion.id.desc()).limit(1)
    ).first()
    return (newest.id, JourneyWeights.model_validate(newest.content)) if newest else (SHIPPED, shipped_weights())


def stages_file(session: Session, version: int | None = None) -> tuple[int, str]:
    """The number and the file (YAML) of the version in force, or of the version or proposal named. Raises VersionUnknown."""
    if version is None:
        version, weights = weights_in_force(session)
    else:
        weights = shipped_weights() if version == SHIPPED else JourneyWeights.model_validate(_row(session, version).content)
    return version, SHIPPED_FILE.read_text("utf-8") if version == SHIPPED else written(weights)


def propose_weights(session: Session, principal: Principal, text: str, why: str, now: datetime) -> WeightsProposal:
    """Propose a whole file (YAML) against the one in force; nothing moves yet. Raises what reading a file raises, and NothingChanged."""
    return _propose(session, principal, read_weights(text), why, now)


def propose_undo(session: Session, principal: Principal, version: int, why: str, now: datetime) -> WeightsProposal:
    """Propose to go back to an earlier version (0: as shipped). Raises VersionUnknown and NothingChanged."""
    if version == SHIPPED:
        return _propose(session, principal, shipped_weights(), why, now)
    row = _row(session, version)
    if row.applied_at is None:
        raise VersionUnknown(version=version)
    return _propose(session, principal, JourneyWeights.model_validate(row.content), why, now)


def apply_weights(session: Session, principal: Principal, proposal: int, now: datetime) -> WeightsProposal:
    """Put a proposal into force and replay the events where it asks for other sums. A second time changes nothing.

    Raises MayNotChangeWeights, VersionUnknown and VersionOutdated.
    """
    if principal.role not in MAY_APPLY:
        raise MayNotChangeWeights()
    hold(session)
    row = _row(session, proposal)
    if row.applied_at is not None:
        return _shown(row)
    version, before = weights_in_force(session)
    if (row.based_on or SHIPPED) != version:
        raise VersionOutdated(version=row.based_on or SHIPPED, now=version)
    after = checked(row.content)
    row.applied_at, row.applied_by = now, speaker_of(principal)
    session.flush()
    if _half_lives(before) != _half_lives(after):
        rebuild(session, after, now)
    return _shown(row)


def weights_history(session: Session) -> tuple[WeightsProposal, ...]:
    """Every proposal and version, oldest first."""
    return tuple(map(_shown, session.scalars(select(WeightsVersion).order_by(WeightsVersion.id))))


def _propose(session: Session, principal: Principal, wanted: JourneyWeights, why: str, now: datetime) -> WeightsProposal:
    version, current = weights_in_force(session)
    changes = differences(current, wanted)
    if not changes:
        raise NothingChanged()
    row = WeightsVersion(
        based_on=version or None, content=wanted.model_dump(mode="json"), changes=[list(change) for change in changes], why=why,
        proposed_by=speaker_of(principal), proposed_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _shown(row)


def _row(session: Session, number: int) -> WeightsVersion:
    row = session.get(WeightsVersion, number)
    if row is None:
        raise VersionUnknown(version=number)
    return row


def _half_lives(weights: JourneyWeights) -> dict[str, tuple[int, ...]]:
    return {key: weights.half_lives_s(key) for key in weights.evidence}


def _shown(row: WeightsVersion) -> WeightsProposal:
    return WeightsProposal(
        id=row.id, based_on=row.based_on, changes=tuple((str(place), str(before), str(after)) for place, before, after in row.changes), why=row.why,
        proposed_by=row.proposed_by, proposed_at=row.proposed_at, applied_by=row.applied_by, applied_at=row.applied_at,
    )  # fmt: skip
