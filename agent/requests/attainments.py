"""Says whether a target is reached: what is won, what is expected by its end, and the chance with its interval; without targets that is said."""

from __future__ import annotations

from dataclasses import replace

from agent.composing.draft import Draft, slot
from agent.requests.deals_meant import days_of, meant_by, name_cell, study_of
from agent.requests.drafting import note, sentence
from agent.requests.forecasts import check_part, of_part, outcome_of, period_words, say_unknown, tell_forecast, tell_grounds
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.turn import Turn
from tools.forecast.errors import NoTargets
from tools.forecast.proving_target import TargetProof, prove_target, targets_for


def tell_attainment(request: Request, turn: Turn) -> Outcome:
    """How the targets of whom is named, or of all, stand in a period; without any target the forecast alone.

    Raises TargetsElsewhere, NoSuchDeals and what a forecast raises.
    """
    study, meant = study_of(turn), meant_by(request, turn)
    check_part(study, meant)
    days = days_of(request.period, turn.today)
    try:
        rows = targets_for(study, turn.session, turn.principal, turn.scope, *days, meant.holder)
    except NoTargets:
        return _without(request, turn)
    proof = prove_target(study, turn.session, rows, meant.part)

    def tell(draft: Draft) -> None:
        say_unknown(draft, request, meant)
        _tell(draft, proof, of_part(name_cell(draft, meant), draft.language))
        tell_grounds(draft, proof.forecast)
        note(draft, "target_note")

    return outcome_of(proof.forecast.ledger, tell)


def _tell(draft: Draft, proof: TargetProof, of: str) -> None:
    forecast = proof.forecast
    ends = {"low": slot(proof.low, "bound"), "high": slot(proof.high, "bound")}
    period = period_words(draft, forecast.period)
    sentence(draft, "target_chance", amount=slot(proof.amount), of=of, period=period, chance=slot(proof.chance), **ends)
    span = {"point": slot(forecast.span.point), "low": slot(forecast.span.low), "high": slot(forecast.span.high)}
    sentence(draft, "target_booked", booked=slot(forecast.booked), share=slot(proof.share), missing=slot(proof.missing), **span)
    if proof.targets > 1:
        count = draft.cells[proof.count]
        sentence(draft, "target_sum", n=slot(count.address))


def _without(request: Request, turn: Turn) -> Outcome:
    """The forecast, after saying that there is nothing to reach."""
    found = tell_forecast(request, turn)
    told = found.tell

    def tell(draft: Draft) -> None:
        sentence(draft, "target_none")
        told(draft)

    return replace(found, tell=tell)
