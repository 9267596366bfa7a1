"""Says a query back in canonical words, so that a person sees how the question was read."""

from __future__ import annotations

from agent.answer import Language
from agent.composing.draft import SLOT, words_of
from agent.composing.phrases import Phrases
from agent.composing.typesetting import tidy
from prompts.words import say
from tools.crm.query import Plan, Query
from tools.crm.semantic import SemanticModel


def say_back(query: Query, model: SemanticModel, language: Language, lookup: bool = False) -> str:
    """The query as a noun phrase: measure, filters, period, groups, order; with ``lookup`` the fields that are looked up."""
    phrases = Phrases(query, "q1", model, language)
    subjects = [phrases.subject(index) for index in range(len(query.measures))] or [phrases.subject(None)]
    text = say("join_comma", language).join(subjects)
    if lookup and len(query.select) > 1:
        shown = say("join_comma", language).join(phrases.label(path) for path in query.select[1:])
        text = say("said_fields", language, fields=shown, record=text)
    if query.dimensions:
        groups = say("join_comma", language).join(_group(phrases, each.path, each.grain, language) for each in query.dimensions)
        text = say("said_by", language, text=text, groups=groups)
    if query.order and query.order[0].by != "figure":
        way = f"{query.order[0].by}_{'up' if query.order[0].descending else 'down'}"
        text = say(f"said_{way}" if query.limit else "said_by_growth", language, text=text, n=query.limit or 0)
    elif query.order and query.limit:
        if query.skip:
            text = say(
                "said_place",
                language,
                text=text,
                place=say(f"place_{query.skip + 1}", language),
                way=say("said_highest" if query.order[0].descending else "said_lowest", language),
            )
        else:
            text = say("said_first", language, text=text, n=query.limit, way=say("said_highest" if query.order[0].descending else "said_lowest", language))
    if query.currency is not None:
        text = say("said_in_currency", language, text=text, currency=query.currency)
    if query.compare is not None:
        text = say("said_against", language, text=text, period=query.compare.words_zh if language == "zh" else query.compare.words_en)
    said = SLOT.sub(lambda match: words_of(phrases.cells[match["address"]], match["style"], language), text)
    return tidy(said) if language == "zh" else said


def _group(phrases: Phrases, path: str, grain: str | None, language: Language) -> str:
    return say(f"grain_{grain}", language) if grain else phrases.label(path)


def say_all(plan: Plan, model: SemanticModel, language: Language) -> str:
    """All that a plan asks for."""
    lookup = plan.focus == "lookup"
    return ("；" if language == "zh" else "; ").join(say_back(query, model, language, lookup) for query in plan.queries)
