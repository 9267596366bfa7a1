"""A case that waits, its flow, and what people said to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.trace.cells import Frozen

Who = Literal["lead", "finance", "manager", "director", "owner"]
"""The unit's lead, the unit's member of finance, the manager of the lead, any director, the owner of the installation. An owner may stand in for any."""
Verdict = Literal["yes", "no"]
CaseStatus = Literal["open", "applied", "refused", "withdrawn", "expired"]
CaseKind = Literal[
    "form_unit", "change_members", "move_template", "edit_template", "grant_budget", "merge_units", "split_unit", "dissolve_unit", "access", "reallocate"
]
"""What is asked for."""


class Rule(Frozen):
    """Who decides, one after another, about what costs more than ``over`` (in the unit's currency).

    With ``four_eyes`` nobody decides about what they asked for, and nobody decides twice.
    """

    over: Decimal = Decimal(0)
    steps: tuple[Who, ...] = Field(min_length=1)
    four_eyes: bool = True
    hours: int = Field(default=72, gt=0, le=24 * 90)

    @property
    def lasts(self) -> timedelta:
        """How long a case may wait."""
        return timedelta(hours=self.hours)


class Vote(Frozen):
    """What somebody said at a step; ``for_id`` is whose place they took."""

    step: int
    verdict: Verdict
    member_id: int | None
    voter: str
    for_id: int | None
    note: str
    voted_at: datetime


class Case(Frozen):
    """A change that waits, or did. ``diff`` is what would change, typed by ``kind``; people approve ``diff_hash``. ``votes`` are those that count."""

    id: str
    kind: CaseKind
    unit_id: str | None
    diff: dict[str, Any]
    diff_hash: str
    before_hash: str
    why: str
    rule: Rule
    round: int
    status: CaseStatus
    asked_by: str
    asked_by_id: int | None
    asked_at: datetime
    expires_at: datetime
    votes: tuple[Vote, ...] = ()
    trace_id: str | None = None

    @property
    def step(self) -> int:
        """The step that waits now, from 0; as many as there are steps where all said yes."""
        return sum(each.verdict == "yes" for each in self.votes)

    @property
    def waits_for(self) -> Who | None:
        """Who decides next; None where nobody does any more."""
        return self.rule.steps[self.step] if self.status == "open" and self.step < len(self.rule.steps) else None
