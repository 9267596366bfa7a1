"""Periods listed side by side: numbers that count them, a year said once for two of them, both sides of one day."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from agent.parsing.periods import YEAR_SAID, FoundPeriod, since, upto

_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4}
_COUNT_OF_PERIODS = re.compile(r"\s*这?(?P<n>[两二三四2-4])\s*(?:个(?=[季月]))?(?:年|季度|季|月)(?![度份底末内里以之前后])")
_LISTING = re.compile(r"^\s*(?:年)?\s*(?:和|与|及|跟|、|，|,)\s*$")
_BOTH_BEHIND = re.compile(r"^\s*(?:之前|以前|前)\s*(?:和|与|跟|及|、|vs\.?|对比)\s*(?:之后|以后|后)", re.IGNORECASE)
_BOTH_BEFORE = re.compile(r"\b(?:before|prior to)\s+(?:and|vs\.?|versus|or|against|compared (?:with|to))\s+(?:after|(?P<since>since|from))\s+$", re.IGNORECASE)


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
