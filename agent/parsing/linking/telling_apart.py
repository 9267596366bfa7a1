"""A name that several records bear together with the words beside it that say which one: "James Porter in Felixstowe", 浙江的陈静, "陈静 (E105)"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token, name_key
from agent.parsing.store_words.vocabulary import Value, Vocabulary

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.bearers import Bearer

_BETWEEN = frozenset({*"的那个位（）()[]，,/-#'’", "in", "of", "from", "at", "the", "s", "our", "one"})
_CLOSING = frozenset({")", "）", "]"})


def with_bearers(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, each such name as one with what tells its bearer: its value says which records are meant."""
    found = list(items)
    for item in items:
        if not any((value.entity, value.text) in vocabulary.namesakes for value in item.values):
            continue
        at = found.index(item)
        for step in (1, -1):
            place = _narrowed(tokens, found, at, step, vocabulary)
            if place is None:
                continue
            far, named = place
            low, high = min(at, far), max(at, far)
            found[low : high + 1] = [replace(named, start=found[low].start, end=found[high].end)]
            at = low
    return tuple(found)


def _narrowed(tokens: tuple[Token, ...], items: list[Item], at: int, step: int, vocabulary: Vocabulary) -> tuple[int, Item] | None:
    """How far on one side words tell which of the records is meant, and the item that says so."""
    item, far = items[at], None
    for place in _beside(tokens, items, at, step, vocabulary):
        said = {name_key(value.text) for value in items[place].values}
        values = tuple(each for value in item.values if (each := _told(value, said, vocabulary)) is not None)
        if values:
            item, far = replace(item, values=values), _with_word(items, place, step)
        elif said:
            break
    return None if far is None else (far, item)


def _told(value: Value, said: set[str], vocabulary: Vocabulary) -> Value | None:
    """The value with the records that hold what was said; None where none of them does, or it sets none apart from the others."""
    bearers = vocabulary.namesakes.get((value.entity, value.text), ())
    before = [each for each in bearers if not value.records or each.record in value.records]
    left = [each for each in before if said & _keys(each)]
    if not left or (len(left) == len(before) and not value.records):
        return None
    return replace(value, records=tuple(each.record for each in left))


def _with_word(items: list[Item], place: int, step: int) -> int:
    """As in "the Rotterdam branch": the place of the word for what the value is one of, where it stands right beyond it."""
    beyond = place + step
    homes = {(value.entity, value.field) for value in items[place].values}
    if (
        not 0 <= beyond < len(items)
        or items[beyond].values
        or min(abs(items[beyond].start - items[place].end), abs(items[place].start - items[beyond].end)) > 0
    ):
        return place
    return beyond if any(term.what == "field" and (term.entity, term.key) in homes for term in items[beyond].terms) else place


def _keys(bearer: Bearer) -> set[str]:
    return {name_key(mark) for mark in (bearer.record, *bearer.marks)}


def _beside(tokens: tuple[Token, ...], items: list[Item], at: int, step: int, vocabulary: Vocabulary) -> Iterator[int]:
    """The values on one side of a name that belong to it: with no more between than a preposition, a bracket, or a word for such records."""
    kinds = {value.entity for value in items[at].values}
    place, open_at = at + step, items[at].end if step > 0 else items[at].start
    while 0 <= place < len(items):
        item = items[place]
        gap = tokens[open_at : item.start] if step > 0 else tokens[item.end : open_at]
        if any(token.norm not in _BETWEEN and token.text not in _BETWEEN for token in gap) or (step > 0 and any(token.text in _CLOSING for token in gap)):
            return
        words = {token.norm for token in tokens[item.start : item.end]}
        if item.values:
            yield place
        elif not (words <= _BETWEEN or any(term.entity in kinds for term in item.terms)):
            return
        open_at = item.end if step > 0 else item.start
        place += step
