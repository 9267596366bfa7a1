"""Dates and periods in questions, in Chinese and English, as windows of days. Counts relative ones from a given day."""

from __future__ import annotations

import re
from datetime import date

from agent.parsing.language.listed_periods import both_sides, in_each_year, with_counts, without_lender
from agent.parsing.language.open_periods import dated, open_ended, ranges
from agent.parsing.language.period_names import period_names
from agent.parsing.language.periods import FoundPeriod
from agent.parsing.language.years_of_days import with_years_of_days


def find_periods(text: str, today: date) -> list[FoundPeriod]:
    """Periods named in the text, none overlapping; ranges ("from A to B") and open ends ("since A") are joined."""
    lowered = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    taken = [False] * len(lowered)
    found: list[FoundPeriod] = []
    for pattern, make in period_names():
        for match in pattern.finditer(lowered):
            if any(taken[match.start() : match.end()]) or _is_amount(lowered, match):
                continue
            period = make(match, today)
            if period is None:
                continue
            for at in range(match.start(), match.end()):
                taken[at] = True
            found.append(FoundPeriod(match.start(), match.end(), period))
    found.sort(key=lambda each: each.start)
    found = with_years_of_days(found, lowered)
    found = with_counts(without_lender(dated(found, lowered), lowered), lowered)
    return _without_today(open_ended(both_sides(in_each_year(ranges(found, lowered), lowered), lowered), lowered, today), today)


def _without_today(found: list[FoundPeriod], today: date) -> list[FoundPeriod]:
    """As in 截至今天，本年度…: up to today limits nothing that the other period does not."""
    others = [each for each in found if not (each.period.start is None and each.period.end == today)]
    return others if any(each.period.start is not None and each.period.start <= today for each in others) else found


_AMOUNT_BEFORE = re.compile(r"(?<![\d])(\d[\d,.]*)\s*(?:[kw万]|元)?\s*(?:-|–|~|to|and|到|至|和)\s*$")


def _is_amount(text: str, match: re.Match[str]) -> bool:
    """As in "between 1000 and 2000": what looks like a year is the other end of a range of amounts."""
    if not re.fullmatch(r"(?:19|20)\d\d", match.group().strip()):
        return False
    before = _AMOUNT_BEFORE.search(text[: match.start()])
    return before is not None and not re.fullmatch(r"(?:19|20)\d\d", before.group(1))
