"""What is overdue as a figure: 各片区逾期款, "overdue amount by region", the money that payments were to bring by now and have not brought."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.overdue import PAYMENT, is_of_money, money_words
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from tools.crm.query import MeasureRef


def overdue_money(reading: Reading) -> Iterator[Reading]:
    """The sum of the payments; that they are overdue, and what of them is still to come, is the condition's to say."""
    if reading.entity != PAYMENT or not is_of_money(reading) or reading.signals.has("share", "list", "which_of"):
        return
    words = [at for at in money_words(reading) if "overdue" not in reading.item(at).cues]
    told = [at for kind in ("sum", "count") for at in reading.signals.at.get(kind, ()) if reading.item(at).is_only_cue]
    yield measured_by(reading, *words, *told, measures=(MeasureRef(measure="payment_amount"),), fit=2.0)
