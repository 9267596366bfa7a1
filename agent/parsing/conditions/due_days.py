"""The day by which money is to come in, where that money is asked for in a period: 11月应收金额 are what fell due then, whenever it was paid."""

from __future__ import annotations

from agent.parsing.columns.owing import PAY, owed_pair
from agent.parsing.reading.drafting import Reading


def day_due(reading: Reading) -> str | None:
    """The one planned day of paying, where nothing but what was to be paid, or is left of it, is added up.

    What an invoice is for is no such amount: it has a day of its own.
    """
    columns = reading.paths.vocabulary.columns
    pair = owed_pair(reading.entity, columns.amounts.get(reading.entity, ()))
    days = {each.planned.path for each in columns.pairs.get(reading.entity, ()) if PAY in each.events}
    if pair is None or pair[0].path == "amount" or len(days) != 1 or not reading.measures:
        return None
    return days.pop() if all(ref.path == pair[0].path and ref.fold in {"sum", "avg"} for ref in reading.measures) else None
