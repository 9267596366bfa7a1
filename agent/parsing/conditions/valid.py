"""As in 还在质保期内, "valid today", "expired": the day on which it ends has not passed, or has."""

from __future__ import annotations

from agent.parsing.linking.validity import LAPSED, VALID, end_of, start_of
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare


def add_validity(reading: Reading) -> Reading:
    """The conditions on the days from which and until which records hold; kinds without such days leave the words unused."""
    today, vocabulary = reading.signals.today, reading.paths.vocabulary
    for cue in (VALID, LAPSED) if today is not None else ():
        for index in reading.signals.at.get(cue, ()):
            if (named := _day_before(reading, index)) is not None:  # 下次检验日期已经过期的
                part = Compare(path=named, op="ge" if cue == VALID else "lt", values=(str(today),))
                reading = reading.using(index - 1, index, filters=(*reading.filters, part), fit=reading.fit + 0.6)
                continue
            end = end_of(vocabulary, reading.entity, reading.item(index).read_as)
            if index in reading.used or end is None:
                continue
            parts = [Compare(path=end.key, op="ge" if cue == VALID else "lt", values=(str(today),))]
            start = start_of(vocabulary, reading.entity) if cue == VALID and not reading.item(index).read_as else None
            parts += [Compare(path=start.key, op="le", values=(str(today),))] if start is not None and start.key != end.key else []
            reading = reading.using(index, filters=(*reading.filters, *parts), fit=reading.fit + 0.3)
    return reading


def _day_before(reading: Reading, index: int) -> str | None:
    """The day column of the records that is named right before such a word."""
    before = reading.item(index - 1) if index else None
    if before is None or index in reading.used or index - 1 in reading.used or before.end != reading.item(index).start:
        return None
    fields = reading.paths.model.entities[reading.entity].fields
    own = (term.key for term in before.terms if term.what == "field" and term.entity == reading.entity and term.filled)
    return next((key for key in own if fields[key].type.is_time), None)
