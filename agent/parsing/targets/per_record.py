"""A mean per record is the mean of the records: "average fee per active subscription", 每张未结工单平均…; the words between say only which records."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import mentions_entity
from tools.crm.measuring import conditions_of
from tools.crm.query import Filter

MEANS = {"avg", "median"}
MOST_BETWEEN = 2


def per_record(reading: Reading) -> Reading:
    """The reading with the word for "per" used, where what follows it are the very records that a mean is taken over."""
    if len(reading.measures) != 1 or reading.dimensions:
        return reading
    ref, measures = reading.measures[0], reading.paths.model.measures
    if (ref.fold or (measures[ref.measure].op if ref.measure else "")) not in MEANS:
        return reading
    for cue in reading.signals.at.get("group", ()):
        for index in range(cue + 1, min(cue + MOST_BETWEEN + 2, len(reading.signals.items))):
            if _names_records(reading, index):
                noted = replace(reading, notes=reading.notes | {"per record": str(cue)}, filters=(*reading.filters, *_state(reading, index)))
                return noted.using(cue, *(() if reading.item(index).values else (index,)))
            if not _says_which(reading, index):
                break
    return reading


def _names_records(reading: Reading, index: int) -> bool:
    """Whether the item names the records, also by how they ended: "per won deal"."""
    terms = reading.item(index).terms
    counts = (reading.paths.model.measures[term.key] for term in terms if term.what == "measure" and term.entity == reading.entity)
    return mentions_entity(reading, index) or any(measure.op == "count" for measure in counts)


def _state(reading: Reading, index: int) -> tuple[Filter, ...]:
    """What the word for the records says of how they ended, where the mean does not say it by itself."""
    ref, measures = reading.measures[0], reading.paths.model.measures
    counts = [measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    ended = next((measure for measure in counts if measure.op == "count" and measure.where), None)
    own = measures[ref.measure].where if ref.measure else {}
    return () if ended is None or own == ended.where else conditions_of(ended)


def _says_which(reading: Reading, index: int) -> bool:
    """Whether the item can be a condition on the records: a category of theirs, a state, a period."""
    item = reading.item(index)
    return bool(item.values or item.period or {"open", "won", "lost", "closed"} & set(item.cues))
