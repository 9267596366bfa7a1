"""Who plans: the live model with one retry, else the embedded planner. The turn remembers which one spoke, and what the live one failed by."""

from __future__ import annotations

import time
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable
from pydantic import ValidationError

from agent.answer import Choice
from agent.authorising import NotAuthorised, checked_plan
from agent.briefing import Briefing, brief
from agent.choosing import chosen
from agent.covering import check_covered
from agent.grounding import ground
from agent.live import LASTING, FaultKind, LiveFault, LiveModel, log_fault
from agent.live_query import LiveQuery, to_plan
from agent.namesakes import tell_apart
from agent.parsing import Parse
from agent.parsing.saying import say_back
from agent.planner import EmbeddedPlanner, read_question
from agent.turn import Turn
from prompts.words import say
from tools.crm.query import Plan
from tools.crm.tools import AskBack, CannotAnswer, ChooseReading

ATTEMPTS = 2
UNSURE = {None, "not_understood"}  # any other reason is a fact about the question or the data, which no model can change
Call = dict[str, Any]


def plan_turn(question: str, turn: Turn, previous: Plan | None) -> list[Call]:
    """Tool calls for a question. A live model that fails or calls what does not exist is replaced by the embedded planner."""
    parsed = chosen(question, turn, previous) or tell_apart(read_question(question, turn, previous, 0), question, turn)
    turn.language, turn.margin, turn.confidence, turn.explains = parsed.language, parsed.margin, parsed.confidence, parsed.explains
    turn.doubts = parsed.doubts
    turn.not_understood, turn.reason, turn.nearest = parsed.not_understood, parsed.reason or "", parsed.nearest
    turn.readings = tuple(Choice(text=reading.said_back, ask=reading.said_back) for reading in parsed.clarify)
    if turn.live is not None and parsed.reason in UNSURE and not parsed.explains:
        calls = _ask_live(question, turn, parsed, previous)
        if calls is not None:
            turn.mode = "live"
            return calls
        turn.mode = "embedded_after_live"
    message = EmbeddedPlanner(parsed=parsed).invoke(question)
    return [dict(call) for call in message.tool_calls]


def plan_embedded(question: str, turn: Turn, previous: Plan | None) -> list[Call]:
    """Tool calls of the embedded planner, after a live model's plan could not be run."""
    turn.live, turn.mode = None, "embedded_after_live"
    return plan_turn(question, turn, previous)


def _ask_live(question: str, turn: Turn, parsed: Parse, previous: Plan | None) -> list[Call] | None:
    """The calls of the live model, checked; None where it gave none that hold."""
    assert turn.live is not None  # noqa: S101 - the caller looked
    if isinstance(turn.live, LiveModel):
        if turn.live.health.rests:
            _note(turn, LiveFault("resting"), time.perf_counter())
            return None
        turn.live = turn.live.begin_turn()
    faults: list[FaultKind] = []
    briefing = brief(question, turn, parsed, previous)
    messages = list(briefing.messages)
    for _ in range(ATTEMPTS):
        began = time.perf_counter()
        try:
            calls = [_asked_apart(_settled(_invoke(turn.live, briefing, messages, faults), briefing, turn), question, turn)]
            checked_plan(calls, turn)
        except LiveFault as fault:
            _note(turn, fault, began, logged=isinstance(turn.live, LiveModel) and fault.kind not in {"no_tool", "several_tools"})
            faults.append(fault.kind)
        except NotAuthorised as error:
            _note(turn, LiveFault(error.kind), began)
            faults.append(error.kind)
            messages = [*briefing.messages, HumanMessage(say("plan_refused", turn.language, reason=str(error)))]
        else:
            _remember(turn.live, [])
            return calls
        if faults[-1] == "declined":
            break
    _remember(turn.live, faults)
    return None


def _invoke(live: BaseChatModel, briefing: Briefing, messages: list[BaseMessage], faults: list[FaultKind]) -> AIMessage:
    """One call; after an endpoint refused or garbled the first, the plainest form of it that there is."""
    plain = bool(faults) and faults[-1] in {"refused", "unreadable", "cut_short", "empty"}
    tools = list(briefing.tools)
    bound: Runnable[LanguageModelInput, AIMessage] = live.bind_tools(tools).bind(stream=False) if plain else live.bind_tools(tools, tool_choice="any")
    try:
        return bound.invoke(messages)
    except LiveFault:
        raise
    except Exception as error:
        raise LiveFault("unreadable", type(error).__name__) from error


def _settled(message: AIMessage, briefing: Briefing, turn: Turn) -> Call:
    """The one call of a message as a typed plan, a question back, or a refusal. Raises LiveFault and NotAuthorised."""
    if len(message.tool_calls) != 1:
        raise LiveFault("several_tools" if message.tool_calls else "no_tool")
    name, args = message.tool_calls[0]["name"], message.tool_calls[0]["args"]
    try:
        match name:
            case "choose_reading":
                number = ChooseReading.model_validate(args).number
                if number > len(briefing.readings):
                    raise NotAuthorised("no reading has this number")
                return _query(briefing.readings[number - 1])
            case "query_records":
                return _query(_own_plan(LiveQuery.model_validate(args), briefing, turn))
            case "ask_back":
                return _question_back(AskBack.model_validate(args), turn)
            case "cannot_answer":
                return _declined(CannotAnswer.model_validate(args), briefing, turn)
    except ValidationError as error:
        raise NotAuthorised("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in error.errors()[:5])) from error
    raise NotAuthorised(f"no tool is called {name[:40]}", "unknown_tool")


def _asked_apart(call: Call, question: str, turn: Turn) -> Call:
    """A plan with the records that its names mean; where several of the speaker's bear one, the question which of them."""
    if call["name"] != "query_records":
        return call
    plan = Plan.model_validate(call["args"])
    told = tell_apart(Parse(language=turn.language, plan=plan), question, turn)
    if told.plan is not None:
        return call if told.plan is plan else _query(told.plan)
    turn.readings = tuple(Choice(text=reading.said_back, ask=reading.said_back) for reading in told.clarify)
    return {"name": "ask_back", "args": {"numbers": list(range(1, len(turn.readings) + 1))}, "id": "c1"}


def _own_plan(written: LiveQuery, briefing: Briefing, turn: Turn) -> Plan:
    """A plan that the model wrote, in the store's spelling, covering the question, and said back in our words."""
    model, vocabulary = turn.catalog.model, turn.catalog.vocabulary
    plan = ground(to_plan(written, briefing.found, model), briefing.named, vocabulary, turn.principal.clearance)
    plan = check_covered(plan, briefing.linked, written.unknown_words, vocabulary, briefing.earlier)
    query = plan.queries[0]
    return plan.model_copy(update={"language": turn.language, "said_back_en": say_back(query, model, "en"), "said_back_zh": say_back(query, model, "zh")})


def _question_back(asked: AskBack, turn: Turn) -> Call:
    """The readings to choose from, fewer where the model ruled some out."""
    kept = [number for number in dict.fromkeys(asked.numbers) if 1 <= number <= len(turn.readings)]
    if len(kept) != len(set(asked.numbers)) or len(turn.readings) < 2 or len(kept) == 1:
        raise NotAuthorised("the readings to ask about were not offered")
    if kept:
        turn.readings = tuple(turn.readings[number - 1] for number in sorted(kept))
    return {"name": "ask_back", "args": {"numbers": list(range(1, len(turn.readings) + 1))}, "id": "c1"}


def _declined(refused: CannotAnswer, briefing: Briefing, turn: Turn) -> Call:
    """Not being able to answer, where the parser has no reading either."""
    if briefing.readings:
        raise NotAuthorised("a reading answers the question", "declined")
    return {"name": "cannot_answer", "args": {"not_understood": list(turn.not_understood), "reason": refused.reason[:40]}, "id": "c1"}


def _query(plan: Plan) -> Call:
    return {"name": "query_records", "args": plan.model_dump(mode="json", exclude_none=True), "id": "c1"}


def _note(turn: Turn, fault: LiveFault, began: float, logged: bool = False) -> None:
    """Keep with the turn what the live model failed by and how long that took; the run is recorded with it."""
    name = f"live_{fault.kind}"
    turn.timings[name] = round(turn.timings.get(name, 0.0) + (time.perf_counter() - began) * 1000, 2)
    if not logged:
        log_fault(fault)


def _remember(live: BaseChatModel, faults: list[FaultKind]) -> None:
    """An endpoint that gave nothing at all is left alone for a while after some turns."""
    if isinstance(live, LiveModel):
        if faults and all(kind in LASTING for kind in faults):
            live.health.failed_a_turn()
        else:
            live.health.worked()
