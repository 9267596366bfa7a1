"""What coaching gives: situations with their urgency, lines with slots bound to cells, track records, and the talk track. Knows no store."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from tools.trace.cells import Cell, Confidence, Contribution, EvidenceBlock, Frozen, SourceRef, Suggestion


class SituationKind(StrEnum):
    """What calls for the next word with a customer."""

    REQUEST_UNANSWERED = "request_unanswered"
    QUESTION_UNANSWERED = "question_unanswered"
    OBJECTION_OPEN = "objection_open"
    OUR_PROMISE_DUE = "our_promise_due"
    THEIR_PROMISE_DUE = "their_promise_due"
    PAPER_REFUSED = "paper_refused"
    COMPETITOR_SEEN = "competitor_seen"
    COMPETITOR_IN_DEAL = "competitor_in_deal"
    SILENCE = "silence"
    TICKET_OPEN = "ticket_open"
    MILESTONE_MISSED = "milestone_missed"
    CONTRACT_ENDING = "contract_ending"
    PAYMENT_OVERDUE = "payment_overdue"
    CONTACT_JOINED = "contact_joined"
    CONTACT_LEFT = "contact_left"
    DEAL_DUE = "deal_due"
    STAGE_HIGH = "stage_high"


Step = Literal["demo", "visit", "meeting", "call", "written", "trial", "reference", "discount"]
"""What a rep can do next, whatever the source system calls it."""
Breadth = Literal["alike_tier_stage", "alike_stage", "alike", "tier_stage", "stage", "tier", "all"]
"""How comparable the precedents are: about the same, of the same tier, in the same stage of the pipeline; or all of the same kind."""
Unit = Literal["deals", "invoices", "contracts"]
"""What is counted: deals that moved on, overdue invoices that were paid, ending contracts that were renewed."""


class UrgencyPart(Frozen):
    """One summand of an urgency: the rule that gives it, and its points as weight times effect, resting on a cell."""

    rule: str
    contribution: Contribution

    @property
    def points(self) -> Decimal:
        """What it adds."""
        return self.contribution.weight * self.contribution.effect


class Person(Frozen):
    """Whom to speak to. ``why`` names the reason: raised it, was spoken to last, was named, or holds the role that decides on this."""

    contact_id: int
    name: Cell
    title: Cell | None
    why: Literal["said", "last", "named", "role", "deal"]


class StepRecord(Frozen):
    """How often comparable units went on after one step (``rate``), and without it; ``difference`` is corrected for all steps looked at."""

    step: Step
    k: Cell
    n: Cell
    rate: Confidence
    without_k: Cell
    without_n: Cell
    without_rate: Confidence
    difference: Confidence

    @property
    def stands_out(self) -> bool:
        """Whether the corrected difference excludes none."""
        return self.difference.low > 0


class TrackRecord(Frozen):
    """What happened after comparable situations: ``k`` of ``n`` units went on (see :data:`Unit`) within ``horizon_days`` after the landmark.

    A step counts when it was taken within ``window_days`` of the situation; the landmark is the end of that window, so that nothing
    that followed the outcome can count (Anderson, Cain and Gelber, 1983). ``compared`` is the number of steps that were looked at together.
    """

    unit: Unit
    breadth: Breadth
    window_days: int
    horizon_days: int
    k: Cell
    n: Cell
    rate: Confidence
    compared: int
    steps: tuple[StepRecord, ...]

    @property
    def best(self) -> StepRecord | None:
        """The step with the largest difference among those that stand out."""
        return max((step for step in self.steps if step.stands_out), key=lambda step: step.difference.point, default=None)


class Line(Frozen):
    """One thing to say, why, and what the customer gets from it. Cannot exist without its ground and the customer value.

    ``template`` names the texts ``…_why``, ``…_say`` and ``…_value`` of ``prompts/talk_tracks.yaml``; their placeholders are the names of ``slots``.
    """

    kind: SituationKind
    template: str = Field(min_length=1)
    slots: dict[str, Cell] = Field(min_length=1)
    support: tuple[Cell, ...] = ()
    grounds: tuple[SourceRef, ...] = Field(min_length=1)
    urgency: Decimal
    parts: tuple[UrgencyPart, ...] = Field(min_length=1)
    person: Person | None = None
    record: TrackRecord | None = None
    customer_value: str = Field(min_length=1, pattern=r"\S")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum((part.points for part in self.parts), Decimal(0)) != self.urgency:
            raise ValueError("the parts of an urgency do not add up to it")
        if any(cell.value is None or not (cell.sources or cell.derivation) for cell in self.slots.values()):
            raise ValueError("a slot holds nothing that can be proven")
        return self


class TalkTrack(Frozen):
    """What to say next to one account, the most urgent line first; ``suggestion`` is the first line as the trace records it."""

    account: Cell
    lines: tuple[Line, ...] = Field(min_length=1)
    suggestion: Suggestion
    blocks: tuple[EvidenceBlock, ...] = ()


class NothingToSay(Frozen):
    """That an account calls for no line, in a sentence that says why."""

    account: Cell
    sentence: str


class Quote(Frozen):
    """What a customer said before, of which account, and how that deal went since."""

    text: Cell
    account: Cell
    on: Cell
    outcome: Cell | None


class ObjectionAdvice(Frozen):
    """How to meet an objection given in words: what to say, what it gives the customer, and what comparable objections led to."""

    template: str
    quotes: tuple[Quote, ...] = Field(min_length=1)
    record: TrackRecord
    suggestion: Suggestion
    blocks: tuple[EvidenceBlock, ...] = ()
