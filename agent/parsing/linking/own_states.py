"""What an export itself calls how its deals stand: where several of its words come to one status, each of them means its own rows."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import name_key
from agent.parsing.linking.items import Item
from agent.parsing.store_words.finer_states import DEALS, FinerStates
from agent.parsing.store_words.vocabulary import Vocabulary


def with_own_states(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such words bound to the export's own column, and with words that stand for a status alone left to the status."""
    states = vocabulary.finer_states
    return tuple(_told(item, states) for item in items) if states is not None else items


def _told(item: Item, states: FinerStates) -> Item:
    own = tuple(value for value in item.values if (value.entity, value.field) == (DEALS, states.column))
    finer = tuple(value for value in own if name_key(value.text) in states.words)
    if finer:
        return replace(item, cues=(), terms=(), values=finer)
    if own and (item.cues or item.terms):
        return replace(item, values=tuple(value for value in item.values if value not in own))
    return item
