"""Periods of own tables that have no day but columns for the year and the quarter or month, as targets and budgets do."""

from __future__ import annotations

import re
from datetime import date, timedelta

from agent.parsing.language.periods import Period
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.query import Compare, Filter
from tools.crm.semantic import Field

_YEAR = re.compile(r"年度?|年份|所属年度|财年|(?:fiscal |financial )?year|fy", re.IGNORECASE)
_UNITS = ((re.compile(r"季度?|所属季度|(?:fiscal )?quarter|qtr", re.IGNORECASE), 3), (re.compile(r"月份?|月度|month", re.IGNORECASE), 1))
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}
_NUMBER = re.compile(r"十[一二]?|[一二三四五六七八九]|\d{1,2}")
MOST_YEARS, MONTHS = 10, 12


def within_year_columns(reading: Reading, index: int, period: Period) -> Reading | None:
    """The reading with the period as conditions on these columns; None where it has none, or the period cuts through one of their units."""
    year = _column(reading, _YEAR)
    if year is None or period.start is None or period.end is None or period.end < period.start:
        return None
    if period.start.day != 1 or (period.end + timedelta(days=1)).day != 1:
        return None
    years = range(period.start.year, period.end.year + 1)
    parts: list[Filter] = [Compare(path=year.key, values=tuple(map(str, years)))]
    if not _is_whole(period.start, period.end):
        inner = _units(reading, period.start, period.end) if len(years) == 1 else None
        if inner is None:
            return None
        parts.append(inner)
    return reading.using(index, filters=(*reading.filters, *parts)) if len(years) <= MOST_YEARS else None


def _is_whole(start: date, end: date) -> bool:
    return start.month == 1 and end.month == MONTHS


def _units(reading: Reading, start: date, end: date) -> Compare | None:
    for words, size in _UNITS:
        column = _column(reading, words)
        if column is None:
            continue
        if (start.month - 1) % size or end.month % size:
            return None
        wanted = range((start.month - 1) // size + 1, end.month // size + 1)
        held = reading.paths.vocabulary.content(reading.entity, column.key).values
        texts = tuple(text for text in held if _number(text) in wanted) if held else tuple(map(str, wanted))
        return Compare(path=column.key, values=texts) if len(texts) == len(wanted) else None
    return None


def _column(reading: Reading, words: re.Pattern[str]) -> Field | None:
    fields = reading.paths.model.entities[reading.entity].fields.values()
    held = (spec for spec in fields if spec.custom and not spec.type.is_time and reading.paths.vocabulary.content(reading.entity, spec.key).count)
    return next((spec for spec in held if any(words.fullmatch(label.strip()) for label in own_labels(spec))), None)


def _number(text: str) -> int | None:
    """第三季度, Q3, 3."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    return int(found[0]) if found[0].isdigit() else _NUMERALS.get(found[0])
