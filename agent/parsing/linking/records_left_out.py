"""A word for the records between what is said of them and a denial behind it, 取消的行不要, 作废的单别算: it says nothing more, and asks for nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item

BEHIND = {"不算", "别算", "不要", "别要", "不统计", "不计", "不计入", "除外"}


def without_their_noun(tokens: tuple[Token, ...], items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with such a word as part of what is left out."""
    kept: list[Item] = []
    nouns = {noun for noun, denial in pairwise(items) if denial.is_only_cue and "not" in denial.cues and denial.text in BEHIND and noun.end == denial.start}
    for item in items:
        before = kept[-1] if kept else None
        if before is not None and item in nouns and _is_of(item, before) and [token.text for token in tokens[before.end : item.start]] == ["的"]:
            kept[-1] = replace(before, end=item.end)
        else:
            kept.append(item)
    return tuple(kept)


def _is_of(noun: Item, said: Item) -> bool:
    """Whether it is a plain word of the kind of record that a category stands in."""
    kinds = {value.entity for value in said.values if not value.title}
    plain = not (noun.values or noun.cues or noun.means_more or noun.topic)
    return plain and any(term.entity in kinds for term in noun.terms)
