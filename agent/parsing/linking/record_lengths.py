"""How long records take, said by a noun: "repair time", "average duration of repairs". The word for time is no day of other records there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

LENGTHS = {"time", "times", "duration", "durations", "turnaround"}
OF = ("of", "for")


def with_lengths(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with what asks for the length of the records named beside it read as that."""
    return tuple(_asking(item) if _tells_length(at, tokens, items, vocabulary) else item for at, item in enumerate(items))


def _asking(item: Item) -> Item:
    return replace(item, terms=(), cues=("duration",))


def _tells_length(at: int, tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    item = items[at]
    if item.text.casefold() not in LENGTHS or item.cues or item.values:
        return False
    named = {entity for other in _beside(at, tokens, items) for entity in _records(other)}
    own = {term.entity for term in item.terms if term.what == "field" and term.filled}
    return any(_lasts(entity, vocabulary) for entity in named - own)


def _beside(at: int, tokens: tuple[Token, ...], items: tuple[Item, ...]) -> Iterator[Item]:
    """What stands right before the word, and what follows an "of" behind it."""
    if at and items[at - 1].end == items[at].start:
        yield items[at - 1]
    behind = next((item for item in items[at + 1 : at + 3] if item.start > items[at].end), None)
    if behind is not None and behind.start == items[at].end + 1 and tokens[items[at].end].norm in OF:
        yield behind


def _records(item: Item) -> set[str]:
    return {term.entity for term in item.terms if term.what in {"entity", "kind"}} if not item.values else set()


def _lasts(entity: str, vocabulary: Vocabulary) -> bool:
    """Whether the records of a kind have a measure of the days between two of their own that are both noted."""
    return any(each.entity == entity and vocabulary.has_both_days(each) for each in vocabulary.model.measures.values())
