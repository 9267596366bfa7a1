"""A live model within bounds: so long a call, so long a turn, so much text; whatever goes wrong has a kind and is logged.

It knows no protocol: how an endpoint's errors read is told to it by the integration that opens the model.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any, Literal, Self

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

MOST_LETTERS = 40_000
RESTS_AFTER = 3
REST_S = 30.0

FaultKind = Literal[
    "timed_out", "unreachable", "overloaded", "server_error", "refused", "unreadable", "cut_short", "too_long", "empty",
    "no_tool", "several_tools", "unknown_tool", "bad_arguments", "unknown_name", "not_in_question", "declined", "resting",
]  # fmt: skip
LASTING: frozenset[FaultKind] = frozenset({"timed_out", "unreachable", "overloaded", "server_error", "refused"})


class LiveFault(Exception):
    """The live model gave nothing that can be used. ``kind`` says why, without any text of the endpoint's."""

    def __init__(self, kind: FaultKind, detail: str = "") -> None:
        """``detail`` is for the log: names of types and numbers, never texts of records, keys or replies."""
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind: FaultKind = kind
        self.detail = detail


@dataclass(slots=True)
class Health:
    """Whether an endpoint is worth waiting for: after some turns that it failed in a row, it is left alone for a while."""

    failed: int = 0
    rests_until: float = 0.0

    def worked(self) -> None:
        """A turn in which the endpoint answered, sensibly or not."""
        self.failed, self.rests_until = 0, 0.0

    def failed_a_turn(self) -> None:
        """A turn in which nothing came back."""
        self.failed += 1
        if self.failed >= RESTS_AFTER:
            self.rests_until = time.monotonic() + REST_S

    @property
    def rests(self) -> bool:
        """Whether the endpoint is being left alone now."""
        return time.monotonic() < self.rests_until


class LiveModel(BaseChatModel):
    """Another chat model behind limits of time and size. A call that runs over is abandoned, not waited for.

    ``call_s`` bounds one call, ``turn_s`` all calls of a turn together, from ``begin_turn`` on.
    """

    model: Runnable[LanguageModelInput, AIMessage]
    call_s: float
    turn_s: float
    explain: Callable[[Exception], FaultKind] = lambda _: "unreadable"
    deadline: float | None = None
    health: Health = Field(default_factory=Health)

    @property
    def _llm_type(self) -> str:
        return "plumbline-live"

    def begin_turn(self) -> Self:
        """The model with the time of one turn before it; one whose turn has begun goes on with what is left of that."""
        if self.deadline is not None:
            return self
        return self.model_copy(update={"deadline": time.monotonic() + self.turn_s})

    def bind_tools(self, tools: Sequence[Any], **options: Any) -> Runnable[LanguageModelInput, AIMessage]:  # noqa: ANN401 - LangChain's signature
        """This model, within the same limits, with tools to call."""
        assert isinstance(self.model, BaseChatModel)  # noqa: S101 - tools are bound once
        return self.model_copy(update={"model": self.model.bind_tools(tools, **options)})

    def _generate(self, messages: list[BaseMessage], *_: object, **options: Any) -> ChatResult:  # noqa: ANN401 - LangChain's signature
        try:
            message = self._within_time(messages, options)
        except LiveFault as fault:
            log_fault(fault)
            raise
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _within_time(self, messages: list[BaseMessage], options: dict[str, Any]) -> AIMessage:
        """The whole message; a thread of its own does the waiting, because not every wait of a client can be bounded."""
        left = self.call_s if self.deadline is None else min(self.call_s, self.deadline - time.monotonic())
        if left <= 0:
            raise LiveFault("timed_out", "nothing left of the turn's time")
        outcome: Future[AIMessage] = Future()
        stopped = Event()

        def work() -> None:
            try:
                outcome.set_result(self._gather(messages, options, stopped))
            except BaseException as error:
                outcome.set_exception(error)

        Thread(target=work, name="live-model", daemon=True).start()
        try:
            return outcome.result(timeout=left)
        except LiveFault:
            raise
        except TimeoutError as error:
            stopped.set()
            raise LiveFault("timed_out", f"after {left:.1f} s") from error
        except Exception as error:
            raise LiveFault(self.explain(error), type(error).__name__) from error

    def _gather(self, messages: list[BaseMessage], options: dict[str, Any], stopped: Event) -> AIMessage:
        if options.get("stream") is False:
            return _checked(self.model.invoke(messages, **options))
        chunks: list[AIMessageChunk] = []
        letters = 0
        for part in self.model.stream(messages, **options):
            if stopped.is_set():
                raise LiveFault("timed_out")
            letters += _letters(part)
            if letters > MOST_LETTERS:
                raise LiveFault("too_long", f"over {MOST_LETTERS} letters")
            if not isinstance(part, AIMessageChunk):
                return _checked(part)
            chunks.append(part)
        if not chunks:
            raise LiveFault("empty")
        return _whole(chunks[0] if len(chunks) == 1 else chunks[0].__add__(chunks[1:]))


_log_lock = Lock()


def log_fault(fault: LiveFault) -> None:
    """Say in the log that the live model failed, and how."""
    import structlog  # where nothing fails, nothing is logged

    with _log_lock:
        structlog.get_logger("live").warning("live_model_failed", fault=fault.kind, detail=fault.detail)


def _letters(message: AIMessage) -> int:
    calls = getattr(message, "tool_call_chunks", None) or ()
    return len(str(message.content)) + sum(len(call.get("args") or "") for call in calls)


def _whole(chunk: AIMessageChunk) -> AIMessage:
    """The streamed message, with arguments that are whole JSON: half an argument list is a different question."""
    if not chunk.response_metadata.get("finish_reason"):
        raise LiveFault("cut_short", "the stream ended before the message did")
    calls = []
    for number, part in enumerate(chunk.tool_call_chunks, 1):
        try:
            args = json.loads(part.get("args") or "{}")
        except ValueError as error:
            raise LiveFault("bad_arguments", "not JSON") from error
        if not isinstance(args, dict):
            raise LiveFault("bad_arguments", "not an object")
        calls.append(ToolCall(name=part.get("name") or "", args=args, id=part.get("id") or f"c{number}"))
    return _checked(AIMessage(content=chunk.content, tool_calls=calls, response_metadata=chunk.response_metadata))


def _checked(message: AIMessage) -> AIMessage:
    if message.response_metadata.get("finish_reason") == "length":
        raise LiveFault("cut_short", "out of tokens")
    if message.invalid_tool_calls:
        raise LiveFault("bad_arguments", "not JSON")
    if _letters(message) > MOST_LETTERS:
        raise LiveFault("too_long", f"over {MOST_LETTERS} letters")
    if not message.tool_calls and not str(message.content).strip():
        raise LiveFault("empty")
    return message
