"""When people work and sign: working days, quarter ends, Spring Festival, 国庆 and the turn of the year."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import accumulate
from random import Random

# First days of the Chinese year; a year that is not listed has no dip.
SPRING = tuple(
    map(
        date.fromisoformat,
        [
            "2015-02-19",
            "2016-02-08",
            "2017-01-28",
            "2018-02-16",
            "2019-02-05",
            "2020-01-25",
            "2021-02-12",
            "2022-02-01",
            "2023-01-22",
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2027-02-06",
            "2028-01-26",
            "2029-02-13",
            "2030-02-03",
            "2031-01-23",
            "2032-02-11",
            "2033-01-31",
            "2034-02-19",
            "2035-02-08",
            "2036-01-28",
            "2037-02-15",
            "2038-02-04",
            "2039-01-24",
            "2040-02-12",
        ],
    )
)
SPRING_DAYS = frozenset(first.toordinal() + offset for first in SPRING for offset in range(-2, 7))
WEEKEND, HOLIDAY, TURN_OF_YEAR, QUARTER_END = 0.03, 0.04, 0.35, 1.4
HISTORY = 730
PRELUDE = 130


class IsoDays(dict[int, str]):
    """ISO text of an ordinal day, made once."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).isoformat()
        return text


class Seasons:
    """The days of the demo: ``first`` to ``last`` hold two years of history, ``last`` is yesterday. Days are ordinals."""

    def __init__(self, today: date) -> None:
        """Weigh each day from the prelude, in which early deals were opened, to yesterday."""
        self.today = today.toordinal()
        self.last = self.today - 1
        self.first = self.today - HISTORY
        self.origin = self.first - PRELUDE
        self.iso = IsoDays()
        self.weights = [weight_of(day) for day in range(self.origin, self.today)]
        self.sums = [0.0, *accumulate(self.weights)]

    def draw(self, rng: Random, low: int, high: int) -> int:
        """A day between ``low`` and ``high``, both included, more likely a busy one."""
        low, high = max(low, self.origin), min(high, self.last)
        if high <= low:
            return low
        floor, ceiling = self.sums[low - self.origin], self.sums[high - self.origin + 1]
        return self.origin + max(bisect_left(self.sums, floor + rng.random() * (ceiling - floor)) - 1, low - self.origin)

    def quarters(self, back: int) -> list[tuple[str, int, int]]:
        """The running quarter and ``back`` before it, oldest first: name, first and last day."""
        found = []
        start = quarter_start(date.fromordinal(self.today))
        for _ in range(back + 1):
            end = quarter_start(start + timedelta(days=95)) - timedelta(days=1)
            found.append((f"{start.year}-Q{(start.month + 2) // 3}", start.toordinal(), end.toordinal()))
            start = quarter_start(start - timedelta(days=1))
        return found[::-1]

    def signing_day(self, rng: Random, day: int) -> int:
        """A day on which a deal that is ripe on ``day`` is really decided: quarter ends pull, weekends and holidays don't sign."""
        start = quarter_start(date.fromordinal(day))
        end = quarter_start(start + timedelta(days=95)).toordinal() - 1
        if 0 <= end - day <= 25 and rng.random() < 0.45:
            day = end - rng.randrange(8)
        for later in range(day, day + 12):
            if weight_of(later) > WEEKEND * 2:
                return later
        return day


def quarter_start(day: date) -> date:
    """First day of the calendar quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def weight_of(ordinal: int) -> float:
    """How busy a day is, 1 for an ordinary working day."""
    day = date.fromordinal(ordinal)
    weight = WEEKEND if day.weekday() > 4 else 1.0
    if ordinal in SPRING_DAYS or (day.month, day.day) in {(10, d) for d in range(1, 8)}:
        weight = min(weight, HOLIDAY)
    if (day.month == 12 and day.day > 23) or (day.month == 1 and day.day == 1):
        weight *= TURN_OF_YEAR
    if day.month % 3 == 0 and day.day > 12:
        weight *= QUARTER_END
    return weight
