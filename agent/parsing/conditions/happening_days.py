"""Days said to happen, "fall in June", "take place in June": which of a kind's days that is, and that the next one is meant."""

from __future__ import annotations

import re

from agent.parsing.conditions.named_times import times_of
from agent.parsing.language.periods import year_after
from agent.parsing.language.text import singular
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels, own_names

_HAPPENS = re.compile(r"\b(?:takes? place|happens?|(?:is|are|be) (?:being )?(?:held|scheduled)|(?:is|are) happening|(?:is|are) taking place)\b")
_PRESENT = re.compile(r"\b(?:falls?|falling|due|expires?|ends|ends? (?:in|on)|starts?|begins?|runs? out|lapses?|comes? up)\b")
_PAST = re.compile(r"\b(?:did|was|were|had)\b")


def happens_ahead(reading: Reading, index: int, path: str | None) -> bool:
    """Whether what is said of a period without its year is said in the present, "falls in June", of days of which some are still to come."""
    if not reaches_next(reading, index, path):
        return False
    said = _said_before(reading, index)
    return bool(_HAPPENS.search(said) or _PRESENT.search(said)) and not _PAST.search(said)


def reaches_next(reading: Reading, index: int, path: str | None) -> bool:
    """Whether days of a column lie as far ahead as the period a year later: what is expected in April is that of next year only where any is."""
    period, entity = reading.item(index).period, reading.paths.model.entities[reading.entity]
    later = year_after(period).start if period is not None else None
    last = reading.paths.vocabulary.content(entity.key, path).last if path is not None and path in entity.fields else None
    return later is not None and last is not None and later <= last


def day_of_happening(reading: Reading, index: int) -> str | None:
    """As in "which visits take place in June": of several days the one that is called for the records, "visit date"."""
    said = _said_before(reading, index)
    return day_of_records(reading) if _HAPPENS.search(said) or "took place" in said else None


def day_of_records(reading: Reading) -> str | None:
    """The one day whose header says no more than what the records are called here: "visit date" of visits."""
    entity = reading.paths.model.entities[reading.entity]
    said = {item.text for item in reading.signals.items if any(term.what == "entity" and term.entity == reading.entity for term in item.terms)}
    named = {f"{singular(head.casefold())} {day}" for head in (*said, *own_names(entity)) for day in ("date", "day")}
    fits = [field.key for field in times_of(reading) if named & {label.casefold().replace("_", " ") for label in own_labels(field)}]
    return fits[0] if len(fits) == 1 else None


def _said_before(reading: Reading, index: int) -> str:
    """The words that lead to a period, back to the last comma."""
    words: list[str] = []
    for token in reversed(reading.signals.tokens[: reading.item(index).start]):
        if token.kind == "mark" and token.text in {",", ";", "?", "，"}:
            break
        words.append(token.norm)
    return " ".join(reversed(words))
