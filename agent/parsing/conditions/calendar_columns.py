"""Periods of records that have no day, but columns for the year and for the quarter or month of it, as targets often do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from agent.parsing.language.periods import Period
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Compare, Filter
from tools.crm.semantic import Field

_QUARTER = re.compile(r"^(?:20\d\d[\s-]?)?(?:q\s?([1-4])|([1-4])\s?q|第?([一二三四1-4])季度?|([1-4]))$", re.IGNORECASE)
_MONTH = re.compile(r"^0?([1-9]|1[0-2])月?$")
_OF_YEAR = re.compile(
    r"^(?P<year>20\d\d)\s*[-/.年]?\s*(?:q(?P<q>[1-4])|第?(?P<zh>[一二三四1-4])季度?|(?<=[-/.年])(?P<month>0?[1-9]|1[0-2])(?:月份?)?)$"
    r"|^q(?P<q2>[1-4])[-/ ]?(?P<year2>20\d\d)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:fy\s?)?(20\d\d)\s*年?度?$", re.IGNORECASE)
_YEARLY = re.compile(r"(?:年度|年份)$|\byear$", re.IGNORECASE)
PERIOD = "period"
MOST_YEARS = 10
GRAIN_MONTHS = {"quarter": 3, "month": 1}
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_PARTS = (
    (3, re.compile(r"\bquarter$|^(?:qtr|period)$|季度$|^(?:季|期间)$", re.IGNORECASE), _QUARTER),
    (1, re.compile(r"\bmonth$|月份$|^(?:月|月度)$", re.IGNORECASE), _MONTH),
)


def in_calendar_columns(reading: Reading, period: Period) -> tuple[Filter, ...]:
    """The period as conditions on such columns: whole years by the year alone, quarters and months by both; none where that can't say it."""
    start, end = period.start, period.end
    filled = _filled(reading)
    years = [field for field in filled if field.tells_year]
    if start is None or end is None or len(years) > 1 or start.day != 1 or (end + timedelta(days=1)).day != 1:
        return ()
    if not years:
        return _within(reading, filled, start, end)
    said = range(start.year, end.year + 1)
    year = Compare(path=years[0].key, values=tuple(map(str, said)))
    if (start.month, end.month) == (1, 12) and len(said) <= MOST_YEARS:
        return (year,)
    if len(said) > 1:
        return ()
    for size, label, written in _PARTS:
        if start.month % size != 1 % size or end.month % size:
            continue
        wanted = range((start.month + size - 1) // size, end.month // size + 1)
        for field in (each for each in filled if _is_called(each, label)):
            texts = _of(reading, field, written, lambda part, wanted=wanted: part in wanted)  # type: ignore[misc]
            if texts:
                return (year, Compare(path=field.key, values=texts))
    return ()


def is_told_by_columns(reading: Reading) -> bool:
    """Whether records of the export's own have a column for the year and one for its quarter or month: what they are for, whatever day they have besides."""
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    return own and calendar_column(reading, "year") is not None and any(calendar_column(reading, grain) is not None for grain in GRAIN_MONTHS)


def _within(reading: Reading, filled: list[Field], start: date, end: date) -> tuple[Filter, ...]:
    """The period as the texts of a column that each tell a quarter or a month with its year: 2025Q3, 2025年7月."""
    first, last = start.year * 12 + start.month, end.year * 12 + end.month
    for field in filled:
        years = field.key == PERIOD or _is_called(field, _YEARLY)
        months = {text: _months(text) or (_of_year(text) if years else None) for text in reading.paths.vocabulary.content(reading.entity, field.key).values}
        if not months or None in months.values():
            continue
        spans = {text: span for text, span in months.items() if span is not None}
        if any(low < first <= high or low <= last < high for low, high in spans.values()):
            continue  # the period cuts through one of them
        texts = tuple(text for text, (low, high) in spans.items() if first <= low and high <= last)
        if texts:
            return (Compare(path=field.key, values=texts),)
    return ()


def _months(text: str) -> tuple[int, int] | None:
    """The first and the last month that a text tells, counted from the year 0."""
    match = _OF_YEAR.match(text.strip())
    if match is None:
        return None
    at = int(match["year"] or match["year2"]) * 12
    if match["month"]:
        return at + int(match["month"]), at + int(match["month"])
    part = match["q"] or match["q2"] or match["zh"]
    quarter = _NUMERALS.get(part) or int(part)
    return at + quarter * 3 - 2, at + quarter * 3


def _of_year(text: str) -> tuple[int, int] | None:
    """As in 2026, FY2026 of yearly targets: its first and last month."""
    match = _YEAR.match(text.strip())
    return (int(match[1]) * 12 + 1, int(match[1]) * 12 + 12) if match is not None else None


def calendar_column(reading: Reading, grain: str) -> str | None:
    """The column that tells the year, quarter or month of records without any day."""
    for field in _filled(reading):
        if grain == "year" and field.tells_year:
            return field.key
        for size, label, written in _PARTS:
            if GRAIN_MONTHS.get(grain) == size and _is_called(field, label) and _of(reading, field, written, lambda _: True):
                return field.key
    return None


def _filled(reading: Reading) -> list[Field]:
    held = reading.paths.vocabulary.content
    return [field for field in reading.paths.model.entities[reading.entity].fields.values() if held(reading.entity, field.key).count]


def _is_called(field: Field, label: re.Pattern[str]) -> bool:
    return any(label.search(word) for word in (*field.words.en, *field.words.zh))


def _of(reading: Reading, field: Field, written: re.Pattern[str], is_wanted: Callable[[int], bool]) -> tuple[str, ...]:
    """The column's own texts for the parts that are wanted; none where any of its texts is no such part."""
    texts = list(reading.paths.vocabulary.content(reading.entity, field.key).values)
    found = [(text, written.match(text.strip())) for text in texts]
    if not found or any(match is None for _, match in found):
        return ()
    parts = {text: next(group for group in match.groups() if group) for text, match in found if match is not None}
    return tuple(text for text, part in parts.items() if is_wanted(_NUMERALS.get(part) or int(part)))
