"""Chooses tools: a chat model bound to them, live or embedded. Whatever it returns is checked again by types before it runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from agent.parsing import Parse, parse
from agent.parsing.saying import say_back
from agent.turn import Turn
from prompts.words import say
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel
from tools.crm.tools import AskBack, CannotAnswer, ChooseReading, QueryRecords

TOOLS = {"query_records": QueryRecords, "choose_reading": ChooseReading, "ask_back": AskBack, "cannot_answer": CannotAnswer}


class EmbeddedPlanner(BaseChatModel):
    """The semantic parser behind the interface of a chat model; needs no key and no network."""

    parsed: Parse

    @property
    def _llm_type(self) -> str:
        return "plumbline-embedded"

    def bind_tools(self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any) -> Runnable[LanguageModelInput, AIMessage]:
        """The parser knows the tools by heart."""
        return self

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        message = AIMessage(content="", tool_calls=[self._call()])
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _call(self) -> dict[str, Any]:
        if self.parsed.plan is not None:
            return {"name": "query_records", "args": self.parsed.plan.model_dump(mode="json", exclude_none=True), "id": "c1"}
        if self.parsed.clarify:
            return {"name": "ask_back", "args": {"numbers": list(range(1, len(self.parsed.clarify) + 1))}, "id": "c1"}
        return {"name": "cannot_answer", "args": {"not_understood": list(self.parsed.not_understood), "reason": self.parsed.reason}, "id": "c1"}


def plan_messages(question: str, turn: Turn, parsed: Parse) -> list[BaseMessage]:
    """What a live model is told: the tools' vocabulary, today, and the readings that the parser offers as choices.

    Text of records never gets here: names of the data come in only as typed candidates inside the readings.
    """
    offered = readings(parsed)
    listed = [{"number": i, "reading": said, "plan": plan.model_dump(mode="json", exclude_none=True)} for i, (said, plan) in enumerate(offered, 1)]
    system = say("plan_system", "en", today=turn.today.isoformat(), model=_summary(turn.catalog.model), readings=json.dumps(listed, ensure_ascii=False))
    return [SystemMessage(system), HumanMessage(question)]


def readings(parsed: Parse) -> list[tuple[str, Plan]]:
    """The parser's readings, best first."""
    if parsed.plan is not None:
        return [(parsed.plan.said_back_en, parsed.plan)]
    return [(reading.said_back, reading.plan) for reading in parsed.clarify]


def tool_definitions() -> list[dict[str, Any]]:
    """The tools in the form that OpenAI-compatible endpoints take."""
    return [
        {"type": "function", "function": {"name": name, "description": (tool.__doc__ or "").strip(), "parameters": tool.model_json_schema()}}
        for name, tool in TOOLS.items()
    ]


def _summary(model: SemanticModel) -> str:
    lines = []
    for entity in model.entities.values():
        fields = ", ".join(f"{f.key}:{f.to or f.type}" for f in entity.fields.values())
        lines.append(f"{entity.key}({fields})")
    lines += [f"measure {measure.key} of {measure.entity}: {measure.define.label('en')}" for measure in model.measures.values()]
    return "\n".join(lines)


def read_question(question: str, turn: Turn, previous: Plan | None) -> Parse:
    """Parse with the turn's vocabulary and thread."""
    from agent.parsing import ParseContext  # noqa: PLC0415

    context = ParseContext(today=turn.today, speaker=turn.principal.name or None, previous=previous)
    return parse(question, turn.catalog.model, turn.catalog.vocabulary, context)


__all__ = ["TOOLS", "EmbeddedPlanner", "plan_messages", "read_question", "readings", "say_back", "tool_definitions"]
