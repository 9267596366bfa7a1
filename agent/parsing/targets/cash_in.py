"""What came in, 上个月到账多少钱, where no payments are kept but a column beside what was invoiced says what was received of it, and another when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from agent.parsing.columns.roles import Amount
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType

_BILLED = re.compile(r"开[了出过]?的?[^，,。；;？?]{0,4}(?:票|账单)|开具|issued|invoiced|billed", re.IGNORECASE)


def cash_in(reading: Reading) -> Iterator[Reading]:
    """The sum of what was received, by the day on which it was."""
    signals, columns = reading.signals, reading.paths.vocabulary.columns
    asked = signals.at.get("amount", [])
    came = received_in(columns.amounts.get(reading.entity, ()))
    paid = [index for index in signals.at.get("paid", ()) if reading.item(index).is_only_cue]
    if came is not None and not paid and not _is_of_bills(reading):
        paid = [index for index in reading.open_items() if _says_it_came(reading, index, came)]
    if not paid or not asked or came is None or reading.paths.vocabulary.rows("payment"):
        return
    days = columns.days_of_paying(reading.entity)
    if len(days) != 1:
        return
    mentions = plain_mentions(reading)
    used = [*paid, *asked, *signals.at.get("sum", ()), *mentions[:1]]
    found = measured_by(reading, *used, measures=(MeasureRef(fold="sum", path=came.path),), fit=2.0)
    yield found.using(notes=found.notes | {"day compared": days[0]})


def by_day_of_receipt(reading: Reading) -> Reading:
    """As in 上季度的回款金额, where a column of the bills holds it: a period is of the day on which it came, not of the bill."""
    columns = reading.paths.vocabulary.columns
    came = received_in(columns.amounts.get(reading.entity, ()))
    days = columns.days_of_paying(reading.entity)
    folded = bool(reading.measures) and came is not None and all((ref.path, ref.less, ref.over) == (came.path, None, None) for ref in reading.measures)
    if not folded or len(days) != 1 or "day compared" in reading.notes or reading.paths.vocabulary.rows("payment") or _is_of_bills(reading):
        return reading
    usual = reading.paths.model.entities[reading.entity].time
    groups = tuple(each.model_copy(update={"path": days[0]}) if each.grain and each.path == usual else each for each in reading.dimensions)
    return reading.using(notes=reading.notes | {"day compared": days[0]}, dimensions=groups)


def _is_of_bills(reading: Reading) -> bool:
    """As in 去年开的票到账了多少, 去年的发票到账多少: the period says when the bills were made."""
    items, tokens = reading.signals.items, reading.signals.tokens
    if _BILLED.search("".join(token.text for token in tokens)):
        return True
    for before, item in pairwise(items):
        gap = "".join(token.text for token in tokens[before.end : item.start])
        if before.period is not None and gap in {"", "的"} and any(term.what == "entity" and term.entity == reading.entity for term in item.terms):
            return True
    return False


def _says_it_came(reading: Reading, index: int, came: Amount) -> bool:
    """As in 到账了多少钱: the word says of the records that the amount is there."""
    return any((pair.entity, pair.what, pair.path) == (reading.entity, "filled", came.path) for pair in reading.item(index).pairs)


def received_in(amounts: tuple[Amount, ...]) -> Amount | None:
    """The one amount of money that says what was paid of a record."""
    found = [each for each in amounts if "pay" in each.about and "estimate" not in each.about and each.type is FieldType.MONEY]
    return found[0] if len(found) == 1 else None
