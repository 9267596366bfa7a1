"""What an answer gives beside what was asked: the rate or mean of several chosen groups together is also that of each of them. Knows no words."""

from __future__ import annotations

from tools.crm.query import Dimension, MeasureRef, Order, Plan, Query
from tools.crm.semantic import SemanticModel
from tools.crm.stepping import chosen_groups

MOST = 10


def in_detail(plan: Plan, model: SemanticModel) -> Plan:
    """The plan, with the figure by each of the groups that its one query is about, where theirs together can't be had by adding.

    "The win rate of the three reps with the largest pipeline" is one rate to some and three to others; both are said.
    """
    if len(plan.queries) != 1 or plan.focus != "figure":
        return plan
    by_each = _by_each(plan.queries[0], model)
    return plan if by_each is None else plan.model_copy(update={"queries": (*plan.queries, by_each), "foci": ("figure", "breakdown")})


def _by_each(query: Query, model: SemanticModel) -> Query | None:
    chosen = [each for each in chosen_groups(query.where) if each.path and 1 < (each.query.limit or 0) <= MOST]
    if len(chosen) != 1 or query.dimensions or query.compare or len(query.measures) != 1 or not _is_mean(query.measures[0], model):
        return None
    return query.model_copy(update={"dimensions": (Dimension(path=chosen[0].path),), "order": (Order(measure=0),)})


def _is_mean(ref: MeasureRef, model: SemanticModel) -> bool:
    named = model.measures.get(ref.measure or "")
    if ref.share or ref.per is not None:
        return False
    return ref.over is not None or ref.part is not None or (ref.fold or (named.op if named else "")) in {"avg", "median", "rate", "days"}
