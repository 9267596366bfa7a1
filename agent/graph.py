"""The graph of one turn: receive, plan, authorise, act, compose, verify, record. Every effect happens in the last node."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agent.abstaining import draft_question_back, draft_refusal
from agent.answer import Language, StepStarted
from agent.authorising import NotAuthorised, checked_plan
from agent.composing.composer import Composer
from agent.composing.draft import Draft, render
from agent.composing.explaining import explain
from agent.composing.following import next_questions
from agent.defining import Told, tell
from agent.detailing import in_detail
from agent.emptiness import is_hollow
from agent.parsing.language.text import has_han
from agent.planner import read_question
from agent.planning import plan_embedded, plan_turn
from agent.recording import record
from agent.requests.answering import ENGINES, answer_request
from agent.requests.reading import call_of, read_criterion, read_request
from agent.requests.request import Request
from agent.ruling import tell_rules
from agent.starting import questions_by_kind
from agent.turn import Turn, TurnState
from agent.units.answering import answer_unit
from agent.units.reading import call_of as call_of_unit
from agent.units.reading import read_unit_request
from agent.units.request import UnitRequest
from agent.verifying import hold_to_evidence
from agent.wording import reword
from prompts.words import say
from tools.crm.query import Plan
from tools.crm.results import ResultSet
from tools.crm.tools import CrmCall, query_records
from tools.store.errors import PlumbError

Step = Literal["receive", "plan", "authorise", "act", "compose", "verify", "record"]
MOST_READINGS = 3
"""How many further readings of a question are tried, after one that nothing ever fits."""
MOST_UNDERSTOOD = 5_000
"""So many questions that we would offer are remembered with how they are read."""
Graph = CompiledStateGraph[TurnState, Turn, TurnState, TurnState]


def receive(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Begin a turn; what the last turn left in the state is dropped, but for its plan. Whom no tool is open to is told so at once."""
    turn = runtime.context
    turn.told = _refused(state["question"], "conversation", turn)
    return {"calls": [], "trace_id": ""}


def plan(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Choose tools."""
    previous, turn = state.get("previous"), runtime.context
    turn.told = turn.told or tell_rules(state["question"], turn) or tell(state["question"], turn)
    if turn.told is not None:
        turn.language = turn.told.language
        return {"calls": []}
    before = Plan.model_validate(previous) if previous else None

    def is_unread() -> bool:
        return read_question(state["question"], turn, before, 0).plan is None

    try:
        turn.unit_request = read_unit_request(state["question"], turn, is_unread)
        if turn.unit_request is not None:
            return {"calls": [call_of_unit(turn.unit_request)]}
        turn.request = read_request(state["question"], turn, before, is_unread)
    except PlumbError as error:
        turn.reason = say(error.key, turn.language, **error.data)
        return {"calls": [{"name": "cannot_answer", "args": {}, "id": "c1"}]}
    if turn.request is not None and turn.request.kind in ENGINES:
        return {"calls": [call_of(turn.request)]}
    turn.request = None
    calls = plan_turn(state["question"], turn, before)
    turn.request = read_criterion(state["question"], turn) if _is_refusal(calls) and not turn.readings else None
    return {"calls": calls if turn.request is None else [call_of(turn.request)]}


def _refused(question: str, tool: str, turn: Turn) -> Told | None:
    """What is said where the policies don't let somebody use a tool; None where they do."""
    verdict = turn.gate.use(turn.principal, tool)
    if verdict.allowed:
        return None
    language: Language = "zh" if has_han(question) else "en"
    keys = [f"policy_{rule.replace('-', '_')}" for rule in verdict.rules]
    return Told(" ".join(say(key, language) for rule in keys for key in (rule, f"{rule}_otherwise")), language)


def _is_refusal(calls: list[dict[str, Any]]) -> bool:
    return not calls or calls[0]["name"] == "cannot_answer"


def authorise(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Check each call by type and by what the caller may do. A call that fails is not run."""
    turn = runtime.context
    for call in state["calls"]:
        refused = _refused(state["question"], str(call["name"]), turn)
        if refused is not None:
            turn.told, turn.request, turn.unit_request = refused, None, None
    if turn.told is not None or turn.request is not None or turn.unit_request is not None:
        return {"plan": None}
    try:
        turn.plan = checked_plan(state["calls"], turn)
    except NotAuthorised:
        turn.plan, turn.reason = None, "not_in_data"
    return {"plan": _dumped(turn.plan)}


def act(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Run the calls with the caller's identity."""
    turn = runtime.context
    if turn.unit_request is not None:
        return _ask_room(turn.unit_request, turn)
    if turn.request is not None:
        return _ask_engine(turn.request, turn)
    if turn.plan is not None:
        try:
            turn.results = _run(turn)
            return _doubt_emptiness(state, turn)
        except PlumbError as error:
            turn.reason = say(error.key, turn.language, **error.data)
            turn.plan = None
            if turn.mode == "live":
                return _act_embedded(state, turn)
    return {}


def _ask_engine(request: Request, turn: Turn) -> TurnState:
    """What the engine found; where it can't tell, its reason in a sentence."""
    try:
        turn.outcome = answer_request(request, turn)
    except PlumbError as error:
        turn.reason = say(error.key, turn.language, **error.data)
    return {}


def _ask_room(request: UnitRequest, turn: Turn) -> TurnState:
    """What is found about a unit; where it can't be told, the reason in a sentence."""
    try:
        turn.outcome = answer_unit(request, turn)
    except PlumbError as error:
        turn.reason = say(error.key, turn.language, **error.data)
    return {}


def _act_embedded(state: TurnState, turn: Turn) -> TurnState:
    """A live model's plan that the engine refused gives way to the embedded planner's."""
    previous = state.get("previous")
    calls = plan_embedded(state["question"], turn, Plan.model_validate(previous) if previous else None)
    try:
        turn.plan = checked_plan(calls, turn)
        turn.results = _run(turn) if turn.plan is not None else ()
        made: TurnState = {"calls": calls, "plan": _dumped(turn.plan)}
        made.update(_doubt_emptiness(state, turn))
        return made
    except (NotAuthorised, PlumbError):
        turn.plan = None
    return {"calls": calls, "plan": None}


def _run(turn: Turn) -> tuple[ResultSet, ...]:
    assert turn.plan is not None  # noqa: S101 - the caller looked
    model = turn.catalog.model
    return query_records(CrmCall(turn.session, model, turn.principal, turn.scope, turn.rates(), turn.texts), in_detail(turn.plan, model))


def _dumped(plan: Plan | None) -> dict[str, Any] | None:
    return plan.model_dump(mode="json", exclude_none=True) if plan is not None else None


def _doubt_emptiness(state: TurnState, turn: Turn) -> TurnState:
    """A reading that no record fits at any time gives way to the next one that some do; where there is none, it is not answered with nought."""
    plan = turn.plan
    if plan is None or not _is_hollow(turn, plan):
        return {}
    if turn.live is None and turn.mode == "embedded" and (calls := _read_otherwise(state, turn, plan)):
        return {"calls": calls, "plan": _dumped(turn.plan)}
    said = plan.said_back_zh if turn.language == "zh" else plan.said_back_en
    turn.plan, turn.results, turn.reason = None, (), say("reading_fits_nothing", turn.language, said=said)
    return {}


def _is_hollow(turn: Turn, plan: Plan) -> bool:
    call = CrmCall(turn.session, turn.catalog.model, turn.principal, turn.scope, turn.rates(), turn.texts)
    model = turn.catalog.model
    return is_hollow(plan, turn.results, model, lambda query: query_records(call, Plan(queries=(query,)))[0])


def _read_otherwise(state: TurnState, turn: Turn, plan: Plan) -> list[dict[str, Any]]:
    """The calls of the next reading that something fits, which the turn goes on with; none where there is no such reading."""
    previous = state.get("previous")
    before = Plan.model_validate(previous) if previous else None
    said = (turn.margin, turn.confidence, turn.doubts)
    for _ in range(MOST_READINGS):
        turn.hollow = (*turn.hollow, *plan.queries)
        calls = plan_turn(state["question"], turn, before)
        try:
            other = checked_plan(calls, turn)
            turn.plan, turn.results = other, ()
            turn.results = _run(turn) if other is not None else ()
        except (NotAuthorised, PlumbError):
            other = None
        if other is None:
            break
        if not _is_hollow(turn, other.model_copy(update={"focus": "list"})):
            return calls
        plan = other
    (turn.margin, turn.confidence, turn.doubts), turn.readings = said, ()
    return []


def compose(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Draft the sentences; a live model may reword around the slots."""
    turn = runtime.context
    if turn.told is not None:
        turn.draft = turn.told.draft()
        return {}
    if turn.outcome is not None:
        turn.draft = Draft(turn.language, cells=turn.outcome.cells())
        turn.outcome.tell(turn.draft)
        return {}
    if turn.plan is None:
        turn.draft = draft_question_back(turn) if turn.readings else draft_refusal(turn)
        return {}
    if turn.explains:
        turn.draft = explain(turn.plan, turn.results, turn.catalog.model, turn.language, turn.principal.clearance)
        return {}
    plan = in_detail(turn.plan, turn.catalog.model)
    composer = Composer(plan, turn.results, turn.catalog.model, turn.language, turn.principal.clearance)
    scope = turn.scope.describe(turn.principal, turn.language)
    turn.draft = composer.compose(turn.catalog.newest if turn.from_data_end else None, scope, _examples(turn))
    if turn.live is not None and turn.rewords and turn.mode == "live":
        turn.draft = reword(turn.draft, turn.live, turn.catalog.vocabulary.names)
    else:
        turn.draft.next_steps = list(_examples(turn)[:3] or _next_steps(turn))
    return {}


def _examples(turn: Turn) -> tuple[str, ...]:
    """For whoever asks what can be asked: a question for each kind of record."""
    assert turn.plan is not None  # noqa: S101 - only answers have examples
    if turn.plan.focus != "askable":
        return ()
    kinds = [query.entity for query in turn.plan.queries]
    return questions_by_kind(kinds, turn.catalog.vocabulary, turn.principal.clearance, turn.language, _understanding(turn))


def _next_steps(turn: Turn) -> tuple[str, ...]:
    """Questions that follow from this answer and that are understood as they are meant."""
    assert turn.plan is not None  # noqa: S101 - only answers lead on
    return next_questions(turn.plan, turn.results, turn.catalog.model, turn.language, _understanding(turn))


def _understanding(turn: Turn) -> Callable[[str], Plan | None]:
    """How a question of ours is read that we would show: outside of the talk, and only where all of it is understood."""
    held = turn.catalog.understood
    reader = (turn.principal, turn.today, turn.hollow, tuple(turn.catalog.vocabulary.defined))

    def read(question: str) -> Plan | None:
        known = held.get((question, reader))
        if known is None:
            if len(held) >= MOST_UNDERSTOOD:
                held.clear()
            known = held[question, reader] = (read_question(question, turn, None, whole=True).plan,)
        return known[0]

    return read


def verify(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Hold every claim to its bound cell; what fails is dropped, and nothing left means abstaining."""
    turn = runtime.context
    assert turn.draft is not None  # noqa: S101 - compose always drafts
    if turn.told is None:
        turn.draft = hold_to_evidence(turn.draft, turn.proofs())
    if not turn.draft.sentences:
        turn.draft = draft_refusal(turn)
    turn.rendered = render(turn.draft)
    return {}


def record_turn(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Write the trace and the run in one transaction."""
    turn = runtime.context
    turn.answer = record(state["question"], turn)
    about = turn.plan if turn.outcome is None else turn.outcome.about
    if turn.answer.abstained or about is None:
        return {"trace_id": turn.answer.trace_id}
    return {"trace_id": turn.answer.trace_id, "previous": about.model_dump(mode="json", exclude_none=True)}


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None) -> Graph:
    """The compiled graph."""
    graph = StateGraph(TurnState, context_schema=Turn)
    steps: list[tuple[Step, Callable[[TurnState, Runtime[Turn]], TurnState]]] = [
        ("receive", receive),
        ("plan", plan),
        ("authorise", authorise),
        ("act", act),
        ("compose", compose),
        ("verify", verify),
        ("record", record_turn),
    ]
    for name, step in steps:
        graph.add_node(name, _timed(name, step))
    graph.add_edge(START, "receive")
    for (before, _), (after, _) in pairwise(steps):
        graph.add_edge(before, after)
    graph.add_edge("record", END)
    return graph.compile(checkpointer=checkpointer)


def _timed(name: Step, step: Callable[[TurnState, Runtime[Turn]], TurnState]) -> Any:  # noqa: ANN401 - LangGraph's node type
    """Announce the step and keep how long it took."""

    def run(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
        began = time.perf_counter()
        runtime.stream_writer(StepStarted(name=name, text=say(f"step_{name}", runtime.context.language)))
        update = step(state, runtime)
        runtime.context.timings[name] = round((time.perf_counter() - began) * 1000, 2)
        return update

    return run
