"""Periods that words around them join or open: ranges ("from A to B"), open ends ("since A", "by A"), years named once for several."""

from __future__ import annotations

import re
from datetime import date

from agent.parsing.language.periods import YEAR_SAID, FoundPeriod, Period, add_months, day_period, in_year, month, since, spanning, upto

_RANGE = re.compile(r"^\s*(?:to|and|until|till|through|至|到|和|与|-|–|—|~)\s*$", re.IGNORECASE)
_FROM = re.compile(r"(?:\b(?:from|between)|从|自|在)\s*$", re.IGNORECASE)
_SINCE = re.compile(r"(?:\b(?:since|from|starting(?:\s+(?:in|from))?)|自从|自|从)\s*(?:the\s+)?$", re.IGNORECASE)
_SINCE_AFTER = re.compile(
    r"^\s*(?:以来|至今|起|开始(?![接跟建创合签服使])|到现在|(?:through|thru|until|till|to|up to)\s+(?:now|date|today)\b|"
    r"on(?:wards?)?\b|onwards?\b|(?:or|and)\s+(?:later|after|since|onwards?)\b)"
)
_BEFORE = re.compile(r"(?:\b(?:before|prior to|earlier than)|早于|先于)\s*(?:the\s+)?$", re.IGNORECASE)
_BEFORE_AFTER = re.compile(r"^\s*(?:之前|以前|前)(?!\d)")
_UNTIL = re.compile(
    r"(?:\b(?:until|till|up to|through|(?:by|before|until|till|up to)\s+(?:the\s+)?end\s+of)|截至|截止到|截止|到)\s*(?:the\s+)?$", re.IGNORECASE
)
_AFTER = re.compile(r"(?:\b(?:after|later than|(?:since|after|from)\s+(?:the\s+)?end\s+of)|晚于|迟于)\s*(?:the\s+)?$", re.IGNORECASE)
_AFTER_AFTER = re.compile(r"^\s*(?:之后|以后|后|[底末](?:以来|之后|以后|后|起|至今))")
_UNTIL_AFTER = re.compile(r"^\s*[底末](?:之前|以前|前|为止)")
_THROUGHOUT = re.compile(
    r"\b(?:month|quarter|week|dai)ly\b|\b(?:by|per|each|every|for each)\s+(?:month|quarter|week|day)\b|"
    r"\b(?:trends?|trended|develop\w*|evolv\w*|evolution|progress\w*|mov(?:e|ed|ement)|course)\b",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:through|over|across)\s+$", re.IGNORECASE)
RECENT = 12
_TO_TAKE_PLACE = re.compile(r"\b(?:takes? place|taking place|(?:will|to) (?:take place|be held))\b", re.IGNORECASE)
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)


_COMPARED = re.compile(r"[同相对跟和与]比|比(?!例|重|率|如|较好)|较(?=[去前上])|\b(?:compar\w+|vs|versus|against|than|relative to)\b")


def dated(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """Quarters and months without a year take that of the one named before, else after ("Q1 and Q2 2025")."""
    years = [bool(YEAR_SAID.search(text[each.start : each.end])) for each in found]
    placed: list[FoundPeriod] = []
    for index, each in enumerate(found):
        near = [other for other in (*range(index - 1, -1, -1), *range(index + 1, len(found))) if years[other]]
        other = found[near[0]].period if near and not years[index] else None
        year_of = other.start.year if other and other.start and other.grain in {"half", "quarter", "month"} else None
        lent = each.period if year_of is None else in_year(each.period, year_of)
        against_itself = other is not None and (lent.start, lent.end) == (other.start, other.end) and _COMPARED.search(text) is not None
        placed.append(each if against_itself else FoundPeriod(each.start, each.end, lent))  # 三季度比去年三季度
    return placed


def ranges(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """Two periods with a word for a span between them are one."""
    joined: list[FoundPeriod] = []
    for each in found:
        if joined:
            before = joined[-1]
            between = text[before.end : each.start]
            opened = _FROM.search(text[: before.start])
            bare_and = between.strip() in {"and", "和", "与"}
            if (
                _RANGE.match(between)
                and (opened or not bare_and)
                and (not bare_and or "between" in text[: before.start] or "从" in text[: before.start] or "在" in text[: before.start])
            ):
                period = _spanning(before.period, each.period, text[before.start : before.end], text[each.start : each.end])
                if period.start is not None and period.end is not None and period.start <= period.end:
                    start = opened.start() if opened else before.start
                    joined[-1] = FoundPeriod(start, each.end, period)
                    continue
        joined.append(each)
    return joined


def _spanning(first: Period, last: Period, said: str, then: str) -> Period:
    """From the first to the last; a year named only once holds for both ("March to May 2025", 2025年3月到5月)."""
    earlier, later = YEAR_SAID.search(said), YEAR_SAID.search(then)
    if first.start and last.end and first.grain == last.grain and bool(earlier) != bool(later):
        if earlier:
            last = in_year(last, first.start.year)
        elif last.end:
            first = in_year(first, last.end.year)
    return spanning(first, last)


def open_ended(found: list[FoundPeriod], text: str, today: date) -> list[FoundPeriod]:
    """What words before or behind a period open on one side: since it, up to it, after it."""
    result = []
    for each in found:
        before, after, period = text[: each.start], text[each.end :], each.period
        start, end = each.start, each.end
        coming = _coming(period, text[each.start : each.end], today)
        if period.open_ended:
            pass
        elif (match := _OVER.search(before)) and _is_recent_year(period, today) and _THROUGHOUT.search(text):
            start = match.start()  # "monthly revenue through 2025", "trend over 2024": each month of that year, and no bound
        elif match := _UNTIL.search(before):
            start, period = match.start(), upto(coming, including=True)
        elif match := _BEFORE.search(before):
            start, period = match.start(), upto(coming, including=False)
        elif (match := _BY.search(before)) and period.grain == "day":
            start, period = match.start(), upto(coming, including=True)
        elif match := _UNTIL_AFTER.match(after):
            end, period = end + match.end(), upto(coming, including=True)
        elif match := _AFTER.search(before):
            start, period = match.start(), since(period, including=False)
        elif match := _SINCE_AFTER.match(after):
            opened = _SINCE.search(before)
            start, end = opened.start() if opened else start, end + match.end()
            period = since(period, including=True)
        elif match := _BEFORE_AFTER.match(after):
            end, period = end + match.end(), upto(coming, including=False)
        elif match := _AFTER_AFTER.match(after):
            end, period = end + match.end(), since(period, including=False)
        elif match := _SINCE.search(before):
            start, period = match.start(), since(period, including=True)
        elif _TO_TAKE_PLACE.search(text):
            period = coming
        result.append(FoundPeriod(start, end, period))
    return result


def _is_recent_year(period: Period, today: date) -> bool:
    return period.grain == "year" and period.start is not None and abs(period.start.year - today.year) <= RECENT


def _coming(period: Period, said: str, today: date) -> Period:
    """As in "by 31 December", 12月底前: without its year, what something is to happen by is one of this year, though it has not come yet."""
    past = period.start is not None and period.start.year < today.year
    if not past or period.start is None or period.grain not in {"day", "month"} or YEAR_SAID.search(said):
        return period
    return day_period(add_months(period.start, 12 * (today.year - period.start.year))) if period.grain == "day" else month(today.year, period.start.month)
