"""Finds places by what columns hold: values that are ways of meeting or degrees of urgency, and what only lost deals or all of them have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.crm.importing.loading.outcomes import Status
from tools.crm.importing.proposing.naming import LEAST
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.importing.proposing.sampled_rows import FEWEST, follows, held
from tools.crm.importing.proposing.shown_outcomes import rows_by_outcome
from tools.crm.importing.proposing.value_words import SORTS
from tools.crm.semantic import Entity, FieldType

MOST_WORDS, LEAST_AGAIN = 25, 0.5
MOST, NEARLY_ALL, HALF, HARDLY = 0.8, 0.97, 0.5, 0.1
SHOWN = 3
WHY = re.compile(r"原因|理由|为什么|为啥|为何|怎么|\b(?:why|reason|cause|because)\b")
MINUTES = re.compile(r"分钟|\b(?:min|mins|minutes?)\b", re.IGNORECASE)
LONG = re.compile(r"多久|多长时间|时长|历时|耗时|\b(?:how long|duration|length|lasted)\b")


def by_values(found: dict[int, Placed], columns: Sequence[Column], entity: Entity) -> None:
    """Give free fields the one column whose values are of the sort that such a field holds, and an interaction its minutes."""
    taken = {place.place for place in found.values()}
    for key, (words, kinds) in SORTS.items():
        if key in taken or key not in entity.fields or entity.key not in kinds:
            continue
        told = {at: words.matched(columns[at].profile.distinct) for at in _free(found, columns) if len(columns[at].profile.distinct) <= MOST_WORDS}
        alike = [at for at, values in told.items() if values]
        if len(alike) == 1:
            values = ", ".join(told[alike[0]][:SHOWN])
            found[alike[0]] = Placed(key, LEAST, f"its values are {words.said} ({values})")
            taken.add(key)
    if entity.key == "interaction" and "occurred_at" not in taken:
        days = [at for at in _free(found, columns) if columns[at].profile.dates >= MOST and columns[at].profile.filled >= NEARLY_ALL]
        if len(days) == 1:
            found[days[0]] = Placed("occurred_at", LEAST, "it is the only day that all of them have")
    if entity.key == "interaction" and "duration_minutes" not in taken:
        spans = [at for at in _free(found, columns) if _is_span(columns[at])]
        if len(spans) == 1:
            found[spans[0]] = Placed("duration_minutes", LEAST, "it is the only column that says how long it took")


def _is_span(column: Column) -> bool:
    header = column.header
    if column.profile.numbers < MOST or column.profile.dates >= HALF or (header.measure is not None and header.measure[0] not in "h小"):
        return False
    return MINUTES.search(header.raw) is not None or LONG.search(header.spoken) is not None


def by_dependence(found: dict[int, Placed], columns: Sequence[Column], entity: Entity) -> None:
    """Of deals: what only lost ones have is why they were lost, and the first day that all have is that on which they began."""
    if not {"stage", "lost_reason", "opened_on"} <= entity.fields.keys():
        return
    taken = {place.place for place in found.values()}
    rows = _outcomes(found, columns) if not {"lost_reason", "opened_on"} <= taken else {}
    if min(len(rows.get("won", ())), len(rows.get("lost", ()))) < FEWEST:
        return
    if "lost_reason" not in taken:
        _reason(found, columns, rows)
    if "opened_on" not in taken:
        _beginning(found, columns, [*rows["won"], *rows["lost"], *rows["open"]])


def _outcomes(found: dict[int, Placed], columns: Sequence[Column]) -> dict[Status, list[int]]:
    at = next((at for place in ("status", "stage") for at, each in found.items() if each.place == place), None)
    return rows_by_outcome(at, columns) if at is not None else {}


def _reason(found: dict[int, Placed], columns: Sequence[Column], rows: dict[Status, list[int]]) -> None:
    others = [*rows["won"], *rows["open"]]
    only = [at for at in _free(found, columns) if _is_category(columns[at]) and held(columns[at], rows["lost"]) >= HALF and held(columns[at], others) <= HARDLY]
    called = [at for at in only if WHY.search(columns[at].header.spoken)]
    if len(called) == 1:
        found[called[0]] = Placed("lost_reason", LEAST, "only lost deals have it, and its header asks why")
    elif len(only) == 1:
        found[only[0]] = Placed("lost_reason", LEAST, "it is the only text that only lost deals have")


def _beginning(found: dict[int, Placed], columns: Sequence[Column], rows: list[int]) -> None:
    days = [at for at, column in enumerate(columns) if column.profile.dates >= MOST and held(column, rows) >= HALF]
    first = [at for at in days if at not in found and held(columns[at], rows) >= NEARLY_ALL]
    earliest = [at for at in first if all(follows(columns[at], columns[other]) for other in days if other != at)]
    if len(earliest) == 1 and len(days) > 1:
        found[earliest[0]] = Placed("opened_on", LEAST, "all deals have it, and none of their other days lies before it")


def _free(found: dict[int, Placed], columns: Sequence[Column]) -> list[int]:
    return [at for at, column in enumerate(columns) if at not in found and not column.profile.is_empty]


def _is_category(column: Column) -> bool:
    profile = column.profile
    wording = profile.type is FieldType.TEXT and profile.telling_ids < HALF
    return wording and len(profile.distinct) <= MOST_WORDS and len(profile.distinct) <= LEAST_AGAIN * len(profile.sample)
