"""As in "shipped later than agreed", 实际发货日晚于约定交货日: two days of one record compared; and a day that has passed."""

from __future__ import annotations

from itertools import pairwise

from agent.parsing.conditions.windows import named_by, times_of
from agent.parsing.drafting import Reading
from tools.crm.query import Compare, Lasted

ENDS = ("opened", "signed", "resolved", "expiring", "closed", "won", "closing", "paid")
AFTER, BEFORE = ("later", "after", "gt"), ("earlier", "before", "lt")
REACH = 3


def add_order(reading: Reading) -> Reading:
    """Records of which one day lies after or before another."""
    days = [(index, path) for index in reading.open_items() if (path := day_named(reading, index)) is not None]
    for (first, path), (second, since) in pairwise(days):
        if path == since or second - first > REACH or reading.signals.has("duration"):
            continue
        inner = range(first + 1, second + 2)  # "A later than B", 比 B 晚
        for kinds, op in ((AFTER, "gt"), (BEFORE, "lt")):
            cue = next((i for kind in kinds for i in reading.signals.at.get(kind, ()) if i in inner and i not in reading.used), None)
            if cue is None:
                continue
            than = [i for i in reading.signals.at.get("compare", ()) if i in inner]
            part = Lasted(path=path, since=since, op="gt" if op == "gt" else "lt", days="0")
            return reading.using(first, second, cue, *than, filters=(*reading.filters, part), fit=reading.fit + 1.2)
    return reading


def add_passed(reading: Reading) -> Reading:
    """As in 预计签约日已经过了, "past their expected signing date": a named day before today, where the kind's own due day is another."""
    today = reading.signals.today
    if today is None:
        return reading
    for cue in reading.signals.at.get("overdue", ()):
        for near in (cue - 1, cue + 1):
            if cue in reading.used or not 0 <= near < len(reading.signals.items) or near in reading.used:
                continue
            path = next((term.key for term in reading.item(near).terms if term.what == "field" and _is_day(reading, term.entity, term.key)), None)
            if path is not None and path != reading.paths.model.entities[reading.entity].due:
                part = Compare(path=path, op="lt", values=(today.isoformat(),))
                return reading.using(near, cue, filters=(*reading.filters, part), fit=reading.fit + 0.6)
    return reading


def _is_day(reading: Reading, entity: str, key: str) -> bool:
    return entity == reading.entity and any(field.key == key for field in times_of(reading))


def day_named(reading: Reading, index: int) -> str | None:
    """The time field of the entity that an item names, as a field or by a verb."""
    item = reading.item(index)
    if item.length is not None or item.period is not None:
        return None
    for term in item.terms:
        if term.what == "field" and _is_day(reading, term.entity, term.key):
            return term.key
    for kind in ENDS:
        if kind in item.cues:
            return next((field.key for field in times_of(reading) if named_by(field, kind)), None)
    return None
