"""As in 逾期超过60天还没付: what has not happened yet has lasted until today, and not until a day that is empty."""

from __future__ import annotations

from datetime import timedelta

from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Filter, Lasted, Operator

SINCE: dict[str, Operator] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def lasting_still(reading: Reading) -> Reading:
    """The time up to a day that is said to be missing, counted up to today."""
    today = reading.signals.today
    missing = {part.path for part in reading.filters if isinstance(part, Compare) and part.op == "is_null"} | _days_of_paying(reading)
    if today is None or not any(isinstance(part, Lasted) and part.path in missing for part in reading.filters):
        return reading
    parts: list[Filter] = []
    for part in reading.filters:
        if isinstance(part, Lasted) and part.path in missing and part.op in SINCE:
            day = today - timedelta(days=float(part.days))
            parts.append(Compare(path=part.since, op=SINCE[part.op], values=(day.isoformat(),)))
            if part.op in {"lt", "le"}:
                parts.append(Compare(path=part.since, op="lt", values=(today.isoformat(),)))  # 逾期30天以内 has fallen due
        else:
            parts.append(part)
    return reading.using(filters=tuple(parts))


def _days_of_paying(reading: Reading) -> set[str]:
    """As in 逾期超过90天的欠款: where what is still owed is asked for, the days of paying, which have not come for it."""
    if not any(ref.owed for ref in reading.measures):
        return set()
    return set(reading.paths.vocabulary.columns.days_of_paying(reading.entity))
