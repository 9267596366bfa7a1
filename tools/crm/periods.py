"""The periods of a trend: those between two of them, so that one in which nothing happened counts as nothing, not as absent."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.crm.columns import Columns
from tools.crm.filtering import Filters
from tools.crm.query import Dimension, Grain, Query
from tools.crm.semantic import SemanticModel

MOST = 1000
_KEYS: dict[Grain, str] = {"year": r"\d{4}", "quarter": r"\d{4}-Q[1-4]", "month": r"\d{4}-\d\d", "week": r"\d{4}-\d\d-\d\d", "day": r"\d{4}-\d\d-\d\d"}


def period_of(day: date, grain: Grain) -> str:
    """The key of the period that a day lies in, as the store writes it; a week is called by its Monday (ISO 8601)."""
    match grain:
        case "year":
            return f"{day.year:04}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "week":
            return (day - timedelta(days=day.weekday())).isoformat()
        case "day":
            return day.isoformat()


def periods_between(first: str, last: str, grain: Grain) -> list[str]:
    """All periods from one to another, both included; none where a key is no period, or where they would be more than a thousand."""
    day, found = _first_day(first, grain), [first]
    if day is None or _first_day(last, grain) is None or first > last:
        return []
    while found[-1] < last:
        if len(found) == MOST:
            return []
        day = _next(day, grain)
        found.append(period_of(day, grain))
    return found


class Trend:
    """Which periods a query over time is about."""

    def __init__(self, query: Query, model: SemanticModel, columns: Columns, filters: Filters) -> None:
        """``columns`` and ``filters`` are those of the query."""
        self.query, self.model, self.columns, self.filters = query, model, columns, filters

    @property
    def dimension(self) -> Dimension | None:
        """The only dimension, where it is one of time; a comparison of two windows has no periods in common."""
        only = self.query.dimensions[0] if len(self.query.dimensions) == 1 else None
        return only if only is not None and only.grain and self.query.compare is None else None

    def periods(self, found: list[str], session: Session, principal: Principal) -> list[str]:
        """From the first to the last of those ``found``; wider where a window says so, but never beyond what the records reach."""
        if self.dimension is None or self.dimension.grain is None or not found:
            return []
        grain, first, last = self.dimension.grain, min(found), max(found)
        window = self.query.window
        if window is not None and (window.start or window.end) and self._is_dated():
            oldest, newest = self._reach(session, principal)
            if window.start and oldest:
                first = min(first, max(period_of(window.start, grain), oldest))
            if window.end and newest:
                last = max(last, min(period_of(window.end, grain), newest))
        return periods_between(first, last, grain)

    def _is_dated(self) -> bool:
        """Whether the window selects by the very day that the periods are made of."""
        window, dimension = self.query.window, self.dimension
        measures = [self.model.measures.get(ref.measure or "") for ref in self.query.measures]
        usual = self.model.entities[self.query.entity].time
        days = {(window and window.path) or (measure and measure.time) or usual for measure in measures}
        return dimension is not None and days == {dimension.path}

    def _reach(self, session: Session, principal: Principal) -> tuple[str | None, str | None]:
        """The oldest and the newest period in which something happened, among all records that may be read."""
        assert self.dimension is not None  # noqa: S101 - the caller looked
        assert self.dimension.grain is not None  # noqa: S101 - a trend has one
        table, field = self.columns.resolve(self.dimension.path)
        if field.past is None:
            return None, None
        key = self.columns.grain(self.dimension.path, self.dimension.grain)
        happened = [table.c[name].in_(values) for name, values in field.past.items()]
        raw = self.columns.raw(self.dimension.path)
        dated = select(key).select_from(self.columns.source()).where(self.filters.readable(principal, self.query.entity), raw.is_not(None), *happened)
        # each end by the index on the day, which an aggregate over the period would not use
        oldest, newest = session.execute(select(*(dated.order_by(end).limit(1).scalar_subquery() for end in (raw.asc(), raw.desc())))).one()
        return oldest, newest


def _first_day(key: str, grain: Grain) -> date | None:
    if not re.fullmatch(_KEYS[grain], key):
        return None
    year, _, rest = key.partition("-")
    text = f"{year}-01-01" if not rest else f"{year}-{3 * int(rest[1]) - 2:02}-01" if rest[0] == "Q" else f"{key}-01" if len(rest) == 2 else key
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _next(day: date, grain: Grain) -> date:
    """First day of the period after the one that begins on ``day``."""
    if grain in {"day", "week"}:
        return day + timedelta(days=1 if grain == "day" else 7)
    months = day.year * 12 + day.month - 1 + {"month": 1, "quarter": 3}.get(grain, 12)
    return date(months // 12, months % 12 + 1, 1)
