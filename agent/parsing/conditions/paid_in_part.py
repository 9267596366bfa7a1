"""Records of which a column says how much has been paid: 一分没到的合同 has nothing there, 没付清的合同 less than was agreed."""

from __future__ import annotations

from agent.parsing.columns.owing import owed_pair
from agent.parsing.conditions.receivable import nothing_came
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Beside, Compare, Or


def add_paid_in_part(reading: Reading) -> Reading:
    """Where no state, flag or day of theirs tells it, the amount that was paid, against nothing or against the whole."""
    places = [index for index in reading.signals.at.get("unpaid", ()) if index not in reading.used and not reading.item(index).values]
    vocabulary = reading.paths.vocabulary
    pair = owed_pair(reading.entity, vocabulary.columns.amounts.get(reading.entity, ()))
    if not places or pair is None or vocabulary.columns.days_of_paying(reading.entity):
        return reading
    due, paid = pair[0].path, pair[1].path
    less = Compare(path=paid, op="eq", values=("0",)) if nothing_came(reading) else Beside(path=paid, other=due, op="lt")
    return reading.using(*places, filters=(*reading.filters, Or(parts=(Compare(path=paid, op="is_null"), less))), fit=reading.fit + 0.3)
