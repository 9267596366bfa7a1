"""Whether the time that is measured runs between the events that the question names: 从登记到第一笔到账 is no sales cycle."""

from __future__ import annotations

from agent.parsing.conditions.named_times import named_by
from agent.parsing.conditions.ordering import day_named, referred_day
from agent.parsing.reading.drafting import Reading

UP_TO = {"到", "至", "to", "until", "till"}
FIRST = {"earliest", "latest"}
EVENTS = ("opened", "signed", "resolved", "closed", "won", "closing", "paid", "responded")
ENDS_OF = {"won": ("closed", "closing"), "closing": ("closed", "won"), "closed": ("won", "closing", "resolved"), "resolved": ("closed",)}
FARTHEST = 3


def other_events(reading: Reading) -> list[int]:
    """Places of events beside "to" or 到 from or to which the measured time does not run."""
    days = _measured_days(reading)
    if days is None:
        return []
    items, tokens = reading.signals.items, reading.signals.tokens
    for index in range(1, len(items)):
        joint = {token.norm for token in tokens[items[index - 1].end : items[index].start]}
        if UP_TO & joint and (before := _event(reading, range(index - 1, max(index - 1 - FARTHEST, -1), -1))) is not None:
            after = _event(reading, range(index, min(index + FARTHEST, len(items))))
            if after is None:
                continue
            firsts = [place for place in range(index, after) if FIRST & set(items[place].cues)]
            crossing = any("." in day for day in days)
            return [place for place in (before, after) if not _is_one(reading, place, days)] or (firsts if crossing else [])
    return []


def _measured_days(reading: Reading) -> tuple[str, str] | None:
    """The days between which the one figure of a reading is measured."""
    if len(reading.measures) != 1:
        return None
    ref = reading.measures[0]
    measure = reading.paths.model.measures[ref.measure] if ref.measure is not None else None
    if measure is not None:
        return (measure.args[1], measure.args[0]) if measure.op == "days" else None
    return (ref.since, ref.path) if ref.since is not None and ref.path is not None else None


def _event(reading: Reading, places: range) -> int | None:
    """The nearest item that names something that happens, or a kind of record other than those that are measured."""
    for place in places:
        item = reading.item(place)
        if "duration" in item.cues or item.period is not None or item.values:
            return None
        if any(kind in item.cues for kind in EVENTS) or day_named(reading, place) is not None or referred_day(reading, place) is not None:
            return place
        if FIRST & set(item.cues):
            continue
        if any(term.what == "entity" and term.filled and term.entity not in {reading.entity, "opportunity", "account", "member"} for term in item.terms):
            return place
    return None


def _is_one(reading: Reading, place: int, days: tuple[str, str]) -> bool:
    """Whether an event is one of the two that the time is measured between."""
    named = day_named(reading, place) or referred_day(reading, place)
    if named is not None and named in days:
        return True
    fields = [reading.paths.field(reading.entity, day) for day in days]
    cues = {*reading.item(place).cues}
    cues |= {other for kind in cues for other in ENDS_OF.get(kind, ())}
    return any(named_by(field, kind) for field in fields for kind in EVENTS if kind in cues)
