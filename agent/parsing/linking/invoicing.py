"""A word for invoicing in a store that keeps nothing of it: 开票多少 is then no question of what was created."""

from __future__ import annotations

import re

from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels, own_names
from agent.parsing.store_words.vocabulary import Vocabulary

INVOICING = re.compile(r"(?:已经?|还?没有?|未|新)?开(?:了|过|具|出)?(?:发)?票(?:了|的)?")
KEPT = re.compile(r"票|invoic|\binv\b|\bbill", re.IGNORECASE)


def without_invoicing(items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items without such words and the unknown places with them, where no record, table or column is of invoices."""
    said = [item for item in items if item.is_only_cue and INVOICING.fullmatch(item.text)]
    if not said or _keeps_invoices(vocabulary):
        return items, unknown
    places = {at for item in said for at in range(item.start, item.end)}
    return tuple(item for item in items if item not in said), sorted({*unknown, *places})


def _keeps_invoices(vocabulary: Vocabulary) -> bool:
    if vocabulary.rows("invoice"):
        return True
    kinds = [kind for kind in vocabulary.model.entities.values() if vocabulary.rows(kind.key)]
    fields = [field for kind in kinds for field in kind.fields.values() if vocabulary.content(kind.key, field.key).count]
    named = [name for kind in kinds for name in own_names(kind)]
    return any(KEPT.search(label) for label in (*named, *(label for field in fields for label in own_labels(field))))
