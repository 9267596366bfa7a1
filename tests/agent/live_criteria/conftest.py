"""A live model that says what a test has it say, and a criterion put to it as the service puts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.tool import ToolCall
from langchain_core.outputs import ChatGeneration, ChatResult

from agent.live_criteria.compiling import LiveCompiler
from tools.definitions.service import key_of
from tools.journey.criteria.checking import check_references, check_rule
from tools.journey.criteria.linking import Known
from tools.journey.criteria.ports import Asked
from tools.journey.criteria.reading import Compiled, compile_criterion
from tools.journey.criteria.schemas import Happened, Rule
from tools.trace.citation import Mode

TODAY = date(2026, 6, 30)
KNOWN = Known(persons=frozenset({"Dana Lee", "李雪"}), values={"region": ("华东", "North"), "sector": ("medical",)})
SAVED = {key_of(name): Rule(when=Happened(acts=("sign",))) for name in ("POC", "Started")}
Call = tuple[str, dict[str, Any]]


class Scripted(BaseChatModel):
    """Gives one call after another, the last again and again, and keeps what it was told."""

    calls: list[Call]
    told: list[list[BaseMessage]] = []
    offered: list[Any] = []

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Scripted:  # type: ignore[override]
        self.offered[:] = tools
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        name, args = self.calls[min(len(self.told), len(self.calls) - 1)]
        self.told.append(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage("", tool_calls=[ToolCall(name=name, args=args, id="c1")]))])


@dataclass
class Outcome:
    compiled: Compiled
    embedded: Compiled
    mode: Mode
    model: Scripted
    timings: dict[str, float]

    @property
    def refusal(self) -> str:
        """What the model was told of its first call."""
        return str(self.model.told[1][-1].content)


@dataclass
class Ask:
    name: str = "new"
    known: Known = field(default_factory=lambda: KNOWN)

    def __call__(self, text: str, *calls: Call) -> Outcome:
        embedded, model, modes, timings = compile_criterion(text, TODAY, self.known), Scripted(calls=list(calls), told=[], offered=[]), [], dict[str, float]()

        def check(rule: Rule) -> None:
            check_rule(rule)
            check_references(self.name, rule, lambda name: SAVED.get(key_of(name)), key_of)

        compiled = LiveCompiler(model, timings, modes.append)(Asked(text, TODAY, self.known, embedded, check))
        return Outcome(compiled, embedded, modes[-1], model, timings)


@pytest.fixture
def ask() -> Callable[..., Outcome]:
    return Ask()


def rule(*conditions: dict[str, Any], joints: Sequence[dict[str, Any]] = (), accounts: Sequence[dict[str, Any]] = (), **words: Any) -> Call:
    """A call that states a rule; keyword arguments say what unknown words mean, underscores for spaces."""
    numbered = [{"number": number} | each for number, each in enumerate(conditions, 1)]
    meanings = [{"word": word.replace("_", " "), "means": [means] if isinstance(means, str) else means} for word, means in words.items()]
    return "state_rule", {"conditions": numbered, "joints": list(joints), "accounts": list(accounts), "unknown_words": meanings}
