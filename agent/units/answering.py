"""Which part of the room answers which message about a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent.requests.outcome import Outcome
from agent.turn import Turn
from agent.units.approvers import tell_approvers
from agent.units.changing import tell_change
from agent.units.forming import tell_forming
from agent.units.kinds import UnitKind
from agent.units.means import tell_means
from agent.units.refusals import tell_refusal
from agent.units.request import UnitRequest
from agent.units.states import tell_state

ANSWERS: Mapping[UnitKind, Callable[[UnitRequest, Turn], Outcome]] = {
    "unit_means": tell_means,
    "why_refused": tell_refusal,
    "who_approves": tell_approvers,
    "form_unit": tell_forming,
    "unit_change": tell_change,
    "unit_state": tell_state,
}


def answer_unit(request: UnitRequest, turn: Turn) -> Outcome:
    """What is found. Raises the errors of units, approvals and calls."""
    return ANSWERS[request.kind](request, turn)
