"""Asks back where something of one record is asked for and several records of the speaker's bear its name, told apart by what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence

from agent.parsing import Parse
from agent.parsing.parser import Choice
from agent.parsing.saying import say_back
from agent.turn import Turn
from tools.crm.query import And, Compare, Filter, Plan, Query
from tools.crm.results import ResultRow
from tools.crm.semantic import Entity, Field, FieldType
from tools.crm.semantic.model import RECORD_ID
from tools.crm.tools import CrmCall, query_records
from tools.store.errors import PlumbError

MOST_CHOICES = 6
TELLING = (FieldType.REF, FieldType.STAGE, FieldType.TEXT, FieldType.NAME)


def tell_apart(parsed: Parse, turn: Turn) -> Parse:
    """The parse as it is, or with one choice per record, in the order that the answer would list them.

    As it is, too, where all of them answer alike, where they are too many to choose from, and where no field tells each from all others.
    """
    plan = parsed.plan
    if plan is None or parsed.explains or len(plan.queries) != 1 or plan.focus_of(0) != "lookup" or not _names_one(plan.queries[0]):
        return parsed
    query = plan.queries[0]
    paths = _telling(query, turn)
    rows = _rows(query.model_copy(update={"select": (*query.select, *paths)}), turn)
    if not 1 < len(rows) <= MOST_CHOICES or len({_values(row, query.select) for row in rows}) == 1:
        return parsed
    for path in paths:
        values = [value for row in rows for value in _values(row, (path,)) if value is not None]
        if len(values) == len(set(values)) == len(rows):
            choices = tuple(_choice(plan, query, path, value, turn, parsed) for value in values)
            said = {choice.said_back for choice in choices}
            return parsed if len(said) < len(choices) else parsed.model_copy(update={"plan": None, "clarify": choices})
    return parsed


def _names_one(query: Query) -> bool:
    """Whether the records are meant by one name."""
    names = [part for part in _parts(query) if isinstance(part, Compare) and part.op == "eq" and part.path in query.select[:1]]
    return len(names) == 1 and len(names[0].values) == 1


def _telling(query: Query, turn: Turn) -> tuple[str, ...]:
    """Fields that may tell records of one name apart, whom they belong to first: short ones that are filled and that the speaker may read."""
    entity = turn.catalog.model.entities[query.entity]
    fields = [field for field in entity.fields.values() if _may_tell(field, entity, query, turn)]
    return tuple(field.key for field in sorted(fields, key=lambda field: TELLING.index(field.type)))


def _may_tell(field: Field, entity: Entity, query: Query, turn: Turn) -> bool:
    content = turn.catalog.vocabulary.content(entity.key, field.key)
    named = field.type is FieldType.REF or bool(content.values)
    readable = field.classification <= turn.principal.clearance
    return field.type in TELLING and field.key not in {*query.select, entity.title, RECORD_ID} and bool(content.count) and named and readable


def _rows(query: Query, turn: Turn) -> tuple[ResultRow, ...]:
    call = CrmCall(turn.session, turn.catalog.model, turn.principal, turn.scope, turn.rates(), turn.texts)
    try:
        return query_records(call, Plan(queries=(query,)))[0].rows
    except PlumbError:
        return ()  # the answer itself will say why


def _values(row: ResultRow, paths: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(row.cells[path.replace(".", "_")].value for path in paths)


def _choice(plan: Plan, query: Query, path: str, value: str, turn: Turn, parsed: Parse) -> Choice:
    narrowed = query.model_copy(update={"where": And(parts=(*_parts(query), Compare(path=path, values=(value,))))})
    model = turn.catalog.model
    said = {"said_back_en": say_back(narrowed, model, "en", lookup=True), "said_back_zh": say_back(narrowed, model, "zh", lookup=True)}
    made = plan.model_copy(update={"queries": (narrowed,), **said})
    return Choice(said_back=made.said_back_zh if parsed.language == "zh" else made.said_back_en, plan=made)


def _parts(query: Query) -> tuple[Filter, ...]:
    """The conditions of the query, as parts of one conjunction."""
    if isinstance(query.where, And):
        return query.where.parts
    return () if query.where is None else (query.where,)
