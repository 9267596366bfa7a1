"""The day on which something takes place: 2026年举办的, "held in June", of records with a day that is called so, or after the records themselves."""

from __future__ import annotations

import re

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.said_of import called_by_titles
from tools.crm.semantic import Field

_HELD = re.compile(r"\b(?:event|held|takes? place)\b|举办|举行|召开|活动", re.IGNORECASE)
_DAY = re.compile(r"[\s_]*(?:date|day|on|日期|日|时间)$", re.IGNORECASE)


def day_held(reading: Reading, times: list[Field]) -> str | None:
    """That day, where the question says that something takes place and there is one such column of the records."""
    if not reading.signals.has("held"):
        return None
    nouns = {noun.casefold() for entity, noun in called_by_titles(reading.paths.vocabulary) if entity == reading.entity}
    held = [field.key for field in times if any(_is_held(label, nouns) for label in own_labels(field))]
    return held[0] if len(held) == 1 else None


def _is_held(label: str, nouns: set[str]) -> bool:
    plain = label.replace("_", " ")
    return _HELD.search(plain) is not None or (_DAY.search(plain) is not None and _DAY.sub("", plain).casefold() in nouns)
