"""Questions that follow from an answer: about the same thing, and only such as are sure to be understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.answer import Language
from agent.composing.draft import SLOT, words_of
from agent.composing.phrases import Phrases
from agent.composing.typesetting import capital, tidy
from prompts.words import say
from tools.crm.query import Dimension, MeasureRef, Order, Plan, Query
from tools.crm.results import ResultSet
from tools.crm.semantic import FieldType, SemanticModel

MOST = 3
TRIED = 5
Understands = Callable[[str], Plan | None]


def next_questions(plan: Plan, results: tuple[ResultSet, ...], model: SemanticModel, language: Language, understands: Understands) -> tuple[str, ...]:
    """At most three questions about this very answer. ``understands`` parses one; what it reads otherwise than meant is left out."""
    found: list[str] = []
    for number, (text, meant) in enumerate(_candidates(plan, results, model, language)):
        if len(found) == MOST or number == TRIED:
            break
        read = understands(text)
        if read is not None and len(read.queries) == 1 and _same(read.queries[0], meant) and text not in found:
            found.append(text)
    return tuple(found)


def _same(read: Query, meant: Query) -> bool:
    """Whether a question was read as asking for this."""
    a, b = (query.model_dump(exclude={"order", "limit", "select", "window", "compare"}) for query in (read, meant))
    window = [(query.window.start, query.window.end) if query.window else None for query in (read, meant)]
    return a == b and window[0] == window[1]


def _candidates(plan: Plan, results: tuple[ResultSet, ...], model: SemanticModel, language: Language) -> Iterator[tuple[str, Query]]:
    if len(plan.queries) != 1 or not results:
        return
    query, result = plan.queries[0], results[0]
    if query.compare is not None or query.having or query.only:
        return
    if query.measures and query.measures[0].measure and not query.dimensions:
        for path in _dimensions(query, model):
            grouped = query.model_copy(update={"dimensions": (Dimension(path=path),), "measures": query.measures[:1]})
            yield _ask("follow_by", grouped, model, language), grouped
        time = model.measures[query.measures[0].measure].time or model.entities[query.entity].time
        if time:
            by_month = query.model_copy(update={"dimensions": (Dimension(path=time, grain="month"),), "measures": query.measures[:1]})
            yield _ask("follow_by", by_month, model, language), by_month
    elif query.measures and query.dimensions and query.order and query.measures[0].measure:
        turned = query.model_copy(update={"order": (Order(measure=0, descending=not query.order[0].descending),)})
        counts = model.measures[query.measures[0].measure].op == "count"
        least, most = ("follow_fewest", "follow_most") if counts else ("follow_lowest", "follow_highest")
        key = least if query.order[0].descending else most
        if not query.dimensions[0].grain:
            yield _ask(key, turned, model, language), turned
            for path in _dimensions(query, model):
                other = query.model_copy(update={"dimensions": (Dimension(path=path),), "order": (), "limit": None})
                yield _ask("follow_by", other, model, language), other
    elif not query.measures and result.groups > 1:
        counted = next((key for key, each in model.measures.items() if each.entity == query.entity and each.op == "count" and not each.where), None)
        if counted:
            for path in _dimensions(query, model):
                how_many = query.model_copy(
                    update={"measures": (MeasureRef(measure=counted),), "dimensions": (Dimension(path=path),), "select": (), "order": (), "limit": None}
                )
                yield _ask("follow_by", how_many, model, language), how_many


def _dimensions(query: Query, model: SemanticModel) -> Iterator[str]:
    """What else the records can be grouped by: who and what they refer to, and their kinds, but for what the question fixed."""
    fixed = {each.path for each in query.dimensions} | set(_fixed(query))
    entity = model.entities[query.entity]
    preferred = ("product", "owner", "account", "sector", "country", "region", "kind", "status")
    for key in preferred:
        field = entity.fields.get(key)
        if field is not None and key not in fixed and field.type in {FieldType.REF, FieldType.TEXT}:
            yield key


def _fixed(query: Query) -> Iterator[str]:
    parts = getattr(query.where, "parts", (query.where,)) if query.where is not None else ()
    for part in parts:
        path = getattr(part, "path", "")
        yield path
        yield path.split(".")[0]


def _ask(key: str, query: Query, model: SemanticModel, language: Language) -> str:
    phrases = Phrases(query, "q1", model, language)
    subject = phrases.subject(0)
    text = say(key, language, subject=subject, group=phrases.group(query.dimensions[0]))
    said = SLOT.sub(lambda match: words_of(phrases.cells[match["address"]], match["style"], language), text)
    return tidy(said) if language == "zh" else capital(said)
