"""Relative clauses of records that belong to others: 装了我们设备的医院, 拿过耗材的客户."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Exists

ASPECTS = {"了", "过"}


def leads_to_bearer(reading: Reading, index: int) -> bool:
    """Whether records are what those have done or got whom 的 leads to, and which the reading is of."""
    tokens, items, item = reading.signals.tokens, reading.signals.items, reading.item(index)
    if not any(term.what == "entity" and term.entity != reading.entity for term in item.terms) or reading.entity.startswith("custom:"):
        return False
    held = {part.entity for part in reading.filters if isinstance(part, Exists)}
    if any(term.entity in held for term in item.terms if term.what == "entity"):
        return False
    following = next((other for other in items if other.start > item.start and tokens[other.start - 1].text == "的"), None)
    if following is None or not any(term.what == "entity" and term.entity == reading.entity for term in following.terms):
        return False
    clause = [token.text for token in tokens[max(item.start - 4, 0) : following.start]]
    return bool(ASPECTS & set(clause)) and not {",", "，", "。", "、"} & set(clause)
