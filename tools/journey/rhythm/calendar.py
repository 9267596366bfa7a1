"""The days on which business rests or hurries: Spring Festival, 国庆, 五一, the other public holidays of China, year end and quarter ends.

Knows nothing of any account. The lunar dates stand in a table for 1990 to 2099 (Beijing time), so that no network is needed.

Sources: 《全国年节及纪念日放假办法》 (State Council decree 513 of 2007, as revised by decrees 644 of 2013 and 795 of 2024) for which days are free;
the Chinese calendar by GB/T 33661-2017 for the lunar dates. Days swapped with weekends by yearly notice (调休) can't be computed and are left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""The years that the lunar table covers; outside of them the moving holidays are unknown and taken for ordinary days."""


class Occasion(StrEnum):
    """What makes a day unlike others. A day has at most one: the first that applies, in this order."""

    SPRING_FESTIVAL = "spring_festival"
    NATIONAL_DAY = "national_day"
    LABOUR_DAY = "labour_day"
    SINGLE_HOLIDAY = "single_holiday"
    """元旦、清明、端午、中秋."""
    AROUND_SPRING_FESTIVAL = "around_spring_festival"
    """The week before and the week after, in which people travel."""
    YEAR_END = "year_end"
    """24 to 31 December: 年底, and Christmas in the West."""
    QUARTER_END = "quarter_end"
    """The last two weeks of a quarter, but for the last week of the year."""


_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"
# Days after 20 January, 25 May and 5 September, one letter for each year from 1990 on.
_SPRING = "hApdvlEsiBqexmcujDsgzodvlEtiBqfxmcvjCrgyodwlEtiApexmcvkCrgzndwmEtiApexnbujCqgzodwlEshAqexncujCrgzoevkDshAqfxmb"
_DRAGON = "dwlEtiApfymFvkCrgzodwmDsiApfynFujCqgzpdwlEshAqfyncujCrgzoevkDthAqfxmFujCrhzodwkDtiAqfxmEukCrhzncvlDtiBpexmEukD"
_AUTUMN = "CrgzpewlEthAqgxnFujCrhzodwkDtiAqfymFukCrhAodwlDtiBpfxmEukDrgzocvlEtiBqexmFukCsgyodvlEthApfxmFvjCrgyndwlEtizpey"


def spring_festival(year: int) -> date | None:
    """The first day of the Chinese year that begins in ``year``; None outside 1990 to 2099."""
    return _moving(_SPRING, year, date(year, 1, 20))


def dragon_boat(year: int) -> date | None:
    """端午, the fifth day of the fifth month; None outside 1990 to 2099."""
    return _moving(_DRAGON, year, date(year, 5, 25))


def mid_autumn(year: int) -> date | None:
    """中秋, the fifteenth day of the eighth month; None outside 1990 to 2099."""
    return _moving(_AUTUMN, year, date(year, 9, 5))


def qingming(year: int) -> date:
    """清明, by the usual formula of its solar term (4 or 5 April)."""
    return date(year, 4, int((year % 100) * 0.2422 + (4.81 if year >= 2000 else 5.59)) - (year % 100) // 4)


def occasion(day: date) -> Occasion | None:
    """What makes a day unlike others; None for an ordinary one."""
    return _year(day.year).get(day)


@cache
def _year(year: int) -> dict[date, Occasion]:
    found: dict[date, Occasion] = {}
    spring = spring_festival(year)
    moving = [each for each in (dragon_boat(year), mid_autumn(year)) if each is not None]
    free = {
        Occasion.SPRING_FESTIVAL: _run(spring, -1, 7) if spring else [],
        Occasion.NATIONAL_DAY: _run(date(year, 10, 1), 0, 7),
        Occasion.LABOUR_DAY: _run(date(year, 5, 1), 0, 5),
        Occasion.SINGLE_HOLIDAY: [date(year, 1, 1), qingming(year), *moving],
        Occasion.AROUND_SPRING_FESTIVAL: [*_run(spring, -8, -1), *_run(spring, 7, 14)] if spring else [],
        Occasion.YEAR_END: _run(date(year, 12, 24), 0, 8),
        Occasion.QUARTER_END: [day for end in ((3, 31), (6, 30), (9, 30), (12, 31)) for day in _run(date(year, *end), -13, 1)],
    }
    for kind, days in free.items():
        for day in days:
            found.setdefault(day, kind)
    return found


def _run(first: date, start: int, end: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(start, end)]


def _moving(table: str, year: int, base: date) -> date | None:
    return base + timedelta(days=_DIGITS.index(table[year - FIRST_YEAR])) if FIRST_YEAR <= year <= LAST_YEAR else None
