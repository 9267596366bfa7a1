"""What two periods of a question are to one another: each on a day of its own, one left out of the other, the one before it, or the same said twice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from agent.parsing.conditions.named_times import TIME_CUES, between, measure_time, named_by, times_of, window_of
from agent.parsing.language.periods import Period, previous, relative_unit
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading

_BEFORE_IT = re.compile(r"(?:the\s+)?(?:previous|prior|preceding)\b|前一", re.IGNORECASE)
AGAINST = {"than", "versus", "vs", "against", "over", "on", "from", "比", "较"}
BESIDE = {"to", "with", "跟", "和", "与", "同"}
UNITS = ("month", "quarter", "year", "week")
OUTCOMES = ("won", "lost", "signed", "sold", "closed")


def each_on_its_day(reading: Reading, found: list[int]) -> Reading | None:
    """As in "won in H1 that were created this year", 上半年签的单子里今年创建的: each period on the day that its own word names.

    The word stands before the period in English and behind it in Chinese.
    """
    if reading.signals.has("compare", "change", "previous", "yearago") or reading.dimensions:
        return None
    told = [_own_word(reading, index, found) for index in found]
    if told[0] is None or told[1] is None or told[0][0] == told[1][0]:
        return None
    usual = next(measure_time(reading), None) or reading.paths.model.entities[reading.entity].time
    main = next((at for at, word in enumerate(told) if word is not None and word[0] == usual), 0)
    periods = [reading.item(index).period for index in found]
    (path, first), (other, second) = told[main] or ("", 0), told[1 - main] or ("", 0)
    whole, part = periods[main], periods[1 - main]
    if whole is None or part is None:
        return None
    words = [at for at in (first, second) if not _tells_outcome(reading, reading.item(at))]
    filters = (*reading.filters, between(other, part))
    return reading.using(*found, *words, window=window_of(whole, None if path == usual else path), filters=filters, fit=reading.fit + 0.5)


def _tells_outcome(reading: Reading, item: Item) -> bool:
    """Whether a word says how deals ended, alone or with them: "won", "deals won"."""
    measures = reading.paths.model.measures
    counted = any(term.what == "measure" and term.entity == reading.entity and "status" in measures[term.key].where for term in item.terms)
    return counted or bool(set(OUTCOMES) & set(item.cues))


def _own_word(reading: Reading, index: int, periods: list[int]) -> tuple[str, int] | None:
    """The day that the word of a period names, and the word's place."""
    step = 1 if any(has_han(token.text) for token in reading.signals.tokens) else -1
    entity = reading.paths.model.entities[reading.entity]
    for near in (index + step, index + 2 * step):
        if not 0 <= near < len(reading.signals.items) or near in periods:
            return None
        item = reading.item(near)
        keys = [term.key for term in item.terms if term.what == "field" and term.entity == entity.key]
        day = next((field.key for field in times_of(reading) if field.key in keys), None)
        day = day or next((field.key for kind in TIME_CUES if kind in item.cues for field in times_of(reading) if named_by(field, kind)), None)
        if day is None and _tells_outcome(reading, item):
            day = entity.time
        if day is not None:
            return day, near
    return None


def without_excluded(reading: Reading, found: list[int]) -> tuple[Reading, list[int], Period | None]:
    """As in 2023年以后（不含2023年）, "since 2023, excluding 2023 itself": what is left of the one period without the other, if it is still one."""
    left_out = [index for index in found if index - 1 in reading.signals.at.get("not", ())]
    if len(found) != 2 or len(left_out) != 1:
        return reading, found, None
    whole = reading.item(next(index for index in found if index not in left_out)).period
    part = reading.item(left_out[0]).period
    if whole is None or part is None or whole.start is None or part.start is None or part.end is None:
        return reading, found, None
    if part.end < whole.start:
        kept = whole
    elif part.start <= whole.start and (whole.end is None or part.end < whole.end):
        kept = replace(whole, start=part.end + timedelta(days=1), grain="", en=f"{whole.en} without {part.en}", zh=f"{whole.zh}（不含{part.zh}）")
    else:
        return reading, found, None
    return reading.using(left_out[0], left_out[0] - 1), [index for index in found if index not in left_out], kept


def one_before(reading: Reading, found: list[int]) -> Period | None:
    """As in "Q2 against the previous quarter": the one before the period that is named first, and not before today."""
    first, second = (reading.item(index) for index in found) if len(found) == 2 else (None, None)
    if first is None or second is None or first.period is None or second.period is None or not _BEFORE_IT.match(second.text):
        return None
    compares = reading.signals.has("compare", "change", "gt", "lt")
    return previous(first.period) if compares and first.period.grain == second.period.grain and not _BEFORE_IT.match(first.text) else None


def goes_beyond(reading: Reading, index: int, other: int) -> bool:
    """As in 今年 YTD, "this year to date": both begin on one day, and the other ends today."""
    one, two, today = reading.item(index).period, reading.item(other).period, reading.signals.today
    if one is None or two is None or today is None or one.start is None or one.end is None or index == other:
        return False
    return one.start == two.start and two.end == today and one.end > today


def is_same(reading: Reading, index: int, other: int) -> bool:
    """Whether two items say the same days."""
    one, two = reading.item(index).period, reading.item(other).period
    return one is not None and two is not None and (one.start, one.end) == (two.start, two.end)


def running_since(reading: Reading, index: int) -> Period | None:
    """As in 跟上个月比, "up on last quarter": the unit that is running now, where the only period named is the one before it, which it is set against."""
    item, today = reading.item(index), reading.signals.today
    period = item.period
    if period is None or today is None or period.grain not in UNITS or not reading.measures or reading.dimensions:
        return None
    if (period.start, period.end) != ((last := relative_unit(period.grain, -1, today)).start, last.end):
        return None
    if not reading.signals.has("change", "gt", "lt", "growth_rate") and _names_sides(reading):
        return None  # "compare the two teams on 2025": the teams are set against each other
    before = reading.signals.tokens[item.start - 1].norm if item.start else ""
    beside = before in BESIDE and reading.signals.has("compare")
    said = before in AGAINST and reading.signals.has("compare", "change", "gt", "lt", "growth_rate")
    on = any(other.end == item.start and {"compare", "change"} & set(other.cues) for other in reading.signals.items)
    return relative_unit(period.grain, 0, today) if beside or said or on else None


def _names_sides(reading: Reading) -> bool:
    """Whether two values of one field are named."""
    named = Counter(field for item in reading.signals.items for field in {(value.entity, value.field) for value in item.values})
    return any(count > 1 for count in named.values())
