"""Records that refer to another of their own kind, named beside the column: 母公司是恒星的客户, "accounts with Granite as their parent"."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare
from tools.crm.semantic import FieldType

IS_BEHIND = {"是", "为", "=", ":", "：", "is", "are", "of", "as"}
SILENT = {"the", "a", "their", "its", "his", "her", "all", "就"}
ASKING = ("count", "list", "which", "exists", "share")


def add_own_references(reading: Reading) -> Reading:
    """The named record as what such a column holds, where records are counted or listed; of one record its own is looked up."""
    title = reading.paths.model.entities[reading.entity].title
    if not reading.signals.has(*ASKING) or not any(_names_kind(reading, index) for index in range(len(reading.signals.items))):
        return reading
    told = reading.signals.at.get("pronoun", [])
    for index in reading.open_items():
        named = [value.text for value in reading.item(index).values if value.title and (value.entity, value.field) == (reading.entity, title)]
        for beside in (index - 1, index + 2 if index + 1 in told else index + 1):
            path = _own_reference(reading, beside) if named else None
            if path is not None and _are_joined(reading, *sorted((index, beside))):
                pronouns = [at for at in told if index < at < beside]
                held = Compare(path=path, values=tuple(dict.fromkeys(named)))
                return reading.using(index, beside, *pronouns, filters=(*reading.filters, held), fit=reading.fit + 0.9)
    return reading


def _own_reference(reading: Reading, index: int) -> str | None:
    """The column of the kind that refers to others of it, where the item names one."""
    if not 0 <= index < len(reading.signals.items) or index in reading.used or reading.item(index).values:
        return None
    fields = reading.paths.model.entities[reading.entity].fields
    named = [term.key for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity and term.filled]
    found = [key for key in named if fields[key].type is FieldType.REF and fields[key].to == reading.entity]
    return found[0] if len(found) == 1 else None


def _are_joined(reading: Reading, first: int, last: int) -> bool:
    """Whether only a word for being stands between two items: 是, "as their"."""
    tokens, items = reading.signals.tokens, reading.signals.items
    between = {token.norm for token in tokens[items[first].end : items[last].start]}
    return bool(between & IS_BEHIND) and between <= IS_BEHIND | SILENT


def _names_kind(reading: Reading, index: int) -> bool:
    return any(term.what == "entity" and term.entity == reading.entity for term in reading.item(index).terms)
