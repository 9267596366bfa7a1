"""Periods as the window of a query, as its comparison, or as bounds on a year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import get_args

from agent.parsing.columns.concepts import concepts
from agent.parsing.conditions.as_of_now import told_as_of_now
from agent.parsing.conditions.calendar_columns import in_calendar_columns, is_told_by_columns
from agent.parsing.conditions.days_of_windows import is_due, passed_through, time_path
from agent.parsing.conditions.due_days import day_due
from agent.parsing.conditions.happening_days import day_of_happening, happens_ahead, reaches_next
from agent.parsing.conditions.named_times import TIME_CUES, measure_time, period_assumed, times_of, window_of
from agent.parsing.conditions.periods_apart import each_on_its_day, goes_beyond, is_same, one_before, running_since, without_excluded
from agent.parsing.language.periods import Period, begun, days_in_year, previous, relative_unit, same_days, to_date, year_after, year_before
from agent.parsing.language.text import singular
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Between, Compare, Dimension, Filter, Grain
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.outlook import PLANNED

COMPARING = ("compare", "change", "gt", "lt", "previous", "yearago", "most", "least", "breakdown")
LONGEST_TO_CHOOSE = 92
BEGAN = ("opened_on", "created_on")
_OF_NOW = re.compile(r"[比较]上(?:个?月|季度)")
_SAME_STRETCH = re.compile(r"\bsame (?:stretch|period|days|dates|span|time|window|weeks|months)(?: (?:of|in|during|for))?$")
EACH = {"各", "各自", "each", "in each"}


def add_periods(reading: Reading) -> Reading:
    """Open periods as window, comparison or bound; what does not fit stays open."""
    now = told_as_of_now(reading)
    if now is not reading:
        return now
    found = [index for index in reading.open_items() if reading.item(index).period is not None]
    if not found:
        return _against_default(reading)
    usual = reading.paths.model.entities[reading.entity].time
    if usual is None or not reading.paths.vocabulary.filled(reading.entity, usual) or is_told_by_columns(reading):
        dated = _in_columns(reading, found)
        if dated is not reading:
            return dated
    year = _year_field(reading, found[0])
    if year is not None:
        return year
    if len(found) == 2 and (apart := each_on_its_day(reading, found)) is not None:
        return apart
    path, beside = time_path(reading, found[0])
    if path is None:
        path = reading.notes.get("day compared")
    if path is None and reading.signals.has("closing"):
        path = _expected_day(reading)  # expected to close then, whenever it was opened
    path = path or day_due(reading) or _day_it_happened(reading) or day_of_happening(reading, found[0])
    default = next(measure_time(reading), None) or reading.paths.model.entities[reading.entity].time
    if path is None and (default is None or not reading.paths.vocabulary.filled(reading.entity, default)):
        return reading  # no record of this kind has a day: the period can't be meant of it
    reading, found, kept = without_excluded(reading, found)
    before = one_before(reading, found)
    same = before is None and not _is_year_apart(reading, found)  # 三季度同比去年三季度
    again = [index for at, index in enumerate(found) if same and any(is_same(reading, index, other) for other in found[:at])]
    again += [index for index in found if same and index not in again and any(goes_beyond(reading, index, other) for other in found)]
    if again:  # "in the past calendar week, I mean last week"
        reading, found = reading.using(*again), [index for index in found if index not in again]
    periods = [reading.item(index).period for index in found]
    if before is not None:
        periods[1] = before
    if kept is not None:
        periods[0] = kept
    if len(found) == 2 and (alike := _same_days_of_year(reading, found)) is not None:
        periods[1] = alike
    if _is_to_come(reading, found[0], path, path or default):
        periods = [_to_come(period, reading.signals.today) for period in periods]
    first = periods[0]
    assert first is not None  # noqa: S101 - only items with periods are here
    if len(found) == 2 and periods[1] is not None:
        later, earlier = sorted((first, periods[1]), key=lambda each: each.start or date.min, reverse=True)
        joined = Period(earlier.start, later.end, f"{earlier.en} to {later.en}", f"{earlier.zh}至{later.zh}")
        adjacent = earlier.end is not None and later.start is not None and (later.start - earlier.end).days == 1
        comparing = [i for kind in COMPARING for i in reading.signals.at.get(kind, ())]
        if any(dimension.grain and dimension.grain == earlier.grain == later.grain for dimension in reading.dimensions):
            return reading.using(*found, *beside, *comparing, window=window_of(joined, path)) if adjacent else reading  # "January or February"
        each = [i for i in reading.signals.at.get("group", ()) if reading.item(i).text.casefold() in EACH and i not in reading.used]
        around = earlier.start is None and later.end is None  # before and after one day
        if reading.measures and (each or around or reading.signals.has(*COMPARING)):
            return reading.using(*found, *beside, *each, *comparing, window=window_of(later, path), compare=window_of(earlier, path), fit=reading.fit + 0.5)
        if adjacent and not reading.dimensions:
            whole = reading.using(*found, *beside, window=window_of(joined, path))
            return _side_by_side(whole, earlier.grain if earlier.grain == later.grain else "", str(path or default))
        return reading
    if len(found) > 1:
        return reading
    if first.parts is not None and first.parts[0].grain == first.parts[1].grain and reading.signals.has("change"):
        earlier, later = first.parts  # "growth from Q3 to Q4"
        changed = reading.using(*found, *beside, *reading.signals.at["change"], window=window_of(later, path), compare=window_of(earlier, path))
        return replace(changed, fit=changed.fit + 0.5)
    if (running := running_since(reading, found[0])) is not None:
        compares = [at for kind in ("compare", "change", "gt", "lt") for at in reading.signals.at.get(kind, ()) if at not in reading.used]
        if reading.signals.today is not None and _is_over(reading, path or default):
            running, first = same_days(running, first, reading.signals.today)
        said = (*reading.assumptions, period_assumed(window_of(running, path)))
        both = {"window": window_of(running, path), "compare": window_of(first, path), "assumptions": said}
        return reading.using(*found, *beside, *compares, **both, fit=reading.fit + 0.5)
    if _same_days(reading) and reading.signals.today is not None and reading.measures:
        first = begun(first, reading.signals.today)
    compared = _comparison(reading, first, path)
    whole = passed_through(replace(compared, used=compared.used | {*found, *beside}, window=window_of(first, path)))
    grains = {part.grain for part in first.parts or ()}
    return _side_by_side(whole, next(iter(grains)) if len(grains) == 1 else "", str(path or default))


def _is_over(reading: Reading, path: str | None) -> bool:
    """Whether no record is dated beyond today, so that a year that still goes on is set against the same days of the one before."""
    outcomes = [status for ref in reading.measures if ref.measure for status in reading.paths.model.measures[ref.measure].where.get("status", ())]
    span = reading.paths.vocabulary.span(reading.entity, path) if path else None
    return bool({"won", "lost"} & {*outcomes}) or (span is not None and reading.signals.today is not None and span[1] <= reading.signals.today)


def on_day_of_groups(reading: Reading) -> Reading:
    """As in "which month of 2025 had the most deals created", "deals created per quarter in 2025": period and groups are of one day."""
    window, days = reading.window, {dimension.path for dimension in reading.dimensions if dimension.grain}
    if window is None or reading.compare is not None or len(days) != 1 or "." in next(iter(days)):
        return reading
    path, default = next(iter(days)), next(measure_time(reading), None) or reading.paths.model.entities[reading.entity].time
    own = {field.key for field in times_of(reading)}
    if window.path is None and path in own and path != default:
        return replace(reading, window=window.model_copy(update={"path": path}))
    if window.path in own and window.path != path == default and _counts_all(reading) and not reading.signals.has("closed", "closing", "won", "lost"):
        named = tuple(each.model_copy(update={"path": window.path}) if each.grain else each for each in reading.dimensions)
        return replace(reading, dimensions=named)
    return reading


def _counts_all(reading: Reading) -> bool:
    """Whether records are counted, whatever their state."""
    measures = [reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure is not None]
    return bool(measures) and len(measures) == len(reading.measures) and all(each.op == "count" and not each.where for each in measures)


def _is_year_apart(reading: Reading, found: list[int]) -> bool:
    """Whether the second of two periods is the first of them a year earlier, and such a comparison is asked for."""
    periods = [period for index in found if (period := reading.item(index).period) is not None]
    if len(periods) != 2 or not reading.signals.has("yearago", "change", "compare"):
        return False
    earlier = year_before(periods[0])
    return earlier is not None and (earlier.start, earlier.end) == (periods[1].start, periods[1].end)


def _in_columns(reading: Reading, found: list[int]) -> Reading:
    """Of records without any day: one period by their columns for year and quarter, else it can't be meant of them."""
    period = reading.item(found[0]).period if len(found) == 1 else None
    filters = in_calendar_columns(reading, period) if period is not None else ()
    return reading.using(found[0], filters=(*reading.filters, *filters)) if filters else reading


def _day_it_happened(reading: Reading) -> str | None:
    """As in 二季度到货多少平米, "arrivals in Q2": of records that are usually dated by a plan, the day on which what is named took place."""
    usual = reading.paths.model.entities[reading.entity].time
    pairs = (each for each in reading.paths.vocabulary.columns.pairs.get(reading.entity, ()) if each.planned.path == usual)
    pair = next(pairs, None)
    if pair is None or reading.signals.has("closing", "future") or any(concepts(item.text, "role") for item in reading.signals.items):
        return None
    said = {event for item in reading.signals.items if not is_due(reading, item) for event in concepts(singular(item.text.casefold()), "event")}
    return pair.actual.path if said & pair.events else None


def _expected_day(reading: Reading) -> str | None:
    """The day on which records are expected to close: a column of its own where there is one beside the day on which they did."""
    usual = reading.paths.model.entities[reading.entity].time
    pairs = reading.paths.vocabulary.columns.pairs.get(reading.entity, ())
    return next((pair.planned.path for pair in pairs if pair.actual.path == usual and _is_planned(reading, pair.planned.path)), usual)


def _is_planned(reading: Reading, path: str | None) -> bool:
    """Whether a day column holds what is planned: "expected signing"."""
    field = reading.paths.model.entities[reading.entity].fields.get(path or "")
    return field is not None and field.custom and any(PLANNED.search(word.casefold()) for word in (*field.words.en, *field.words.zh))


def _is_to_come(reading: Reading, index: int, named: str | None, path: str | None) -> bool:
    """Whether a period without its year is the next one: of what is planned, or said in the present."""
    if reading.signals.has("closing"):
        return True
    return (_is_planned(reading, named) and reaches_next(reading, index, named)) or happens_ahead(reading, index, path)


def _to_come(period: Period | None, today: date | None) -> Period | None:
    """Of a period named without its year, the next that is not over: what is expected in April is yet to come."""
    if period is None or not period.yearless or today is None or period.end is None or period.end >= today:
        return period
    return year_after(period)


def _same_days(reading: Reading) -> bool:
    """Whether the same days of another year are meant, 同期, rather than the whole of "the same quarter last year"."""
    said = [reading.item(index).text.casefold() for index in reading.signals.at.get("yearago", ())]
    return bool(said) and not any(re.search(r"\b(?:quarter|month|half|week)\b|同季|同月", text) for text in said)


def _same_days_of_year(reading: Reading, found: list[int]) -> Period | None:
    """As in "1 Jan to 10 Nov, growth over the same stretch of 2024": the days of the first period in the year that the second names."""
    first, second = (reading.item(index).period for index in found)
    before = " ".join(token.norm for token in reading.signals.tokens[: reading.item(found[1]).start])
    if first is None or second is None or second.grain != "year" or second.start is None or not _SAME_STRETCH.search(before):
        return None
    return days_in_year(first, second.start.year)


def _side_by_side(reading: Reading, grain: str, path: str) -> Reading:
    """As in "Q3 and Q4 side by side", "June and July separately": one figure for each of two calendar units."""
    sides = [index for index in reading.signals.at.get("breakdown", ()) if index not in reading.used]
    if grain not in get_args(Grain) or not sides or not reading.measures or reading.dimensions or reading.compare is not None:
        return reading
    return reading.using(*sides, dimensions=(Dimension.model_validate({"path": path, "grain": grain}),), focus="breakdown", fit=reading.fit + 0.5)


def _against_default(reading: Reading) -> Reading:
    """As in 赢单数同比, "revenue quarter over quarter", with no period named: the year so far, or the last whole month or quarter."""
    today = reading.signals.today
    yearly = reading.signals.at.get("yearago", [])
    cue = [index for index in (yearly or reading.signals.at.get("previous", [])) if index not in reading.used]
    timed = next(measure_time(reading), None) or (reading.measures and reading.paths.model.entities[reading.entity].time)
    if not cue or today is None or not timed or reading.dimensions or not reading.paths.vocabulary.filled(reading.entity, str(timed)):
        return reading
    quarterly = any(mark in reading.item(index).text.casefold() for index in cue for mark in ("quarter", "qoq", "季"))
    told = any(_OF_NOW.search(reading.item(index).text) for index in cue)  # 比上个月: what is running now
    period = to_date("year", today) if yearly else relative_unit("quarter" if quarterly else "month", 0 if told else -1, today)
    before = year_before(period) if yearly else previous(period)
    if before is None:
        return reading
    said = (*reading.assumptions, period_assumed(window_of(period, None)))
    used = [*cue, *reading.signals.at.get("compare", ()), *reading.signals.at.get("change", ())]
    return reading.using(*used, window=window_of(period, None), compare=window_of(before, None), fit=reading.fit + 0.5, assumptions=said)


def _comparison(reading: Reading, period: Period, path: str | None) -> Reading:
    for kind, before in (("yearago", year_before), ("previous", previous)):
        if reading.signals.has(kind) and reading.measures:
            other = before(period)
            if other is not None:
                used = [*reading.signals.at[kind], *reading.signals.at.get("compare", ()), *reading.signals.at.get("change", ())]
                return reading.using(*used, compare=window_of(other, path), fit=reading.fit + 0.5)
    return reading


def days_to_choose(reading: Reading, today: date) -> tuple[Reading, ...]:
    """As in "how many deals in July?": those that ended then, and those that began then, where nothing says which; else none.

    Of records that are usually dated by their end; what has not ended yet is expected to, and in a long period most begin and end.
    """
    window, entity = reading.window, reading.paths.model.entities[reading.entity]
    plain = reading.focus == "figure" and len(reading.measures) == 1 and not (reading.dimensions or reading.compare or reading.having)
    if not plain or window is None or window.path is not None or window.start is None or window.start > today:
        return ()
    if window.end is None or (window.end - window.start).days > LONGEST_TO_CHOOSE:
        return ()
    ref = reading.measures[0]
    measure = reading.paths.model.measures.get(ref.measure or "")
    counted = measure is not None and measure.op == "count" and not measure.where and ref.per is None and ref.fold is None
    stated = reading.signals.has(*TIME_CUES, "closing", "won", "lost", "open", "sold", "sells") or any(_tells_state(each) for each in reading.filters)
    usual, began = entity.time, next((key for key in BEGAN if reading.paths.vocabulary.filled(reading.entity, key)), None)
    if not counted or stated or usual is None or began in {usual, None}:
        return ()
    return tuple(replace(reading, window=window.model_copy(update={"path": path})) for path in (usual, began))


def _tells_state(part: Filter) -> bool:
    """Whether a condition says how far a record has got, so that the day on which it got there is meant."""
    return not isinstance(part, Compare) or part.path in {"status", "stage"}


def _year_field(reading: Reading, index: int) -> Reading | None:
    """As in "founded after 1990": a bound on a field that holds years."""
    period = reading.item(index).period
    assert period is not None  # noqa: S101 - the caller looked
    fields = [f for f in reading.paths.model.entities[reading.entity].fields.values() if f.type is FieldType.YEAR]
    for field in fields:
        beside = {near for near in (index - 1, index + 1, index - 2) if _names(reading, near, field)}
        if beside and reading.paths.vocabulary.content(reading.entity, field.key).count:
            low = str(period.start.year) if period.start else None
            high = str(period.end.year) if period.end else None
            part: Filter = Compare(path=field.key, values=(low,)) if low is not None and low == high else Between(path=field.key, low=low, high=high)
            return reading.using(index, *beside, filters=(*reading.filters, part))
    return None


def _names(reading: Reading, index: int, field: Field) -> bool:
    if not 0 <= index < len(reading.signals.items):
        return False
    item = reading.item(index)
    return "founded" in item.cues or any(term.what == "field" and term.entity == field.entity and term.key == field.key for term in item.terms)
