"""What a reconstruction takes in and gives out: the change, why the account is a large one, and the typed diffs of the three proposals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tools.journey.weights import Named
from tools.trace.cells import Cell, Confidence, Contribution, EvidenceBlock, Frozen, Suggestion

Direction = Literal["up", "down"]
ProposalKind = Literal["reweighting", "okr_weights", "talk_track"]
Status = Literal["open", "applied", "refused", "undone"]
AbsentReason = Literal["change_uncertain", "no_history", "no_key_results", "no_rep", "no_customer_value"]


class Change(Frozen):
    """A change at an account that is worth a reconstruction. ``down`` is what endangers the relationship, ``up`` what furthers it.

    ``ratio`` is the rate since over the rate before. The contributions add up, weight times effect, to what came more (or less) than was to be expected;
    each names its week or event. ``since`` to ``noticed`` is the time that the change is seen in: two changes of one kind and direction that overlap are one.
    """

    account_id: int
    kind: Literal["rhythm", "signal"]
    direction: Direction
    since: date
    noticed: date
    said: Named
    ratio: Confidence
    contributions: tuple[Contribution, ...]
    records: tuple[EvidenceBlock, ...] = ()

    @property
    def score(self) -> Decimal:
        """What the contributions add up to."""
        return sum((each.weight * each.effect for each in self.contributions), Decimal(0))


class Large(Frozen):
    """Why an account counts as large: its tier, or its share of the store's won value in the year before ``upto`` (in ``currency``)."""

    by: Literal["tier", "revenue"]
    tier: str | None = None
    share: Decimal | None = None
    at_least: Decimal | None = None
    currency: str | None = None
    upto: date


class StageMove(Frozen):
    """A stage's weight before and after, each with its interval."""

    stage: str
    label: Named
    before: Decimal
    after: Decimal
    before_interval: tuple[Decimal, Decimal]
    after_interval: tuple[Decimal, Decimal]


class ReweightingDiff(Frozen):
    """Events of an account before ``before`` keep the share ``keeps`` of their weight; ``events`` says how many that are."""

    kind: Literal["reweighting"] = "reweighting"
    account_id: int
    before: datetime
    keeps: Decimal
    events: int
    stages: tuple[StageMove, ...]


class WeightMove(Frozen):
    """A key result's weight before and after, as stored (the weights of a member's quarter add up to 1 or to 100)."""

    okr_id: int
    member_id: int
    objective: str
    key_result: str
    before: Decimal
    after: Decimal


class RepEffect(Frozen):
    """What the new weights do to a rep: the share of the quarter that is attained, by the progress recorded today. None where progress is not recorded."""

    member_id: int
    member: str
    before: Decimal | None
    after: Decimal | None


class LeftOut(Frozen):
    """A rep whose weights stay, and why."""

    member_id: int
    member: str
    why: Literal["does_not_add_up", "nothing_serves_it", "everything_serves_it", "no_room"]


class OkrDiff(Frozen):
    """New weights of one region's reps for the running quarter. ``moves`` holds every key result of every rep that moves, unmoved ones too."""

    kind: Literal["okr_weights"] = "okr_weights"
    region: str
    start_on: date
    end_on: date
    largest_move: Decimal
    """Of one key result, in percentage points."""
    moves: tuple[WeightMove, ...]
    effects: tuple[RepEffect, ...]
    left_out: tuple[LeftOut, ...]


class TalkTrack(Frozen):
    """What a rep could say next, and what it rests on."""

    text: str
    language: Literal["zh", "en"]
    suggestion: Suggestion
    cells: tuple[Cell, ...] = ()
    blocks: tuple[EvidenceBlock, ...] = ()


class TalkTrackDiff(Frozen):
    """One message to one rep."""

    kind: Literal["talk_track"] = "talk_track"
    account_id: int
    recipient_id: int
    recipient: str
    language: Literal["zh", "en"]
    text: str


Diff = Annotated[ReweightingDiff | OkrDiff | TalkTrackDiff, Field(discriminator="kind")]


class Proposal(Frozen):
    """A change that waits for a person: what a person approves is ``diff``, bound to ``diff_hash``."""

    id: str
    run_id: str
    kind: ProposalKind
    diff: Diff
    suggestion: Suggestion
    trace_id: str = ""
    """The sealed proof of what it says; empty where nobody sealed it."""
    diff_hash: str
    before_hash: str
    idempotency_key: str
    expires_at: datetime
    status: Status
    decided_by: str | None = None
    decided_at: datetime | None = None


class Run(Frozen):
    """One recorded run: the change, why the account is large, its proposals, and which of the three there is no ground for."""

    id: str
    account_id: int
    change: Change
    large: Large
    proposals: tuple[Proposal, ...]
    absent: dict[ProposalKind, AbsentReason]
    started_at: datetime


class Started(Frozen):
    """What became of a change: ``run`` is new where ``fired``, the one that it already had where not, None at an account that isn't large."""

    fired: bool
    run: Run | None


class Notice(Frozen):
    """A message for one member. ``key`` stays the same however often it is tried."""

    key: str
    recipient_id: int
    account_id: int
    language: str
    text: str
    proposal_id: str
