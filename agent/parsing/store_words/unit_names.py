"""The unit of time in which a field counts, as its own header says it."""

from __future__ import annotations

import re

from agent.parsing.language.lengths import TIMES
from agent.parsing.language.text import term_key
from tools.crm.semantic import Field, FieldType

_UNIT = re.compile(r"[（(]\s*([^（）()]{1,10})\s*[)）]\s*$|\b(minutes|hours|days|weeks|months|quarters|years)$", re.IGNORECASE)


def time_unit(field: Field) -> str | None:
    """The unit of time that a field's header names."""
    for label in (*field.words.zh, *field.words.en) if field.type.is_numeric and field.type is not FieldType.DURATION_MINUTES else ():
        found = _UNIT.search(label)
        word = term_key(found.group(1) or found.group(2)).removeprefix("个") if found else ""
        if word in TIMES:
            return word
    return None
