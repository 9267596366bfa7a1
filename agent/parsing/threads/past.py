"""The same question about another time: "and the quarter before?", "compared to last year?", 同比呢, 环比, "in Q2"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from agent.parsing.conditions.named_times import window_of
from agent.parsing.language.periods import Period, add_months, day_period, half, month, previous, quarter, relative_unit, same_days, year, year_before
from agent.parsing.threads.fragment import Fragment
from agent.parsing.threads.marks import Mark
from agent.parsing.threads.siblings import time_of
from agent.parsing.threads.state import Step
from tools.crm.query import Query, Window

_UNITS = ("week", "month", "quarter", "year")
_DATED = re.compile(r"\d{4}|[今去前本明]年|本|上|下|这|当|year|last|this|next|previous|current|past", re.IGNORECASE)
_JOINING = {"和", "与", "跟", "同"}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def move_in_time(step: Step) -> Step | None:
    """The period before or after, or a comparison with an earlier one; a question without such words is left as it is."""
    fragment = step.fragment
    shift = fragment.first("before", "after", *(f"{way}_{unit}" for way in ("before", "after") for unit in _UNITS))
    named = [index for index in step.rest() if fragment.items[index].period is not None]
    against = [mark for mark in fragment.marks if mark.kind == "against"]
    changed = {fragment.items[index].end for index in fragment.signals.at.get("change", ())}  # "up or down on last year?"
    beside = [index for index in named if fragment.items[index].start in changed or any(mark.start < fragment.items[index].start for mark in against)]
    yearly = fragment.has("yearly") or fragment.signals.has("yearago")
    periodic = fragment.has("periodic") or fragment.signals.has("previous")
    comparing = yearly or periodic or (bool(against) and shift is not None) or (len(named) == len(beside) == 1)
    if not comparing and shift is None:
        return _two_periods(step, named) if against and len(named) == 2 and step.query.measures else step
    now = period_of(step.query.window)
    if now is None and shift is not None and not comparing and step.query.window is None:
        return _before_now(step, shift)
    if now is None or (comparing and not step.query.measures):
        return None
    cues = [i for kind in ("compare", "change", "yearago", "previous") for i in fragment.signals.at.get(kind, ())]
    other: Period | None
    if yearly:
        other = year_before(now)
    elif periodic:
        other = previous(now)
    elif shift is not None:
        other = _same_days(now, shift, fragment) or _shifted(now, shift.kind)
    else:
        said = fragment.items[beside[0]].period
        other = _of_length(now, said) if said is not None else None
    if other is not None and comparing and (other.start, other.end) == (now.start, now.end):
        other = year_before(now)  # "last year" said of a figure that is last year's itself
    if other is None:
        return None
    path = step.query.window.path if step.query.window else None
    if comparing:
        dimensions = tuple(each for each in step.query.dimensions if not each.grain)
        focus = "figure" if step.focus == "trend" else step.focus
        held = {"window": step.query.window, "compare": window_of(other, path)}
        if fragment.linked.today is not None and not _lies_ahead(step, path):
            cut, other = same_days(now, other, fragment.linked.today)
            held = {"window": window_of(cut, path) if cut != now else step.query.window, "compare": window_of(other, path)}
        return step.using(*beside, *cues, focus=focus, done="time", dimensions=dimensions, **held)
    return step.using(*cues, done="time", window=window_of(other, path), compare=None)


def _lies_ahead(step: Step, path: str | None) -> bool:
    """Whether records are dated beyond today, as events to come are: of those the rest of the year counts, too."""
    measure = step.paths.model.measures.get(step.query.measures[0].measure or "")
    if measure is not None and {"won", "lost"} & set(measure.where.get("status", ())):
        return False
    day, today = path or time_of(step.query, step.paths), step.fragment.linked.today
    span = step.paths.vocabulary.span(step.query.entity, day) if day is not None else None
    return span is None or today is None or span[1] > today


def _two_periods(step: Step, named: list[int]) -> Step:
    """As in 4月和3月比呢, "Q4 versus Q3": the first against the second; "and" alone sets nothing against anything."""
    tokens = step.fragment.linked.tokens
    said = {tokens[at].norm for mark in step.fragment.marks if mark.kind == "against" for at in range(mark.start, mark.end)}
    first, second = (step.fragment.items[index] for index in named)
    if said <= _JOINING or first.period is None or second.period is None:
        return step
    window, path = step.query.window, step.query.window.path if step.query.window else None
    one, two = (window_of(dated_like(each, item.text, window), path) for item in (first, second) for each in [item.period] if each is not None)
    cues = [i for kind in ("compare", "change") for i in step.fragment.signals.at.get(kind, ())]
    dimensions = tuple(each for each in step.query.dimensions if not each.grain)
    focus = "figure" if step.focus == "trend" else step.focus
    return step.using(*named, *cues, focus=focus, done="time", window=one, compare=two, dimensions=dimensions)


def _before_now(step: Step, shift: Mark) -> Step | None:
    """As in 前一个季度呢 after a figure of all time: the last whole one before today."""
    way, _, unit = shift.kind.partition("_")
    today = step.fragment.linked.today
    if way != "before" or not unit or today is None:
        return None
    return step.using(done="time", window=window_of(relative_unit(unit, -1, today), None), compare=None)


def as_far_apart(before: Query, window: Window | None) -> Window | None:
    """What a ranking by growth is held against in another period: the year before, or the period before, whichever it was; None without a period."""
    now, was = period_of(window), period_of(before.window)
    if now is None or was is None or before.compare is None or window is None:
        return None
    yearly = year_before(was)
    other = year_before(now) if yearly is not None and yearly.start == before.compare.start else previous(now)
    return window_of(other, window.path) if other is not None else None


def period_of(window: Window | None) -> Period | None:
    """The calendar period that a window is, else its days; None where an end is open."""
    if window is None or window.start is None or window.end is None:
        return None
    start, end = window.start, window.end
    for made in (year(start.year), half(start.year, 1 if start.month < 7 else 2), quarter(start.year, (start.month + 2) // 3), month(start.year, start.month)):
        if (made.start, made.end) == (start, end):
            return made
    if start.weekday() == 0 and end - start == timedelta(days=6):
        return relative_unit("week", 0, start)
    return day_period(start) if start == end else Period(start, end, window.words_en, window.words_zh)


def _shifted(now: Period, kind: str) -> Period | None:
    way, _, unit = kind.partition("_")
    if way == "before":
        if unit in {"", now.grain}:
            return previous(now)
        return year_before(now) if unit == "year" else _unit_before(now, unit)
    months = _MONTHS.get(unit or now.grain)
    if months is None or now.start is None or now.end is None:
        return None
    first = add_months(now.start, months)
    return _calendar(now.grain, first) if now.grain in _MONTHS else Period(first, add_months(now.end, months), f"{first:%Y-%m-%d}", f"{first:%Y-%m-%d}")


def _same_days(now: Period, shift: Mark, fragment: Fragment) -> Period | None:
    """As in 去年同期 of a period that still goes on: up to the same day of the year before."""
    said = "".join(token.norm for token in fragment.linked.tokens[shift.start : shift.end])
    today = fragment.linked.today
    if today is None or now.start is None or now.end is None or not now.start <= today < now.end or not ("同期" in said or "sameperiod" in said):
        return None
    return year_before(Period(now.start, today, now.en, now.zh))


def _unit_before(now: Period, unit: str) -> Period | None:
    """The last whole unit before a period of another length."""
    if now.start is None:
        return None
    found = relative_unit(unit, -1, now.start)
    if unit == "week" or found.start is None:
        return found
    return _calendar(unit, found.start)


def _calendar(grain: str, first: date) -> Period:
    if grain == "year":
        return year(first.year)
    if grain == "half":
        return half(first.year, 1 if first.month < 7 else 2)
    return quarter(first.year, (first.month + 2) // 3) if grain == "quarter" else month(first.year, first.month)


def _of_length(now: Period, said: Period) -> Period | None:
    """What "compared to last year" means beside a quarter: that quarter of the year before. Of equal length it is the period itself."""
    if said.grain == "year" and now.grain in {"half", "quarter", "month"} and said.start is not None and now.start is not None:
        return _calendar(now.grain, now.start.replace(year=said.start.year))
    if now.start is not None and now.end is not None and said.start is not None and said.end is not None:
        lengths = [(each.end - each.start).days for each in (now, said) if each.end is not None and each.start is not None]
        if said.grain != "" and abs(lengths[0] - lengths[1]) > 4:
            return None
    return said


def dated_like(period: Period, text: str, window: Window | None) -> Period:
    """As in "and in Q2?" after something about 2016: the quarter of that year, where the question says no year."""
    if window is None or window.start is None or window.end is None or window.start.year != window.end.year or _DATED.search(text):
        return period
    if period.start is None or period.end is None or period.grain not in {"half", "quarter", "month"}:
        return period
    return _calendar(period.grain, period.start.replace(year=window.start.year, day=1))
