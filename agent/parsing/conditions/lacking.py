"""Categories that only related records have, and that are missing: "customers with no decision maker", 没有决策人的客户."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from tools.crm.query import Compare, Exists


def lacked_category(reading: Reading, index: int) -> tuple[Exists, tuple[int, ...]] | None:
    """The condition that no record of the category is there, where the records themselves can't be of it; and the items that name its kind besides."""
    for value in reading.item(index).values:
        link = reading.paths.link_to(value.entity, reading.entity) if value.entity != reading.entity and not value.title else None
        if link is None or value.entity.startswith("custom:") or reading.paths.to_value(reading.entity, value):
            continue
        texts = tuple(dict.fromkeys(each.text for each in reading.item(index).values if (each.entity, each.field) == (value.entity, value.field)))
        beside = [near for near in (index + 1, index - 1) if 0 <= near < len(reading.signals.items) and _names(reading, near, value.entity)]
        return Exists(entity=value.entity, via=link.key, where=Compare(path=value.field, values=texts), absent=True), tuple(beside[:1])
    return None


def _names(reading: Reading, index: int, entity: str) -> bool:
    return any(term.what == "entity" and term.entity == entity for term in reading.item(index).terms)
