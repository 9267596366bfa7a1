"""An ordinal beside a column whose values are numbered, "third version" of V1 to V3: the value of that number, and no place in a ranking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from tools.crm.semantic import FieldType

PLACES = {"place_2": 2, "place_3": 3, "place_4": 4, "place_5": 5}
RANKING = {"most", "least", "top", "bottom", "fast", "slow", "rank"}
_NUMBERED = re.compile(r"\D{0,4}?0*(?P<number>\d{1,2})\D{0,2}")


def with_numbered(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with each such pair as one, where nothing else is ranked."""
    if any(RANKING & set(item.cues) for item in items):
        return items
    found: list[Item] = []
    for item in items:
        before = found[-1] if found else None
        place = _place(before) if before is not None and before.end == item.start else None
        values = tuple(_values(item, place, vocabulary)) if place is not None else ()
        if before is not None and len(values) == 1:
            found[-1] = replace(before, end=item.end, text=f"{before.text} {item.text}", cues=(), terms=(), values=values)
        else:
            found.append(item)
    return tuple(found)


def _place(item: Item) -> int | None:
    return next((PLACES[cue] for cue in item.cues if cue in PLACES), None) if item.is_only_cue else None


def _values(item: Item, place: int, vocabulary: Vocabulary) -> Iterator[Value]:
    """The values of that number in the columns that a word names, where all values of the column are numbered."""
    for term in item.terms:
        field = vocabulary.model.entities[term.entity].fields.get(term.key) if term.what == "field" and term.filled else None
        content = vocabulary.content(term.entity, term.key) if field is not None and field.type is FieldType.TEXT else None
        if field is None or content is None:
            continue
        numbers = {text: match["number"] for text in content.values if (match := _NUMBERED.fullmatch(text))}
        if len(numbers) == len(content.values):
            for text, number in numbers.items():
                if int(number) == place:
                    yield Value(term.entity, term.key, text, content.values[text], False, field.classification)
