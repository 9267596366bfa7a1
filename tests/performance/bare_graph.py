"""The yardstick: an agent loop of LangGraph that does nothing, model to tool to model, with the same checkpointer and durability as a turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import tool
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition


@tool
def nothing(question: str) -> str:
    """Does nothing."""
    return question


class ScriptedModel(BaseChatModel):
    """Calls the tool, then answers with what it gave."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        last = messages[-1]
        if isinstance(last, ToolMessage):
            message = AIMessage(content=str(last.content))
        else:
            message = AIMessage(content="", tool_calls=[{"name": "nothing", "args": {"question": str(last.content)}, "id": "c1"}])
        return ChatResult(generations=[ChatGeneration(message=message)])


def bare_loop(checkpointer: BaseCheckpointSaver[Any]) -> Callable[[str], None]:
    """A function that runs one turn of the bare loop in a conversation of its own."""
    model = ScriptedModel()

    def think(state: MessagesState) -> dict[str, list[BaseMessage]]:
        return {"messages": [model.invoke(state["messages"])]}

    graph = StateGraph(MessagesState)
    graph.add_node("model", think)
    graph.add_node("tools", ToolNode([nothing]))
    graph.add_edge(START, "model")
    graph.add_conditional_edges("model", tools_condition)
    graph.add_edge("tools", "model")
    compiled = graph.compile(checkpointer=checkpointer)

    def run(question: str) -> None:
        done = compiled.invoke({"messages": [HumanMessage(question)]}, {"configurable": {"thread_id": uuid4().hex}}, durability="exit")
        assert len(done["messages"]) == 4

    return run
