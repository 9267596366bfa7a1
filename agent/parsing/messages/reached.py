"""Puts the plan of a figure and that of the goals for it together: each group's figure over what is set for the same group."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.parsing.conditions.named_times import period_assumed, window_of
from agent.parsing.messages.against_goals import Held
from agent.parsing.messages.goal_columns import Goal, goals
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.parsing.threads.filters import joined, parts_of
from tools.crm.query import Compare, Dimension, Filter, Order, Plan, Query
from tools.crm.semantic import FieldType, SemanticModel

_NOTE = re.compile(r"[（(][^）)]*[)）]")  # 本季度（2026 年第四季度）


def set_against(figure: Plan, column: Plan, held: Held, model: SemanticModel) -> Plan | None:
    """The plan of what was reached, made of the one of the figure and that of the goals; None where the two don't go together."""
    query, set_for = figure.queries[0], column.queries[0]
    if len(figure.queries) > 1 or len(column.queries) > 1 or len(query.measures) != 1 or set_for.entity != held.goal.entity or query.compare is not None:
        return None
    if (
        query.entity == set_for.entity
        or len(set_for.measures) != 1
        or set_for.dimensions
        or len(query.dimensions) > 1
        or any(each.grain for each in query.dimensions)
    ):
        return None
    if query.having or not _adds_up(query, held.goal.money, model):
        return None
    query = query.model_copy(update={"dimensions": tuple(_by_people(query.entity, each, model) for each in query.dimensions)})
    groups = [_of_person(query.entity, each.path, held.goal, model) for each in query.dimensions]
    whose = [_moved(part, query.entity, held.goal, model) for part in parts_of(query.where)]
    if None in groups or None in whose or (held.descending is not None and not groups):
        return None
    anybody = (Compare(path=held.goal.person, op="not_null"),) if held.goal.partly and not groups and not whose else ()
    where = [part for part in (*parts_of(set_for.where), *whose, *anybody) if part is not None]
    by = tuple(Dimension(path=path) for path in groups if path is not None)
    ref = query.measures[0].model_copy(update={"share": False, "against": set_for.model_copy(update={"dimensions": by, "where": joined(where), "order": ()})})
    order = (Order(measure=0, descending=held.descending is not False),) if groups else ()
    made = query.model_copy(update={"measures": (ref,), "order": order, "having": (held.bound,) if held.bound else (), "limit": None})
    notes = () if held.assumed is None else (period_assumed(window_of(held.assumed, None)),)
    focus = "list" if held.bound else "top" if held.descending is not None else "breakdown" if groups else "figure"
    return figure.model_copy(update={"queries": (made,), "focus": focus, "assumptions": tuple(dict.fromkeys((*figure.assumptions, *notes)))})


def followed(plan: Plan, before: Plan, vocabulary: Vocabulary, read: Callable[[str], Plan | None]) -> Plan | None:
    """What a conversation made of such a plan, with the goals of the same period and people; None where no goals are set for what is asked now.

    ``read`` reads the question for the goals.
    """
    query, earlier = plan.queries[0], before.queries[0]
    inner = query.measures[0].against if query.measures else None
    if inner is None or (query.window, query.where, query.dimensions) == (earlier.window, earlier.where, earlier.dimensions):
        return plan
    goal = next((each for each in goals(vocabulary) if each.place == (inner.entity, inner.measures[0].path)), None)
    if goal is None or query.window is None or len(plan.queries) > 1 or len(query.measures) > 1:
        return None
    when = _NOTE.sub("", query.window.words_zh).replace(" ", "")
    column = read(f"{when}{goal.label(chinese=True)}合计")
    if column is None:
        return None
    ranked = query.order[0].descending if query.order and query.dimensions else None
    where = [_of_people(part, query.entity, vocabulary) for part in parts_of(query.where)]
    measure = query.measures[0].model_copy(update={"against": None})
    figure = query.model_copy(update={"measures": (measure,), "having": (), "where": joined(where)})
    held = Held((), "", goal, "", query.having[0] if query.having else None, ranked)
    made = set_against(plan.model_copy(update={"queries": (figure,)}), column, held, vocabulary.model)
    return made and made.model_copy(update={"focus": "figure" if not query.dimensions else plan.focus})


def _of_people(part: Filter, entity: str, vocabulary: Vocabulary) -> Filter:
    """A category that people belong to as well as customers, as an office, as that of whoever did it."""
    if not isinstance(part, Compare) or "owner" not in vocabulary.model.entities[entity].fields:
        return part
    for field in vocabulary.model.entities["member"].fields.values():
        if part.values and {*part.values} <= {*vocabulary.content("member", field.key).values}:
            return part if part.path.startswith("owner") else part.model_copy(update={"path": f"owner.{field.key}"})
    return part


def _adds_up(query: Query, money: bool, model: SemanticModel) -> bool:
    """Whether the figure is a count or a sum, in money where the goal is."""
    ref = query.measures[0]
    if ref.measure is not None:
        named = model.measures[ref.measure]
        return ref.fold is None and ref.per is None and named.op in {"count", "sum"} and (named.op == "sum" or not money)
    if ref.fold == "sum" and ref.path is not None and not (ref.over or ref.less or ref.since):
        return not money or model.field(query.entity, ref.path)[1].type is FieldType.MONEY
    return ref.fold in {None, "count"} and ref.path is None and not money


def _of_person(entity: str, path: str, goal: Goal, model: SemanticModel) -> str | None:
    """A path over whoever did it as one over whoever the goal is for; None for paths over anything else."""
    steps = path.split(".")
    for size in range(1, len(steps) + 1):
        field = model.field(entity, ".".join(steps[:size]))[1]
        if field.type is FieldType.REF and field.to == "member":
            return ".".join((goal.person, *steps[size:]))
    return None


def _by_people(entity: str, by: Dimension, model: SemanticModel) -> Dimension:
    """A group that people belong to as well, as a region, as the one of whoever did it."""
    key = by.path.rpartition(".")[2]
    people = [field.key for field in model.entities[entity].fields.values() if field.type is FieldType.REF and field.to == "member"]
    moved = model.field(entity, by.path)[1].entity != "member" and key in model.entities["member"].fields and "owner" in people
    return by.model_copy(update={"path": f"owner.{key}"}) if moved and not by.path.endswith("owner") else by


def _moved(part: Filter, entity: str, goal: Goal, model: SemanticModel) -> Filter | None:
    path = _of_person(entity, part.path, goal, model) if isinstance(part, Compare) else None
    return part.model_copy(update={"path": path}) if path is not None else None
