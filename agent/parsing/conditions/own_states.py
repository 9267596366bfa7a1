"""What an own table notes as done or not, said as a sentence: 货款没结清 of a flag 货款结清, 发票还没开 of a column 发票 with 已开 and 未开."""

from __future__ import annotations

import re

from agent.parsing.columns.concepts import concepts, phrases
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import bare_labels, own_labels
from tools.crm.query import Compare
from tools.crm.semantic import FieldType

_DENIED = re.compile(r"^(?:都|也)?(?:还|尚|仍)?(?:没有?|未)")
_DONE = re.compile(r"^(?:都|也)?(?:已经?|早就?|全)?")
_SAID = re.compile(r"^(?P<lead>(?:都|也)?(?:(?:还|尚|仍)?(?:没有?|未)|已经?)?)(?P<verb>[一-鿿])")
STATES = {"unpaid", "paid", "closed", "resolved", "signed", "opened"}
NOT, DONE = ("未", "没", "没有", "待"), ("已", "")
DONE_BY = {"close", "finish", "resolve", "pay"}
HANDED_OVER = "accept"  # the end of work that no day calls finished
REACH = 5


def add_own_states(reading: Reading) -> Reading:
    """Conditions from such sentences, of the own table that is read."""
    if reading.paths.model.entities[reading.entity].custom_table is None:
        return reading
    return _open_states(_flag_states(_value_states(reading)))


def _open_states(reading: Reading) -> Reading:
    """As in 还没结的索赔: the one day on which the records are done, which some have not come to yet, is not there."""
    end = day_of_end(reading, reading.entity)
    for index in reading.signals.at.get("open", ()):
        item = reading.item(index)
        elsewhere = bool(item.values) and all(value.entity != reading.entity for value in item.values) and not item.terms  # no state of the deals
        if index in reading.used or not (item.is_only_cue or elsewhere) or end is None:
            continue
        if any(isinstance(part, Compare) and part.path == end for part in reading.filters):
            reading = reading.using(index)
            continue
        reading = reading.using(index, filters=(*reading.filters, Compare(path=end, op="is_null")), fit=reading.fit + 0.2)
    return reading


def day_of_end(reading: Reading, entity: str) -> str | None:
    """The one day on which the records of an own table are done, where some have not come to it yet."""
    columns = reading.paths.vocabulary.columns
    days = [day for day in columns.days.get(entity, ()) if not day.planned]
    ends = [day.path for day in days if day.events & DONE_BY] or [day.path for day in days if HANDED_OVER in day.events]
    return ends[0] if len(ends) == 1 and (entity, ends[0]) in columns.unfinished else None


def _flag_states(reading: Reading) -> Reading:
    """As in 没结清: a word for a state of deals or payments that the table has a flag of, called so."""
    for index in reading.open_items():
        item = reading.item(index)
        if item.is_only_cue and item.text.isascii() and (STATES | {"open"}) & set(item.cues):
            reading = _latin_state(reading, index)
            if index in reading.used:
                continue
        if not item.is_only_cue or not STATES & set(item.cues):
            continue
        denied = bool(_DENIED.match(item.text))
        core = re.sub(r"[的了]$", "", (_DENIED if denied else _DONE).sub("", item.text))
        flags = [
            field.key
            for field in reading.paths.model.entities[reading.entity].fields.values()
            if field.custom and field.type is FieldType.FLAG and len(core) > 1 and any(core in label for label in own_labels(field))
        ]
        day = _day_of_named(reading, index) if "unpaid" in item.cues and not flags else None
        if day is not None:
            reading = reading.using(index, filters=(*reading.filters, Compare(path=day, op="is_null")), fit=reading.fit + 0.3)
        if len(flags) == 1:
            reading = reading.using(index, filters=(*reading.filters, Compare(path=flags[0], values=("false" if denied else "true",))), fit=reading.fit + 0.3)
    return reading


def _latin_state(reading: Reading, index: int) -> Reading:
    """As in "unsettled shipments" of a flag 结清没: the one flag whose header tells of the same event."""
    words = reading.item(index).text.casefold().split()
    said = [word.removeprefix("un") for word in words]
    events = frozenset[str]().union(*(phrases().get(word, frozenset()) for word in said))
    names = {kind.partition(":")[2] for kind in events if kind.startswith("event:")}
    fields = reading.paths.model.entities[reading.entity].fields.values()
    flags = [f.key for f in fields if f.custom and f.type is FieldType.FLAG and any(concepts(label, "event") & names for label in own_labels(f))]
    if len(flags) != 1:
        return reading
    denials = [near for near in (index - 1,) if near >= 0 and "not" in reading.item(near).cues]
    denied = said != words or bool(denials) or bool({"not", "yet", "outstanding"} & set(words))
    return reading.using(index, *denials, filters=(*reading.filters, Compare(path=flags[0], values=("false" if denied else "true",))), fit=reading.fit + 0.3)


def _day_of_named(reading: Reading, index: int) -> str | None:
    """As in "deposits still out" of 保证金 and 保证金退回日: the one day that is called after the column named before it."""
    fields = reading.paths.model.entities[reading.entity].fields
    for near in range(index - 1, -1, -1):
        for term in reading.item(near).terms:
            if term.what == "field" and term.entity == reading.entity and fields[term.key].custom:
                names = (*bare_labels(fields[term.key]), *own_labels(fields[term.key]))
                days = [key for key, field in fields.items() if field.type.is_time and any(label.startswith(names) for label in own_labels(field))]
                return days[0] if len(days) == 1 and days[0] != term.key else None
    return None


def _value_states(reading: Reading) -> Reading:
    """As in 发票还没开: a column, and behind it the verb that its categories 已开 and 未开 are made of."""
    tokens = reading.signals.tokens
    fields = reading.paths.model.entities[reading.entity].fields
    for index in reading.open_items():
        item = reading.item(index)
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
        said = _SAID.match("".join(token.text for token in tokens[item.end : item.end + REACH]))
        own = [key for key in keys if fields[key].custom and fields[key].type is FieldType.TEXT]
        if not own or said is None or not said["lead"]:
            continue
        held = reading.paths.vocabulary.content(reading.entity, own[0]).values
        starts = NOT if _DENIED.match(said["lead"]) else DONE
        value = next((f"{start}{said['verb']}" for start in starts if f"{start}{said['verb']}" in held), None)
        if value is not None:
            last = item.end + len(said[0])
            inside = [at for at, other in enumerate(reading.signals.items) if item.end <= other.start and other.end <= last]
            reading = reading.using(index, *inside, filters=(*reading.filters, Compare(path=own[0], values=(value,))), fit=reading.fit + 0.3)
    return reading
