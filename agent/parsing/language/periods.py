"""Calendar periods with their names in both languages: years, halves, quarters, months, days, rolling and relative ones."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

YEAR_SAID = re.compile(r"\d{4}|[今去前本明]年|year|昨|yesterday")
BEFORE_LAST = -2
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUARTER_ZH = "一二三四"
_UNIT_ZH = {"day": "天", "week": "周", "month": "个月", "quarter": "个季度", "year": "年"}
_NAMED_ZH = {"week": "周", "month": "月", "quarter": "季度", "year": "年"}


CALENDAR = {"year", "half", "quarter", "month"}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included; one may be open. ``grain`` is its calendar unit, where it is one, ``parts`` the two of a range."""

    start: date | None
    end: date | None
    en: str
    zh: str
    open_ended: bool = False
    grain: str = ""
    parts: tuple[Period, Period] | None = None
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period in the text, characters ``start`` to ``end`` (excluded)."""

    start: int
    end: int
    period: Period


def month_end(year_: int, month_: int) -> date:
    """Last day of a month."""
    return date(year_, month_, monthrange(year_, month_)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    total = day.year * 12 + day.month - 1 + months
    year_, month_ = divmod(total, 12)
    return date(year_, month_ + 1, min(day.day, monthrange(year_, month_ + 1)[1]))


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), str(number), f"{number} 年", grain="year")


def half(year_: int, number: int) -> Period:
    """First or second half of a year."""
    start = date(year_, 1 if number == 1 else 7, 1)
    return Period(start, month_end(year_, start.month + 5), f"H{number} {year_}", f"{year_} 年{'上' if number == 1 else '下'}半年", grain="half")


def quarter(year_: int, number: int) -> Period:
    """A calendar quarter."""
    start = date(year_, number * 3 - 2, 1)
    return Period(start, month_end(year_, number * 3), f"Q{number} {year_}", f"{year_} 年第{_QUARTER_ZH[number - 1]}季度", grain="quarter")


def month(year_: int, number: int) -> Period:
    """A calendar month."""
    return Period(date(year_, number, 1), month_end(year_, number), f"{_MONTH_NAMES[number - 1]} {year_}", f"{year_} 年 {number} 月", grain="month")


def day_period(day: date) -> Period:
    """One day."""
    return Period(day, day, _say(day), f"{day.year} 年 {day.month} 月 {day.day} 日", grain="day")


def relative_unit(unit: str, offset: int, today: date) -> Period:
    """This, the last or the next calendar week, month, quarter or year, named with the days it means."""
    if unit == "year":
        found = year(today.year + offset)
    elif unit == "quarter":
        first = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * offset)
        found = quarter(first.year, (first.month + 2) // 3)
    elif unit == "month":
        first = add_months(today.replace(day=1), offset)
        found = month(first.year, first.month)
    else:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=offset)
        sunday = monday + timedelta(days=6)
        found = Period(monday, sunday, f"{_say(monday)} to {_say(sunday)}", f"{_say_zh(monday)}至{_say_zh(sunday)}", grain="week")
    word = {0: "this", -1: "last", 1: "next"}.get(offset, "")
    zh = {0: "本", -1: "上", 1: "下"}.get(offset, "")
    if unit == "year":
        zh_name = {0: "今年", -1: "去年", 1: "明年", -2: "前年"}.get(offset, "")
        return Period(found.start, found.end, f"{word} {unit} ({found.en})" if word else found.en, f"{zh_name}（{found.zh}）", grain="year")
    named = "个月" if unit == "month" and offset else _NAMED_ZH[unit]
    if offset == BEFORE_LAST:
        return Period(found.start, found.end, f"the {unit} before last ({found.en})", f"上上{named}（{found.zh}）", grain=unit)
    return Period(found.start, found.end, f"{word} {unit} ({found.en})", f"{zh}{named}（{found.zh}）", grain=unit)


def rolling(count: int, unit: str, today: date, forward: bool = False) -> Period:
    """The last (or next) so many days, weeks, months, quarters or years, today included."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    step = count * (months or 1)
    if forward:
        end = add_months(today, step) if months else today + timedelta(days=count * (7 if unit == "week" else 1))
        return Period(today, end, f"the next {_count(count, unit)}", f"未来 {count} {_UNIT_ZH[unit]}")
    start = add_months(today, -step) + timedelta(days=1) if months else today - timedelta(days=count * (7 if unit == "week" else 1) - 1)
    return Period(start, today, f"the last {_count(count, unit)}", f"最近 {count} {_UNIT_ZH[unit]}")


def to_date(unit: str, today: date) -> Period:
    """From the beginning of the year, quarter or month until today."""
    begun = relative_unit(unit, 0, today)
    zh = {"year": "今年以来", "quarter": "本季度以来", "month": "本月以来"}[unit]
    return Period(begun.start, today, f"{unit} to date", zh)


def so_far(year_: int, today: date) -> Period:
    """From the beginning of a year until the day that today is, or would be in it; the whole year where it has not come yet."""
    if year_ >= today.year:
        return to_date("year", today) if year_ == today.year else year(year_)
    last = add_months(today, 12 * (year_ - today.year))
    return Period(date(year_, 1, 1), last, f"1 Jan to {_say(last)}", f"{year_} 年 1 月 1 日至{_say_zh(last)}")


def until_end(unit: str, offset: int, today: date) -> Period:
    """Up to the last day of this, the last or the next week, month, quarter or year, that day included."""
    last = relative_unit(unit, offset, today).end
    assert last is not None  # noqa: S101 - a calendar unit has an end
    return Period(None, last, f"up to {_say(last)}", f"截至{_say_zh(last)}", open_ended=True)


def from_today(period: Period, today: date) -> Period:
    """The days of a period that are still to come, today included."""
    last = max(period.end or today, today)
    return Period(today, last, f"{_say(today)} to {_say(last)}", f"{_say_zh(today)}至{_say_zh(last)}")


def previous(period: Period) -> Period | None:
    """The period of the same length just before; None where an end is open."""
    if period.start is None or period.end is None:
        return None
    steps = {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(period.grain)
    if steps:
        return _calendar(period.grain, add_months(period.start, -steps))
    length = period.end - period.start + timedelta(days=1)
    start, end = period.start - length, period.start - timedelta(days=1)
    return Period(start, end, f"{_say(start)} to {_say(end)}", f"{_say_zh(start)}至{_say_zh(end)}")


def begun(period: Period, today: date) -> Period:
    """A calendar period that is not over yet until today; any other as it is: what the same days a year earlier are held against."""
    if not period.grain or period.start is None or period.end is None or not period.start <= today < period.end or period.start == today:
        return period
    return Period(period.start, today, f"{_say(period.start)} to {_say(today)}", f"{_say_zh(period.start)}至{_say_zh(today)}")


def same_days(now: Period, other: Period, today: date) -> tuple[Period, Period]:
    """A period that is not over yet and the whole one a year before it, both up to the same day; any others as they are."""
    cut, whole = begun(now, today), year_before(now)
    earlier = year_before(cut)
    if cut == now or whole is None or earlier is None or (whole.start, whole.end) != (other.start, other.end):
        return now, other
    return cut, earlier


def year_before(period: Period) -> Period | None:
    """The same period one year earlier."""
    if period.start is None or period.end is None:
        return None
    if period.grain in CALENDAR:
        return _calendar(period.grain, add_months(period.start, -12))
    start, end = add_months(period.start, -12), add_months(period.end, -12)
    return Period(start, end, f"{_say(start)} to {_say(end)}", f"{_say_zh(start)}至{_say_zh(end)}")


def days_in_year(period: Period, number: int) -> Period | None:
    """The days of a period that lies within one year, in another year; None of any other period."""
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return None
    if (period.start, period.end) == (year(period.start.year).start, year(period.start.year).end):
        return year(number)
    start, end = (add_months(each, 12 * (number - each.year)) for each in (period.start, period.end))
    return Period(start, end, f"{_say(start)} to {_say(end)}", f"{_say_zh(start)}至{_say_zh(end)}")


def year_after(period: Period) -> Period:
    """The same calendar period one year later; one that is no calendar period as it is."""
    return _calendar(period.grain, add_months(period.start, 12)) if period.start is not None and period.grain in CALENDAR else period


def in_year(period: Period, number: int) -> Period:
    """A month, quarter, half or range of these of another year; any other period as it is."""
    if period.parts is not None:
        return spanning(in_year(period.parts[0], number), in_year(period.parts[1], number))
    if period.start and period.grain == "month":
        return month(number, period.start.month)
    if period.start and period.grain == "quarter":
        return quarter(number, (period.start.month + 2) // 3)
    if period.start and period.grain == "half":
        return half(number, 1 if period.start.month == 1 else 2)
    return period


def spanning(first: Period, last: Period) -> Period:
    """From the first day of one to the last of another."""
    yearless = first.yearless and last.yearless
    return Period(first.start, last.end, f"{first.en} to {last.en}", f"{first.zh}至 {last.zh}", parts=(first, last), yearless=yearless)


def _calendar(grain: str, first: date) -> Period:
    """The calendar period of a grain that begins on a day."""
    if grain == "year":
        return year(first.year)
    if grain == "half":
        return half(first.year, 1 if first.month == 1 else 2)
    return quarter(first.year, (first.month + 2) // 3) if grain == "quarter" else month(first.year, first.month)


def _count(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _say(day: date) -> str:
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def _say_zh(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def upto(period: Period, including: bool) -> Period:
    """Everything up to a period, or before it."""
    end = period.end if including else (period.start - timedelta(days=1) if period.start else None)
    return Period(
        None, end, f"up to {period.en}" if including else f"before {period.en}", f"截至{period.zh}" if including else f"{period.zh}之前", open_ended=True
    )


def since(period: Period, including: bool) -> Period:
    """Everything from a period on, or after it."""
    start = period.start if including else (period.end + timedelta(days=1) if period.end else None)
    return Period(
        start, None, f"since {period.en}" if including else f"after {period.en}", f"{period.zh}以来" if including else f"{period.zh}之后", open_ended=True
    )
