"""The embedded planner: the semantic parser behind the interface of a chat model. Whatever it returns is checked again by types before it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from agent.defining import cited
from agent.parsing import Parse, ParseContext, parse
from agent.parsing.language.incoming import clean
from agent.shown import ShownRows
from agent.turn import Turn
from tools.crm.query import Plan
from tools.crm.tools import CrmCall
from tools.threads.service import plan_before_last, unanswered

MOST_UNANSWERED = 4


class EmbeddedPlanner(BaseChatModel):
    """Answers with the tool call that the parser decided on; needs no key and no network."""

    parsed: Parse

    @property
    def _llm_type(self) -> str:
        return "plumbline-embedded"

    def bind_tools(self, tools: Sequence[Any], **_: object) -> Runnable[LanguageModelInput, AIMessage]:
        """The parser knows the tools by heart."""
        del tools
        return self

    def _generate(self, messages: list[BaseMessage], *_: object, **__: object) -> ChatResult:
        del messages  # the question was parsed before
        message = AIMessage(content="", tool_calls=[self._call()])
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _call(self) -> dict[str, Any]:
        if self.parsed.plan is not None:
            return {"name": "query_records", "args": self.parsed.plan.model_dump(mode="json", exclude_none=True), "id": "c1"}
        if self.parsed.clarify:
            return {"name": "ask_back", "args": {"numbers": list(range(1, len(self.parsed.clarify) + 1))}, "id": "c1"}
        return {"name": "cannot_answer", "args": {"not_understood": list(self.parsed.not_understood), "reason": self.parsed.reason}, "id": "c1"}


def read_question(question: str, turn: Turn, previous: Plan | None, before: int | None = None, *, whole: bool = False) -> Parse:
    """Parse with the turn's vocabulary and thread. ``before`` says how many turns back the question was asked; None: that it isn't part of the talk.

    ``whole``: only if every word of it is understood.
    """
    shown = ShownRows(lambda: CrmCall(turn.session, turn.catalog.model, turn.principal, turn.scope, turn.rates(), turn.texts))
    speaker = turn.principal.name or None
    context = ParseContext(
        turn.today, speaker, previous, turn.readable(), shown, turn.hollow, lambda: _earlier(turn), _unanswered(turn, before), turn.ranker, whole, turn.heard
    )
    parsed = parse(question, turn.catalog.model, turn.catalog.vocabulary, context)
    return cited(parsed, lambda: turn.linked(clean(question)), turn, previous)


def _unanswered(turn: Turn, before: int | None) -> tuple[str, ...]:
    """The questions right before one of the talk that got no answer, oldest first."""
    if before is None or not turn.goes_on:
        return ()
    return unanswered(turn.session, turn.thread_id, MOST_UNANSWERED, before)


def _earlier(turn: Turn) -> Plan | None:
    """The plan of the answered turn before the last."""
    found = plan_before_last(turn.session, turn.thread_id)
    return Plan.model_validate(found) if found is not None else None
