"""The query as a live model writes it: flat and small, so that small models and every OpenAI-compatible endpoint can.

Values are given by the ids of what was found in the question; periods are given by id only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.authorising import NotAuthorised
from tools.crm.query import And, Between, Compare, Dimension, Exists, Filter, Grain, Having, MeasureRef, Order, Plan, Query, Window
from tools.crm.semantic import SemanticModel

FOLD = re.compile(r"^(?P<fold>count|sum|avg|min|max|median|count_distinct)(?:\((?P<path>[\w.:]+)\))?$")
GRAINS = ("day", "week", "month", "quarter", "year")
SHOWN_FIRST = 6


class Written(BaseModel):
    """What a model writes; anything that is not asked for is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LiveFilter(Written):
    """A condition on a field."""

    field: str = Field(description="Field of the entity, or a path over references such as owner.region.")
    op: Literal["is", "is_not", "lt", "le", "gt", "ge", "between", "empty", "filled"] = "is"
    values: tuple[str, ...] = Field(default=(), max_length=20, description="Ids of found values (v1), or numbers of the question. Several: any of them.")


class LiveBound(Written):
    """A condition on a measure of each group."""

    measure: str
    op: Literal["lt", "le", "gt", "ge", "eq"]
    value: str = Field(description="A number of the question in digits.")


class LiveWord(Written):
    """What an unknown word was taken to mean."""

    word: str = Field(description="The word as the question has it.")
    means: str = Field(description="The entity, field or measure used for it.")


class LiveQuery(Written):
    """Answer the question by one query over the records, when none of the readings fits."""

    entity: str = Field(description="The kind of record to count or list.")
    measures: tuple[str, ...] = Field(default=(), max_length=4, description="Measures by key, or a fold of a field such as avg(amount). None lists records.")
    group_by: tuple[str, ...] = Field(default=(), max_length=2, description="Fields to group by; dates with a grain, such as close_on:month.")
    columns: tuple[str, ...] = Field(default=(), max_length=12, description="Fields to show when records are listed.")
    filters: tuple[LiveFilter, ...] = Field(default=(), max_length=8, description="Conditions, all of which hold.")
    groups_where: tuple[LiveBound, ...] = Field(default=(), max_length=3, description="Conditions on the measures of groups.")
    without: tuple[str, ...] = Field(default=(), max_length=3, description="Only records without related ones: entity.reference, such as opportunity.account.")
    period: str | None = Field(default=None, description="Id of the period found in the question (p1).")
    compare_with: str | None = Field(default=None, description="Id of the period to compare with (p2).")
    order_by: str | None = Field(default=None, description="A measure or column to order by.")
    ascending: bool = False
    limit: int | None = Field(default=None, ge=1, le=1000, description="How many groups or records; only a number of the question, or 1 for a superlative.")
    unknown_words: tuple[LiveWord, ...] = Field(default=(), max_length=6, description="What each word that was not found means in this query.")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the question and in the conversation, by the ids under which a model may use it."""

    values: dict[str, str] = field(default_factory=dict)
    periods: dict[str, Window] = field(default_factory=dict)


def to_plan(written: LiveQuery, found: Found, model: SemanticModel) -> Plan:
    """The typed plan of a flat query. Raises NotAuthorised where it names what does not exist."""
    if written.entity not in model.entities:
        raise NotAuthorised(f"no entity {written.entity}", "unknown_name")
    measures = tuple(_measure(text, written.entity, model) for text in written.measures)
    dimensions = tuple(_dimension(text) for text in written.group_by)
    query = Query(
        entity=written.entity,
        measures=measures,
        dimensions=dimensions,
        select=() if measures else written.columns or _columns(written, model),
        where=_where(written, found),
        window=_period(written.period, found),
        compare=_period(written.compare_with, found),
        having=tuple(Having(measure=_index(bound.measure, written), op=bound.op, value=bound.value) for bound in written.groups_where),
        order=_order(written, dimensions),
        limit=written.limit,
    )
    return Plan(queries=(query,), focus=_focus(query))


def _measure(text: str, entity: str, model: SemanticModel) -> MeasureRef:
    named = model.measures.get(text)
    if named is not None and named.entity == entity:
        return MeasureRef(measure=text)
    fold = FOLD.match(text.replace(" ", ""))
    if fold is None or (fold["path"] is None and fold["fold"] != "count"):
        raise NotAuthorised(f"no measure {text} of {entity}", "unknown_name")
    return MeasureRef.model_validate({"fold": fold["fold"], "path": fold["path"]})


def _dimension(text: str) -> Dimension:
    path, _, grain = text.rpartition(":")
    if grain in GRAINS and path:
        return Dimension.model_validate({"path": path, "grain": grain})
    return Dimension(path=text)


def _columns(written: LiveQuery, model: SemanticModel) -> tuple[str, ...]:
    entity = model.entities[written.entity]
    named = (entity.title, *(condition.field for condition in written.filters), entity.time)
    return tuple(dict.fromkeys(path for path in named if path))[:SHOWN_FIRST]


def _where(written: LiveQuery, found: Found) -> Filter | None:
    parts: list[Filter] = [_condition(each, found) for each in written.filters]
    for text in written.without:
        entity, _, via = text.rpartition(".")
        parts.append(Exists(entity=entity, via=via, absent=True))
    return None if not parts else parts[0] if len(parts) == 1 else And(parts=tuple(parts))


def _condition(written: LiveFilter, found: Found) -> Filter:
    values = tuple(found.values.get(value, value) for value in written.values)
    if written.op in {"empty", "filled"}:
        return Compare(path=written.field, op="is_null" if written.op == "empty" else "not_null")
    if not values:
        raise NotAuthorised(f"a condition on {written.field} without a value", "bad_arguments")
    if written.op == "between":
        if len(values) != 2:
            raise NotAuthorised("between takes two values", "bad_arguments")
        return Between(path=written.field, low=values[0], high=values[1])
    ops: dict[str, Any] = {"is": "eq", "is_not": "ne"}
    return Compare(path=written.field, op=ops.get(written.op, written.op), values=values)


def _period(name: str | None, found: Found) -> Window | None:
    if name is None:
        return None
    if name not in found.periods:
        raise NotAuthorised(f"no period {name} was found in the question", "not_in_question")
    return found.periods[name]


def _index(measure: str, written: LiveQuery) -> int:
    if measure not in written.measures:
        raise NotAuthorised(f"a condition on {measure}, which is not asked for", "bad_arguments")
    return written.measures.index(measure)


def _order(written: LiveQuery, dimensions: tuple[Dimension, ...]) -> tuple[Order, ...]:
    if written.order_by is not None and written.order_by in written.measures:
        return (Order(measure=written.measures.index(written.order_by), descending=not written.ascending),)
    if written.order_by is not None and not written.measures:
        return (Order(path=written.order_by, descending=not written.ascending),)
    if dimensions and written.measures and dimensions[0].grain is None:
        return (Order(measure=0, descending=not written.ascending),)
    return ()


def _focus(query: Query) -> Literal["figure", "top", "breakdown", "list", "trend"]:
    if not query.measures:
        return "top" if query.limit and query.order else "list"
    if not query.dimensions:
        return "figure"
    if query.dimensions[0].grain:
        return "trend"
    return "top" if query.limit else "breakdown"


__all__ = ["Found", "Grain", "LiveBound", "LiveFilter", "LiveQuery", "LiveWord", "to_plan"]
