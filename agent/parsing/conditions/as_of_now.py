"""As in "what's the open pipeline worth today": what is open is so now, and today is no day on which something happened."""

from __future__ import annotations

import re

from agent.parsing.reading.drafting import Reading

HAPPENED = ("opened", "closed", "closing", "expiring", "signed", "resolved", "responded", "won", "lost", "overdue", "future", "compare", "change", "when")
_TODAY = re.compile(r"today|今天|今日", re.IGNORECASE)


def told_as_of_now(reading: Reading) -> Reading:
    """The reading with the word for today used, where all that it tells of is open and nothing is said to happen."""
    days = [index for index in reading.open_items() if reading.item(index).period is not None]
    if len(days) != 1 or not _TODAY.fullmatch(reading.item(days[0]).text) or reading.signals.has(*HAPPENED):
        return reading
    wheres = [reading.paths.model.measures[ref.measure].where for ref in reading.measures if ref.measure]
    stated = [term for item in reading.signals.items for term in item.terms if term.what == "measure" and term.entity == reading.entity]
    wheres += [reading.paths.model.measures[term.key].where for term in stated]
    is_open = reading.signals.has("open") or any(where.get("status") == ("open",) or () in where.values() for where in wheres)
    dated = any(
        reading.paths.model.entities[reading.entity].fields[term.key].type.is_time
        for item in reading.signals.items
        for term in item.terms
        if term.what == "field" and term.entity == reading.entity
    )
    return reading.using(days[0]) if is_open and not dated else reading
