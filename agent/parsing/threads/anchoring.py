"""Whom or what a pronoun means that no filter names: the first of a ranking, the person or thing that was looked up."""

from __future__ import annotations

from agent.parsing.threads.filters import joined, merged, parts_of
from agent.parsing.threads.fragment import names_place
from agent.parsing.threads.state import Step
from tools.crm.query import Compare, Filter, MeasureRef
from tools.crm.semantic import Field, FieldType

_PEOPLE = {"member", "contact"}


def anchored(step: Step) -> Step:
    """As in "Who won most?" and then "what is her win rate?": the last query about that one, where the question means what was shown."""
    person = step.fragment.has("person")
    if step.shown is None or not (person or step.fragment.has("thing")):
        return step
    if step.focus == "top" and step.query.dimensions and not step.query.dimensions[0].grain:
        return _first_group(step, person)
    one = step.focus == "lookup" or (step.is_list() and step.query.limit == 1)
    return _looked_up(step) if one and person else step


def about_leader(step: Step) -> Step:
    """After a ranking the figure of its first alone, as that is who the answer told of."""
    ranked = step.shown is not None and step.focus == "top" and bool(step.query.dimensions) and not step.query.dimensions[0].grain
    return _first_group(step, person=False) if ranked else step


def kinds_meant(step: Step) -> frozenset[str]:
    """The kinds of record that "that hospital", 这位销售 may mean; none where no word says which kind."""
    return frozenset().union(*(mark.of for mark in step.fragment.marks))


def means_nobody(step: Step) -> bool:
    """As in "that hospital" where the question before was about none, or "there" where it named no place."""
    kinds = kinds_meant(step)
    if names_place(step.fragment) and not step.is_list() and all(_is_of_person(step, part) for part in parts_of(step.query.where)):
        return True
    if not kinds or step.is_list():
        return False
    named = [step.paths.field(step.query.entity, part.path) for part in parts_of(step.query.where) if isinstance(part, Compare) and part.op == "eq"]
    return not any(field.to in kinds or (field.entity in kinds and step.paths.model.entities[field.entity].title == field.key) for field in named)


def _is_of_person(step: Step, part: Filter) -> bool:
    """Whether a condition tells of somebody, or of how records ended, and so of no place."""
    if not isinstance(part, Compare) or part.op != "eq" or part.path in {"status", "stage"}:
        return True
    field = step.paths.field(step.query.entity, part.path)
    return field.to in _PEOPLE or (field.entity in _PEOPLE and step.paths.model.entities[field.entity].title == field.key)


def _first_group(step: Step, person: bool) -> Step:
    query, path = step.query, step.query.dimensions[0].path
    field = step.paths.field(query.entity, path)
    if (person and field.to not in _PEOPLE) or (kinds_meant(step) and field.to not in kinds_meant(step)):
        return step
    assert step.shown is not None  # noqa: S101 - the caller looked
    label = next(iter(step.shown.labels(query)), None)
    if label is None:
        return step
    number = next(iter(step.shown.numbers(query)), None) if _is_shared(step, field, label) else None
    known = {"records": (number,), "apart": ((number,),)} if number is not None else {}
    where = joined(merged(parts_of(query.where), (Compare(path=path, values=(label,)).model_copy(update=known),)))
    return step.using(focus="figure", where=where, dimensions=query.dimensions[1:], order=(), limit=None, skip=0, only=(), having=())


def _is_shared(step: Step, field: Field, name: str) -> bool:
    """Whether several records bear a name."""
    entity = step.paths.model.named_by(field)
    title = step.paths.model.entities[entity].title if entity is not None else None
    return entity is not None and title is not None and step.paths.vocabulary.content(entity, title).values.get(name, 0) > 1


def _looked_up(step: Step) -> Step:
    """The person that a field of the record named, and all records of that person."""
    query = step.query
    for path in query.select:
        field = step.paths.field(query.entity, path)
        if field.type is not FieldType.REF or field.to not in _PEOPLE:
            continue
        assert step.shown is not None  # noqa: S101 - the caller looked
        named = next(iter(step.shown.values(query, path)), None)
        if named is not None:
            count = next((m.key for m in step.paths.model.measures.values() if m.entity == query.entity and m.op == "count" and not m.where), None)
            ref = MeasureRef(measure=count) if count else MeasureRef(fold="count")
            part = Compare(path=path, values=(named,))
            return step.using(focus="figure", measures=(ref,), select=(), order=(), limit=None, skip=0, window=None, where=part)
    return step
