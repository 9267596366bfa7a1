"""Lengths of time as bounds on a field whose own header says in which unit it counts: 质保期(月) of at least 24 months."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.comparing import comparator, goes_up
from agent.parsing.conditions.outcomes import CLOSING_DAYS, RESPONSE_DAYS
from agent.parsing.language.lengths import SIDES, TIMES, Length
from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.unit_names import time_unit
from tools.crm.query import Between, Compare

REACH = 3


def _exact(reading: Reading, index: int) -> Length | None:
    """A length without a bound: a "36-month contract", 账期180天的医院; or one in minutes, whose bound stands beside it."""
    item, tokens = reading.item(index), reading.signals.tokens
    if item.number is None or item.values or item.number.value <= 0:
        return None
    behind = [token for token in tokens[item.number.end : item.number.end + 4] if token.text not in {"-", "‑", "个"}]
    unit = next((word for size in (2, 1) if (word := "".join(token.stem for token in behind[:size])) in TIMES), None)
    return Length("ge", item.number.value * TIMES[unit], amount=item.number.value, unit=unit) if unit else None


def _low_end(reading: Reading, index: int, length: Length) -> Length | None:
    """As in 质保期12到18个月: the shorter length of a range, told in the unit of the longer one."""
    number = reading.item(index - 1).number if index and goes_up(reading, index - 1) else None
    if number is None or not length.unit or index - 1 in reading.used:
        return None
    return Length(length.op, number.value * TIMES[length.unit], amount=number.value, unit=length.unit)


def recorded_lengths(reading: Reading, index: int) -> Iterator[str]:
    """The columns that hold in a unit of time what an item names: by their own header, or by an empty duration of the model's that they stand for."""
    item, model = reading.item(index), reading.paths.model
    yield from (path for _, path in reading.paths.dimension(reading.entity, item.terms) if time_unit(reading.paths.field(reading.entity, path)))
    ends = RESPONSE_DAYS if "responded" in item.cues else CLOSING_DAYS - RESPONSE_DAYS if "resolved" in item.cues else set()
    named = {term.key for term in item.terms if term.what == "measure" and term.entity == reading.entity}
    for measure in model.measures.values():
        if measure.entity == reading.entity and measure.op == "days" and (measure.key in named or measure.args[0] in ends):
            yield from (path for path in (reading.paths.lengths.get(measure.key),) if path is not None)


def add_lengths(reading: Reading) -> Reading:
    """As in 质保期不少于24个月, 首响超过4小时: the length in the unit of the field that it stands beside."""
    for index in reading.open_items():
        length = reading.item(index).length or _exact(reading, index)
        if length is None:
            continue
        for near in (*range(index - 1, index - REACH - 1, -1), index + 1, index + 2):
            if not 0 <= near < len(reading.signals.items) or near in reading.used:
                continue
            path = next(recorded_lengths(reading, near), None)
            unit = time_unit(reading.paths.field(reading.entity, path)) if path is not None else None
            if path is not None and unit is not None:
                value = format(length.in_unit(unit).normalize(), "f")
                low = _low_end(reading, index, length)
                if low is not None:
                    whole = Between(path=path, low=format(low.in_unit(unit).normalize(), "f"), high=value)
                    reading = reading.using(index - 1, index, near, filters=(*reading.filters, whole), fit=reading.fit + 0.7)
                    break
                exact = reading.item(index).length is None
                side, cue = comparator(reading, index) if exact else (None, set())
                op = side if side in SIDES else "eq" if exact else length.op
                said = [place for place in (index + 1,) if exact and place in reading.open_items() and term_key(reading.item(place).text) in TIMES]
                part = Compare(path=path, op=op, values=(value,))
                reading = reading.using(index, near, *said, *cue, filters=(*reading.filters, part), fit=reading.fit + 0.7)
                break
    return reading
