"""Puts names away: what a message says without whom it is about, so that no company's names decide what is asked."""

from __future__ import annotations

from typing import Literal

from agent.answer import Language
from agent.parsing.linking.items import Item

Slot = Literal["account", "deal", "rep", "region", "team", "product", "stage", "period"]
STAND_INS: dict[Slot, dict[Language, str]] = {
    "account": {"en": "the customer", "zh": "这个客户"},
    "deal": {"en": "the deal", "zh": "这个商机"},
    "rep": {"en": "the rep", "zh": "这位销售"},
    "region": {"en": "the region", "zh": "这个大区"},
    "team": {"en": "the team", "zh": "这个团队"},
    "product": {"en": "the product", "zh": "这个产品"},
    "stage": {"en": "technical evaluation", "zh": "技术评估"},
    "period": {"en": "this quarter", "zh": "本季度"},
}
_NAMED: dict[str, Slot] = {"account": "account", "opportunity": "deal", "member": "rep", "team": "team", "product": "product"}


def slot_of(item: Item) -> Slot | None:
    """What kind of name a linked span is; None for a word that says something itself."""
    if item.period is not None:
        return "period"
    titles = [value for value in item.values if value.title]
    for entity, slot in _NAMED.items():
        if any(value.entity == entity for value in titles):
            return slot
    return "region" if any(value.field == "region" for value in item.values) else None


def masked(message: str, spans: list[tuple[int, int, Slot]], language: Language) -> str:
    """The message with stand-ins for the spans (characters, in order)."""
    found, at = "", 0
    for start, end, slot in spans:
        found += message[at:start] + STAND_INS[slot][language]
        at = end
    return found + message[at:]
