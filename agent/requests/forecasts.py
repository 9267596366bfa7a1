"""Says what a period brings: the expected value with its interval, what it is made of, the stage-weighted sum beside it, and how well such forecasts held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from agent.answer import Language
from agent.composing.draft import Draft, slot
from agent.composing.formatting import format_date
from agent.composing.typesetting import listed
from agent.requests.about import plan_about
from agent.requests.deals_meant import Meant, NoSuchDeals, days_of, following, meant_by, name_cell, study_of
from agent.requests.drafting import note, sentence, table
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.turn import Turn
from prompts.words import say
from tools.forecast.errors import PeriodIsTooFar
from tools.forecast.looking import part_of
from tools.forecast.proving import Ledger
from tools.forecast.proving_period import PeriodProof, RowAt, WonAt, prove_period, prove_won
from tools.forecast.study import Study

SIDES_TOLD = 3


def tell_forecast(request: Request, turn: Turn) -> Outcome:
    """What the deals that are meant bring in a period; where it is over, what it brought, and what the next one brings.

    Raises NoSuchDeals and what a forecast raises.
    """
    study = study_of(turn)
    meant, days = meant_by(request, turn), days_of(request.period, turn.today)
    check_part(study, meant)
    over = days if days[1] <= turn.today else None
    while days[1] <= turn.today:
        days = following(days)
    by = request.by if not meant.part else None
    past = None if over is None else prove_won(study, turn.session, *over, meant.part)
    try:
        proof = prove_period(study, turn.session, *days, by=by, part=meant.part)
    except PeriodIsTooFar:
        if past is None:
            raise
        return _only_past(past, meant, request, turn)

    def tell(draft: Draft) -> None:
        say_unknown(draft, request, meant)
        of = of_part(name_cell(draft, meant), draft.language)
        if past is not None:
            period = period_words(draft, past.name)
            sentence(draft, "forecast_over", period=period, of=of, value=slot(past.booked), deals=slot(past.n))
        tell_total(draft, proof, of)
        tell_sides(draft, proof)
        tell_grounds(draft, proof)
        if study.history.left_out:
            note(draft, "forecast_left_out_note", n=study.history.left_out)
        draft.next_steps = [say(key, draft.language) for key in ("forecast_next_target", "forecast_next_regions", "forecast_next_why")]

    return outcome_of(proof.ledger, tell, turn, *(() if past is None else (past.ledger,)))


def _only_past(past: WonAt, meant: Meant, request: Request, turn: Turn) -> Outcome:
    """What a period brought whose next one is too far to be foretold."""

    def tell(draft: Draft) -> None:
        say_unknown(draft, request, meant)
        of = of_part(name_cell(draft, meant), draft.language)
        sentence(draft, "forecast_over", period=period_words(draft, past.name), of=of, value=slot(past.booked), deals=slot(past.n))

    return outcome_of(past.ledger, tell, turn)


def tell_total(draft: Draft, proof: PeriodProof, of: str) -> None:
    """The expected value with its interval, and what is won of it already."""
    span = proof.span
    sentence(draft, "forecast_total", period=period_words(draft, proof.period), of=of, point=slot(span.point), low=slot(span.low), high=slot(span.high))
    if proof.ledger.number(proof.booked_n):
        sentence(draft, "forecast_booked", booked=slot(proof.booked), deals=slot(proof.booked_n))
    tell_parts(draft, proof)


def tell_parts(draft: Draft, proof: PeriodProof) -> None:
    """What open deals and deals to come add on average."""
    sentence(draft, "forecast_parts", open=slot(proof.open), created=slot(proof.created))


def tell_sides(draft: Draft, proof: PeriodProof) -> None:
    """Of whom most is expected."""
    if proof.sides:
        sentence(draft, "forecast_sides", list=say("forecast_join", draft.language).join(_side(row, draft.language) for row in proof.sides[:SIDES_TOLD]))


def tell_grounds(draft: Draft, proof: PeriodProof) -> None:
    """What stands beside the expected value, and how well such forecasts held."""
    signal = proof.signal
    if proof.weighted is None:
        sentence(draft, "forecast_weighted_none")
    else:
        sentence(draft, "forecast_weighted", weighted=slot(proof.weighted))
    _tell_hindsight(draft, proof)
    base, skill = slot(signal.base.point), signal.skill
    if signal.claimed and skill is not None:
        sentence(draft, "forecast_by_score", deals=slot(skill.deals), skill=slot(skill.point), base=base)
    else:
        sentence(draft, "forecast_by_base", base=base)
    note(draft, "forecast_interval_note")
    _tell_tables(draft, proof)
    fingerprint = proof.ledger.cells[proof.ledger.fingerprint()]
    draft.cells[fingerprint.address] = fingerprint


def check_part(study: Study, meant: Meant) -> None:
    """Raises NoSuchDeals where nothing belongs to what was named, and SideUnknown."""
    if meant.part and not part_of(study, meant.part).any():
        raise NoSuchDeals(name=meant.name)


def say_unknown(draft: Draft, request: Request, meant: Meant) -> None:
    """Words that may be a name and are none come first: the answer is about something else."""
    if request.unknown:
        what = say("forecast_about_rest" if meant.part else "forecast_about_all", draft.language)
        sentence(draft, "forecast_unknown_names", names=listed(request.unknown, draft.language).replace("{", "").replace("}", ""), what=what)


def of_part(part: str | None, language: Language) -> str:
    """The words for whose deals are meant; nothing where all are."""
    return "" if part is None else say("forecast_of", language, name=slot(part))


def period_words(draft: Draft, address: str) -> str:
    """A period as slots: by its name, or by its two days."""
    value = str(draft.cells[address].value)
    if "/" not in value:
        return slot(address, "period")
    ends = []
    for name, day in zip(("start", "end"), value.split("/"), strict=True):
        cell = draft.cells[address].model_copy(update={"address": f"{address}_{name}", "value": date.fromisoformat(day).isoformat()})
        draft.cells[cell.address] = cell
        ends.append(slot(cell.address, "day"))
    return say("forecast_span", draft.language, start=ends[0], end=ends[1])


def outcome_of(ledger: Ledger, tell: Callable[[Draft], None], turn: Turn, *others: Ledger, deal: str | None = None) -> Outcome:
    """The outcome of a telling over proofs, which are kept: what is told adds cells to a copy. Says whose view it is, and where today lies.

    ``deal`` is the address of the name of the one deal that it is about, which later questions of the talk go on from.
    """
    cells = {address: cell for each in (ledger, *others) for address, cell in each.cells.items()}

    def with_notes(draft: Draft) -> None:
        tell(draft)
        scope = turn.scope.describe(turn.principal, draft.language)
        if scope is not None:
            note(draft, "scope_note", scope=scope)
        if turn.from_data_end:
            note(draft, "today_note", day=format_date(turn.today, draft.language))

    blocks = tuple(block for each in (ledger, *others) for block in each.blocks)
    about = plan_about("opportunity", str(cells[deal].value), turn) if deal is not None else None
    return Outcome(with_notes, cells, blocks, ledger.history.as_of, about=about, effect=lambda: turn.studies.keep(ledger.study))


def _side(row: RowAt, language: Language) -> str:
    return say("forecast_side", language, name=slot(row.name), point=slot(row.span.point), low=slot(row.span.low), high=slot(row.span.high))


def _tell_hindsight(draft: Draft, proof: PeriodProof) -> None:
    coverage, error = proof.coverage, proof.error
    if coverage is None or error is None:
        sentence(draft, "forecast_coverage_none")
        return
    beside = "" if proof.weighted_error is None else say("forecast_beside", draft.language, error=slot(proof.weighted_error))
    figures = {"held": slot(coverage.k), "looks": slot(coverage.n), "rate": slot(coverage.point), "low": slot(coverage.low, "bound")}
    sentence(draft, "forecast_coverage", high=slot(coverage.high, "bound"), error=slot(error), beside=beside, **figures)


def _tell_tables(draft: Draft, proof: PeriodProof) -> None:
    """Past looks in order of time and the period asked for at their end, ready to be drawn; sides; and the open deals that bring most."""
    now = RowAt(proof.period, proof.span, weighted=proof.weighted)
    rows = [[row.name, row.span.point, row.span.low, row.span.high, row.weighted, row.actual] for row in (*reversed(proof.past), now)]
    names = ("period", "expected", "low", "high", "weighted", "actual")
    table(draft, "forecast_table_series", [f"forecast_column_{each}" for each in names], rows)
    sides = [[row.name, row.booked, row.span.point, row.span.low, row.span.high] for row in proof.sides]
    table(draft, "forecast_table_sides", [f"forecast_column_{each}" for each in ("name", "booked", "expected", "low", "high")], sides)
    deals = [[each.name, each.amount, each.expected] for each in proof.deals]
    table(draft, "forecast_table_deals", [f"forecast_column_{each}" for each in ("deal", "amount", "average")], deals)
