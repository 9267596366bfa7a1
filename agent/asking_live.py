"""Asks a live model for one tool call: the first answer and one retry, told what was wrong. Knows neither questions nor rules."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable
from pydantic import ValidationError

from agent.answer import Language
from agent.authorising import NotAuthorised
from agent.live import LASTING, FaultKind, LiveFault, LiveModel, log_fault
from prompts.words import say

ATTEMPTS = 2
Taken = TypeVar("Taken")
Take = Callable[[str, dict[str, Any]], Taken]
"""What a call, by its tool's name and arguments, comes to. Raises NotAuthorised, ValidationError and LiveFault where it does not hold."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a model is told, the tools that it may call, and the language in which a refusal is told to it."""

    messages: tuple[BaseMessage, ...]
    tools: Sequence[dict[str, Any]]
    language: Language


def ask_live(live: BaseChatModel, asking: Asking, take: Take[Taken], timings: dict[str, float]) -> Taken | None:
    """What the model's call comes to; None where it gave none that holds. ``timings`` keep what it failed by, in milliseconds."""
    if isinstance(live, LiveModel):
        if live.health.rests:
            _note(timings, LiveFault("resting"), time.perf_counter())
            return None
        live = live.begin_turn()
    faults: list[FaultKind] = []
    messages = list(asking.messages)
    for _ in range(ATTEMPTS):
        began = time.perf_counter()
        try:
            taken = _taken(_invoke(live, asking, messages, faults), take)
        except LiveFault as fault:
            _note(timings, fault, began, logged=isinstance(live, LiveModel) and fault.kind not in {"no_tool", "several_tools"})
            faults.append(fault.kind)
        except NotAuthorised as error:
            _note(timings, LiveFault(error.kind), began)
            faults.append(error.kind)
            messages = [*asking.messages, HumanMessage(say("plan_refused", asking.language, reason=str(error)))]
        else:
            _remember(live, [])
            return taken
        if faults[-1] == "declined":
            break
    _remember(live, faults)
    return None


def _invoke(live: BaseChatModel, asking: Asking, messages: list[BaseMessage], faults: list[FaultKind]) -> AIMessage:
    """One call; after an endpoint refused or garbled the first, the plainest form of it that there is."""
    plain = bool(faults) and faults[-1] in {"refused", "unreadable", "cut_short", "empty"}
    tools = list(asking.tools)
    bound: Runnable[LanguageModelInput, AIMessage] = live.bind_tools(tools).bind(stream=False) if plain else live.bind_tools(tools, tool_choice="any")
    try:
        return bound.invoke(messages)
    except LiveFault:
        raise
    except Exception as error:
        raise LiveFault("unreadable", type(error).__name__) from error


def _taken(message: AIMessage, take: Take[Taken]) -> Taken:
    if len(message.tool_calls) != 1:
        raise LiveFault("several_tools" if message.tool_calls else "no_tool")
    try:
        return take(message.tool_calls[0]["name"], message.tool_calls[0]["args"])
    except ValidationError as error:
        raise NotAuthorised("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in error.errors()[:5])) from error


def _note(timings: dict[str, float], fault: LiveFault, began: float, logged: bool = False) -> None:
    """Keep what the live model failed by and how long that took; the run is recorded with it."""
    name = f"live_{fault.kind}"
    timings[name] = round(timings.get(name, 0.0) + (time.perf_counter() - began) * 1000, 2)
    if not logged:
        log_fault(fault)


def _remember(live: BaseChatModel, faults: list[FaultKind]) -> None:
    """An endpoint that gave nothing at all is left alone for a while after some turns."""
    if isinstance(live, LiveModel):
        if faults and all(kind in LASTING for kind in faults):
            live.health.failed_a_turn()
        else:
            live.health.worked()
