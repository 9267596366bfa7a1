"""What an export itself calls how its records stand: where several of its words come to one status, or of others than deals, each means its own rows."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import name_key
from agent.parsing.linking.items import Item
from agent.parsing.store_words.finer_states import DEALS
from agent.parsing.store_words.vocabulary import Value, Vocabulary

GENERAL = {"open"}


def with_own_states(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such words bound to the export's own column, and with words that stand for a status alone left to the status."""
    named = {term.entity for item in items for term in item.terms if term.what == "entity"}
    return tuple(_told(item if item.values else _said(item, named, vocabulary), vocabulary) for item in items)


def _said(item: Item, named: set[str], vocabulary: Vocabulary) -> Item:
    """As in 还在跟进 of a state 跟进中: a general word for what is not over that says a state of the records named, or one of several of the deals."""
    if not item.is_only_cue or not set(item.cues) <= GENERAL:
        return item
    values = tuple(value for value, source in vocabulary.values.get(name_key(item.text), ()) if source == "alias" and not value.title)
    others = tuple(value for value in values if value.entity in named and value.entity != DEALS)
    if others and DEALS not in named:
        return replace(item, cues=(), values=others, source="alias")
    return replace(item, values=own) if (own := tuple(value for value in values if _is_finer(value, vocabulary))) and not others else item


def _told(item: Item, vocabulary: Vocabulary) -> Item:
    states = vocabulary.finer_states
    if states is None:
        return item
    own = tuple(value for value in item.values if (value.entity, value.field) == (DEALS, states.column))
    finer = tuple(value for value in own if _is_finer(value, vocabulary))
    if finer:
        return replace(item, cues=(), terms=(), values=finer)
    if own and (item.cues or item.terms):
        return replace(item, values=tuple(value for value in item.values if value not in own))
    return item


def _is_finer(value: Value, vocabulary: Vocabulary) -> bool:
    """Whether it is one of several words of the export for one status of its deals."""
    states = vocabulary.finer_states
    return states is not None and (value.entity, value.field) == (DEALS, states.column) and name_key(value.text) in states.words
