"""Checks a planner's calls before anything runs: a known tool, arguments of its type, a principal who may use it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from agent.turn import Turn
from tools.crm.query import Plan
from tools.crm.tools import AskBack, CannotAnswer, QueryRecords


class NotAuthorised(Exception):
    """A call that is not run: no such tool, or arguments that don't fit it."""


def checked_plan(calls: list[dict[str, Any]], turn: Turn) -> Plan | None:
    """The plan that was called for; None where the planner asks back or can't answer.

    Raises NotAuthorised. The language of the answer is the question's, whatever a model says.
    """
    if len(calls) != 1:
        raise NotAuthorised("exactly one tool is called in a turn")
    call = calls[0]
    try:
        match call["name"]:
            case "query_records":
                plan = QueryRecords.model_validate(call["args"])
                _check_names(plan, turn)
                turn.readings = ()
                return plan
            case "ask_back":
                AskBack.model_validate(call["args"])
                if not turn.readings:
                    raise NotAuthorised("there is nothing to choose from")
                return None
            case "cannot_answer":
                CannotAnswer.model_validate(call["args"])
                turn.readings = ()
                return None
    except ValidationError as error:
        raise NotAuthorised(str(error)) from error
    raise NotAuthorised(f"no tool is called {call['name']}")


def _check_names(plan: Plan, turn: Turn) -> None:
    """Entities and measures exist, before SQL is written."""
    model = turn.catalog.model
    if not plan.queries:
        raise NotAuthorised("a plan without a query")
    for query in plan.queries:
        if query.entity not in model.entities:
            raise NotAuthorised(f"no entity {query.entity}")
        for ref in query.measures:
            if ref.measure is not None and (ref.measure not in model.measures or model.measures[ref.measure].entity != query.entity):
                raise NotAuthorised(f"no measure {ref.measure} of {query.entity}")
        if not query.measures and not query.select:
            raise NotAuthorised("a query that shows nothing")
