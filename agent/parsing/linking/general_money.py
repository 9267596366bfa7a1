"""Words for money in general: those that no column is called by, and that mean what the records at hand are worth."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

GENERAL_MONEY = re.compile(
    r"(?:total |overall |sum |combined )*(?:values?|amounts?|worth|money)|(?:总|合计|累计)?(?:金额|额|价值)(?:合计|总计|总额|总和)?", re.IGNORECASE
)


def spoken_money(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word, where it names only what is empty here and an own table is named, as one that asks how much."""
    entities = vocabulary.model.entities
    if not any(term.what == "entity" and entities[term.entity].custom_table is not None for item in items for term in item.terms):
        return items
    return tuple(replace(item, cues=("amount",), terms=()) if _is_money_of_nothing(item) else item for item in items)


def _is_money_of_nothing(item: Item) -> bool:
    plain = bool(item.terms) and not (item.values or item.cues or item.means_more or item.topic)
    return plain and not any(term.filled for term in item.terms) and bool(GENERAL_MONEY.fullmatch(item.text))
