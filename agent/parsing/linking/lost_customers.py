"""Customers that were lost, where the export notes so of them: "which clients have we lost" asks for those, and not for whose deals were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Value, Vocabulary

_GONE = re.compile(r"^已?流失|^lost\b|\bchurned\b", re.IGNORECASE)
_DEALS = re.compile(r"\bdeals?\b", re.IGNORECASE)  # whom we lost deals with
_LOST = {"lost", "we lost", "lose", "losing", "流失"}
BETWEEN = {"sold", "filler", "exists", "held"}  # clients HAVE we lost


def with_lost(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the one value that says so in place of the word for it, right beside customers and beside nothing of deals."""
    if any(_is_of_deals(item) for item in items) or not any(item.text.casefold() in _LOST for item in items):
        return items
    gone = list(_gone(vocabulary))
    if len(gone) != 1:
        return items
    return tuple(replace(item, cues=(), values=(gone[0],)) if _is_said_of_customers(items, at) else item for at, item in enumerate(items))


def _gone(vocabulary: Vocabulary) -> Iterator[Value]:
    for spec in vocabulary.model.entities["account"].fields.values():
        content = vocabulary.content("account", spec.key)
        found = [text for text in content.values if _GONE.search(text)]
        yield from (Value("account", spec.key, text, content.values[text], False, spec.classification) for text in found)


def _is_of_deals(item: Item) -> bool:
    named = any(term.entity == "opportunity" and term.what in {"entity", "measure"} for term in item.terms)
    return named or bool(_DEALS.search(item.text)) or any(value.entity == "opportunity" for value in item.values)


def _is_said_of_customers(items: tuple[Item, ...], at: int) -> bool:
    if items[at].text.casefold() not in _LOST or not items[at].is_only_cue:
        return False
    before = next((item for item in reversed(items[:at]) if not (item.is_only_cue and BETWEEN & set(item.cues))), None)
    behind = items[at + 1] if at + 1 < len(items) else None
    return any(term.what == "entity" and term.entity == "account" for item in (before, behind) if item is not None for term in item.terms)
