"""Whether the time that is measured runs between the events that the question names: 从登记到第一笔到账 is no sales cycle."""

from __future__ import annotations

import re

from agent.parsing.conditions.named_times import named_by, times_of
from agent.parsing.conditions.ordering import day_named, referred_day
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels, without_unit
from tools.crm.semantic import FieldType

UP_TO = {"到", "至", "to", "until", "till"}
FROM = {"从", "自", "由", "from", "between"}
_DAY_HEAD = re.compile(r"[ _]?(?:日期|日子|日|时间|时|date|day|time|on|at)$", re.IGNORECASE)
PAYMENT = "payment"
FIRST = {"earliest", "latest"}
EVENTS = ("opened", "signed", "resolved", "closed", "won", "closing", "paid", "responded")
ENDS_OF = {"won": ("closed", "closing"), "closing": ("closed", "won"), "closed": ("won", "closing", "resolved"), "resolved": ("closed",)}
FARTHEST = 3


def event_day(reading: Reading, index: int) -> str | None:
    """The day of an event that an item names: one of the records' own, or of a record that they refer to."""
    return (
        day_headed(reading, index)
        or day_named(reading, index)
        or referred_day(reading, index)
        or _day_of_kind(reading, index)
        or referred_event(reading, index)
    )


def names_bearer(reading: Reading, index: int, path: str) -> bool:
    """As in 合同 of 合同签订: the kind of record whose day an event is."""
    reference = path.rpartition(".")[0]
    to = reading.paths.field(reading.entity, reference).to if reference else reading.entity
    return any(term.what == "entity" and term.entity == to for term in reading.item(index).terms)


def day_headed(reading: Reading, index: int) -> str | None:
    """As in 从报价到定标 of 报价日期 and 定标日期: the one day whose header is the word beside "from" or "to", whatever else the word may mean."""
    item, tokens = reading.item(index), reading.signals.tokens
    around = {tokens[at].norm for at in (item.start - 1, item.end) if 0 <= at < len(tokens)}
    if not (FROM | UP_TO) & around or item.period is not None or item.length is not None:
        return None
    text = item.text.casefold()
    found = {field.key for field in times_of(reading) for label in own_labels(field) if _headed(without_unit(label).casefold(), text)}
    return found.pop() if len(found) == 1 else None


def _headed(label: str, text: str) -> bool:
    return _DAY_HEAD.search(label) is not None and _DAY_HEAD.sub("", label) == text


def _day_of_kind(reading: Reading, index: int) -> str | None:
    """As in 装机 of 装机到培训: a word for records of an own table that the header of one of their days begins with; "to payment" of payments."""
    item, tokens = reading.item(index), reading.signals.tokens
    if item.values or not any(term.what == "entity" and term.entity == reading.entity for term in item.terms):
        return None
    around = {tokens[at].norm for at in (item.start - 1, item.end) if 0 <= at < len(tokens)}
    if reading.entity == PAYMENT and (FROM | UP_TO) & around:
        return reading.paths.model.entities[PAYMENT].time
    if not reading.entity.startswith("custom:"):
        return None
    labels = [(field.key, label.casefold()) for field in times_of(reading) for label in own_labels(field)]
    found = {key for key, label in labels if label.startswith(item.text.casefold())}
    return found.pop() if len(found) == 1 else None


def referred_event(reading: Reading, index: int) -> str | None:
    """As in 签订 in 合同签订到装机, of what was installed: a verb for the day of the one record that these refer to, or of the one that is named before it."""
    item, model, filled = reading.item(index), reading.paths.model, reading.paths.vocabulary.filled
    kinds = [kind for kind in EVENTS if kind in item.cues]
    if not kinds or item.period is not None or item.length is not None or item.values:
        return None
    found = {}
    for field in model.entities[reading.entity].fields.values():
        if field.to is None or field.to in {"member", "account", reading.entity} or not filled(reading.entity, field.key):
            continue
        days = [each for each in model.entities[field.to].fields.values() if each.type.is_time and filled(field.to, each.key)]
        day = next((each.key for each in days if any(named_by(each, kind) for kind in kinds)), None)
        if day is not None:
            found[f"{field.key}.{day}"] = field.to
    near = [path for path in found if index and names_bearer(reading, index - 1, path)]
    near = near or list(found)
    return near[0] if len(near) == 1 else None


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


def _measured_days(reading: Reading) -> tuple[str, ...] | None:
    """The days between which the one figure of a reading is measured, none for a length of its own; None where no time is measured."""
    if len(reading.measures) != 1:
        return None
    ref = reading.measures[0]
    measure = reading.paths.model.measures[ref.measure] if ref.measure is not None else None
    if measure is not None:
        return (measure.args[1], measure.args[0]) if measure.op == "days" else None
    if ref.since is None and ref.path is not None and reading.paths.field(reading.entity, ref.path).type is FieldType.DURATION_MINUTES:
        return ()  # how long meetings took is the time between no two events
    return (ref.since, ref.path) if ref.since is not None and ref.path is not None else None


def _event(reading: Reading, places: range) -> int | None:
    """The nearest item that names something that happens, or a kind of record other than those that are measured."""
    for place in places:
        item = reading.item(place)
        if "duration" in item.cues or item.period is not None or item.values:
            return None
        if any(kind in item.cues for kind in EVENTS) or event_day(reading, place) is not None:
            return place
        if FIRST & set(item.cues):
            continue
        if any(term.what == "entity" and term.filled and term.entity not in {reading.entity, "opportunity", "account", "member"} for term in item.terms):
            return place
    return None


def _is_one(reading: Reading, place: int, days: tuple[str, ...]) -> bool:
    """Whether an event is one of the two that the time is measured between."""
    named = event_day(reading, place)
    if named is not None and named in days:
        return True
    fields = [reading.paths.field(reading.entity, day) for day in days]
    cues = {*reading.item(place).cues}
    cues |= {other for kind in cues for other in ENDS_OF.get(kind, ())}
    return any(named_by(field, kind) for field in fields for kind in EVENTS if kind in cues)
