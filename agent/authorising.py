"""Checks a planner's calls before anything runs: a known tool, arguments of its type, names that exist, a principal who may use them."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from agent.live import FaultKind
from agent.turn import Turn
from tools.crm.query import Plan, Query, inner_queries
from tools.crm.tools import AskBack, CannotAnswer, QueryRecords


class NotAuthorised(Exception):
    """A call that is not run: no such tool, or arguments that don't fit it. ``kind`` says which."""

    def __init__(self, detail: str, kind: FaultKind = "bad_arguments") -> None:
        """``detail`` is about the call itself and may be told to the planner that made it."""
        super().__init__(detail)
        self.kind: FaultKind = kind


def checked_plan(calls: list[dict[str, Any]], turn: Turn) -> Plan | None:
    """The plan that was called for; None where the planner asks back or can't answer.

    Raises NotAuthorised. The language of the answer is the question's, whatever a model says.
    """
    if len(calls) != 1:
        raise NotAuthorised("exactly one tool is called in a turn", "several_tools" if calls else "no_tool")
    call = calls[0]
    try:
        match call["name"]:
            case "query_records":
                plan = QueryRecords.model_validate(call["args"])
                _check_names(plan, turn)
                turn.readings = ()
                return plan.model_copy(update={"language": turn.language})
            case "ask_back":
                asked = AskBack.model_validate(call["args"])
                if not turn.readings or not all(1 <= number <= len(turn.readings) for number in asked.numbers):
                    raise NotAuthorised("there is nothing to choose from")
                return None
            case "cannot_answer":
                CannotAnswer.model_validate(call["args"])
                turn.readings = ()
                return None
    except ValidationError as error:
        raise NotAuthorised(_said(error)) from error
    raise NotAuthorised(f"no tool is called {str(call['name'])[:40]}", "unknown_tool")


def _said(error: ValidationError) -> str:
    """Where the arguments are wrong, without repeating them."""
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in error.errors()[:5])


def _check_names(plan: Plan, turn: Turn) -> None:
    """Entities and measures exist, before SQL is written."""
    if not plan.queries:
        raise NotAuthorised("a plan without a query")
    for query in plan.queries:
        _check_query(query, turn)
        for inner in inner_queries(query.where):
            _check_query(inner, turn)


def _check_query(query: Query, turn: Turn) -> None:
    model = turn.catalog.model
    if query.entity not in model.entities:
        raise NotAuthorised(f"no entity {query.entity}", "unknown_name")
    for ref in query.measures:
        if ref.measure is not None and (ref.measure not in model.measures or model.measures[ref.measure].entity != query.entity):
            raise NotAuthorised(f"no measure {ref.measure} of {query.entity}", "unknown_name")
    if not query.measures and not query.select:
        raise NotAuthorised("a query that shows nothing")
