"""Lengths of time as bounds on a field whose own header says in which unit it counts: 质保期(月) of at least 24 months."""

from __future__ import annotations

import re

from agent.parsing.drafting import Reading
from agent.parsing.lengths import UNITS, Length
from agent.parsing.text import term_key
from tools.crm.query import Compare
from tools.crm.semantic import Field

_UNIT = re.compile(r"[（(]\s*([^（）()]{1,10})\s*[)）]\s*$|\b(hours|days|weeks|months|quarters|years)$", re.IGNORECASE)
REACH = 3


def time_unit(field: Field) -> str | None:
    """The unit of time that a field's header names."""
    for label in (*field.words.zh, *field.words.en) if field.type.is_numeric else ():
        found = _UNIT.search(label)
        word = term_key(found.group(1) or found.group(2)).removeprefix("个") if found else ""
        if word in UNITS:
            return word
    return None


def _exact(reading: Reading, index: int) -> Length | None:
    """A length without a bound: a "36-month contract", 账期180天的医院."""
    item, tokens = reading.item(index), reading.signals.tokens
    if item.number is None or item.values or item.number.value <= 0:
        return None
    behind = [token for token in tokens[item.number.end : item.number.end + 4] if token.text not in {"-", "‑", "个"}]
    unit = next((word for size in (2, 1) if (word := "".join(token.stem for token in behind[:size])) in UNITS), None)
    return Length("ge", item.number.value * UNITS[unit], amount=item.number.value, unit=unit) if unit else None


def add_lengths(reading: Reading) -> Reading:
    """As in 质保期不少于24个月: the length in the unit of the field that it stands beside."""
    for index in reading.open_items():
        length = reading.item(index).length or _exact(reading, index)
        if length is None:
            continue
        for near in (*range(index - 1, index - REACH - 1, -1), index + 1, index + 2):
            if not 0 <= near < len(reading.signals.items) or near in reading.used:
                continue
            paths = [path for _, path in reading.paths.dimension(reading.entity, reading.item(near).terms)]
            named = [(path, unit) for path in paths if (unit := time_unit(reading.paths.field(reading.entity, path)))]
            if named:
                path, unit = named[0]
                value = format(length.in_unit(unit).normalize(), "f")
                exact = reading.item(index).length is None
                op = "eq" if exact else length.op
                said = [place for place in (index + 1,) if exact and place in reading.open_items() and term_key(reading.item(place).text) in UNITS]
                reading = reading.using(index, near, *said, filters=(*reading.filters, Compare(path=path, op=op, values=(value,))), fit=reading.fit + 0.7)
                break
    return reading
