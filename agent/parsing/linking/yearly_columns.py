"""One of several columns that differ by their year, such as "target 2024" and "target 2025": the year that the question names says which."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.linking.quotas import OF_YEAR
from agent.parsing.store_words.vocabulary import Term, Vocabulary


def of_their_year(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the column of the year alone, and without the period that it says already, unless other words may want it."""
    periods = [item for item in items if item.period is not None]
    named = [item for item in items if _years(item, vocabulary)]
    period = periods[0].period if len(periods) == 1 else None
    if period is None or period.start is None or period.grain != "year" or len(named) != 1 or any("attained" in item.cues for item in items):
        return items
    years = _years(named[0], vocabulary)
    chosen = tuple(term for term in named[0].terms if years.get(term) == period.start.year)
    if not chosen:
        return items
    others = any(_is_figure(term, vocabulary) for item in items if item is not named[0] for term in item.terms)
    label = vocabulary.model.entities[chosen[0].entity].fields[chosen[0].key].words.en[0]
    made = {id(named[0]): replace(named[0], terms=chosen, read_as=named[0].read_as and label)}
    if not others:
        made[id(periods[0])] = replace(periods[0], period=None, cues=("filler",))
    return tuple(made.get(id(item), item) for item in items)


def _years(item: Item, vocabulary: Vocabulary) -> dict[Term, int]:
    """The years of the columns that a word may stand for; nothing where it may also be another thing."""
    filled = [term for term in item.terms if term.filled]
    if not filled or item.values or item.means_more or any(term.what != "field" for term in filled):
        return {}
    labels = {term: " ".join(vocabulary.model.entities[term.entity].fields[term.key].words.en[:1]).replace("_", " ") for term in filled}
    found = {term: match for term, label in labels.items() if (match := OF_YEAR.search(label))}
    return {term: int(match[1]) for term, match in found.items()} if len(found) == len(filled) else {}


def _is_figure(term: Term, vocabulary: Vocabulary) -> bool:
    """Whether it is what a period may be meant of: a measure, a number or a day."""
    if not term.filled or term.what != "field":
        return term.filled and term.what == "measure"
    kind = vocabulary.model.entities[term.entity].fields[term.key].type
    return kind.is_numeric or kind.is_time
