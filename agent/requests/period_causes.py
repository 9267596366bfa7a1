"""Says why a period brought more or less than the one before: shares of volume, mix, win rate and deal size that add up, each with its interval."""

from __future__ import annotations

from datetime import date, timedelta

from agent.composing.draft import Draft, slot
from agent.composing.typesetting import listed
from agent.requests.deals_meant import Days, Meant, meant_by, name_cell, preceding, quarter_of, study_of
from agent.requests.drafting import note, sentence, table, words
from agent.requests.forecasts import check_part, of_part, outcome_of, period_words, say_unknown
from agent.requests.outcome import Outcome
from agent.requests.request import Request, Span
from agent.turn import Turn
from prompts.words import say
from tools.forecast.durations import first_end
from tools.forecast.proving_change import CauseAt, ChangeProof, prove_change
from tools.forecast.wording import say_feature

CALLED = {"owner": "forecast_holder_owner", "account": "forecast_holder_account"}


def tell_why_period(request: Request, turn: Turn) -> Outcome:
    """Why the period that is named, or the last quarter, brought what it did against the one before it or the one it is compared with.

    Raises NoSuchDeals, NothingDecidedThen, PeriodsOverlap and what a study raises.
    """
    study, meant = study_of(turn), meant_by(request, turn)
    check_part(study, meant)
    before, after, cut = _periods(request, turn)
    proof = prove_change(study, turn.session, before, after, None if meant.part else request.by, meant.part)

    def tell(draft: Draft) -> None:
        _tell(draft, proof, request, meant, name_cell(draft, meant))
        if before[0].toordinal() < (first := first_end(study.history)) <= before[1].toordinal():
            note(draft, "why_period_begins", day=date.fromordinal(first), before=_plain(before))
        if cut:
            note(draft, "why_period_same_days", after=_plain(after), before=_plain(before))

    return outcome_of(proof.ledger, tell, turn)


def _periods(request: Request, turn: Turn) -> tuple[Days, Days, bool]:
    """The earlier and the later period, and whether the later one is not over: then as many days of the earlier one are compared."""
    named = [_days(span) for span in (request.period, request.compared) if span is not None and span.start is not None]
    if not named:
        start = quarter_of(turn.today)[0]
        after = quarter_of(start - timedelta(days=1))
    else:
        after = max(named)
    before = min(named) if len(named) == 2 else preceding(after)
    if after[1] <= turn.today or after[0] > turn.today:
        return before, after, False
    passed = turn.today - after[0]
    return (before[0], min(before[1], before[0] + passed)), (after[0], turn.today), True


def _days(span: Span) -> Days:
    assert span.start is not None  # noqa: S101 - asked for before
    return span.start, span.end or quarter_of(span.start)[1]


def _tell(draft: Draft, proof: ChangeProof, request: Request, meant: Meant, part: str | None) -> None:
    language = draft.language
    say_unknown(draft, request, meant)
    before, after = (period_words(draft, each) for each in proof.periods)
    rose = proof.ledger.number(proof.difference) >= 0
    figures = {"value": slot(proof.values[1]), "earlier": slot(proof.values[0]), "difference": slot(proof.difference, "size")}
    growth = say("why_period_growth", language, growth=slot(proof.growth, "signed")) if proof.ledger.cells[proof.growth].value is not None else ""
    sentence(draft, "why_period_rose" if rose else "why_period_fell", after=after, before=before, of=of_part(part, language), growth=growth, **figures)
    by = say(CALLED[proof.by], language) if proof.by in CALLED else say_feature(proof.by, language)
    join = say("forecast_join", language)
    told = [say("why_period_cause", language, factor=_called(each, by, language), **_ends(each)) for each in proof.causes]
    sentence(draft, "why_period_causes", list=join.join(told))
    behind = [
        say(f"why_period_{each.factor}", language, before=slot(each.before), after=slot(each.after))
        for each in proof.causes
        if each.before is not None and each.after is not None
    ]
    sentence(draft, "why_period_figures", list=listed(behind, language))
    sure = [_called(each, by, language) for each in proof.causes if _stands_out(each, proof)]
    if sure:
        sentence(draft, "why_period_sure", list=listed(sure, language))
    else:
        sentence(draft, "why_period_unsure")
    note(draft, "why_period_note", by=by)
    rows = [[words(draft, f"f1.where.cause{at}", _called(each, by, language)), each.share, each.low, each.high] for at, each in enumerate(proof.causes, 1)]
    table(draft, "why_period_table", ["why_period_column_factor", "why_period_column_share", "forecast_column_low", "forecast_column_high"], rows)
    won = [[each.name, each.amount, proof.periods[int(each.late)]] for each in proof.largest]
    table(draft, "why_period_table_won", ["forecast_column_deal", "forecast_column_amount", "why_period_column_when"], won)
    draft.next_steps = [say("forecast_next_target", language), say("forecast_next_regions", language)]


def _called(cause: CauseAt, by: str, language: str) -> str:
    return say(f"forecast_factor_{cause.factor}", language, by=by)


def _ends(cause: CauseAt) -> dict[str, str]:
    return {"share": slot(cause.share, "signed"), "low": slot(cause.low, "signed"), "high": slot(cause.high, "signed")}


def _stands_out(cause: CauseAt, proof: ChangeProof) -> bool:
    return proof.ledger.number(cause.low) > 0 or proof.ledger.number(cause.high) < 0


def _plain(days: Days) -> str:
    return f"{days[0]} – {days[1]}"
