"""The period of what happened with the records: "customers visited this year" are not those that became customers this year."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import DOERS
from tools.crm.query import And, Between, Compare, Exists, Filter, Window


def happened_then(reading: Reading) -> Reading:
    """A period that no word ties to a day of the records themselves goes to the one thing that the question says of them to have happened."""
    window = reading.window
    events = [part for part in reading.filters if isinstance(part, Exists) and _is_event(reading, part)]
    if reading.entity not in DOERS or window is None or window.path is not None or len(events) != 1 or reading.compare is not None:
        return reading
    if any(dimension.grain for dimension in reading.dimensions) or any(ref.measure and _has_own_day(reading, ref.measure) for ref in reading.measures):
        return reading
    time = reading.paths.model.entities[events[0].entity].time
    if time is None or _tells_time(events[0].where):
        return reading
    moved = events[0].model_copy(update={"where": _both(events[0].where, _within(time, window))})
    return replace(reading, window=None, filters=tuple(moved if part is events[0] else part for part in reading.filters))


def _is_event(reading: Reading, part: Exists) -> bool:
    custom = reading.paths.model.entities[part.entity].custom_table is not None
    return part.entity in {"interaction", "ticket"} or custom


def _has_own_day(reading: Reading, key: str) -> bool:
    measure = reading.paths.model.measures[key]
    return measure.op != "count" or bool(measure.where)


def _tells_time(where: Filter | None) -> bool:
    parts = where.parts if isinstance(where, And) else (where,)
    return any(isinstance(part, Between) or (isinstance(part, Compare) and part.op in {"gt", "ge", "lt", "le"}) for part in parts)


def _within(time: str, window: Window) -> Between:
    return Between(path=time, low=window.start.isoformat() if window.start else None, high=window.end.isoformat() if window.end else None)


def _both(where: Filter | None, more: Filter) -> Filter:
    if where is None:
        return more
    return And(parts=(*where.parts, more) if isinstance(where, And) else (where, more))
