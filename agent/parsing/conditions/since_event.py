"""The day from which a length of time counts, by the event before it: 发货超过60天, 寄了超过30天, "sent more than 60 days ago"."""

from __future__ import annotations

import re

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.semantic import Field
from tools.crm.semantic.outlook import PLANNED

_PARTICLES = re.compile(r"(?:出去|出来|过去|出|掉|完|好|上|下)?[了过的后]*$")
_BETWEEN = {"了", "过", "的", "后", "之", "以", "已", "经", "都", "到", "现", "在", "至", "今", "有", "快"}
REACH = 3


def event_day(reading: Reading, index: int) -> tuple[set[int], str] | None:
    """The one past day of the records that is called after the words before a length, with the places of these; or their usual day behind "ago"."""
    days = [field for field in reading.paths.model.entities[reading.entity].fields.values() if _is_past_day(reading, field)]
    item = reading.item(index)
    if not days:
        return None
    before = index - 1
    if before >= 0 and _is_beside(reading, before, index) and (called := day_called(reading, before)) is not None:
        return {before}, called
    usual = reading.paths.model.entities[reading.entity].time
    behind = reading.signals.tokens[item.end].norm if item.end < len(reading.signals.tokens) else ""
    if reading.paths.model.entities[reading.entity].custom_table is not None and behind == "ago" and any(field.key == usual for field in days):
        return set(), str(usual)
    return None


def day_called(reading: Reading, index: int) -> str | None:
    """The one past day of the records whose header holds the verb that an item is: 哪天寄的 for 寄出去了."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    core = _PARTICLES.sub("", reading.item(index).text)
    called = [field.key for field in fields if core and _is_past_day(reading, field) and any(core in label for label in own_labels(field))]
    return called[0] if len(called) == 1 else None


def _is_beside(reading: Reading, before: int, index: int) -> bool:
    gap = reading.signals.tokens[reading.item(before).end : reading.item(index).start]
    return len(gap) <= REACH and all(token.text in _BETWEEN for token in gap)


def _is_past_day(reading: Reading, field: Field) -> bool:
    if not field.custom or not field.type.is_time or not reading.paths.vocabulary.content(reading.entity, field.key).count:
        return False
    return not any(PLANNED.search(word.casefold()) for word in (*field.words.en, *field.words.zh))
