"""The period of what happened with the records: "customers visited this year" are not those that became customers this year."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.conditions.named_times import TIME_CUES, window_of
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import DOERS
from tools.crm.query import And, Between, Compare, Exists, Filter, Window

EVENTS = {"interaction", "ticket", "opportunity", "contract", "invoice", "payment", "request"}


def happened_then(reading: Reading) -> Reading:
    """A period that no word ties to a day of the records themselves goes to the one thing that the question says of them to have happened."""
    reading = _with_period(reading)
    window = reading.window
    events = [part for part in reading.filters if isinstance(part, Exists) and _is_event(reading, _innermost(part))]
    if reading.entity not in DOERS or window is None or len(events) != 1 or reading.compare is not None:
        return reading
    event = _innermost(events[0])
    if _is_of_beginning(reading, event.entity) or (window.path is not None and not _is_object_of_day(reading, event.entity)):
        return reading
    if any(dimension.grain for dimension in reading.dimensions) or any(ref.measure and _has_own_day(reading, ref.measure) for ref in reading.measures):
        return reading
    time = reading.paths.model.entities[event.entity].time
    if time is None or _tells_time(event.where):
        return reading
    moved = _dated(events[0], _within(time, window))
    return replace(reading, window=None, filters=tuple(moved if part is events[0] else part for part in reading.filters))


def _with_period(reading: Reading) -> Reading:
    """As in "clients that filed a complaint in March", of clients that have no day of their own: the one period is that of what happened."""
    if reading.entity not in DOERS or reading.window is not None or reading.paths.model.entities[reading.entity].time is None:
        return reading
    between = any(isinstance(part, Exists) and isinstance(part.where, Exists) for part in reading.filters)
    open_ = [(index, reading.item(index).period) for index in reading.open_items()]
    periods = [(index, period) for index, period in open_ if period is not None]
    if not between or len(periods) != 1:
        return reading
    index, period = periods[0]
    return reading.using(index, window=window_of(period, None))


def _innermost(part: Exists) -> Exists:
    """The records at the end: complaints of contracts of customers."""
    return _innermost(part.where) if isinstance(part.where, Exists) else part


def _dated(part: Exists, when: Between) -> Exists:
    where = _dated(part.where, when) if isinstance(part.where, Exists) else _both(part.where, when)
    return part.model_copy(update={"where": where})


def _is_object_of_day(reading: Reading, entity: str) -> bool:
    """As in "filed a complaint": the verb for a day stands right before what happened, and tells nothing of who did it."""
    for kind in TIME_CUES:
        for index in reading.signals.at.get(kind, ()):
            behind = reading.signals.items[index + 1 : index + 2]
            if any(entity in {value.entity for value in item.values} | {term.entity for term in item.terms} for item in behind):
                return True
    return False


def _is_of_beginning(reading: Reading, entity: str) -> bool:
    """As in 今年新增的客户里签过合同的, "created this year": the word right beside the period says that it is when they came to be."""
    items = reading.signals.items
    for at in reading.signals.at.get("opened", ()):
        dated = any(items[near].period is not None for near in (at - 1, at + 1) if 0 <= near < len(items))
        if dated and not any(entity in _kinds(item) for item in items[at + 1 : at + 2]):  # 今年新提工单的
            return True
    return False


def _kinds(item: Item) -> set[str]:
    return {value.entity for value in item.values} | {term.entity for term in item.terms if term.what != "field"}


def _is_event(reading: Reading, part: Exists) -> bool:
    """Records that happen on a day. A plan of what comes is none: what is due in a period says nothing of who they are of."""
    return part.entity in EVENTS or reading.paths.model.entities[part.entity].custom_table is not None


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
