"""Words for what was sold that are nouns for the deals themselves beside what tells one from another: "definite bookings", "a lost sale"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import OUTCOMES, Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

DEALS = "opportunity"
BOOKED = {"booking", "bookings"}
ONE_OF = {"a", "an", "each", "every", "any", "no", "single", "many", "fewer", "more"}
MONEY_BEHIND = {"value", "amount", "revenue", "total", "target", "targets"}


def with_deals_booked(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such a word for the deals, where a category or outcome of theirs, or a word that counts, stands right before it."""
    if not vocabulary.rows(DEALS) or any({"most", "least"} & set(item.cues) for item in items):  # "most bookings" ranks others, and no deals
        return items
    ends = {item.end: item for item in items}
    return tuple(_as_deals(item, ends.get(item.start), tokens) for item in items)


def _as_deals(item: Item, before: Item | None, tokens: tuple[Token, ...]) -> Item:
    sums = any(term.what == "measure" and term.entity == DEALS for term in item.terms)
    behind = tokens[item.end].norm if item.end < len(tokens) else ""
    if item.text.casefold() not in BOOKED or not sums or item.values or behind in MONEY_BEHIND:
        return item
    told = before is not None and (bool(OUTCOMES & set(before.cues)) or any(value.entity == DEALS and not value.title for value in before.values))
    counted = item.start > 0 and tokens[item.start - 1].norm in ONE_OF
    return replace(item, cues=(), terms=(Term("entity", DEALS, DEALS, 1),)) if told or counted else item
