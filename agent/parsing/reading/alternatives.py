"""Two values of one column, of which no record has both: either is meant."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare


def alternatives(reading: Reading) -> Reading:
    """As in "won tenders versus lost ones", of which an own column tells both: no record has two values of one column, so either is meant."""
    compared = reading.signals.has("compare", "breakdown", "group")
    equal: dict[str, Compare] = {}
    for part in reading.filters:
        if not isinstance(part, Compare) or part.op != "eq" or part.by_id or part.records:
            continue
        if part.path == "status" and not compared:
            continue  # that deals are won and lost is a misreading, unless the two are set side by side
        held = equal.get(part.path)
        if held is None:
            equal[part.path] = part
        elif not set(held.values) & set(part.values):
            both = held.model_copy(update={"values": (*held.values, *part.values)})
            filters = tuple(both if each is held else each for each in reading.filters if each is not part)
            return alternatives(replace(reading, filters=filters))
    return reading
