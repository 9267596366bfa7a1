"""The plan that a later question of the talk takes its "they" from: one record, looked up by its name."""

from __future__ import annotations

from agent.parsing.saying import say_back
from agent.turn import Turn
from tools.crm.query import Compare, Plan, Query


def plan_about(entity: str, name: str, turn: Turn) -> Plan:
    """A plan that looks up one record."""
    title = str(turn.catalog.model.entities[entity].title)
    query = Query(entity=entity, select=(title,), where=Compare(path=title, values=(name,)))
    model = turn.catalog.model
    return Plan(queries=(query,), focus="lookup", language=turn.language, said_back_en=say_back(query, model, "en"), said_back_zh=say_back(query, model, "zh"))
