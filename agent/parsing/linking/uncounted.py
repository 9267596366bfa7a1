"""English "business" without an article is what is traded, and no company: "the business we won", "definite business"."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

COUNTING = {"a", "an", "each", "every", "which", "per", "one", "another", "any"}
RANK = 4


def with_business(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the deals in its stead, where there are any and the word is in the singular."""
    if not vocabulary.rows("opportunity"):
        return items
    deals = (Term("entity", "opportunity", "opportunity", RANK),)
    return tuple(replace(item, terms=deals) if _is_uncounted(tokens, item) else item for item in items)


def _is_uncounted(tokens: tuple[Token, ...], item: Item) -> bool:
    before = tokens[item.start - 1].norm if item.start else ""
    accounts = any(term.what == "entity" and term.entity == "account" for term in item.terms)
    return item.text.casefold() == "business" and accounts and not item.values and before not in COUNTING
