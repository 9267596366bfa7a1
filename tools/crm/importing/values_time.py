"""Reads single dates and points in time as people and systems write them. Pure functions, fast on ISO text; None means: not understood."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from tools.crm.importing.mapping import DateOrder

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january janv januar enero", "feb february febr februar", "mar march mär märz", "apr april", "may mai", "jun june juni", "jul july juli",
         "aug august", "sep sept september", "oct october okt oktober", "nov november", "dec december dez dezember"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?=$|[T ])")
DAY_MONTH = re.compile(r"(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[-\s/]*([^\W\d_]{3,9})\.?,?[-\s/]*(\d{4}|\d{2})(?!\d)")
MONTH_DAY = re.compile(r"(?:[A-Za-z]{3,9}\.?,\s+)?([^\W\d_]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
CLOCK = re.compile(
    r"[\sT,]*(?P<half>上午|下午|中午|晚上|凌晨)?\s*(?P<hour>\d{1,2})(?::|时|点)(?P<minute>\d{1,2})?(?:(?::|分)(?P<second>\d{1,2})?(?:[.,](?P<fraction>\d{1,9}))?)?秒?"
    r"\s*(?P<meridiem>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([^)]*\))?$"
)
CENTURY_TURN = 70
NOON = 12


def parse_date(text: str, order: DateOrder | None = None) -> date | None:
    """The date in a cell; a time after it is left out. See :func:`split_date` for what ``order`` decides."""
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    found = split_date(text, order)
    if found is None:
        return None
    day, rest = found
    return day if not rest or CLOCK.match(rest) else None


def parse_datetime(text: str, order: DateOrder | None, zone: tzinfo) -> datetime | None:
    """The point in time in a cell, in UTC. Text that names no offset is local time in ``zone``; a date alone is its midnight there."""
    if len(text) >= 16 and text[4] == "-" and text[10] in " T" and text[13] == ":":
        try:
            return _utc(datetime.fromisoformat(text), zone)
        except ValueError:
            pass
    found = split_date(text, order)
    if found is None:
        return None
    day, rest = found
    if not rest:
        return _utc(datetime.combine(day, time()), zone)
    clock = CLOCK.match(rest)
    return _on_day(day, clock, zone) if clock else None


def has_time(text: str) -> bool:
    """True where a clock time stands after a date."""
    found = split_date(text, "mdy") or split_date(text, "dmy")
    return found is not None and bool(found[1]) and CLOCK.match(found[1]) is not None


def split_date(text: str, order: DateOrder | None = None) -> tuple[date, str] | None:
    """The date that a text begins with, and what follows it.

    ``order`` says how 3/4/2017 is meant. Without it, or with ``ymd``, such a text is only read where one of the two
    numbers is above 12, or where both are the same; with dots it is day first, as that is the only custom with dots.
    """
    text = text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if match := YEAR_FIRST.match(text) or COMPACT.match(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]), text[match.end() :])
    if match := YEAR_LAST.match(text):
        return _year_last(match, order, text[match.end() :])
    if match := DAY_MONTH.match(text):
        month = MONTHS.get(match[2].lower())
        return _checked(_full_year(match[3]), month, int(match[1]), text[match.end() :]) if month else None
    if match := MONTH_DAY.match(text):
        month = MONTHS.get(match[1].lower())
        return _checked(int(match[3]), month, int(match[2]), text[match.end() :]) if month else None
    return None


def year_last_numbers(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date such as 3/4/2017, by which a column's order can be told. None for other texts."""
    match = YEAR_LAST.match(text.strip())
    return (int(match[1]), int(match[3])) if match else None


def _year_last(match: re.Match[str], order: DateOrder | None, rest: str) -> tuple[date, str] | None:
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    if order not in ("mdy", "dmy"):
        if match[2] == "." or first > 12 or first == second:
            order = "dmy"
        elif second > 12:
            order = "mdy"
        else:
            return None
    return _checked(year, first, second, rest) if order == "mdy" else _checked(year, second, first, rest)


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < CENTURY_TURN else 1900)


def _checked(year: int, month: int, day: int, rest: str) -> tuple[date, str] | None:
    try:
        return date(year, month, day), rest.strip(" ,")
    except ValueError:
        return None


def _on_day(day: date, clock: re.Match[str], zone: tzinfo) -> datetime | None:
    hour = int(clock["hour"])
    half = clock["half"] or ""
    afternoon = half in ("下午", "晚上") or (clock["meridiem"] or "").lower().startswith("p") or (half == "中午" and hour < 11)
    morning = half in ("上午", "凌晨") or (clock["meridiem"] or "").lower().startswith("a")
    if afternoon and hour < NOON:
        hour += NOON
    elif morning and hour == NOON:
        hour = 0
    micro = int(((clock["fraction"] or "") + "000000")[:6])
    try:
        at = datetime.combine(day, time(hour, int(clock["minute"] or 0), int(clock["second"] or 0), micro))
    except ValueError:
        return None
    return _utc(at.replace(tzinfo=_offset(clock["zone"])), zone)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if text[0] == "-" else span) if span < timedelta(hours=24) else UTC


def _utc(at: datetime, zone: tzinfo) -> datetime | None:
    try:
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None
