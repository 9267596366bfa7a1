"""Tells what was planned from what came of it, where an export has a column for each: the expected close from the close, the quoted amount from the won."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tools.crm.importing.proposing.instalments import RECEIVED
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.importing.proposing.sampled_rows import follows
from tools.crm.semantic import Entity, Field, FieldType
from tools.crm.semantic.abbreviations import spelt_out
from tools.crm.semantic.outlook import ACTUAL, PLANNED

INVOICE = "invoice"
CAME = 0.8
"""Where a deal's own plan is known as well, most rows have that; what came of it is known of the settled ones."""
GUESSES = (re.compile(r"预计|预估|expected|estimated|forecast|erwartet"), re.compile(r"报价|quoted|proposed"), PLANNED)
"""Of several plans the one that says most of what is to come: an expectation before a quote before a budget."""


def prefer_actual(placed: Mapping[int, Placed], columns: Sequence[Column], entity: Entity) -> tuple[dict[int, Placed], dict[int, str]]:
    """The places with what came of it instead of what was planned; and the fields that a planned column of deals still fills where nothing came yet.

    A planned column stays one of its own, so that both can be asked for.
    """
    found, fills = dict(placed), dict[int, str]()
    for at, place in placed.items():
        field = entity.fields.get(place.place)
        if field is None or not (field.type.is_time or field.type is FieldType.MONEY) or _is_plan(field):
            continue
        if ACTUAL.search(_said(columns[at])) and not PLANNED.search(_said(columns[at])):
            plan = _plan(found, columns, field) if _is_pending(entity, place.place) else None
            if plan is not None:
                fills[plan] = place.place
            continue
        received = entity.key == INVOICE and field.key == "amount"  # what came of it is no less due
        actual = None if received else _actual(placed, columns, at, field)
        planned = PLANNED.search(_said(columns[at])) is not None
        if actual is None or not (planned or (_is_pending(entity, place.place) and columns[actual].profile.filled <= CAME * columns[at].profile.filled)):
            continue
        found[actual] = replace(place, because=f"it is what came of “{columns[at].header.raw.strip()}”")
        del found[at]
        if _is_pending(entity, place.place):
            fills[at] = place.place
    return found, fills


def _actual(placed: Mapping[int, Placed], columns: Sequence[Column], holder: int, field: Field) -> int | None:
    """The one column without a place that holds what came of it."""
    told = [at for at, column in enumerate(columns) if at not in placed and _alike(field.type, column)]
    actual = [at for at in told if ACTUAL.search(_said(columns[at])) and not PLANNED.search(_said(columns[at]))]
    if field.type.is_time:
        actual = [at for at in actual if not _begins(at, columns)]
    alike = [at for at in actual if _subject(columns[at]) == _subject(columns[holder])]  # of revenue and profit, that of which the plan is known
    return next((only[0] for only in (alike, actual) if len(only) == 1), None)


def _begins(at: int, columns: Sequence[Column]) -> bool:
    """Whether a day lies before all others, as that on which an enquiry was received: nothing came of a plan on it."""
    days = [other for other, column in enumerate(columns) if other != at and column.profile.dates >= CAME]
    return len(days) > 1 and columns[at].profile.filled >= CAME and all(follows(columns[at], columns[other]) for other in days)


def _plan(placed: Mapping[int, Placed], columns: Sequence[Column], field: Field) -> int | None:
    """The column without a place that says best what is to be expected."""
    told = [at for at, column in enumerate(columns) if at not in placed and _alike(field.type, column)]
    for words in GUESSES:
        plans = [at for at in told if words.search(_said(columns[at]))]
        if plans:
            return plans[0] if len(plans) == 1 else None
    return None


def _subject(column: Column) -> str:
    """What was planned or came: revenue of "estimated revenue"."""
    return " ".join(sorted(PLANNED.sub(" ", ACTUAL.sub(" ", _said(column))).split()))


def _said(column: Column) -> str:
    return spelt_out(column.header.spoken)


def _is_pending(entity: Entity, place: str) -> bool:
    """Whether a record without the outcome still counts by its plan, as an open deal does."""
    return bool(entity.pending) and place in {entity.due, "amount"}


def _is_plan(field: Field) -> bool:
    """Whether the field itself holds what is planned, such as the day on which an invoice is due."""
    return any(PLANNED.search(word.casefold()) for word in (*field.words.en[:1], *field.words.zh[:1]))


def _alike(kind: FieldType, column: Column) -> bool:
    profile = column.profile
    if kind.is_time:
        return profile.dates >= CAME
    return profile.numbers >= CAME and not column.header.percent and column.header.measure is None


def unpaid(placed: Mapping[int, Placed], fills: Mapping[int, str], columns: Sequence[Column], entity: Entity) -> dict[int, str]:
    """The fills with the one column that says what was received of invoices that tell no balance: what is left of the amount is the balance."""
    places = {place.place for place in placed.values()}
    if entity.key != INVOICE or "balance" in places or "amount" not in places:
        return dict(fills)
    money = entity.fields["amount"]
    received = [at for at, column in enumerate(columns) if at not in placed and _alike(money.type, column) and RECEIVED.search(_said(column))]
    return {**fills, received[0]: "balance"} if len(received) == 1 else dict(fills)
