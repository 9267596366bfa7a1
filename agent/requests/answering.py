"""Which engine answers which kind of message; each checks again, at the moment of use, what the speaker may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent.requests.kinds import Kind
from agent.requests.outcome import Outcome
from agent.requests.reading import check_request
from agent.requests.request import Request
from agent.requests.standings import tell_moves, tell_standing, tell_why
from agent.turn import Turn

ENGINES: Mapping[Kind, Callable[[Request, Turn], Outcome]] = {
    "standing": tell_standing,
    "why_stage": tell_why,
    "moves": tell_moves,
}


def answer_request(request: Request, turn: Turn) -> Outcome:
    """What the engine found. Raises the errors of reading a request and those of the engine."""
    check_request(request, turn)
    return ENGINES[request.kind](request, turn)
