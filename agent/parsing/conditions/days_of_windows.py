"""Which day of a record a period is about: the one named beside it, that of its state, of its reason, or of what happened."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.conditions.held_days import day_held
from agent.parsing.conditions.named_times import TIME_CUES, named_by
from agent.parsing.language.text import term_key
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.label_parts import events_of
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.query import Compare, Filter
from tools.crm.semantic import Field

MORE = 1.5  # so many times more records have the day than are in its state
SHORTEST_EVENT = 2
SHOULD = {"该", "应", "应该", "要"}
_REASON = re.compile(r"的?(?:原因|理由|缘由)$|[\s_]+(?:reasons?|cause)$", re.IGNORECASE)


def is_due(reading: Reading, item: Item) -> bool:
    """As in 这周该到货的: what should happen is told by its plan."""
    before = reading.signals.tokens[item.start - 1].text if item.start else ""
    return before in SHOULD


def _as_due(reading: Reading, item: Item, path: str) -> str:
    """The planned day beside the actual one, of what should happen."""
    pairs = reading.paths.vocabulary.columns.pairs.get(reading.entity, ()) if is_due(reading, item) else ()
    return next((pair.planned.path for pair in pairs if pair.actual.path == path), path)


def time_path(reading: Reading, index: int) -> tuple[str | None, set[int]]:
    """The time field that a word beside the period names, and that word's place; None: the default one."""
    entity = reading.paths.model.entities[reading.entity]
    times = [f for f in entity.fields.values() if f.type.is_time and reading.paths.vocabulary.content(entity.key, f.key).count]
    for near in (index - 1, index + 1, index - 2, index + 2, index - 3, index + 3):
        if not 0 <= near < len(reading.signals.items):
            continue
        item = reading.item(near)
        for pair in item.pairs:
            if pair.entity == entity.key and pair.what in {"ordered", "day", "filled"} and any(f.key == pair.path for f in times):
                return _as_due(reading, item, pair.path), set() if near in reading.used or pair.what != "day" else {near}
        for term in item.terms:
            if term.what == "field" and term.entity == entity.key and any(f.key == term.key for f in times):
                return term.key, {near, *(at for at in reading.signals.at.get("expiring", ()) if at == near - 1 and reading.item(at).is_only_cue)}  # "due for"
        for kind in TIME_CUES if not (("paid" in item.cues and "day compared" in reading.notes) or _is_due_elsewhere(reading, item)) else ():
            if kind in item.cues:
                field = next((f for f in times if named_by(f, kind)), None)
                if field is not None and not (kind == "closed" and "status" in entity.fields):
                    return field.key, {near}
                if field is not None:
                    return None, set()
    for cue in reading.signals.at.get("group", ()):  # "…, by opening date"
        named = cue + 1
        terms = reading.item(named).terms if named < len(reading.signals.items) else ()
        key = next((term.key for term in terms if term.what == "field" and term.entity == entity.key), None)
        if key is not None and named not in reading.used and any(field.key == key for field in times):
            return key, {cue, named}
    if (held := day_held(reading, times)) is not None:
        return held, set()
    if (told := _ending_anywhere(reading, times) or _event_anywhere(reading, times)) is not None:
        return told
    return _day_of_state(reading, times) or _day_of_reason(reading, times), set()


def _is_due_elsewhere(reading: Reading, item: Item) -> bool:
    """As in "how much is due in June", where payments have a day on which they are due: no deal is due by any day of its own."""
    return "expiring" in item.cues and bool(item.pairs) and all(pair.entity != reading.entity for pair in item.pairs)


def passed_through(reading: Reading) -> Reading:
    """As in 今年启动的项目 where 启动 is also the first of the states: those that began then, whatever state they have come to since."""
    path, entity = reading.window.path if reading.window is not None else None, reading.paths.model.entities[reading.entity]
    if path is None or path not in entity.fields:
        return reading
    dated = reading.paths.vocabulary.content(entity.key, path).count
    events = {term_key(event) for label in own_labels(entity.fields[path]) for event in events_of(label)}
    kept = [part for part in reading.filters if not (_is_state(part, events) and dated > MORE * _held(reading, part))]
    return replace(reading, filters=tuple(kept))


def _is_state(part: Filter, events: set[str]) -> bool:
    return isinstance(part, Compare) and part.op == "eq" and "." not in part.path and {term_key(text) for text in part.values} <= events


def _held(reading: Reading, part: Filter) -> int:
    """How many records are in a state."""
    held = reading.paths.vocabulary.content(reading.entity, part.path).values if isinstance(part, Compare) else {}
    return sum(held.get(text, 0) for text in part.values) if isinstance(part, Compare) else 0


def _ending_anywhere(reading: Reading, times: list[Field]) -> tuple[str, set[int]] | None:
    """As in 下个月有几张有效保单要到期: that records end is said of no other period, however far away it stands."""
    places = [index for index in reading.signals.at.get("expiring", ()) if index not in reading.used and reading.item(index).is_only_cue]
    ends = [field.key for field in times if named_by(field, "expiring")]
    return (ends[0], set(places)) if places and len(ends) == 1 else None


def _event_anywhere(reading: Reading, times: list[Field]) -> tuple[str, set[int]] | None:
    """As in 下个月有几张有效保单要终保 beside 终保日期: the one event whose day the records have, however far from the period it is told."""
    events = {(field.key, term_key(event)) for field in times for label in own_labels(field) for event in events_of(label)}
    found = {
        index: term.key
        for index in reading.open_items()
        for term in reading.item(index).terms
        if term.what == "field" and term.entity == reading.entity and (term.key, term_key(reading.item(index).text)) in events
    }
    return (next(iter(found.values())), {*found}) if len(found) == 1 else None


def _day_of_state(reading: Reading, times: list[Field]) -> str | None:
    """The day on which records came into the state that the question names: "Cancelled on" of what is cancelled."""
    said = {term_key(value.text) for item in reading.signals.items for value in item.values if value.entity == reading.entity and not value.title}
    return next((field.key for field in times if any(term_key(event) in said for label in own_labels(field) for event in events_of(label))), None)


def _day_of_reason(reading: Reading, times: list[Field]) -> str | None:
    """The day of what the reasons asked for are reasons of: "Cancelled on" beside "Cancel reason", 退订日期 beside 退订原因."""
    own = {term.key for item in reading.signals.items for term in item.terms if term.what == "field" and term.entity == reading.entity}
    labels = [label for key in sorted(own) for label in own_labels(reading.paths.model.entities[reading.entity].fields[key])]
    reasons = {stem.casefold() for label in labels if len(stem := _REASON.sub("", label)) >= SHORTEST_EVENT and stem != label}
    events = {field.key: [event.casefold() for label in own_labels(field) for event in events_of(label)] for field in times}
    found = [key for key, said in events.items() if any(event.startswith(stem) for event in said for stem in reasons)]
    return found[0] if len(found) == 1 else None
