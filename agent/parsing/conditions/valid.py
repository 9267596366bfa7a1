"""As in 还在质保期内, "valid today", "expired": the day on which it ends has not passed, or has."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from agent.parsing.validity import LAPSED, VALID, end_of, start_of
from tools.crm.query import Compare


def add_validity(reading: Reading) -> Reading:
    """The conditions on the days from which and until which records hold; kinds without such days leave the words unused."""
    today, vocabulary = reading.signals.today, reading.paths.vocabulary
    for cue in (VALID, LAPSED) if today is not None else ():
        for index in reading.signals.at.get(cue, ()):
            end = end_of(vocabulary, reading.entity, reading.item(index).read_as)
            if index in reading.used or end is None:
                continue
            parts = [Compare(path=end.key, op="ge" if cue == VALID else "lt", values=(str(today),))]
            start = start_of(vocabulary, reading.entity) if cue == VALID and not reading.item(index).read_as else None
            parts += [Compare(path=start.key, op="le", values=(str(today),))] if start is not None and start.key != end.key else []
            reading = reading.using(index, filters=(*reading.filters, *parts), fit=reading.fit + 0.3)
    return reading
