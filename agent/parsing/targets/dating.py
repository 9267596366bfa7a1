"""As in "when was the last payment", 最近一笔回款是哪天: the day itself, rather than the record of that day."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import mentions_entity, named_by_value
from tools.crm.query import MeasureRef


def dated(reading: Reading) -> Iterator[Reading]:
    """The first or last day of the records that are named, by the day that they are usually dated by."""
    entity = reading.paths.model.entities[reading.entity]
    cue = reading.signals.at.get("when", [])
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index)]
    if not cue or not mentions or not reading.signals.timely or entity.time is None or not reading.paths.vocabulary.filled(entity.key, entity.time):
        return
    ref = MeasureRef(fold="max" if reading.signals.descending else "min", path=entity.time)
    taken = [index for index in mentions[:1] if not named_by_value(reading, index)]
    used = [*taken, *cue, *reading.signals.superlative]
    yield reading.using(*used, measures=(ref,), fit=reading.fit + 1.0, notes=reading.notes | {"measure_item": str(used[0])})
