"""Records that come "from" a past period, "leads from 2024", "orders from last month": those of that period, and not all since it began."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from agent.parsing.language.dates import find_periods
from agent.parsing.linking.items import Item

_FROM = re.compile(r"from (?:the )?(?P<when>\S.*)", re.IGNORECASE)


def of_their_period(items: tuple[Item, ...], today: date) -> tuple[Item, ...]:
    """The items with such periods closed, right behind the word for the records; "won from 2024" and "from 2024 on" stay open."""
    return tuple(_closed(items, at, today) for at in range(len(items)))


def _closed(items: tuple[Item, ...], at: int, today: date) -> Item:
    item, before = items[at], items[at - 1] if at else None
    said = _FROM.fullmatch(item.text) if item.period is not None and item.period.open_ended else None
    if said is None or before is None or before.end != item.start or before.values or not any(t.what == "entity" and t.filled for t in before.terms):
        return item
    found = find_periods(said["when"], today)
    whole = found[0].period if len(found) == 1 and (found[0].start, found[0].end) == (0, len(said["when"])) else None
    if whole is None or whole.open_ended or whole.end is None or whole.end >= today:
        return item
    return replace(item, period=whole)
