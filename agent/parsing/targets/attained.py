"""What was won of a quota of whoever won it, of the period that the quota is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agent.parsing.conditions.named_times import period_assumed
from agent.parsing.language.periods import Period
from agent.parsing.linking.quotas import OF_YEAR
from agent.parsing.reading.drafting import Reading
from tools.crm.query import MeasureRef, Window
from tools.crm.semantic import Field

SURE = 2.6
_MONTHLY = re.compile(r"月|month", re.IGNORECASE)
_QUARTERLY = re.compile(r"季|quarter", re.IGNORECASE)


def attained(reading: Reading) -> Iterator[Reading]:
    """Won value over the quota, by whoever made the deals; nothing where the period asked for is not the quota's."""
    places = reading.signals.at.get("attained", ())
    if reading.entity != "opportunity" or not places:
        return
    index = places[0]
    fields = reading.paths.model.entities["member"].fields
    keys = dict.fromkeys(term.key for term in reading.item(index).terms if term.what == "field" and term.entity == "member")
    quotas = [fields[key] for key in keys]
    periods = [item.period for item in reading.signals.items if item.period is not None]
    today = reading.signals.today
    chosen = [quota for quota in quotas if _fits(quota, periods, today)]
    if len(chosen) != 1 or today is None:
        return
    ref = MeasureRef(measure="won_value", of=f"owner.{chosen[0].key}")
    told = [at for kind in ("average", "count", "lookup", "sum") for at in reading.signals.at.get(kind, ()) if reading.item(at).is_only_cue]
    made = reading.using(index, *told, measures=(ref,), fit=reading.fit + SURE, notes=reading.notes | {"measure_item": str(index)})
    if not periods:
        year = _year(chosen[0]) or today.year
        window = Window(start=date(year, 1, 1), end=date(year, 12, 31), words_en=str(year), words_zh=f"{year} 年")
        assumed = period_assumed(window)
        made = made.using(window=window, assumptions=(*made.assumptions, assumed))
    yield made


def _fits(quota: Field, periods: list[Period], today: date | None) -> bool:
    """Whether the quota is for such a period: one of a year is no quarter's, one of 2025 is no other year's."""
    label = " ".join((*quota.words.en[:1], *quota.words.zh[:1]))
    year = _year(quota)
    if not periods:
        return not _MONTHLY.search(label) and not _QUARTERLY.search(label) and year in {None, today and today.year}
    starts = [(period.start, period.end) for period in periods if period.start is not None]
    if len(starts) != 1:
        return False
    start, end = starts[0]
    days = ((end or today or start) - start).days + 1
    whole = days <= 31 if _MONTHLY.search(label) else days <= 92 if _QUARTERLY.search(label) else start.month == start.day == 1 and days <= 366
    return whole and year in {None, start.year}


def _year(quota: Field) -> int | None:
    found = OF_YEAR.search(" ".join((*quota.words.en[:1], *quota.words.zh[:1])).replace("_", " "))
    return int(found[1]) if found else None
