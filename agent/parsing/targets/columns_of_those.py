"""Columns asked of records that are told by what they hold and by no name: DD2605 的要求交期是哪天, "the May statement of Acme: settled or not"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.columns import SHOWN_COLUMNS
from tools.crm.query import Compare

UNSUITED = ("group", "breakdown", "compare", "sum", "average", "median", "share", "most", "least", "change", "without", "distinct", "exists")
ASKING = {"lookup", "which", "when", "where", "what", "filler", "count", "amount", "list"}
OWN_HEADER = 1


def with_columns_of_those(reading: Reading) -> Reading:
    """The list with the columns that the question names in full and that nothing else has used; a sum of them would be another question."""
    told = any(isinstance(part, Compare) and part.op == "eq" and part.path != "status" for part in reading.filters)
    if reading.focus != "list" or not (reading.select and told) or reading.measures or reading.dimensions or reading.signals.has(*UNSUITED):
        return reading
    found = dict(_named(reading))
    fields = reading.paths.model.entities[reading.entity].fields
    if not found or all(fields[path].type.is_numeric for path in found.values()):
        return reading
    kept = tuple(path for path in reading.select if path not in found.values())
    return reading.using(*found, select=(*kept[:1], *dict.fromkeys(found.values()), *kept[1:])[:SHOWN_COLUMNS])


def _named(reading: Reading) -> Iterator[tuple[int, str]]:
    """The places of such words, with the columns; nothing behind them bounds or tells one."""
    items = reading.signals.items
    for index, item in enumerate(items):
        if index in reading.used or item.values or item.cues or item.number is not None or item.period is not None:
            continue
        own = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and term.rank <= OWN_HEADER]
        behind = items[index + 1] if index + 1 < len(items) else None
        asked = behind is None or not (behind.number or behind.values or behind.period or set(behind.cues) - ASKING)
        if own and asked:
            yield index, min(own, key=lambda term: term.rank).key
