"""Words for how tenders end, where an own table of tenders says so in a category and deals do not: 去年中了几个标 counts the tenders won."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import name_key
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

ENDINGS = {"中标", "落标", "流标", "废标"}


def with_tenders_won(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, of which such a word stands for that category where a count is asked for and no kind of record is named."""
    if not any("count" in item.cues for item in items) or any(term.what in {"entity", "kind", "measure"} for item in items for term in item.terms):
        return items
    return tuple(_told(item, {value.field for other in items if other is not item for value in other.values}, vocabulary) for item in items)


def _told(item: Item, told: set[str], vocabulary: Vocabulary) -> Item:
    said = item.text.rstrip("了过")
    if item.terms or item.means_more or said not in ENDINGS:
        return item
    held = [value for value, source in vocabulary.values.get(name_key(said), ()) if source == "exact" and value.text == said]
    if len({value.entity for value in held}) != 1 or {value.field for value in held} & told:
        return item  # beside 未中标 the one that is asked for is said there
    if vocabulary.model.entities[held[0].entity].custom_table is None:
        return item
    return replace(item, cues=(), values=tuple(held))
