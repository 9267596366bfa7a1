"""Who plans: the live model with one retry, else the embedded planner. The turn remembers which one spoke, and what the live one failed by."""

from __future__ import annotations

from typing import Any

from agent.answer import Choice
from agent.asking_live import Asking, ask_live
from agent.authorising import NotAuthorised, checked_plan
from agent.briefing import Briefing, brief
from agent.choosing import chosen
from agent.covering import check_covered
from agent.grounding import ground
from agent.live_query import LiveQuery, to_plan
from agent.namesakes import tell_apart
from agent.parsing import Parse
from agent.parsing.saying import say_back
from agent.planner import EmbeddedPlanner, read_question
from agent.turn import Turn
from tools.crm.query import Plan
from tools.crm.tools import AskBack, CannotAnswer, ChooseReading

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
    turn.begin_live()
    briefing = brief(question, turn, parsed, previous)

    def take(name: str, args: Call) -> list[Call]:
        calls = [_asked_apart(_settled(name, args, briefing, turn), question, turn)]
        checked_plan(calls, turn)
        return calls

    return ask_live(turn.live, Asking(briefing.messages, briefing.tools, turn.language), take, turn.timings)


def _settled(name: str, args: Call, briefing: Briefing, turn: Turn) -> Call:
    """A call as a typed plan, a question back, or a refusal. Raises NotAuthorised, and ValidationError for arguments of another type."""
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
