"""The export's own columns that tell what an empty one of the model would: 首响时长(分钟) for the time to the first response, 转化商机号 for a conversion."""

from __future__ import annotations

from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.label_parts import events_of
from agent.parsing.store_words.own_headers import without_unit
from agent.parsing.store_words.unit_names import time_unit
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Field, Measure


def noted_in(measure: Measure, vocabulary: Vocabulary) -> str | None:
    """The column noted only for those of which something became, for a rate by the day on which it did."""
    entity = vocabulary.model.entities[measure.entity]
    if measure.op != "rate":
        return None
    empty = [key for key, values in vocabulary.model.measures[measure.args[0]].where.items() if values == ("*",) and key in entity.fields]
    if any(vocabulary.content(entity.key, key).count for key in empty):
        return None
    events = {event for key in empty for label in (*entity.fields[key].words.zh, *entity.fields[key].words.en) for event in events_of(label)}
    for field in entity.fields.values():
        begins = any(label.casefold().startswith(event) for event in events for label in (*field.words.zh, *field.words.en))
        if begins and field.key not in empty and 0 < vocabulary.content(entity.key, field.key).count < vocabulary.rows(entity.key):
            return field.key
    return None


def length_in(measure: Measure, vocabulary: Vocabulary) -> str | None:
    """The column that holds in hours or days what a duration would be between two days, of which one is empty."""
    entity = vocabulary.model.entities[measure.entity]
    if measure.op != "days" or all(vocabulary.content(entity.key, key).count for key in measure.args[:2]):
        return None
    words = [*measure.words.zh, *measure.words.en]
    found = [
        field.key
        for field in entity.fields.values()
        if field.custom and time_unit(field) and vocabulary.content(entity.key, field.key).count and any(_is_short_for(field, word) for word in words)
    ]
    return found[0] if len(found) == 1 else None


def _is_short_for(field: Field, word: str) -> bool:
    """Whether a header is an abbreviation of a word: 首响时长 of 首次响应时长 by its characters, "resolution hours" of "resolution time" by its words."""
    for label in (*field.words.zh, *field.words.en):
        plain = without_unit(label)
        if has_han(plain) and has_han(word):
            letters = iter(word)
            if len(plain) > 2 and all(letter in letters for letter in plain):
                return True
        elif not has_han(plain) and not has_han(word):
            said = [term_key(each) for each in plain.split()][:-1]
            if said and all(each in [term_key(one) for one in word.split()] for each in said):
                return True
    return False


def stands_in(term: Term, vocabulary: Vocabulary) -> str | None:
    """The own column that tells what an empty measure would."""
    if term.what != "measure" or term.filled:
        return None
    measure = vocabulary.model.measures[term.key]
    return noted_in(measure, vocabulary) or length_in(measure, vocabulary)
