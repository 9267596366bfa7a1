"""Tells what was received from what was due, of payments: by the words of headers of which several name money or days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tools.crm.importing.proposing.naming import LEAST
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.semantic import Entity
from tools.crm.semantic.abbreviations import spelt_out
from tools.crm.semantic.outlook import PLANNED

MOST = 0.8
RECEIVED = re.compile(r"到账|到款|已收|实收|回款|收到|已付|实付|\b(?:received|paid|collected|settled|amt paid)\b")
DUE = re.compile(r"^(?:应收|应付|应缴|应回|到期|待收)|\b(?:due|payable|receivable)\b")


def is_schedule(columns: Sequence[Column]) -> bool:
    """Whether a table tells what was to be paid until when, and what was paid of it when: one column for each, as a plan of instalments has them."""
    money = [column for column in columns if _is_money(column)]
    days = [column for column in columns if column.profile.dates >= MOST]
    return all(_only(kind, said) is not None for kind in (money, days) for said in (RECEIVED, DUE))


def received(placed: Mapping[int, Placed], columns: Sequence[Column], entity: Entity) -> dict[int, Placed]:
    """The places with the one amount and the one day of a payment that say that it was received, where the words of a header name something else as well.

    Of an invoice without an amount, the one that says what is due is it.
    """
    found = dict(placed)
    free = {at: column for at, column in enumerate(columns) if at not in found}
    if entity.key == "invoice" and not _has(found, "amount") and (due := _only([each for each in free.values() if _is_money(each)], DUE)) is not None:
        found[_at(due, free)] = Placed("amount", LEAST, "it is the amount that is due")
    if entity.key != "payment":
        return found
    days = [column for column in free.values() if column.profile.dates >= MOST]
    if not _has(found, "paid_on") and (day := _only(days, RECEIVED)) is not None:
        found[_at(day, free)] = Placed("paid_on", LEAST, "it is the day on which it was received")
    money = [column for column in free.values() if _is_money(column)]
    if _has(found, "paid_on") and not _has(found, "amount") and (amount := _only(money, RECEIVED)) is not None:
        found[_at(amount, free)] = Placed("amount", LEAST, "it is the amount that was received")
    return found


def _has(found: Mapping[int, Placed], place: str) -> bool:
    return any(each.place == place for each in found.values())


def _at(column: Column, columns: Mapping[int, Column]) -> int:
    return next(at for at, each in columns.items() if each is column)


def _only(columns: Sequence[Column], said: re.Pattern[str]) -> Column | None:
    """The one column that the words speak of, planned ones only where it is a plan that is sought."""
    meant = [column for column in columns if said.search(spelt_out(column.header.spoken))]
    meant = [column for column in meant if said is DUE or not PLANNED.search(spelt_out(column.header.spoken))]
    return meant[0] if len(meant) == 1 else None


def _is_money(column: Column) -> bool:
    profile = column.profile
    return profile.numbers >= MOST and not column.header.percent and column.header.measure is None and column.header.unit is not None
