"""English words that the model knows otherwise, read as columns of an own table with Chinese headers: "order date", "tenders opened", "purchasing budget"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from agent.parsing.columns.concepts import concepts
from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token, has_han, singular
from agent.parsing.linking.items import Item, Readable, item_of, weigh
from agent.parsing.linking.nearby import Nearby
from agent.parsing.linking.renaming import JOINING, RENAMED, is_own_field
from agent.parsing.linking.translating import PARTICLES
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.outlook import PLANNED

TOLD = {"opened", "signed", "closed", "resolved", "unpaid", "paid"}
OF_EVENT = 4  # the rank of a word for what happens on a day


def named_days(tokens: tuple[Token, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "order date", "date decided", whose words alone mean other things: a day column called after what happens on it."""
    for first in range(len(tokens) - 1):
        named = next((at for at in (first, first + 1) if _is_event_of_day(tokens, first, at)), None)
        if named is None or vocabulary.terms.get(tokens[first].stem + tokens[first + 1].stem):
            continue
        meant = nearby.translated(tokens[named].text, readable)
        fields = [term for term in (meant.terms if meant is not None else ()) if term.what == "field" and term.filled]
        days = [term for term in fields if _field(term, vocabulary).type.is_time]
        if meant is not None and any(is_own_field(term, vocabulary) for term in days):
            taken = tuple(term for term in days if not _is_planned(term, vocabulary)) or tuple(days)
            yield weigh(tokens, first, first + 2, 1.0), item_of(tokens, first, first + 2, terms=taken, source="translated", read_as=meant.word)


def named_days_in_han(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in 活动日期 of "Event Date", whose two words alone mean other things: the own day column that both are, of an export with English headers."""
    for before, item in pairwise(items):
        plain = item.text in {"日期", "时间"} and before.end == item.start and has_han(before.text) and not (before.values or before.cues)
        whole = question[tokens[before.start].start : tokens[item.end - 1].end] if plain else ""
        if not plain or vocabulary.terms.get(whole):
            continue
        meant = nearby.translated(whole, readable)
        days = [term for term in (meant.terms if meant is not None else ()) if is_own_field(term, vocabulary) and _field(term, vocabulary).type.is_time]
        if meant is not None and days:
            named = item_of(tokens, before.start, item.end, terms=tuple(days), source="translated", read_as=meant.word)
            yield weigh(tokens, before.start, item.end, 1.0) + RENAMED, named


def _is_event_of_day(tokens: tuple[Token, ...], first: int, at: int) -> bool:
    """Whether a place holds the event, and the one beside it the word for a day: "order date", "date decided"."""
    event, day = tokens[at], tokens[first + 1 if at == first else first]
    return (
        day.norm in ({"date", "day"} if at == first else {"date"})
        and event.kind == "latin"
        and (event.norm not in JOINING if at == first else event.norm.endswith("ed"))
    )


def _is_planned(term: Term, vocabulary: Vocabulary) -> bool:
    """Whether a day column holds the day on which something is due, and not that on which it happened."""
    spec = _field(term, vocabulary)
    return any(PLANNED.search(label.casefold()) for label in own_labels(spec))


def _field(term: Term, vocabulary: Vocabulary) -> Field:
    return vocabulary.model.entities[term.entity].fields[term.key]


def told_apart(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in "purchasing budget" where there are several budgets: with the word before it, it is the one column of which both are words."""
    for item in items:
        several = {(term.entity, term.key) for term in item.terms if term.what == "field" and term.filled}
        if len(several) < 2 or item.end - item.start > 1 or item.start == 0 or not item.text.isascii() or item.values:
            continue
        before = tokens[item.start - 1]
        if before.kind != "latin" or before.norm in JOINING or before.stem in stopwords():
            continue
        meant = nearby.translated(question[before.start : tokens[item.end - 1].end], readable)
        own = [term for term in (meant.terms if meant is not None else ()) if is_own_field(term, vocabulary)]
        if meant is not None and not meant.values and {(term.entity, term.key) for term in own} <= several and len(own) == 1:
            yield (
                weigh(tokens, item.start - 1, item.end, 1.0) + RENAMED,
                item_of(tokens, item.start - 1, item.end, terms=tuple(own), source="translated", read_as=meant.word),
            )


def dated_verbs(tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable) -> tuple[Item, ...]:
    """As in "tenders opened in 2025", "not yet settled": a verb for a day of deals, which is also a day or a flag of an own table that the question names."""
    entities = vocabulary.model.entities
    named = {term.entity for item in items for term in item.terms if term.what == "entity" and entities[term.entity].custom_table is not None}
    for item in items:  # a column names its table as well
        told = {term.entity for term in item.terms if term.filled}
        named |= told if len(told) == 1 and all(entities[each].custom_table is not None for each in told) else set()
    found = []
    for item in items if named else ():
        days = [term for term in item.terms if term.what == "field" and entities[term.entity].fields[term.key].type.is_time]
        elsewhere = days and len(days) == len(item.terms) and not any(entities[term.entity].custom_table for term in days)
        if item.values or not item.text.isascii() or not (elsewhere or TOLD & set(item.cues)):
            found.append(item)
            continue
        behind = tokens[item.end].norm if item.end < len(tokens) else ""
        phrasal = nearby.translated(f"{item.text} {behind}", readable) if behind in PARTICLES else None
        meant = phrasal or nearby.translated(item.text.split(" ")[0], readable)
        terms = [term for term in (meant.terms if meant is not None else ()) if term.entity in named and term.what == "field"]
        fields = {term: entities[term.entity].fields[term.key] for term in terms}
        flags = [term for term in terms if fields[term].type is FieldType.FLAG]
        dates = [term for term in terms if entities[term.entity].time == term.key or (phrasal is not None and fields[term].type.is_time)]
        own = flags or [replace(term, rank=OF_EVENT) for term in dates] or list(_happened(item.text, named, vocabulary))
        found.append(replace(item, terms=(*own, *item.terms)) if own else item)
    return tuple(found) or items


def _happened(verb: str, named: set[str], vocabulary: Vocabulary) -> Iterator[Term]:
    """As in "cases closed in May" of a 结案日期, though cases are dated by another day: the one day of the records named on which that took place."""
    said = concepts(singular(verb.casefold()), "event")
    for entity in named:
        days = [day.path for day in vocabulary.columns.days.get(entity, ()) if day.events & said and not day.planned]
        if len(days) == 1:
            yield Term("field", entity, days[0], OF_EVENT)
