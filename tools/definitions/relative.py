"""Keeps the days of a meaning relative to today: a day is replaced by how it follows from today, and found again on another day.

How a day follows is not asked of the reader: the same words are read on several days, and the one rule that gives all of
the outcomes is kept (so many days, weeks, months, quarters or years from today, or the first or last day of such a period).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, cast

from tools.definitions.errors import PeriodCannotBeKept
from tools.definitions.schemas import Meaning

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Edge = Literal["day", "first", "last"]
PROBES = (0, -1, -45, -200)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_TOKEN = re.compile(r"^today(?P<shift>[+-]\d+) (?P<grain>day|week|month|quarter|year)(?: (?P<edge>first|last))?$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def kept(read: Callable[[date], Meaning | None], today: date) -> Meaning:
    """The meaning with its relative days as rules. Raises PeriodCannotBeKept where no rule gives what is read on other days."""
    days, forms = [], []
    for probe in PROBES:
        day = today + timedelta(days=probe)
        meaning = read(day)
        if meaning is not None:
            days.append(day)
            forms.append(cast("Json", meaning.model_dump(mode="json")))
    if len(days) < 2:
        raise PeriodCannotBeKept()
    return Meaning.model_validate(_general(forms, days))


def resolved(meaning: Meaning, today: date) -> Meaning:
    """The meaning with the days as they are today."""
    return Meaning.model_validate(_on(cast("Json", meaning.model_dump(mode="json")), today))


def rules(meaning: Meaning) -> tuple[tuple[int, str, Edge], ...]:
    """How the days of a meaning follow from today: shift, unit and edge of each, in order."""
    return tuple(dict.fromkeys(_tokens(cast("Json", meaning.model_dump(mode="json")))))


def _tokens(form: Json) -> Iterator[tuple[int, str, Edge]]:
    for each in form.values() if isinstance(form, dict) else form if isinstance(form, list) else ():
        yield from _tokens(each)
    match = _TOKEN.match(form) if isinstance(form, str) else None
    if match is not None:
        yield int(match["shift"]), match["grain"], cast("Edge", match["edge"] or "day")


def _general(forms: Sequence[Json], days: Sequence[date]) -> Json:
    first = forms[0]
    if all(form == first for form in forms):
        return first
    if isinstance(first, dict) and all(isinstance(form, dict) and form.keys() == first.keys() for form in forms):
        return {key: _general([cast("dict[str, Json]", form)[key] for form in forms], days) for key in first}
    if isinstance(first, list) and all(isinstance(form, list) and len(form) == len(first) for form in forms):
        return [_general([cast("list[Json]", form)[at] for form in forms], days) for at in range(len(first))]
    if all(isinstance(form, str) and _DAY.match(form) for form in forms):
        return _rule([date.fromisoformat(str(form)) for form in forms], days)
    raise PeriodCannotBeKept()


def _rule(found: Sequence[date], days: Sequence[date]) -> str:
    """The first rule that leads from each day to what was found on it."""
    for shift, grain, edge in _rules(found[0], days[0]):
        if all(_apply(day, shift, grain, edge) == each for day, each in zip(days, found, strict=True)):
            return f"today{shift:+d} {grain}" + (f" {edge}" if edge != "day" else "")
    raise PeriodCannotBeKept()


def _rules(found: date, today: date) -> Iterator[tuple[int, str, Edge]]:
    yield (found - today).days, "day", "day"
    weeks = (found - timedelta(days=found.weekday()) - (today - timedelta(days=today.weekday()))).days // 7
    yield from ((weeks, "week", edge) for edge in ("first", "last"))
    months = (found.year - today.year) * 12 + found.month - today.month
    for grain, size in _MONTHS.items():
        for shift in (months // size, -(-months // size)):
            yield from ((shift, grain, edge) for edge in ("day", "first", "last"))


def _apply(today: date, shift: int, grain: str, edge: Edge) -> date:
    if grain == "day":
        return today + timedelta(days=shift)
    if grain == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return first if edge == "first" else first + timedelta(days=6)
    size = _MONTHS[grain]
    if edge == "day":
        month = _month(today.year, today.month, shift * size)
        return month.replace(day=min(today.day, calendar.monthrange(month.year, month.month)[1]))
    first = _month(today.year, (today.month - 1) // size * size + 1, shift * size)
    return first if edge == "first" else _month(first.year, first.month, size) - timedelta(days=1)


def _month(year: int, month: int, shift: int) -> date:
    number = year * 12 + month - 1 + shift
    return date(number // 12, number % 12 + 1, 1)


def _on(form: Json, today: date) -> Json:
    if isinstance(form, dict):
        return {key: _on(each, today) for key, each in form.items()}
    if isinstance(form, list):
        return [_on(each, today) for each in form]
    match = _TOKEN.match(form) if isinstance(form, str) else None
    if match is None:
        return form
    return _apply(today, int(match["shift"]), match["grain"], cast("Edge", match["edge"] or "day")).isoformat()
