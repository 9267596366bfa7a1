"""The year of a day that is said beside it, 今年7月1号之前, 去年同期（1月1号到5月20号）, "by 1 July this year"; and the end of a range by its beginning."""

from __future__ import annotations

import re
from datetime import date

from agent.parsing.language.periods import FoundPeriod, day_period

_YEAR = re.compile(r"(?:今|本|去|上|前|明)年度?|(?:this|last|next) year")
_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]?|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?")
_BEFORE_DAY = re.compile(r"的?|(?:的?同期)?\s*[（(]?\s*")
_BEHIND_DAY = re.compile(r"[ ,]+(?:of )?")
_TO = re.compile(r"\s*(?:to|and|until|till|through|至|到|和|与|-|–|—|~)\s*")


def with_years_of_days(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """The periods with such a day and its year as one."""
    placed: list[FoundPeriod] = []
    for each in found:
        before = placed[-1] if placed else None
        gap = text[before.end : each.start] if before is not None else ""
        if before is None:
            placed.append(each)
        elif _is_year(before, text) and _is_day(each, text) and _BEFORE_DAY.fullmatch(gap):
            placed[-1] = _in_year(each, before, before.start, each.end)
        elif _is_day(before, text) and _is_year(each, text) and text[each.start].isascii() and _BEHIND_DAY.fullmatch(gap):
            placed[-1] = _in_year(before, each, before.start, each.end)
            placed[:-1] = _begun_then(placed, text)
        elif _is_day(each, text) and before.period.grain == "day" and _TO.fullmatch(gap):
            placed.append(_not_before(each, before))
        else:
            placed.append(each)
    return placed


def _begun_then(placed: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """As in "between March 1 and May 5 last year": the beginning is of that year, too."""
    *rest, last = placed
    begun = rest[-1] if rest else None
    if begun is None or not _is_day(begun, text) or not _TO.fullmatch(text[begun.end : last.start]):
        return rest
    return [*rest[:-1], _in_year(begun, last, begun.start, begun.end)]


def _is_year(found: FoundPeriod, text: str) -> bool:
    return found.period.grain == "year" and _YEAR.fullmatch(text[found.start : found.end]) is not None


def _is_day(found: FoundPeriod, text: str) -> bool:
    return found.period.grain == "day" and _DAY.fullmatch(text[found.start : found.end].strip()) is not None


def _in_year(day: FoundPeriod, of: FoundPeriod, start: int, end: int) -> FoundPeriod:
    moved = _moved(day, of.period.start.year) if of.period.start is not None else None
    return FoundPeriod(start, end, day_period(moved)) if moved is not None else day


def _not_before(day: FoundPeriod, begun: FoundPeriod) -> FoundPeriod:
    """The end of a range: in the year in which it begins, where it can be."""
    first = begun.period.start
    moved = _moved(day, first.year) if first is not None else None
    return FoundPeriod(day.start, day.end, day_period(moved)) if moved is not None and first is not None and first <= moved else day


def _moved(day: FoundPeriod, year: int) -> date | None:
    first = day.period.start
    if first is None or (first.month, first.day) == (2, 29):
        return None
    return first.replace(year=year)
