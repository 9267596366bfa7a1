"""As in 张建军修完了几张单, 处理完的单子: what is repaired or dealt with by the slip is a ticket, and no deal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.store_words.vocabulary import Term

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
    from agent.parsing.store_words.vocabulary import Vocabulary

DEALS, TICKETS = "opportunity", "ticket"
SLIPS = {"单", "单子"}
NEAR = 3
_REPAIRED = re.compile(r"修|处理")


def with_slips_repaired(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with tickets for such a word, where the verb before it says that they were done with and tickets are kept."""
    if not vocabulary.rows(TICKETS):
        return items
    return tuple(_as_ticket(item) if _is_slip(item) and _is_repaired(items, at) else item for at, item in enumerate(items))


def _is_slip(item: Item) -> bool:
    """As in 单子, and 多少单 where what is counted is said with the count."""
    return not item.values and (item.text in SLIPS or ("count" in item.cues and item.text.endswith("单")))


def _is_repaired(items: tuple[Item, ...], at: int) -> bool:
    before = items[max(0, at - NEAR) : at]
    kinds = {term.entity for item in before for term in item.terms if term.what == "entity"}
    return not kinds and any("resolved" in item.cues and _REPAIRED.search(item.text) for item in before)


def _as_ticket(item: Item) -> Item:
    if item.terms and not any(term.what == "entity" and term.entity == DEALS for term in item.terms):
        return item
    return replace(item, terms=(Term("entity", TICKETS, TICKETS, 1),))
