"""Lengths of time as bounds on a field whose own header says in which unit it counts: 质保期(月) of at least 24 months."""

from __future__ import annotations

import re

from agent.parsing.drafting import Reading
from agent.parsing.lengths import UNITS
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


def add_lengths(reading: Reading) -> Reading:
    """As in 质保期不少于24个月: the length in the unit of the field that it stands beside."""
    for index in reading.open_items():
        length = reading.item(index).length
        if length is None:
            continue
        for near in (*range(index - 1, index - REACH - 1, -1), index + 1):
            if not 0 <= near < len(reading.signals.items) or near in reading.used:
                continue
            paths = [path for _, path in reading.paths.dimension(reading.entity, reading.item(near).terms)]
            named = [(path, unit) for path in paths if (unit := time_unit(reading.paths.field(reading.entity, path)))]
            if named:
                path, unit = named[0]
                value = format(length.in_unit(unit).normalize(), "f")
                reading = reading.using(index, near, filters=(*reading.filters, Compare(path=path, op=length.op, values=(value,))), fit=reading.fit + 0.7)
                break
    return reading
