"""Who plans: the live model with one retry, else the embedded planner. The turn remembers which one spoke."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessage

from agent.answer import Choice
from agent.authorising import NotAuthorised, checked_plan
from agent.parsing import Parse
from agent.planner import EmbeddedPlanner, plan_messages, read_question, readings, tool_definitions
from agent.turn import Turn
from tools.crm.query import Plan

ATTEMPTS = 2


def plan_turn(question: str, turn: Turn, previous: Plan | None) -> list[dict[str, Any]]:
    """Tool calls for a question. A live model that fails or calls what does not exist is replaced by the embedded planner."""
    parsed = read_question(question, turn, previous)
    turn.language, turn.margin = parsed.language, parsed.margin
    turn.not_understood, turn.reason, turn.nearest = parsed.not_understood, parsed.reason or "", parsed.nearest
    turn.readings = _choices(parsed, turn)
    if turn.live is not None and not _is_unusable(parsed):
        calls = _ask_live(question, turn, parsed)
        if calls is not None:
            turn.mode = "live"
            return calls
        turn.mode = "embedded_after_live"
    message = EmbeddedPlanner(parsed=parsed).invoke(question)
    return [dict(call) for call in message.tool_calls]


def _is_unusable(parsed: Parse) -> bool:
    """Input that no model should see: empty, far too long."""
    return parsed.reason in {"empty", "too_long"}


def _ask_live(question: str, turn: Turn, parsed: Parse) -> list[dict[str, Any]] | None:
    assert turn.live is not None  # noqa: S101 - the caller looked
    bound = turn.live.bind_tools(tool_definitions(), tool_choice="any")
    messages = plan_messages(question, turn, parsed)
    for _ in range(ATTEMPTS):
        try:
            message = bound.invoke(messages)
            calls = _settle(message, parsed)
            checked_plan(calls, turn)
        except NotAuthorised:
            continue
        except Exception as error:  # noqa: BLE001 - whatever an endpoint does, the embedded planner answers
            turn.timings["live_failed"] = turn.timings.get("live_failed", 0) + 1
            _ = error
            continue
        return calls
    return None


def _settle(message: AIMessage, parsed: Parse) -> list[dict[str, Any]]:
    """A chosen reading becomes the plan that it names."""
    calls = [dict(call) for call in message.tool_calls]
    if not calls:
        raise NotAuthorised("no tool was called")
    for call in calls:
        if call["name"] == "choose_reading":
            offered, number = readings(parsed), call["args"].get("number")
            if not isinstance(number, int) or not 1 <= number <= len(offered):
                raise NotAuthorised(f"reading {number} was not offered")
            call["name"], call["args"] = "query_records", offered[number - 1][1].model_dump(mode="json", exclude_none=True)
    return calls


def _choices(parsed: Parse, turn: Turn) -> tuple[Choice, ...]:
    return tuple(Choice(text=reading.said_back, ask=reading.said_back) for reading in parsed.clarify)
