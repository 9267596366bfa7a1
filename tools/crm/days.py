"""Calendar days of points in time, in the time zone of the store, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, func, type_coerce

from tools.crm.errors import QueryValueMalformed

Expression = ColumnElement[Any]
FIRST_YEAR, LAST_YEAR = 1992, 2060


def local_day(moment: Expression, dialect: str, zone: str) -> Expression:
    """The day of a stored point in time as ISO text."""
    if dialect == "sqlite":
        return func.substr(_sqlite_local(moment, zone), 1, 10)
    return func.to_char(func.timezone(zone, moment), "YYYY-MM-DD")


def local_minute(moment: Expression, dialect: str, zone: str) -> Expression:
    """A stored point in time as ISO text down to the minute."""
    if dialect == "sqlite":
        return func.substr(_sqlite_local(moment, zone), 1, 16)
    return func.to_char(func.timezone(zone, moment), "YYYY-MM-DD HH24:MI")


def day_start(day: date, zone: str) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def day_end(day: date, zone: str) -> datetime:
    """The first moment after a day."""
    return day_start(day + timedelta(days=1), zone)


def parse_day(value: str, path: str) -> date:
    """ISO text to a day. Raises QueryValueMalformed."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise QueryValueMalformed(value, path) from error


def _sqlite_local(moment: Expression, zone: str) -> Expression:
    text = type_coerce(moment, String)
    offset = fixed_offset(zone)
    if offset is None:
        return func.local_time(text, zone)  # defined on every connection by tools.store.engine
    minutes = int(offset.total_seconds() // 60)
    return text if minutes == 0 else func.datetime(text, f"{minutes:+d} minutes")


@cache
def fixed_offset(zone: str) -> timedelta | None:
    """The offset of a zone that keeps one all the time (no summer time from 1992 on), which SQLite can add by itself; else None."""
    info = ZoneInfo(zone)
    offsets = {datetime(year, month, 1, tzinfo=info).utcoffset() for year in range(FIRST_YEAR, LAST_YEAR) for month in range(1, 13)}
    return next(iter(offsets)) if len(offsets) == 1 else None
