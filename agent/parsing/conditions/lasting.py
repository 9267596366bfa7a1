"""Bounds on how long something took or how old a record is: closed within 30 days, open for more than 2 weeks, 挂了 30 天以上."""

from __future__ import annotations

from datetime import date, timedelta

from agent.parsing.conditions.named_times import named_by, times_of
from agent.parsing.conditions.outcomes import RESPONSE_DAYS
from agent.parsing.conditions.since_event import event_day
from agent.parsing.language.lengths import Length, Side
from agent.parsing.reading.drafting import Reading
from prompts.words import say
from tools.crm.measuring import conditions_of
from tools.crm.query import And, Assumption, Compare, Filter, Lasted, Or
from tools.crm.semantic import Measure
from tools.crm.semantic.outlook import PLANNED

REACH = 3
OPPOSITE: dict[Side, Side] = {"gt": "le", "ge": "lt", "lt": "ge", "le": "gt"}
BEFORE: dict[Side, Side] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
ENDING = ("closed", "closing", "won", "resolved")
MISREAD = 3.2


def add_spans(reading: Reading) -> Reading:
    """Lengths of time as bounds on what a record took; before other conditions, which would read "not resolved" by itself."""
    for index in reading.open_items():
        length = reading.item(index).length
        if length is not None:
            reading = _noted(_taken(reading, index, length) or reading, index, length)
    return reading


def add_ages(reading: Reading) -> Reading:
    """Lengths of time as bounds on an age; one that fits nowhere is never read as a period."""
    for part in reading.filters:
        if isinstance(part, Lasted):
            measures = (
                m for m in reading.paths.model.measures.values() if m.entity == reading.entity and m.op == "days" and m.args[:2] == (part.path, part.since)
            )
            reading = reading.using(filters=(*reading.filters, *(each for m in measures for each in _own_conditions(reading, m))))
    for index in reading.open_items():
        length = reading.item(index).length
        if length is None:
            continue
        made = _aged(reading, index, length)
        if made is not None:
            reading = _noted(made, index, length)
        elif reading.item(index).period is not None and length.op in {"gt", "ge"}:
            reading = reading.paying(MISREAD)  # "for more than 90 days" is not "in the last 90 days"
    return reading


def start_of(reading: Reading) -> str | None:
    """The day from which a record of this kind counts its age; None where it has none."""
    model = reading.paths.model
    begun = [measure.args[1] for measure in model.measures.values() if measure.entity == reading.entity and measure.op == "days"]
    opened = [field.key for field in times_of(reading) if named_by(field, "opened")]
    usual = model.entities[reading.entity].time
    found = [*begun, *opened, *([usual] if usual else [])]
    return next((path for path in found if _is_past(reading, path) and reading.paths.vocabulary.filled(reading.entity, path)), None)


def open_state(reading: Reading) -> tuple[Compare, ...]:
    """What makes a record of this kind one that is still open; nothing where its kind knows no such thing."""
    counts = (m for m in reading.paths.model.measures.values() if m.entity == reading.entity and m.op == "count" and len(m.where) == 1)
    return next((conditions_of(each) for each in counts if set(each.where.values()) <= {(), ("open",)}), ())


def is_open(reading: Reading) -> bool:
    """Whether the records are said to be open."""
    return reading.signals.has("open", "waiting") or any(
        measure.where.get("status") == ("open",) or () in measure.where.values()
        for measure in (reading.paths.model.measures[term.key] for item in reading.signals.items for term in item.terms if term.what == "measure")
        if measure.entity == reading.entity
    )


def _noted(reading: Reading, index: int, length: Length) -> Reading:
    if not length.rounded or index not in reading.used:
        return reading
    days = f"{length.days.normalize():f}"
    said = Assumption(en=say("length_rounded", "en", days=days), zh=say("length_rounded", "zh", days=days))
    return reading.using(assumptions=(*reading.assumptions, said))


def _taken(reading: Reading, index: int, length: Length) -> Reading | None:
    """As in "took longer than 60 days to close", 首次响应超过 2 天: the time between two days of the record."""
    if length.aged:
        return None
    for measure in reading.paths.model.measures.values():
        if measure.entity != reading.entity or measure.op != "days":
            continue
        beside = _says(reading, index, measure)
        if beside:
            path, since = measure.args[:2]
            denied = _denials(reading, index, beside)
            side, days = OPPOSITE[length.op] if denied else length.op, f"{length.days.normalize():f}"
            part: Filter = Lasted(path=path, since=since, op=side, days=days)
            missing = _still_waiting(reading, path, since, length) if denied else None
            if missing is not None and length.op in {"lt", "le"}:
                part = Or(parts=(part, missing))  # 7天内没解决: later, or not yet
            elif missing is not None and {at + 1 for at in denied} & beside:
                part = missing  # 超过48小时还没回复: not yet, and not 没超过48小时就回复了
            used = {index, *denied, *reading.signals.at.get("duration", ()), *(near for near in beside if not _counts(reading, near))}
            return reading.using(*used, filters=(*reading.filters, part), fit=reading.fit + 0.8)
    return None


def _own_conditions(reading: Reading, measure: Measure) -> tuple[Filter, ...]:
    """What the duration is defined over, where nothing says it yet."""
    held = _held(reading)
    return tuple(part for part in conditions_of(measure) if part.path not in held)


def _held(reading: Reading) -> set[str]:
    """The fields that the records are limited by already."""
    named = {path for ref in reading.measures if ref.measure for path in reading.paths.model.measures[ref.measure].where}
    return named | {part.path for part in reading.filters if isinstance(part, Compare)}


def _says(reading: Reading, index: int, measure: Measure) -> set[int]:
    """The items near a length that say which duration is bounded."""
    found: set[int] = set()
    for near in range(max(index - REACH, 0), min(index + REACH + 1, len(reading.signals.items))):
        item = reading.item(near)
        if near == index or (near in reading.used and not _counts(reading, near)):
            continue
        named = any(
            (term.what == "measure" and term.key == measure.key) or (term.what == "field" and (term.entity, term.key) == (measure.entity, measure.args[0]))
            for term in item.terms
        )
        answers = "responded" in item.cues and measure.args[0] in RESPONSE_DAYS
        if "responded" in item.cues and not answers and not named and _keeps_responses(reading):
            continue
        ends = any(named_by(field, kind) for field in times_of(reading) if field.key == measure.args[0] for kind in {*ENDING} & {*item.cues})
        ends = ends or (_counts(reading, near, measure.args[0]) and _is_ahead(reading, index))
        if named or answers or (ends and not is_open(reading)):
            found.add(near)
    return found


def _keeps_responses(reading: Reading) -> bool:
    """Whether records of this kind tell when they were answered, so that 回复 is not the word for their end."""
    fields = reading.paths.model.entities[reading.entity].fields
    return any(day in fields and reading.paths.vocabulary.filled(reading.entity, day) for day in RESPONSE_DAYS)


def _counts(reading: Reading, index: int, time: str | None = None) -> bool:
    """Whether an item is a count of records that something has happened to (on the day ``time``): "closed deals"."""
    measures = (reading.paths.model.measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity)
    return any(measure.op == "count" and bool(measure.where) and time in {None, measure.time} for measure in measures)


def _is_ahead(reading: Reading, index: int) -> bool:
    """Whether the length would otherwise be a period to come, in which nothing has been closed yet."""
    period, today = reading.item(index).period, reading.signals.today
    return period is None or (period.start is not None and today is not None and period.start >= today)


def _denials(reading: Reading, index: int, beside: set[int]) -> set[int]:
    places = {*reading.signals.at.get("not", ()), *reading.signals.at.get("without", ())}
    first = min(index, *beside)
    return places & set(range(max(first - 2, 0), max(index, *beside)))


def _still_waiting(reading: Reading, path: str, since: str, length: Length) -> Filter | None:
    """Records for which it has not happened yet although the time is over."""
    day = _day_before(reading, length)
    if day is None:
        return None
    return And(parts=(Compare(path=path, op="is_null"), Compare(path=since, op="lt", values=(day.isoformat(),))))


def _aged(reading: Reading, index: int, length: Length) -> Reading | None:
    """As in "older than 90 days", 创建超过 90 天, "open for more than 2 weeks": the day it began lies so long ago."""
    beside = {
        near for near in (index - 1, index + 1) if 0 <= near < len(reading.signals.items) and {"opened", "aged", "waiting"} & set(reading.item(near).cues)
    }
    named = _named_day(reading, index) or event_day(reading, index)
    if named is not None and (since := _day_before(reading, length)) is not None:
        part = Compare(path=named[1], op=BEFORE[length.op], values=(since.isoformat(),))
        return reading.using(index, *named[0], filters=(*reading.filters, part), fit=reading.fit + 0.8)
    day, path = _day_before(reading, length), start_of(reading)
    if day is None or path is None or not (length.aged or beside or is_open(reading)):
        return None
    part = Compare(path=path, op=BEFORE[length.op], values=(day.isoformat(),))
    waiting = length.waiting or any("waiting" in reading.item(near).cues for near in beside)
    held = _held(reading)
    state = tuple(each for each in open_state(reading) if each.path not in held) if waiting else ()
    used = {*beside, *(i for kind in ("aged", "waiting") for i in reading.signals.at.get(kind, ()) if abs(i - index) <= REACH)}
    return reading.using(index, *used, filters=(*reading.filters, *state, part), fit=reading.fit + 0.6)


def _named_day(reading: Reading, index: int) -> tuple[set[int], str] | None:
    """As in "last review was more than 180 days ago", 上次保养到现在超过180天: the one day column of the records that is named, and its words."""
    fields = reading.paths.model.entities[reading.entity].fields
    named = {
        place: term.key
        for place in reading.open_items()
        for term in reading.item(place).terms
        if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].custom and fields[term.key].type.is_time
    }
    past = {place: key for place, key in named.items() if not any(PLANNED.search(word.casefold()) for word in fields[key].words.en)}
    if len(set(named.values())) != 1 or len(past) != len(named):
        return None
    latest = {place for place in reading.signals.at.get("latest", ()) if min(abs(place - other) for other in past) == 1}
    return {*past, *latest}, next(iter(past.values()))


def _day_before(reading: Reading, length: Length) -> date | None:
    today = reading.signals.today
    return None if today is None or length.days % 1 else today - timedelta(days=min(int(length.days), today.toordinal() - 1))


def _is_past(reading: Reading, path: str) -> bool:
    field = reading.paths.model.entities[reading.entity].fields.get(path)
    return field is not None and field.type.is_time and field.past is not None
