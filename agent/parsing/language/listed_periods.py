"""Periods listed side by side: numbers that count them, a year said once for two of them, a part said once for two years, both sides of one day."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from agent.parsing.language.periods import YEAR_SAID, FoundPeriod, in_year, since, upto
from agent.parsing.language.text import has_han

_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4}
_COUNT_OF_PERIODS = re.compile(r"\s*这?(?P<n>[两二三四2-4])\s*(?:个(?=[季月]))?(?:年|季度|季|月)(?![度份底末内里以之前后])")
_LISTING = re.compile(r"^\s*(?:年)?\s*(?:和|与|及|跟|、|，|,)\s*$")
_BOTH_BEHIND = re.compile(r"^\s*(?:之前|以前|前)\s*(?:和|与|跟|及|、|vs\.?|对比)\s*(?:之后|以后|后)", re.IGNORECASE)
_BOTH_BEFORE = re.compile(r"\b(?:before|prior to)\s+(?:and|vs\.?|versus|or|against|compared (?:with|to))\s+(?:after|(?P<since>since|from))\s+$", re.IGNORECASE)

PARTS = {"half", "quarter", "month"}
_AGAINST = re.compile(r"^\s*(?:vs\.?|versus|against|compared (?:with|to)|对比|相比|比)\s*$", re.IGNORECASE)
_WHOLE = re.compile(r"全年|整年|year to date|ytd", re.IGNORECASE)


def with_counts(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """As in 2024和2025两年, 一季度和二季度这两个季度: a number that only counts the periods listed before it belongs to the last of them."""
    counted = []
    for at, each in enumerate(found):
        after = _COUNT_OF_PERIODS.match(text[each.end :])
        size = (int(after["n"]) if after["n"].isdigit() else _NUMBERS[after["n"]]) if after else 0
        listed = found[max(at + 1 - size, 0) : at + 1]
        joined = all(_LISTING.match(text[one.end : other.start]) for one, other in pairwise(listed))
        counted.append(replace(each, end=each.end + after.end()) if after and len(listed) == size > 1 and joined else each)
    return counted


def without_lender(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """As in "Q2 and Q3 claims this year": a year that only says of which year two parts are says one of them once more, and no third period."""
    parts = [each.period for each in found if each.period.grain in {"quarter", "month"} and not YEAR_SAID.search(text[each.start : each.end])]
    years = [each for each in found if each.period.grain == "year"]
    lender = years[0].period.start.year if years and years[0].period.start else None
    if len(parts) != 2 or len(years) != 1 or len(found) != 3 or any(part.start is None or part.start.year != lender for part in parts):
        return found
    return [replace(each, period=parts[0]) if each is years[0] else each for each in found]


def in_each_year(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """As in 上半年…，今年和去年比, "in March, 2024 against 2025": a part of the year that is said once is meant in both of the years that are said."""
    found = _in_both(found, text)
    parts = [each for each in found if each.period.yearless and (each.period.grain in PARTS or each.period.parts)]
    years = sorted((each for each in found if each.period.grain == "year" and each.period.start), key=lambda each: str(each.period.start), reverse=True)
    if len(parts) != 1 or len(years) != 2 or len(found) != 3 or any(_WHOLE.search(text[each.start : each.end]) for each in years):
        return found
    meant = {id(year): in_year(parts[0].period, year.period.start.year) for year in years if year.period.start}
    return [replace(each, period=meant.get(id(years[0] if each is parts[0] else each), each.period)) for each in found]


def _in_both(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """As in "Q1 2024 vs 2025", 2024和2025年的三月份: the bare year beside a part of another year is the same part of it."""
    if len(found) != 2 or {each.period.grain == "year" for each in found} != {True, False}:
        return found
    first, last = found
    part, bare = (last, first) if first.period.grain == "year" else (first, last)
    listed = _LISTING if part is last and has_han(text[last.start : last.end]) else _AGAINST if part is first else None
    if (
        part.period.grain not in PARTS
        or listed is None
        or _WHOLE.search(text[bare.start : bare.end])
        or not listed.match(text[first.end : last.start])
        or bare.period.start is None
    ):
        return found
    return [replace(each, period=in_year(part.period, bare.period.start.year)) if each is bare else each for each in found]


def both_sides(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """As in 7月1日之前和之后, "before and after 1 July": one day, and both what was before it and what came after."""
    sides: list[FoundPeriod] = []
    for each in found:
        behind, before = _BOTH_BEHIND.match(text[each.end :]), _BOTH_BEFORE.search(text[: each.start])
        if each.period.grain == "day" and (behind or before):
            including = before is None or before["since"] is not None
            start, end = before.start() if before else each.start, each.end + (behind.end() if behind else 0)
            middle = (start + end) // 2
            sides.append(FoundPeriod(start, middle, upto(each.period, including=False)))
            sides.append(FoundPeriod(middle, end, since(each.period, including=including)))
        else:
            sides.append(each)
    return sides
