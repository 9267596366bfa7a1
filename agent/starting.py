"""Questions that can be asked of this very store: for an empty page, and for whoever asks what can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.answer import Language
from agent.catalog import Catalog
from agent.composing.typesetting import capital, plural
from agent.parsing import Vocabulary
from prompts.words import say
from tools.crm.query import Plan
from tools.crm.semantic import Entity, FieldType
from tools.store.classification import Classification

Understands = Callable[[str], Plan | None]
MOST_TRIED = 4
ASKED_BY = ("owner", "account", "product", "sector", "region", "country", "priority", "stage", "kind", "status", "source")


def starters(catalog: Catalog, language: str) -> tuple[str, ...]:
    """Three questions that the store can answer; none while it is empty."""
    if catalog.newest is None:
        return ()
    return tuple(say(f"starter_{i}", language) for i in (1, 2, 3))


def questions_by_kind(kinds: list[str], vocabulary: Vocabulary, clearance: Classification, language: Language, understands: Understands) -> tuple[str, ...]:
    """One question for each kind of record, such as are read as meant. ``understands`` parses one with the rights of the person."""
    found: list[str] = []
    for key in kinds:
        kind = vocabulary.model.entities[key]
        for number, text in enumerate(_about(kind, vocabulary, clearance, language)):
            if number == MOST_TRIED:
                break
            plan = understands(text)
            if plan is not None and text not in found and all(query.entity == key for query in plan.queries):
                found.append(text)
                break
    return tuple(found)


def _about(kind: Entity, vocabulary: Vocabulary, clearance: Classification, language: Language) -> Iterator[str]:
    """Questions about one kind of record, the more telling ones first."""
    label = kind.words.label(language)
    records = label if language == "zh" else plural(label)
    groups = [
        field.words.label(language)
        for key in ASKED_BY
        if (field := kind.fields.get(key)) is not None and vocabulary.content(kind.key, key).count and field.classification <= clearance
    ]
    readable = {key for key, field in kind.fields.items() if field.classification <= clearance and vocabulary.content(kind.key, key).count}
    figures = [
        each.words.label(language)
        for each in vocabulary.model.measures.values()
        if each.entity == kind.key and each.op in {"rate", "sum", "days", "avg"} and (each.op == "rate" or set(each.args[:2]) & readable)
    ]
    for figure in figures[:1]:
        for group in groups[:1]:
            yield capital(say("ask_by", language, measure=figure, group=group))
        yield say("ask_measure", language, measure=figure)
    for group in groups[:1]:
        yield say("ask_most", language, group=group, records=records)
    if any(field.type.is_time or field.type is FieldType.MONEY for key, field in kind.fields.items() if key in readable):
        yield say("ask_newest", language, record=label)
    yield say("ask_count", language, records=records)
