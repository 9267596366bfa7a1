"""As in "overdue invoices", 逾期未完成的里程碑: records whose day has passed and that are not done."""

from __future__ import annotations

from agent.parsing.drafting import Reading
from tools.crm.measuring import overdue


def add_overdue(reading: Reading) -> Reading:
    """The day that has passed, and what shows that the record is not done; kinds that are never due leave the word unused."""
    places = [index for index in reading.signals.at.get("overdue", ()) if index not in reading.used]
    today = reading.signals.today
    if not places or today is None:
        return reading
    parts = overdue(reading.paths.model.entities[reading.entity], today)
    if not parts or not all(reading.paths.vocabulary.filled(reading.entity, part.path) or part.op == "is_null" for part in parts):
        return reading
    wheres = {path for ref in reading.measures if ref.measure for path in reading.paths.model.measures[ref.measure].where}
    open_words = [index for index in reading.signals.at.get("open", ()) if index not in reading.used]
    held = {part.path for part in reading.filters if getattr(part, "op", "") == "eq"} | wheres
    parts = tuple(part for part in parts if part.path not in held or part.op == "lt")
    return reading.using(*places, *open_words, filters=(*reading.filters, *parts), fit=reading.fit + 0.3)
