"""Periods that are no single window: each of two with the word for its own day, and the day of today beside what stands open."""

from __future__ import annotations

from agent.parsing.conditions.named_times import TIME_CUES, between, measure_time, named_by, times_of, window_of
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading

OUTCOMES = ("won", "lost", "signed", "sold", "closed")


def each_on_its_day(reading: Reading, found: list[int]) -> Reading | None:
    """As in "won in H1 that were created this year", 上半年签的单子里今年创建的: each period on the day that its own word names.

    The word stands before the period in English and behind it in Chinese.
    """
    if reading.signals.has("compare", "change", "previous", "yearago") or reading.dimensions:
        return None
    told = [_own_word(reading, index, found) for index in found]
    if told[0] is None or told[1] is None or told[0][0] == told[1][0]:
        return None
    usual = next(measure_time(reading), None) or reading.paths.model.entities[reading.entity].time
    main = next((at for at, word in enumerate(told) if word is not None and word[0] == usual), 0)
    periods = [reading.item(index).period for index in found]
    (path, first), (other, second) = told[main] or ("", 0), told[1 - main] or ("", 0)
    whole, part = periods[main], periods[1 - main]
    if whole is None or part is None:
        return None
    words = [at for at in (first, second) if not _tells_outcome(reading, reading.item(at))]
    filters = (*reading.filters, between(other, part))
    return reading.using(*found, *words, window=window_of(whole, None if path == usual else path), filters=filters, fit=reading.fit + 0.5)


def _tells_outcome(reading: Reading, item: Item) -> bool:
    """Whether a word says how deals ended, alone or with them: "won", "deals won"."""
    measures = reading.paths.model.measures
    counted = any(term.what == "measure" and term.entity == reading.entity and "status" in measures[term.key].where for term in item.terms)
    return counted or bool(set(OUTCOMES) & set(item.cues))


def _own_word(reading: Reading, index: int, periods: list[int]) -> tuple[str, int] | None:
    """The day that the word of a period names, and the word's place."""
    step = 1 if any(has_han(token.text) for token in reading.signals.tokens) else -1
    entity = reading.paths.model.entities[reading.entity]
    for near in (index + step, index + 2 * step):
        if not 0 <= near < len(reading.signals.items) or near in periods:
            return None
        item = reading.item(near)
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == entity.key]
        day = next((field.key for field in times_of(reading) if field.key in keys), None)
        day = day or next((field.key for kind in TIME_CUES if kind in item.cues for field in times_of(reading) if named_by(field, kind)), None)
        if day is None and _tells_outcome(reading, item):
            day = entity.time
        if day is not None:
            return day, near
    return None
