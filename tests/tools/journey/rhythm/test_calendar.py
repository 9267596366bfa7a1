"""The calendar knows the holidays of China without a network, for 1990 to 2099."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tools.crm.demo.seasons import SPRING
from tools.journey.rhythm.calendar import FIRST_YEAR, LAST_YEAR, Occasion, dragon_boat, mid_autumn, occasion, qingming, spring_festival

# As announced or published for those years, each after a leap month or at an end of the possible range somewhere among them.
PUBLISHED = {
    spring_festival: ["1990-01-27", "1999-02-16", "2007-02-18", "2012-01-23", "2020-01-25", "2026-02-17", "2033-01-31", "2034-02-19", "2050-01-23"],
    dragon_boat: ["2009-05-28", "2012-06-23", "2020-06-25", "2024-06-10", "2025-05-31", "2026-06-19"],
    mid_autumn: ["2010-09-22", "2017-10-04", "2020-10-01", "2023-09-29", "2025-10-06", "2033-09-08"],
    qingming: ["1999-04-05", "2008-04-04", "2023-04-05", "2024-04-04", "2026-04-05"],
}


@pytest.mark.parametrize(("holiday", "days"), PUBLISHED.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_moving_holiday_falls_on_the_published_day(holiday: object, days: list[str]) -> None:
    assert callable(holiday)
    assert [holiday(int(day[:4])) for day in days] == [date.fromisoformat(day) for day in days]


def test_spring_festival_agrees_with_an_independent_list() -> None:
    assert [spring_festival(day.year) for day in SPRING] == list(SPRING)


def test_chinese_years_are_of_twelve_or_thirteen_months() -> None:
    firsts = [spring_festival(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    lengths = {(later - earlier).days for earlier, later in pairwise(firsts) if earlier and later}

    assert lengths <= {353, 354, 355, 383, 384, 385}


def test_years_without_a_table_have_no_moving_holiday_but_fixed_ones() -> None:
    assert spring_festival(FIRST_YEAR - 1) is None
    assert dragon_boat(LAST_YEAR + 1) is None
    assert occasion(date(LAST_YEAR + 1, 10, 3)) is Occasion.NATIONAL_DAY


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-16", Occasion.SPRING_FESTIVAL),  # New Year's Eve, free since 2025
        ("2026-02-23", Occasion.SPRING_FESTIVAL),
        ("2026-02-24", Occasion.AROUND_SPRING_FESTIVAL),
        ("2026-10-01", Occasion.NATIONAL_DAY),
        ("2026-10-08", None),
        ("2026-09-25", Occasion.SINGLE_HOLIDAY),  # 中秋 goes before the end of the quarter
        ("2026-09-24", Occasion.QUARTER_END),
        ("2026-12-30", Occasion.YEAR_END),
        ("2026-12-21", Occasion.QUARTER_END),
        ("2026-01-01", Occasion.SINGLE_HOLIDAY),
        ("2026-11-11", None),
    ],
)
def test_day_has_the_occasion_that_matters_most(day: str, expected: Occasion | None) -> None:
    assert occasion(date.fromisoformat(day)) is expected


def test_every_day_of_the_range_is_answered() -> None:
    first = date(FIRST_YEAR, 1, 1)
    kinds = {occasion(first + timedelta(days=offset)) for offset in range((date(LAST_YEAR, 12, 31) - first).days)}

    assert kinds == {None, *Occasion}
