"""A thing and its end with the period between them: 保修下个月到期, 质保年底前到期 of a day that is called 保修截止."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from agent.parsing.language.text import Token, term_key
from agent.parsing.linking.items import Item
from agent.parsing.store_words.said_of import ENDING
from agent.parsing.store_words.vocabulary import Vocabulary


def with_ends_apart(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the day of the end for the thing, where only a period stands between it and the word for ending, which then says no more."""
    made = list(items)
    for at, (thing, period) in enumerate(pairwise(items)):
        end = items[at + 2] if at + 2 < len(items) else None
        if period.period is None or end is None or not end.is_only_cue or "expiring" not in end.cues or thing.values or thing.cues:
            continue
        word = next((ending for ending in ENDING if end.text.endswith(ending)), None)
        days = tuple(term for term in vocabulary.terms.get(term_key(f"{thing.text}{word}"), ()) if term.what == "field" and term.filled)
        if word is not None and days and tokens[thing.start].kind == "han":
            made[at], made[at + 2] = replace(thing, terms=days), replace(end, cues=("filler",))
    return tuple(made)
