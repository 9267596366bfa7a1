"""What came in, 上个月到账多少钱, where no payments are kept but a column beside what was invoiced says what was received of it, and another when."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.columns.roles import Amount
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType


def cash_in(reading: Reading) -> Iterator[Reading]:
    """The sum of what was received, by the day on which it was."""
    signals, columns = reading.signals, reading.paths.vocabulary.columns
    paid = [index for index in signals.at.get("paid", ()) if reading.item(index).is_only_cue]
    asked = signals.at.get("amount", [])
    came = received_in(columns.amounts.get(reading.entity, ()))
    if not paid or not asked or came is None or reading.paths.vocabulary.rows("payment"):
        return
    days = columns.days_of_paying(reading.entity)
    if len(days) != 1:
        return
    mentions = plain_mentions(reading)
    used = [*paid, *asked, *signals.at.get("sum", ()), *mentions[:1]]
    found = measured_by(reading, *used, measures=(MeasureRef(fold="sum", path=came.path),), fit=2.0)
    yield found.using(notes=found.notes | {"day compared": days[0]})


def received_in(amounts: tuple[Amount, ...]) -> Amount | None:
    """The one amount of money that says what was paid of a record."""
    found = [each for each in amounts if "pay" in each.about and "estimate" not in each.about and each.type is FieldType.MONEY]
    return found[0] if len(found) == 1 else None
