"""A word such as "growth" that is a change of a figure and also a category: which of both is meant, by the words beside it."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.linking.items import Item

CHANGING = {"change", "growth_rate"}


def as_changes(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """As in "revenue growth by region": right behind a figure, or before its groups, it is no category; "growth accounts" are of one."""
    return tuple(replace(item, values=()) if item.values and CHANGING & {*item.cues} and _tells_change(items, at) else item for at, item in enumerate(items))


def _tells_change(items: tuple[Item, ...], at: int) -> bool:
    before, behind = items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None
    kinds = {value.entity for value in items[at].values}
    if behind is not None and any(term.entity in kinds and term.what in {"entity", "field"} for term in behind.terms):
        return False
    return (before is not None and any(term.what == "measure" for term in before.terms)) or (behind is not None and "group" in behind.cues)
