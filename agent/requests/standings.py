"""Says where a customer stands, why a stage has its weight, and what moved: every figure is a cell of the journey's proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from agent.answer import Chart, Language
from agent.composing.draft import Draft, slot
from agent.composing.typesetting import capital, listed
from agent.requests.about import plan_about
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.telling import add_table, difference_of, end_of_day, number_of, say_into, stage_label, uncapital
from agent.turn import Turn
from prompts.words import say
from tools.journey.proving import EventProof, StageProof, StandingProof, prove_standing
from tools.journey.versions import weights_in_force
from tools.trace.cells import Cell, CellType, Derivation

TOLD = 3
RECENT = timedelta(days=30)
MOVED = Decimal("0.01")
"""One point: less than that is not told as a move."""


def tell_standing(request: Request, turn: Turn) -> Outcome:
    """Where one customer stands, stage by stage. Raises StandingUnknown."""
    proof = _prove(request, turn, end_of_day(turn), "j1")

    def tell(draft: Draft) -> None:
        told = [each for each in proof.stages if each.n][:TOLD]
        if not told:
            say_into(draft, "standing_nothing", account=slot(proof.name))
            return
        first, *others = told
        say_into(draft, "standing_first", account=slot(proof.name), **_figures(first, draft.language))
        if others:
            say_into(
                draft,
                "standing_others",
                stages=listed([say("standing_stage", draft.language, **_figures(each, draft.language)) for each in others], draft.language),
            )
        if first.strongest:
            say_into(draft, "standing_carried", stage=stage_label(first, draft.language), events=_events(first.strongest[:2], draft.language, turn))
        _table(draft, proof)
        draft.notes.append(say("standing_note", draft.language))
        draft.next_steps = _next(proof, told, draft.language)

    return _outcome(proof, tell, turn)


def tell_why(request: Request, turn: Turn) -> Outcome:
    """Why a stage has its weight: its strongest evidence, and what it would be without each. Raises StandingUnknown."""
    proof = _prove(request, turn, end_of_day(turn), "j1")
    stage = next((each for each in proof.stages if each.stage == request.stage), None) or next((each for each in proof.stages if each.n), proof.stages[0])

    def tell(draft: Draft) -> None:
        figures = _figures(stage, draft.language)
        if not stage.n:
            say_into(draft, "why_nothing", account=slot(proof.name), **figures)
            return
        say_into(draft, "why_stage", account=slot(proof.name), events=slot(stage.events), **figures)
        say_into(draft, "why_strongest", list=_events(stage.strongest[:TOLD], draft.language, turn))
        _evidence_table(draft, stage, turn)
        draft.notes.append(say("why_note", draft.language))
        draft.next_steps = _next(proof, [stage], draft.language)[1:]

    return _outcome(proof, tell, turn)


def tell_moves(request: Request, turn: Turn) -> Outcome:
    """How the stages of a customer moved over a time, the last 30 days where none is named. Raises StandingUnknown."""
    until = end_of_day(turn)
    since = until - RECENT
    if request.period is not None and request.period.start is not None:
        since = datetime.combine(request.period.start, time(), UTC)
        until = min(until, datetime.combine(request.period.end, time.max, UTC)) if request.period.end is not None else until
    before, after = _prove(request, turn, since, "j0"), _prove(request, turn, until, "j1")
    found = before.found | after.found
    moves = []
    for each in after.stages:
        was = before.stage(each.stage)
        points = difference_of(was.weight, each.weight, f"j1.{each.stage}.moved", found)
        found[points.address] = points
        moves.append((each, was, points.address))
    moves.sort(key=lambda move: -abs(number_of(found, move[2])))

    def tell(draft: Draft) -> None:
        days = {"since": slot("j0.where.now", "day"), "until": slot("j1.where.now", "day")}
        moved = [move for move in moves if abs(number_of(found, move[2])) >= MOVED]
        if not moved:
            say_into(draft, "moves_none", account=slot(after.name), **days)
        for number, (stage, was, points) in enumerate(moved[:TOLD]):
            key = "moves_rose" if number_of(found, points) > 0 else "moves_fell"
            figures = {"stage": stage_label(stage, draft.language), "points": slot(points, "points"), "before": slot(was.weight), "after": slot(stage.weight)}
            say_into(draft, key if number else f"{key}_first", account=slot(after.name), **figures, **days)
        _moves_table(draft, moved)
        new = [event for stage, _, _ in moved[:1] for event in stage.strongest if str(found[event.at].value) > since.isoformat()]
        if new:
            say_into(draft, "moves_new", events=_events(new[:2], draft.language, turn))
        draft.notes.append(say("standing_note", draft.language))
        draft.next_steps = _next(after, [stage for stage, _, _ in moved[:1]], draft.language)

    outcome = _outcome(after, tell, turn)
    outcome.found, outcome.blocks = found, (*before.blocks, *after.blocks)
    return outcome


def _prove(request: Request, turn: Turn, now: datetime, call: str) -> StandingProof:
    assert request.account is not None  # noqa: S101 - checked before it was run
    return prove_standing(turn.session, turn.principal, turn.scope, request.account, now, call)


def _outcome(proof: StandingProof, tell: Callable[[Draft], None], turn: Turn) -> Outcome:
    return Outcome(tell, proof.found, tuple(proof.blocks), proof.as_of, about=plan_about("account", proof.account, turn))


def _figures(stage: StageProof, language: Language) -> dict[str, object]:
    return {"stage": stage_label(stage, language), "weight": slot(stage.weight), "low": slot(stage.low, "bound"), "high": slot(stage.high, "bound")}


def _events(events: list[EventProof], language: Language, turn: Turn) -> str:
    kinds = weights_in_force(turn.session)[1].evidence
    named = [
        say("standing_event", language, what=uncapital(kinds[each.evidence].label(language)), day=slot(each.at, "day"), points=slot(each.points, "points"))
        for each in events
        if each.evidence in kinds
    ]
    return say("standing_events_join", language).join(named)


def _table(draft: Draft, proof: StandingProof) -> None:
    shown = [each for each in proof.stages if each.n]
    if len(shown) < 2:
        return
    rows = []
    for each in shown:
        address = f"j1.{each.stage}.name"
        draft.cells[address] = Cell(
            address=address, value=capital(stage_label(each, draft.language)), type=CellType.STAGE, derivation=Derivation(formula="constant")
        )
        rows.append([draft.cells[name] for name in (address, each.weight, each.low, each.high, each.events)])
    add_table(
        draft,
        say("standing_table", draft.language),
        [say(f"standing_column_{name}", draft.language) for name in ("stage", "weight", "low", "high", "events")],
        rows,
    )
    title = say("standing_chart", draft.language, stage=capital(stage_label(shown[0], draft.language)))
    draft.charts.append(Chart(kind="intervals", title=title, table=len(draft.tables) - 1, low=2, high=3))


def _moves_table(draft: Draft, moved: list[tuple[StageProof, StageProof, str]]) -> None:
    if len(moved) < 2:
        return
    rows = []
    for stage, was, _ in moved:
        address = f"j1.{stage.stage}.name"
        draft.cells[address] = Cell(
            address=address, value=capital(stage_label(stage, draft.language)), type=CellType.STAGE, derivation=Derivation(formula="constant")
        )
        rows.append([draft.cells[name] for name in (address, was.weight, stage.weight)])
    add_table(draft, say("moves_table", draft.language), [say(f"moves_column_{name}", draft.language) for name in ("stage", "before", "after")], rows)
    (stage, _, points), *_ = moved
    key = "moves_chart_rose" if number_of(draft.cells, points) > 0 else "moves_chart_fell"
    title = say(key, draft.language, stage=capital(stage_label(stage, draft.language)))
    draft.charts.append(Chart(kind="moves", title=title, table=len(draft.tables) - 1, before=1, value=2))


def _evidence_table(draft: Draft, stage: StageProof, turn: Turn) -> None:
    kinds = weights_in_force(turn.session)[1].evidence
    rows = []
    for number, each in enumerate(stage.strongest, 1):
        address = f"j1.{stage.stage}_{number}.what"
        name = kinds[each.evidence].label(draft.language) if each.evidence in kinds else each.evidence
        draft.cells[address] = Cell(address=address, value=name, type=CellType.TEXT, derivation=Derivation(formula="constant"))
        rows.append([draft.cells[name] for name in (address, each.at, each.points)])
    add_table(draft, say("why_table", draft.language), [say(f"why_column_{name}", draft.language) for name in ("what", "day", "points")], rows)


def _next(proof: StandingProof, told: list[StageProof], language: Language) -> list[str]:
    steps = [say("standing_next_why", language, account=proof.account, stage=stage_label(each, language)) for each in told[:1]]
    return [*steps, say("standing_next_moves", language, account=proof.account), say("standing_next_talk", language, account=proof.account)]
