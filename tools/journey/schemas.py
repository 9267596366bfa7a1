"""What goes into the journey and comes out of it: events and signals, standings with their contributions, changes and what-ifs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from tools.journey.weights import Named
from tools.trace.cells import Confidence, Frozen, SourceRef


class NewEvent(Frozen):
    """An event to be taken in. ``key`` makes it count once: the same key again replaces it where its source is newer.

    ``counts`` (above 0, at most 1) is the share of it that counts: the confidence with which it was read. Without ``account_id`` it waits
    until an account is known by ``account_ref`` (its id in the source, or its name).
    """

    key: str
    account_id: int | None
    account_ref: str | None = None
    evidence: str
    origin: str
    at: datetime
    counts: float = Field(default=1.0, gt=0, le=1, allow_inf_nan=False)
    told_by: Literal["record", "act", "signal"] = "record"
    source: SourceRef


class Taken(Frozen):
    """What became of events: each is one of these."""

    new: int = 0
    unchanged: int = 0
    replaced: int = 0
    withdrawn: int = 0
    waiting: int = 0
    """Of the new and replaced ones: kept until their account is known."""
    future: int = 0
    """Of the new and replaced ones: kept until their time comes."""


class ExternalSignal(Frozen):
    """Something seen outside, as a sender tells it. ``id`` is the sender's own: a signal sent twice counts once."""

    id: str
    sender: str
    account: str
    kind: str
    headline: str
    observed_at: datetime
    person: str | None = None
    competitor: str | None = None
    link: str | None = None


class StageContribution(Frozen):
    """One summand of a stage's log-odds: its base, an event, or another stage that acts on it. ``evidence`` names the kind, or the acting stage."""

    what: Literal["base", "event", "relation"]
    evidence: str
    label: Named
    log_odds: float
    event_key: str | None = None
    at: datetime | None = None
    source: SourceRef | None = None


class StageStanding(Frozen):
    """A stage that an account is in, with its strongest contributions. ``events`` counts all that move it; below ten there is no track record."""

    stage: str
    label: Named
    weight: float
    log_odds: float
    confidence: Confidence
    events: int
    contributions: tuple[StageContribution, ...]


class AccountStanding(Frozen):
    """Where an account stands at ``at``, by which version of the stages (0: as shipped)."""

    account_id: int
    account: str
    at: datetime
    version: int
    stages: tuple[StageStanding, ...]


class StageChange(Frozen):
    """How a stage moved between two times: ``faded`` is what older evidence lost, ``arrived`` what new events brought, both in log-odds."""

    stage: str
    label: Named
    before: StageStanding
    after: StageStanding
    faded: float
    related: float
    arrived: tuple[StageContribution, ...]


class Hypothesis(Frozen):
    """What might be otherwise: an event that is shifted by days or taken out, or one more of a kind at a time."""

    event_key: str | None = None
    shift_days: float | None = None
    evidence: str | None = None
    origin: str | None = None
    at: datetime | None = None


class WhatIf(Frozen):
    """Standings as they are and as they would be at one time. Nothing of it is kept."""

    before: AccountStanding
    after: AccountStanding


class WeightsProposal(Frozen):
    """A version of the file of stages: who wants what, and why. ``changes`` are ``(place, before, after)``."""

    id: int
    based_on: int | None
    changes: tuple[tuple[str, str, str], ...]
    why: str
    proposed_by: str
    proposed_at: datetime
    applied_by: str | None = None
    applied_at: datetime | None = None
