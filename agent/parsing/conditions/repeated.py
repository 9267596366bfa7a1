"""Columns that count how often something happened to a record, as conditions: "reopened tickets" of Times Reopened, 返修过的 of 返修次数."""

from __future__ import annotations

import re

from agent.parsing.language.text import has_han
from agent.parsing.language.word_forms import root_of
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.query import Compare, Filter, Or
from tools.crm.semantic import Field

_COUNTS = re.compile(
    r"^(?:number of |no\.? of |# ?(?:of )?)?(?:times |time )(?P<after>[a-z-]+)$"
    r"|^(?P<before>[a-z-]+) (?:count|times)$|^(?P<han>[一-鿿]{2,4})次数$",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"\btimes\b|often|次|回", re.IGNORECASE)


def event_of(field: Field) -> str | None:
    """What a column counts the times of; None where it counts something else."""
    for label in own_labels(field) if field.type.is_numeric else ():
        found = _COUNTS.match(label.strip())
        if found:
            return found["after"] or found["before"] or found["han"]
    return None


def add_repeated(reading: Reading) -> Reading:
    """As in "how many tickets were reopened": those to which it happened at least once; "how many times" adds the times up instead."""
    if any(_OFTEN.search(reading.item(index).text) for index in reading.signals.at.get("count", ())) or any(ref.path for ref in reading.measures):
        return reading
    for index in reading.open_items():
        key = next((path for path in _own_counts(reading, index) if _is_told(reading, index, path)), None)
        if key is not None:
            reading = reading.using(index, filters=(*reading.filters, Compare(path=key, op="ge", values=("1",))), fit=reading.fit + 0.3)
    return reading


def never(reading: Reading, path: str) -> Filter | None:
    """The condition that it never happened, where a column counts the times: none noted, or nought."""
    field = reading.paths.field(reading.entity, path)
    if event_of(field) is None:
        return None
    return Or(parts=(Compare(path=path, op="is_null"), Compare(path=path, values=("0",))))


def _own_counts(reading: Reading, index: int) -> list[str]:
    terms = [term for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity and term.filled]
    fields = reading.paths.model.entities[reading.entity].fields
    return [term.key for term in terms if event_of(fields[term.key]) is not None]


def _is_told(reading: Reading, index: int, key: str) -> bool:
    """Whether the item is the event itself, said of the records: "reopened", 返修过; and no number says how often."""
    items, tokens, item = reading.signals.items, reading.signals.tokens, reading.item(index)
    event = event_of(reading.paths.model.entities[reading.entity].fields[key]) or ""
    if any(each.number is not None and each.period is None for each in items[index + 1 : index + 3]):
        return False
    if has_han(event):
        after = tokens[item.end].text if item.end < len(tokens) else ""
        before = tokens[item.start - 1].text if item.start else ""
        return item.text == event and (after in {"过", "了"} or before in {"被", "已"})
    return root_of(item.text.casefold()) == root_of(event.casefold()) and item.text.casefold().endswith(("ed", "en", "t", "n"))
