"""Says whether a target is reached: what is won, what is expected by its end, and the chance with its interval; without targets that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.composing.draft import Draft, slot
from agent.requests.deals_meant import Days, Meant, days_of, meant_by, name_cell, study_of
from agent.requests.drafting import note, sentence, table
from agent.requests.forecasts import check_part, of_part, outcome_of, period_words, say_unknown, tell_forecast, tell_grounds, tell_parts, tell_total
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.turn import Turn
from prompts.words import say
from tools.forecast.errors import NoTargets
from tools.forecast.proving_target import StandAt, TargetProof, prove_over, prove_target, prove_targets, targets_for
from tools.forecast.sourcing import Row
from tools.forecast.study import Study

SIDES_TOLD = 3
HELD_BY = {"owner", "team", "region"}


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
    if days[1] <= turn.today:
        return _over(study, days, rows, meant, request, turn)
    if request.by in HELD_BY and not meant.part:
        return _each(study, days, rows, request.by, turn)
    proof = prove_target(study, turn.session, days, rows, meant.part)

    def tell(draft: Draft) -> None:
        say_unknown(draft, request, meant)
        _tell(draft, proof, of_part(name_cell(draft, meant), draft.language))
        tell_parts(draft, proof.forecast)
        tell_grounds(draft, proof.forecast)
        note(draft, "target_note")
        draft.next_steps = [say(key, draft.language) for key in ("forecast_next_regions", "forecast_next_why")]

    return outcome_of(proof.forecast.ledger, tell, turn)


def _tell(draft: Draft, proof: TargetProof, of: str) -> None:
    forecast, stand = proof.forecast, proof.stand
    ends = {"low": slot(stand.low, "bound"), "high": slot(stand.high, "bound")}
    period = period_words(draft, forecast.period)
    if forecast.ledger.number(stand.missing):
        sentence(draft, "target_chance", amount=slot(stand.amount), of=of, period=period, chance=slot(stand.chance), **ends)
    else:
        sentence(draft, "target_reached", amount=slot(stand.amount), of=of, period=period)
    span = {"point": slot(stand.span.point), "low": slot(stand.span.low), "high": slot(stand.span.high)}
    sentence(draft, "target_booked", booked=slot(stand.booked), share=slot(stand.share), missing=slot(stand.missing), **span)
    if proof.count is not None:
        sentence(draft, "target_sum", n=slot(proof.count))


def _over(study: Study, days: Days, rows: Sequence[Row], meant: Meant, request: Request, turn: Turn) -> Outcome:
    """What was won against the target: a fact."""
    proof = prove_over(study, turn.session, days, rows, meant.part)

    def tell(draft: Draft) -> None:
        say_unknown(draft, request, meant)
        of = of_part(name_cell(draft, meant), draft.language)
        period = period_words(draft, proof.won.name)
        sentence(draft, "target_over", period=period, of=of, value=slot(proof.won.booked), amount=slot(proof.amount), share=slot(proof.share))
        draft.next_steps = [say("forecast_next_why", draft.language)]

    return outcome_of(proof.won.ledger, tell, turn)


def _each(study: Study, days: Days, rows: Sequence[Row], by: str, turn: Turn) -> Outcome:
    """Each holder of a target, the least likely to reach it first."""
    forecast, stands = prove_targets(study, turn.session, days, rows, by)

    def tell(draft: Draft) -> None:
        sentence(draft, "target_sides", list=say("forecast_join", draft.language).join(_side(draft, each) for each in stands[:SIDES_TOLD]))
        tell_total(draft, forecast, "")
        tell_grounds(draft, forecast)
        note(draft, "target_note")
        held = [[each.name, each.amount, each.booked, each.span.point, each.span.low, each.span.high, each.chance, each.low, each.high] for each in stands]
        ends = ["forecast_column_low", "forecast_column_high"]
        titles = ["forecast_column_name", "target_column_target", "forecast_column_booked", "forecast_column_expected", *ends, "chance_column_chance", *ends]
        draft.tables = [each for each in draft.tables if each.name != say("forecast_table_sides", draft.language)]
        table(draft, "target_table", titles, held)

    return outcome_of(forecast.ledger, tell, turn)


def _side(draft: Draft, stand: StandAt) -> str:
    assert stand.name is not None  # noqa: S101 - every side has one
    figures = {"chance": slot(stand.chance), "point": slot(stand.span.point), "amount": slot(stand.amount)}
    return say("target_side", draft.language, name=slot(stand.name), **figures)


def _without(request: Request, turn: Turn) -> Outcome:
    """The forecast, after saying that there is nothing to reach."""
    found = tell_forecast(request, turn)
    told = found.tell

    def tell(draft: Draft) -> None:
        sentence(draft, "target_none")
        told(draft)

    return replace(found, tell=tell)
