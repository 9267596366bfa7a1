"""Which engine answers which kind of message; each checks again, at the moment of use, what the speaker may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from agent.requests.attainments import tell_attainment
from agent.requests.criteria import tell_criterion
from agent.requests.deal_causes import tell_why_deal
from agent.requests.forecasts import tell_forecast
from agent.requests.kinds import Kind
from agent.requests.outcome import Outcome
from agent.requests.period_causes import tell_why_period
from agent.requests.reach import reaching
from agent.requests.reading import check_request
from agent.requests.request import Request
from agent.requests.reweightings import tell_reweighting
from agent.requests.rhythms import tell_rhythm
from agent.requests.standings import tell_moves, tell_standing, tell_why
from agent.requests.talk_tracks import tell_track
from agent.requests.what_ifs import tell_what_if
from agent.requests.win_chances import tell_chance
from agent.turn import Turn
from tools.journey.keeping_step import keep_in_step

ENGINES: Mapping[Kind, Callable[[Request, Turn], Outcome]] = {
    "standing": tell_standing,
    "why_stage": tell_why,
    "moves": tell_moves,
    "talk_track": tell_track,
    "what_if": tell_what_if,
    "rhythm": tell_rhythm,
    "reweight": tell_reweighting,
    "forecast": tell_forecast,
    "win_chance": tell_chance,
    "attainment": tell_attainment,
    "why_deal": tell_why_deal,
    "why_period": tell_why_period,
    "criterion": tell_criterion,
}

BY_JOURNEY: frozenset[Kind] = frozenset({"standing", "why_stage", "moves", "talk_track", "what_if", "reweight"})


def answer_request(request: Request, turn: Turn) -> Outcome:
    """What the engine found. Raises the errors of reading a request and those of the engine."""
    check_request(request, turn)
    if request.account is not None:
        turn.principal = reaching(turn, "account", request.account)
    if request.kind in BY_JOURNEY:
        keep_in_step(turn.session, turn.asked_at)
    outcome = ENGINES[request.kind](request, turn)
    if outcome.about is not None:
        outcome.about = outcome.about.model_copy(update={"answered_by": request.kind})
    return outcome
